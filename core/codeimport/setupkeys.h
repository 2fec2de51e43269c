// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/codeimport/foundcodes.h"
#include "core/otp/otpauthkey.h"

#include <QByteArrayView>

#include <optional>

namespace Sparekey {

/// A proposal for a setup key: the service by its issuer, as far as a template for setup keys knows
/// it, else the generic one; issuer and account of the key. Nothing if the key is not valid.
[[nodiscard]] std::optional<FoundCodes> foundSetupKey(const OtpauthKey &key);

/// The setup keys of all `otpauth://` URIs in a text (UTF-8), and of the exports of Google
/// Authenticator (`otpauth-migration://`). What cannot be read of them counts as skipped.
[[nodiscard]] ImportResult setupKeysInText(QByteArrayView text);

} // namespace Sparekey
