// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/smartcard.h"

#include <QList>

#include <functional>
#include <memory>

namespace Sparekey {

/// What was sent to a FakeCard, in hex.
using CardLog = std::shared_ptr<QList<QByteArray>>;

/// A card that answers by a function: hex in, hex out. An empty answer means that the card moved.
class FakeCard : public SmartCard
{
public:
    using Answers = std::function<QByteArray(const QByteArray &command)>;

    explicit FakeCard(Answers answers)
        : m_answers(std::move(answers))
    {
    }

    Result<QByteArray> transmit(QByteArrayView command) override
    {
        m_log->append(command.toByteArray().toHex());
        const QByteArray answer = m_answers(m_log->last());
        if (answer.isEmpty())
            return fail(Error{.kind = ErrorKind::KeyCardMoved});
        return QByteArray::fromHex(answer);
    }

    [[nodiscard]] CardLog log() const { return m_log; }

private:
    Answers m_answers;
    CardLog m_log = std::make_shared<QList<QByteArray>>();
};

} // namespace Sparekey
