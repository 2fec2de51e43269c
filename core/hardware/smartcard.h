// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace Sparekey {

/// A card that lies on a reader: a key over NFC. Connected as long as the object lives. Used by one
/// thread at a time, which it blocks.
class SmartCard
{
public:
    SmartCard() = default;
    virtual ~SmartCard() = default;
    SmartCard(const SmartCard &) = delete;
    SmartCard &operator=(const SmartCard &) = delete;

    /// Sends one command (ISO 7816-4, at most 261 bytes) and gives the answer with its status
    /// word, so at least two bytes. Errors: `KeyCardMoved`, `CardReaderFailure`,
    /// `CardServiceMissing`.
    [[nodiscard]] virtual Result<QByteArray> transmit(QByteArrayView command) = 0;
};

} // namespace Sparekey
