// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/keyinfo.h"

#include <QByteArray>
#include <QList>

namespace Sparekey {

/// Cuts a list of credential ids into pieces that the key takes (CTAP 2.1, 6.4: maxMsgSize,
/// maxCredentialCountInList, maxCredentialIdLength). Ids that are longer than any of the key's own
/// are left out. `otherBytes` is what the request has beside the list.
[[nodiscard]] QList<QList<QByteArray>>
credentialBatches(const KeyInfo &info, const QList<QByteArray> &ids, qsizetype otherBytes);

} // namespace Sparekey
