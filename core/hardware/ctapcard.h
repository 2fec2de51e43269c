// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/smartcard.h"

#include <QByteArray>

#include <memory>
#include <optional>
#include <span>

namespace Sparekey {

/// CTAP over a card (CTAP 2.1, 11.3), shaped as libfido2 wants a transport: messages that are sent
/// and received. A card answers at once, so `send` does the whole exchange and keeps the answer.
class CtapCard
{
public:
    explicit CtapCard(std::unique_ptr<SmartCard> card);

    /// `command` is a CTAPHID command: INIT, MSG, CBOR, or CANCEL, which a card does not know and
    /// which does nothing. False if it failed; `error()` says why.
    [[nodiscard]] bool send(quint8 command, std::span<const unsigned char> message);
    /// Gives what the last `send` of this command brought, and how long it is; -1 if there is
    /// nothing, or more than fits.
    [[nodiscard]] int receive(quint8 command, std::span<unsigned char> answer);

    /// Of the last failure.
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

private:
    bool initialize(QByteArrayView nonce);
    bool sendCbor(QByteArrayView message);
    bool sendU2f(QByteArrayView message);
    bool failed(Error error);

    std::unique_ptr<SmartCard> m_card;
    quint8 m_command = 0;
    std::optional<QByteArray> m_answer;
    std::optional<Error> m_error;
};

} // namespace Sparekey
