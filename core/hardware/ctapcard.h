// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/smartcard.h"

#include <QByteArray>

#include <memory>
#include <optional>
#include <span>

namespace Sparekey {

/// CTAP over a card (CTAP 2.1, 11.3), with the interface that libfido2 expects of a transport.
/// `send` does the whole exchange and keeps the answer for `receive`.
class CtapCard
{
public:
    explicit CtapCard(std::unique_ptr<SmartCard> card);

    /// `command` is a CTAPHID command: INIT, MSG, CBOR or CANCEL. CANCEL does nothing, because
    /// cards do not support it. False if it failed; `error()` says why.
    [[nodiscard]] bool send(quint8 command, std::span<const unsigned char> message);
    /// Copies the answer to the last `send` of this command and returns its size; -1 if there is no
    /// answer, or it does not fit.
    [[nodiscard]] int receive(quint8 command, std::span<unsigned char> answer);

    /// The error of the last failed call.
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
