// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/authenticator/simulatedport.h"
#include "tests/core/outcome.h"
#include "ui/keys/hardwarekeysviewmodel.h"

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <vector>

namespace Sparekey {

/// The Hardware keys page without its window, with keys of software in its ports.
class KeysPage
{
public:
    using Port = SimulatedPort;

    KeysPage()
        : settings(m_folder.filePath(QStringLiteral("sparekey.conf")))
        , inventory(KeyInventory::fileBeside(settings.file()))
        , page(keys, inventory, settings,
               [this](const QString &account) { return emails.value(account); })
    {
    }

    Port &plugIn(const QString &name, SoftwareKeyTraits traits = {})
    {
        m_ports.push_back(std::make_unique<Port>(*transport, std::move(traits), name));
        return *m_ports.back();
    }

    void placeOn(const KeyDevice &reader, const std::shared_ptr<SoftwareKey> &key,
                 const CardInField::Filter &filter = {})
    {
        transport->placeOn(reader,
                           [key, filter] { return std::make_unique<CardInField>(key, filter); });
    }

    /// Registers the key with an account, as the passkey dialog does; `held` are those it is known
    /// by. @return the credential's id
    QByteArray enrol(const Port &port, const QString &account, qint64 number, const QString &name,
                     const QList<QByteArray> &held = {})
    {
        MakeCredentialRequest request = registration();
        KeyOperation operation;
        const auto made = outcomeOf(
            keys.makeCredential(&operation, port.device, request, SecureBuffer()));
        if (!made)
            return {};
        const auto noted = outcomeOf(
            inventory.recordRegistration({.accountKey = account,
                                          .server = QStringLiteral("vault.example.com"),
                                          .rpId = request.rpId,
                                          .credentialId = made->credentialId,
                                          .publicKey = made->publicKey,
                                          .number = number,
                                          .name = name},
                                         KeyObservation::on(port.device, port.key->traits().aaguid,
                                                            {.proven = held, .claimed = {}})));
        return noted ? made->credentialId : QByteArray();
    }

    /// Has the key keep a sign-in itself.
    bool keep(const Port &port, const QString &site, const QString &user, const char *pin)
    {
        MakeCredentialRequest request = registration();
        request.rpId = site;
        request.userName = user;
        request.userDisplayName = user;
        request.userId = user.toUtf8();
        request.discoverable = true;
        KeyOperation operation;
        return outcomeOf(
                   keys.makeCredential(&operation, port.device, request, SecureBuffer::copyOf(pin)))
            .has_value();
    }

    /// Shows the page and waits until the chosen key has been looked at.
    [[nodiscard]] bool show()
    {
        page.setShown(true);
        return isLookedAt();
    }
    [[nodiscard]] bool isLookedAt()
    {
        return QTest::qWaitFor([this] { return page.details()->isKnown() && !page.isInspecting(); },
                               30'000);
    }

    /// An answer of the key about the site it is enrolled at that did not take the PIN.
    [[nodiscard]] static bool isUnverified(const QByteArray &answer)
    {
        constexpr char verified = 0x04;
        const QByteArray site = QCryptographicHash::hash(registration().rpId.toUtf8(),
                                                         QCryptographicHash::Sha256);
        const auto at = answer.indexOf(site);
        return at >= 0 && (answer.at(at + site.size()) & verified) == 0;
    }
    /// From now on the key shows what it holds only to who knows its PIN.
    static void makeSilent(const Port &port)
    {
        port.front->setReplyFilter([](quint8, const QByteArray &reply) {
            return isUnverified(reply) ? QByteArrayLiteral("\x36") : reply;
        });
    }

    [[nodiscard]] static bool waitFor(const KeyPromptViewModel *prompt,
                                      KeyPromptViewModel::Stage stage)
    {
        return QTest::qWaitFor([&] { return prompt->stage() == stage; }, 30'000);
    }

    std::shared_ptr<SimulatedKeys> transport = std::make_shared<SimulatedKeys>();
    HardwareKeys keys{HardwareKeys::Transports{transport}};
    QHash<QString, QString> emails; ///< By account key.

private:
    [[nodiscard]] static MakeCredentialRequest registration()
    {
        MakeCredentialRequest request;
        request.clientDataJson = QByteArrayLiteral("{}");
        request.rpId = QStringLiteral("vault.example.com");
        request.rpName = request.rpId;
        request.userId = QByteArrayLiteral("user");
        request.userName = QStringLiteral("me@example.com");
        request.userDisplayName = request.userName;
        request.algorithms = {static_cast<int>(CoseAlgorithm::Es256)};
        return request;
    }

    QTemporaryDir m_folder;
    std::vector<std::unique_ptr<Port>> m_ports;

public:
    Settings settings;
    KeyInventory inventory;
    HardwareKeysViewModel page;
};

} // namespace Sparekey
