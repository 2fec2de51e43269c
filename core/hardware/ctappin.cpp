// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// authenticatorClientPIN, setPIN and changePIN (CTAP 2.1, 6.5.5.5 and 6.5.5.6).

#include "core/hardware/ctapdevice.h"
#include "core/hardware/fido2library.h"
#include "core/hardware/keytext.h"
#include "core/hardware/userverification.h"

namespace Sparekey {

Result<void> CtapDevice::setPin(const SecureBuffer &newPin, const SecureBuffer &oldPin)
{
    const auto info = capabilities();
    if (!info)
        return fail(info.error());
    if (info->pin == KeyInfo::Pin::Unsupported)
        return failureOfKind(ErrorKind::KeyLacksOption);
    const SecureBuffer newText = pinForKey(newPin);
    const SecureBuffer oldText = pinForKey(oldPin);
    const QByteArrayView characters = newText.view().chopped(1);
    if (codePoints(characters) < info->minPinLength) {
        return fail(Error{.kind = ErrorKind::KeyPinTooShort,
                          .subject = m_name,
                          .count = info->minPinLength});
    }
    if (characters.size() > LongestPin)
        return failureOfKind(ErrorKind::KeyPinTooLong);
    if (characters.contains('\0'))
        return failureOfKind(ErrorKind::KeyPinNotAccepted);
    const int result = callWithoutTouch(
        [&] { return fido_dev_set_pin(m_device.get(), pinPointer(newText), pinPointer(oldText)); });
    m_capabilities.reset();
    if (result != FIDO_OK)
        return pinFailure(result);
    return {};
}

} // namespace Sparekey
