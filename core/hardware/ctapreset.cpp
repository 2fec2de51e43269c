// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// authenticatorReset (CTAP 2.1, 6.6).

#include "core/hardware/ctapdevice.h"
#include "core/hardware/fido2library.h"

namespace Sparekey {

Result<void> CtapDevice::reset()
{
    if (!fido_dev_is_fido2(m_device.get()))
        return failureOfKind(ErrorKind::KeyLacksOption);
    const int result = callWithTouch([&] { return fido_dev_reset(m_device.get()); });
    if (result == FIDO_ERR_NOT_ALLOWED)
        return failureOfKind(ErrorKind::KeyResetTooLate);
    if (result != FIDO_OK)
        return failure(result);
    return {};
}

} // namespace Sparekey
