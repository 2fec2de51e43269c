// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>

namespace Sparekey {

/// `resources/services/services.json`, compiled in.
extern const QByteArrayView shippedServices;

} // namespace Sparekey
