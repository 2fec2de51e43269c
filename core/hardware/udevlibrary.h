// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/latelibrary/latelibrary.h"

#include <libudev.h>

namespace Sparekey {

/// libudev, which reports added and removed devices; loaded when keys are first watched. Inside our
/// namespace these names refer to its functions; call `udevLibrary.load()` before the first call.
inline constexpr LateLibrary udevLibrary("udev", SPAREKEY_UDEV_VERSION);

inline const LateFunction<decltype(::udev_device_unref)> udev_device_unref(udevLibrary,
                                                                           "udev_device_unref");
inline const LateFunction<decltype(::udev_monitor_enable_receiving)>
    udev_monitor_enable_receiving(udevLibrary, "udev_monitor_enable_receiving");
inline const LateFunction<decltype(::udev_monitor_filter_add_match_subsystem_devtype)>
    udev_monitor_filter_add_match_subsystem_devtype(
        udevLibrary, "udev_monitor_filter_add_match_subsystem_devtype");
inline const LateFunction<decltype(::udev_monitor_get_fd)>
    udev_monitor_get_fd(udevLibrary, "udev_monitor_get_fd");
inline const LateFunction<decltype(::udev_monitor_new_from_netlink)>
    udev_monitor_new_from_netlink(udevLibrary, "udev_monitor_new_from_netlink");
inline const LateFunction<decltype(::udev_monitor_receive_device)>
    udev_monitor_receive_device(udevLibrary, "udev_monitor_receive_device");
inline const LateFunction<decltype(::udev_monitor_unref)> udev_monitor_unref(udevLibrary,
                                                                             "udev_monitor_unref");
inline const LateFunction<decltype(::udev_new)> udev_new(udevLibrary, "udev_new");
inline const LateFunction<decltype(::udev_unref)> udev_unref(udevLibrary, "udev_unref");

} // namespace Sparekey
