// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"

#include <QByteArrayView>

namespace Sparekey {

/// An `application/x-www-form-urlencoded` body. Everything but unreserved characters (RFC 3986)
/// is percent-encoded: a `+` of a base64 hash sent as it is would arrive as a space.
class FormBody
{
public:
    static constexpr char ContentType[] = "application/x-www-form-urlencoded; charset=utf-8";

    FormBody &add(QByteArrayView name, QByteArrayView value);
    [[nodiscard]] SecureBuffer take();

private:
    void appendEncoded(QByteArrayView text);

    SecureBuffer m_body;
};

} // namespace Sparekey
