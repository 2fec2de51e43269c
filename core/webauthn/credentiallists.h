// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/json/jsonfields.h"

#include <QByteArray>
#include <QList>

namespace Sparekey {

/// The ids in a list of credential descriptors (WebAuthn Level 2, 5.8.3), in its order, each once;
/// what is no public key or cannot be an id is left out.
[[nodiscard]] QList<QByteArray> credentialIds(const JsonFields &options, QStringView member);

/// No server has that many keys for one account; a longer list is somebody's mischief.
constexpr qsizetype MostCredentials = 256;

/// How much of a list a key takes at once, from its getInfo (CTAP 2.1, 6.4).
struct CredentialListLimits
{
    qsizetype inList = 1;         ///< maxCredentialCountInList; where unknown 1 is always right.
    qsizetype idLength = 0;       ///< maxCredentialIdLength; 0: unknown.
    qsizetype messageSize = 1024; ///< maxMsgSize; 1024 where unknown.
    qsizetype otherBytes = 512;   ///< What the request takes without the list.
};

/// Cuts a list into parts that fit. Ids that are too long to be this key's are left out, so the
/// result may be empty.
[[nodiscard]] QList<QList<QByteArray>> credentialBatches(const QList<QByteArray> &ids,
                                                         const CredentialListLimits &limits);

} // namespace Sparekey
