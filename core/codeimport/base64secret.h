// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"

#include <QByteArrayView>

#include <optional>

namespace Sparekey {

/// Decodes base64 (RFC 4648 §4), also of the URL alphabet and without padding, without a copy
/// outside of locked memory. Nothing if there is anything else in it.
[[nodiscard]] std::optional<SecureBuffer> secretFromBase64(QByteArrayView text);

} // namespace Sparekey
