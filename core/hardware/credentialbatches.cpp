// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/credentialbatches.h"

#include <algorithm>
#include <utility>

namespace Sparekey {

QList<QList<QByteArray>> credentialBatches(const KeyInfo &info, const QList<QByteArray> &ids,
                                           qsizetype otherBytes)
{
    // Around each id: the map with "id" and "type": "public-key".
    constexpr qsizetype aroundId = 26;
    constexpr qsizetype defaultMessage = 1024;
    // 0 means unknown. One at a time always works.
    const qsizetype most = std::max(info.maxCredentialsInList, 1);
    const qsizetype room = std::max<qsizetype>(info.maxMessageSize, defaultMessage) - otherBytes;
    QList<QList<QByteArray>> all;
    QList<QByteArray> batch;
    qsizetype used = 0;
    for (const QByteArray &id : ids) {
        if (info.maxCredentialIdLength > 0 && id.size() > info.maxCredentialIdLength)
            continue;
        const qsizetype needed = id.size() + aroundId;
        if (!batch.isEmpty() && (batch.size() == most || used + needed > room)) {
            all.append(std::exchange(batch, {}));
            used = 0;
        }
        batch.append(id);
        used += needed;
    }
    if (!batch.isEmpty())
        all.append(batch);
    return all;
}

} // namespace Sparekey
