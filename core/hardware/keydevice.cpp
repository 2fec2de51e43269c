// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/keydevice.h"

#include <algorithm>

namespace Sparekey {

bool isPartOfKey(const KeyDevice &reader, const QList<KeyDevice> &keys)
{
    // True even where the key's HID interface is hidden, as in a sandbox.
    if (reader.name.contains(u"YubiKey", Qt::CaseInsensitive))
        return true;
    return std::any_of(keys.begin(), keys.end(), [&reader](const KeyDevice &key) {
        return !key.isReader() && !key.name.isEmpty()
            && reader.name.contains(key.name, Qt::CaseInsensitive);
    });
}

} // namespace Sparekey
