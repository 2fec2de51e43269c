// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/authenticator/keycard.h"
#include "tests/authenticator/simulatedkeys.h"

#include <memory>

namespace Sparekey {

/// A key of software in a port.
struct SimulatedPort
{
    SimulatedPort(SimulatedKeys &keys, const QString &name, SoftwareKeyTraits traits = {})
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
    explicit CardInField(std::shared_ptr<SoftwareKey> key)
        : m_card(std::move(key))
    {
        m_card.powerUp();
    }
    [[nodiscard]] Result<QByteArray> transmit(QByteArrayView command) override
    {
        return m_card.transmit(command.toByteArray());
    }

private:
    KeyCard m_card;
};

} // namespace Sparekey
