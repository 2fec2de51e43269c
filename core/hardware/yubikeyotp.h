// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/smartcard.h"
#include "core/secret/securebuffer.h"

#include <QByteArrayView>

#include <optional>

namespace Sparekey {

/// The Yubico one-time password at the end of a key's NDEF text, which is a URL such as
/// https://my.yubico.com/yk/#cccc…: 44 characters of modhex, in lower case. Nothing if the text
/// does not end with one.
[[nodiscard]] std::optional<SecureBuffer> otpInNdefText(QByteArrayView text);

/// Reads the one-time password of a YubiKey on a reader: NDEF from a type 4 tag (NFC Forum Type 4
/// Tag 2.0, 5.4). A key makes a new one each time it is placed on a reader. Blocks. Errors:
/// `CardHasNoOtp`, and those of `SmartCard`.
[[nodiscard]] Result<SecureBuffer> readYubikeyOtp(SmartCard &card);

} // namespace Sparekey
