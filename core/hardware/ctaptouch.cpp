// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// authenticatorSelection (CTAP 2.1, 6.9), or its predecessor.

#include "core/hardware/ctapdevice.h"
#include "core/hardware/fido2library.h"

using namespace std::chrono_literals;

namespace Sparekey {

namespace {

constexpr auto touchPoll = 50ms;
// How long to wait for the answer to a canceled request.
constexpr auto settle = 150ms;

} // namespace

Result<void> CtapDevice::waitForTouch()
{
    if (m_card)
        return {}; // placing it on the reader counts as a touch
    int result = callWithoutTouch([&] { return fido_dev_get_touch_begin(m_device.get()); });
    int wasTouched = 0;
    const auto deadline = std::chrono::steady_clock::now() + m_timeouts.touch;
    while (result == FIDO_OK && wasTouched == 0 && !m_canceled) {
        if (std::chrono::steady_clock::now() > deadline)
            return failureOfKind(ErrorKind::KeyNotTouched);
        result = fido_dev_get_touch_status(m_device.get(), &wasTouched,
                                           static_cast<int>(touchPoll.count()));
    }
    if (result == FIDO_OK && wasTouched != 0)
        return {};
    if (m_canceled && result == FIDO_OK) {
        // Fetches the answer to the canceled request. Otherwise the next request would get it.
        (void)fido_dev_cancel(m_device.get());
        (void)fido_dev_get_touch_status(m_device.get(), &wasTouched,
                                        static_cast<int>(settle.count()));
    }
    return failure(result == FIDO_OK ? FIDO_ERR_KEEPALIVE_CANCEL : result);
}

} // namespace Sparekey
