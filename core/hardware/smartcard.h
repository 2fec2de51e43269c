// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace Sparekey {

/// A card on a reader: a key over NFC. Connected as long as the object exists. Blocks; use from one
/// thread at a time.
class SmartCard
{
public:
    SmartCard() = default;
    virtual ~SmartCard() = default;
    SmartCard(const SmartCard &) = delete;
    SmartCard &operator=(const SmartCard &) = delete;

    /// Sends one command (ISO 7816-4, at most 261 bytes) and returns the response with its status
    /// word, so at least two bytes. Errors: `KeyCardMoved`, `CardReaderFailure`,
    /// `CardServiceMissing`.
    [[nodiscard]] virtual Result<QByteArray> transmit(QByteArrayView command) = 0;
};

} // namespace Sparekey
