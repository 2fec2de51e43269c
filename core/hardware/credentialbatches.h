// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/keyinfo.h"

#include <QByteArray>
#include <QList>

namespace Sparekey {

/// Splits a list of credential ids into batches that the key accepts (CTAP 2.1, 6.4: maxMsgSize,
/// maxCredentialCountInList, maxCredentialIdLength). Ids that are too long to be from this key are
/// left out. `otherBytes` is the size of the rest of the request.
[[nodiscard]] QList<QList<QByteArray>>
credentialBatches(const KeyInfo &info, const QList<QByteArray> &ids, qsizetype otherBytes);

} // namespace Sparekey
