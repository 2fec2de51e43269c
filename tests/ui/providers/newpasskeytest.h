// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/authenticator/simulatedport.h"
#include "tests/ui/managedpage.h"

#include <memory>
#include <vector>

namespace Sparekey {

/// What the tests share that add a passkey with a key of software.
class NewPasskeyTest : public QObject
{
protected:
    using Port = SimulatedPort;
    using Step = NewPasskeyViewModel::Step;
    using Prompt = KeyPromptViewModel::Stage;
    using Stage = ProviderViewModel::Stage;

    [[nodiscard]] PasskeyViewModel &passkey() { return *m_test.page->passkey(); }
    [[nodiscard]] NewPasskeyViewModel &newKey() { return *passkey().newKey(); }
    [[nodiscard]] QString host() const { return m_test.server.http().host(); }

    void startServer() { QVERIFY2(m_test.startServer(), qPrintable(m_test.server.problem())); }

    void clear()
    {
        m_test.close();
        QVERIFY(m_test.server.changeSettings({{QStringLiteral("passkeyOptions"), QJsonObject()}}));
        for (const auto &port : m_ports) {
            if (port->front->isPluggedIn())
                m_transport->pullOut(port->device);
        }
        m_ports.clear();
        for (const KeyDevice &reader : m_readers)
            m_transport->removeReader(reader);
        m_readers.clear();
    }

    Port &plugIn(const QString &name, SoftwareKeyTraits traits = {})
    {
        m_ports.push_back(std::make_unique<Port>(*m_transport, std::move(traits), name));
        return *m_ports.back();
    }

    [[nodiscard]] bool openForm(const QString &generation, const QJsonObject &providers = {})
    {
        if (!m_test.open(generation))
            return false;
        if (!providers.isEmpty()
            && (!m_test.server.editAccount(ManagedPage::role,
                                           {{QStringLiteral("providers"), providers}})
                || !m_test.reload()))
            return false;
        if (!m_test.manage(passkey()))
            return false;
        passkey().addKey();
        return newKey().step() == Step::Describing
            && QTest::qWaitFor([this] { return !newKey().devices()->isSearching(); }, 30'000);
    }

    [[nodiscard]] bool waitFor(Step step)
    {
        return QTest::qWaitFor([this, step] { return newKey().step() == step; }, 30'000);
    }

    [[nodiscard]] bool waitFor(Prompt stage)
    {
        return QTest::qWaitFor([this, stage] { return newKey().prompt()->stage() == stage; },
                               30'000);
    }

    [[nodiscard]] bool readAndSave(const QString &name)
    {
        newKey().setName(name);
        passkey().readKey();
        if (!waitFor(Step::Read))
            return false;
        passkey().saveKey();
        return waitFor(Step::Saved);
    }

    /// It wants its PIN, 2468, for each registration.
    Port &plugInWithPin()
    {
        SoftwareKeyTraits traits;
        traits.makeCredUvNotRqd = false;
        Port &port = plugIn(QStringLiteral("Key"), traits);
        port.key->setPin(QStringLiteral("2468"));
        return port;
    }

    /// Until it waits for the touch that does not come.
    [[nodiscard]] bool readUntouched(const Port &port)
    {
        port.front->neverTouch();
        if (!openForm(QStringLiteral("token")))
            return false;
        passkey().readKey();
        return waitFor(Prompt::Touch);
    }

    /// Until there is an outcome.
    [[nodiscard]] bool testKey()
    {
        newKey().test();
        return waitFor(Step::Testing) && waitFor(Step::Saved);
    }

    [[nodiscard]] QStringList stored()
    {
        const auto opened = outcomeOf(m_test.elsewhere->openPasskeys(m_test.otherProof()));
        QStringList names;
        for (const Passkey &key : opened->details.keys)
            names.append(key.name);
        return names;
    }

    std::shared_ptr<SimulatedKeys> m_transport = std::make_shared<SimulatedKeys>();
    ManagedPage m_test{HardwareKeys::Transports{m_transport}};
    std::vector<std::unique_ptr<Port>> m_ports;
    std::vector<KeyDevice> m_readers;
};

} // namespace Sparekey
