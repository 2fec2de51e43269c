// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/authenticator/keycard.h"
#include "tests/authenticator/simulatedkeys.h"

#include <functional>
#include <memory>

namespace Sparekey {

/// A key of software in a port.
struct SimulatedPort
{
    explicit SimulatedPort(SimulatedKeys &keys, SoftwareKeyTraits traits = {},
                           const QString &name = QStringLiteral("Key"))
        : key(std::make_shared<SoftwareKey>(std::move(traits)))
        , front(std::make_shared<HidFront>(key))
        , device(keys.plugIn(front, name))
    {
    }

    std::shared_ptr<SoftwareKey> key;
    std::shared_ptr<HidFront> front;
    KeyDevice device;
};

/// What lies on a simulated reader.
class CardInField : public SmartCard
{
public:
    /// Gets each answer; gives what shall come instead.
    using Filter = std::function<QByteArray(const QByteArray &answer)>;

    explicit CardInField(std::shared_ptr<SoftwareKey> key, Filter filter = {})
        : m_card(std::move(key))
        , m_filter(std::move(filter))
    {
        m_card.powerUp();
    }
    [[nodiscard]] Result<QByteArray> transmit(QByteArrayView command) override
    {
        const QByteArray answer = m_card.transmit(command.toByteArray());
        return m_filter ? m_filter(answer) : answer;
    }

private:
    KeyCard m_card;
    Filter m_filter;
};

} // namespace Sparekey
