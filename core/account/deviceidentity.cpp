// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/deviceidentity.h"

#include <QUuid>

namespace Sparekey {

ClientDevice DeviceIdentity::device()
{
    QUuid identifier = QUuid::fromString(m_settings.deviceIdentifier());
    if (identifier.isNull()) {
        identifier = QUuid::createUuid();
        m_settings.setDeviceIdentifier(identifier.toString(QUuid::WithoutBraces));
    }
    return {.identifier = identifier.toString(QUuid::WithoutBraces)};
}

} // namespace Sparekey
