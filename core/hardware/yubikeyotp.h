// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/smartcard.h"
#include "core/secret/securebuffer.h"

#include <QByteArrayView>

#include <optional>

namespace Sparekey {

/// The Yubico one-time password at the end of what a key gives as its NDEF text, which is an
/// address such as https://my.yubico.com/yk/#cccc…: 44 characters of modhex, made lower case.
/// Nothing if it does not end with one.
[[nodiscard]] std::optional<SecureBuffer> otpInNdefText(QByteArrayView text);

/// Reads the one-time password of a YubiKey that lies on a reader: NDEF from a type 4 tag (NFC
/// Forum Type 4 Tag 2.0, 5.4). A key makes a new one each time it is laid on. Blocks. Errors:
/// `CardHasNoOtp`, and those of the card.
[[nodiscard]] Result<SecureBuffer> readYubikeyOtp(SmartCard &card);

} // namespace Sparekey
