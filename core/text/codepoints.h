// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>

#include <optional>

namespace Sparekey {

/// Reads the code points of UTF-8 (RFC 3629) one after another, so that a secret needs no copy in
/// UTF-16. Does not own the bytes. Use from one thread at a time.
class CodePoints
{
public:
    explicit CodePoints(QByteArrayView utf8)
        : m_rest(utf8)
    {
    }

    [[nodiscard]] bool atEnd() const { return m_rest.isEmpty(); }
    /// Nothing where the bytes are no UTF-8: one byte is skipped then.
    [[nodiscard]] std::optional<char32_t> next();
    /// The bytes of the last code point; valid as long as the bytes.
    [[nodiscard]] QByteArrayView octets() const { return m_octets; }

private:
    QByteArrayView m_rest;
    QByteArrayView m_octets;
};

} // namespace Sparekey
