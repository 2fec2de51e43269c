// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>

namespace Sparekey {

/// Whether a HID report descriptor (HID 1.11, 6.2.2) is that of a security key: its first usage is
/// CTAPHID on the FIDO Alliance's page (CTAP 2.1, 11.2.8.1). Any bytes may be given.
[[nodiscard]] bool describesSecurityKey(QByteArrayView reportDescriptor);

} // namespace Sparekey
