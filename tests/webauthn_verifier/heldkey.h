// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/hardwarekeys.h"
#include "tests/authenticator/simulatedkeys.h"
#include "tests/core/outcome.h"

#include <QCoreApplication>

#include <memory>
#include <optional>

namespace Sparekey {

/// A software key in a port or on a reader, and the program's own way to it. Needs an event loop.
class HeldKey
{
public:
    HeldKey(const SoftwareKeyTraits &traits, bool nfc, const QString &pin)
        : m_pin(pin)
    {
        const auto key = std::make_shared<SoftwareKey>(traits);
        key->setPin(pin);
        if (nfc) {
            m_device = m_transport->addReader(QStringLiteral("Reader"));
            m_transport->placeOn(m_device, std::make_shared<KeyCard>(key));
        } else {
            m_device = m_transport->plugIn(std::make_shared<HidFront>(key), QStringLiteral("Key"));
        }
    }

    [[nodiscard]] Result<MakeCredentialReply> make(const MakeCredentialRequest &request)
    {
        return outcomeOf(m_keys.makeCredential(&m_operation, m_device, request, pin()));
    }
    [[nodiscard]] Result<GetAssertionReply> use(const GetAssertionRequest &request)
    {
        return outcomeOf(m_keys.getAssertion(&m_operation, m_device, request, pin()));
    }

private:
    [[nodiscard]] SecureBuffer pin() const { return SecureBuffer::fromText(m_pin); }

    QString m_pin;
    std::shared_ptr<SimulatedKeys> m_transport = std::make_shared<SimulatedKeys>();
    KeyDevice m_device;
    HardwareKeys m_keys{HardwareKeys::Transports{m_transport}};
    KeyOperation m_operation;
};

/// What went well; else the program ends.
template<class T>
T good(Result<T> result)
{
    if (!result) {
        qFatal("error %d: %s", static_cast<int>(result.error().kind),
               qPrintable(result.error().detail));
    }
    return *std::move(result);
}

} // namespace Sparekey
