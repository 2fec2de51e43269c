// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/twofactor/providerrequests.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

/// The part of the path that names a provider's own resource.
QString resourceOf(ProviderType type)
{
    switch (type) {
    case ProviderType::Authenticator: return u"authenticator"_s;
    case ProviderType::Email: return u"email"_s;
    case ProviderType::Duo:
    case ProviderType::OrganizationDuo: return u"duo"_s;
    case ProviderType::YubicoOtp: return u"yubikey"_s;
    case ProviderType::Passkey: return u"webauthn"_s;
    case ProviderType::U2f:
    case ProviderType::Remember:
    case ProviderType::RecoveryCode: break;
    }
    return {};
}

bool isMissing(const Result<HttpAnswer> &answer)
{
    return answer && (answer->status == 404 || answer->status == 405);
}

} // namespace

ProviderRequests::ProviderRequests(std::shared_ptr<Session> session, const QString &organizationId)
    : m_session(std::move(session))
    , m_root(organizationId.isEmpty() ? u"two-factor"_s
                                      : u"organizations/%1/two-factor"_s.arg(organizationId))
    , m_forOrganization(!organizationId.isEmpty())
{
}

ProviderRequests::Task ProviderRequests::send(HttpMethod method, QStringView path,
                                              SecretJson body) const
{
    return m_session->send(apiSend(method, m_session->account().environment.api, path, body.take(),
                                   m_session->device()));
}

ProviderRequests::Task ProviderRequests::readDetails(ProviderType type, const Proof &proof) const
{
    // An older token may belong to another provider; reading needs none.
    return m_session->post(m_root + u"/get-"_s + resourceOf(type), proof.readBody().take());
}

ProviderRequests::Task ProviderRequests::turnOnAuthenticator(const Proof &proof,
                                                             const SecureBuffer &key,
                                                             const QString &code) const
{
    SecretJson body = proof.changeBody();
    body.add("key", key);
    body.add("token", code);
    return send(HttpMethod::Put, u"two-factor/authenticator", std::move(body));
}

ProviderRequests::Task ProviderRequests::sendEmailCode(const Proof &proof,
                                                       const QString &address) const
{
    SecretJson body = proof.requestBody();
    body.add("email", address);
    return m_session->post(u"two-factor/send-email"_s, body.take());
}

ProviderRequests::Task ProviderRequests::turnOnEmail(const Proof &proof, const QString &address,
                                                     const QString &code) const
{
    SecretJson body = proof.changeBody();
    body.add("email", address);
    body.add("token", code);
    return send(HttpMethod::Put, u"two-factor/email", std::move(body));
}

ProviderRequests::Task ProviderRequests::turnOnDuo(const Proof &proof,
                                                   const DuoSettings &settings) const
{
    SecretJson body = proof.changeBody();
    body.add("clientId", settings.clientId);
    body.add("clientSecret", settings.clientSecret);
    body.add("host", settings.host);
    return send(HttpMethod::Put, QString(m_root + u"/duo"_s), std::move(body));
}

ProviderRequests::Task ProviderRequests::writeYubicoOtp(const Proof &proof,
                                                        const YubicoOtpDetails::Keys &keys,
                                                        bool nfc) const
{
    SecretJson body = proof.changeBody();
    for (int slot = 0; slot < YubicoOtpDetails::Slots; ++slot) {
        const QString &key = keys[static_cast<std::size_t>(slot)];
        if (!key.isEmpty())
            body.add(QByteArray("key" + QByteArray::number(slot + 1)), key);
    }
    body.addBoolean("nfc", nfc);
    return send(HttpMethod::Put, u"two-factor/yubikey", std::move(body));
}

ProviderRequests::Task ProviderRequests::beginPasskey(const Proof &proof) const
{
    return m_session->post(u"two-factor/get-webauthn-challenge"_s, proof.requestBody().take());
}

ProviderRequests::Task ProviderRequests::addPasskey(const Proof &proof, const Passkey &key,
                                                    const QJsonObject &response) const
{
    SecretJson body = proof.changeBody();
    body.addNumber("id", key.id);
    body.add("name", key.name);
    body.addObject("deviceResponse", response);
    return send(HttpMethod::Put, u"two-factor/webauthn", std::move(body));
}

ProviderRequests::Task ProviderRequests::removePasskey(const Proof &proof, qint64 id) const
{
    SecretJson body = proof.changeBody();
    body.addNumber("id", id);
    return send(HttpMethod::Delete, u"two-factor/webauthn", std::move(body));
}

ProviderRequests::Task ProviderRequests::turnOff(SharedProof proof, ProviderType type,
                                                 std::shared_ptr<const SecureBuffer> setupKey)
{
    const bool byDelete = m_disableMissing
        || (!proof->token.isEmpty() && !m_deleteMissing.contains(type));
    auto answer = co_await sendTurnOff(byDelete, *proof, type, setupKey.get());
    if (!isMissing(answer))
        co_return answer;
    auto other = co_await sendTurnOff(!byDelete, *proof, type, setupKey.get());
    // If both are missing, nothing is learned.
    if (isMissing(other))
        co_return answer;
    if (other && byDelete)
        m_deleteMissing.insert(type);
    else if (other)
        m_disableMissing = true;
    co_return other;
}

ProviderRequests::Task ProviderRequests::sendTurnOff(bool byDelete, const Proof &proof,
                                                     ProviderType type,
                                                     const SecureBuffer *setupKey) const
{
    SecretJson body = proof.changeBody();
    body.addNumber("type", static_cast<int>(type));
    if (!byDelete)
        return send(HttpMethod::Put, QString(m_root + u"/disable"_s), std::move(body));

    if (type == ProviderType::Authenticator && setupKey)
        body.add("key", *setupKey);
    QString path = m_root + u'/' + resourceOf(type);
    // Without "/all" the path removes one key.
    if (type == ProviderType::Passkey)
        path += "/all"_L1;
    return send(HttpMethod::Delete, path, std::move(body));
}

} // namespace Sparekey
