// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/twofactor/providerapi.h"

#include "tests/account_server/totp.h"
#include "tests/core/signedin.h"

#include <QJsonObject>

namespace Sparekey {

/// What is read of a method, as one value for all of them.
struct OpenedMethod
{
    bool enabled = false;
    SharedProof proof = {};
    SecureBuffer key = {};
    PasskeyDetails passkeys = {};
};

/// The hands of a person who manages the methods of one account: each method in one way.
class ProviderHands
{
public:
    ProviderHands(AccountServerProcess &server, QString role, std::shared_ptr<ProviderApi> api)
        : m_server(server)
        , m_role(std::move(role))
        , m_api(std::move(api))
    {
    }

    SharedProof proof() { return proof(m_server.account(m_role).password); }

    SharedProof proof(const QString &password)
    {
        return outcomeOf(m_api->prove(SecureBuffer::fromText(password))).value();
    }

    Result<OpenedMethod> open(ProviderType type) { return open(type, proof()); }

    Result<OpenedMethod> open(ProviderType type, const SharedProof &proof)
    {
        switch (type) {
        case ProviderType::Authenticator: {
            auto opened = outcomeOf(m_api->openAuthenticator(proof));
            auto all = common(opened);
            if (all)
                all->key = std::move(opened->details.key);
            return all;
        }
        case ProviderType::Email: return common(outcomeOf(m_api->openEmail(proof)));
        case ProviderType::YubicoOtp: return common(outcomeOf(m_api->openYubicoOtp(proof)));
        case ProviderType::Duo: return common(outcomeOf(m_api->openDuo(proof)));
        default: {
            auto opened = outcomeOf(m_api->openPasskeys(proof));
            auto all = common(opened);
            if (all)
                all->passkeys = opened->details;
            return all;
        }
        }
    }

    /// Turns it on, as a person with the right code would; of passkeys one is removed. For email a
    /// code must have been sent to Codes@Example.com.
    Result<void> change(ProviderType type, OpenedMethod &opened, bool rightCode = true)
    {
        switch (type) {
        case ProviderType::Authenticator: {
            const auto secret = fromBase32(QString::fromLatin1(opened.key.view())).value();
            // A code of tomorrow cannot be right by chance.
            const qint64 step = totpStep(std::chrono::system_clock::now()) + (rightCode ? 0 : 2880);
            return outcomeOf(m_api->turnOnAuthenticator(opened.proof, opened.key.clone(),
                                                        totpCode(secret, step)));
        }
        case ProviderType::Email: {
            QString code = m_server.emailedCodes().value(0);
            if (!rightCode)
                code = code == QLatin1StringView("000000") ? QStringLiteral("000001")
                                                           : QStringLiteral("000000");
            return outcomeOf(
                m_api->turnOnEmail(opened.proof, QStringLiteral("Codes@Example.com"), code));
        }
        case ProviderType::YubicoOtp: {
            const QString otp = m_server.touchYubiKey(QStringLiteral("mine"));
            const QString second = rightCode ? otp
                                             : QString(otp.left(12) + otp.right(32).toUpper());
            const auto written = outcomeOf(
                m_api->writeYubicoOtp(opened.proof, {QString(), second}, true));
            return written ? Result<void>() : fail(written.error());
        }
        case ProviderType::Duo: {
            auto settings = std::make_shared<DuoSettings>();
            settings->clientId = rightCode ? QStringLiteral("DI234567890123456789")
                                           : QStringLiteral("XX234567890123456789");
            settings->clientSecret = SecureBuffer::copyOf(
                "abcdefghijabcdefghijabcdefghijabcdefghij");
            settings->host = QStringLiteral("api-12345678.duosecurity.com");
            return outcomeOf(m_api->turnOnDuo(opened.proof, settings));
        }
        default:
            return outcomeOf(
                m_api->removePasskey(opened.proof, rightCode ? 1 : 99, opened.passkeys));
        }
    }

private:
    template<class Opened>
    static Result<OpenedMethod> common(const Opened &opened)
    {
        if (!opened)
            return fail(opened.error());
        return OpenedMethod{.enabled = opened->details.enabled, .proof = opened->proof};
    }

    AccountServerProcess &m_server;
    QString m_role;
    std::shared_ptr<ProviderApi> m_api;
};

} // namespace Sparekey
