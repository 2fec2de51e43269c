// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Over 400 lines: its parts share too much state to be split by lines alone.

#include "core/twofactor/providerapi.h"

#include "core/account/profile.h"
#include "core/api/serveranswer.h"
#include "core/twofactor/twofactorapi.h"

#include <algorithm>

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

Error nonsense(const HttpAnswer &answer)
{
    return {.kind = ErrorKind::NotAnAccountServer, .subject = answer.host, .status = answer.status};
}

/// Nothing if the answer says that the change was made, as far as it says anything.
std::optional<Error> problemOf(const Result<HttpAnswer> &answer)
{
    if (!answer)
        return answer.error();
    if (!answer->isSuccess())
        return writeErrorFrom(*answer);
    // No server answers a change with 200 and a web page; something in between does.
    if (answer->status != 204 && !JsonFields::parse(answer->body))
        return nonsense(*answer);
    return {};
}

template<class Details>
Result<OpenedProvider<Details>> openedFrom(const Result<HttpAnswer> &answer,
                                           Result<Details> (*read)(const HttpAnswer &),
                                           const SharedProof &proof)
{
    Result<Details> details = answer ? read(*answer) : fail(answer.error());
    if (!details) {
        proof->noteFailure(details.error());
        return fail(details.error());
    }
    auto withToken = std::make_shared<Proof>();
    withToken->passwordHash = proof->passwordHash.clone();
    withToken->mailedCode = proof->mailedCode.clone();
    withToken->mails = proof->mails;
    withToken->mail = proof->mail;
    withToken->token = verificationTokenFrom(*answer);
    if (!withToken->token.isEmpty())
        withToken->noteUsed();
    return OpenedProvider<Details>{std::move(*details), std::move(withToken), answer->serverTime};
}

template<class Details>
Result<bool> enabledIn(const Result<OpenedProvider<Details>> &opened)
{
    if (!opened)
        return fail(opened.error());
    return opened->details.enabled;
}

} // namespace

ProviderApi::ProviderApi(std::shared_ptr<Session> session)
    : m_session(std::move(session))
    , m_root(u"two-factor"_s)
{
}

ProviderApi::ProviderApi(std::shared_ptr<Session> session, const QString &organizationId)
    : m_session(std::move(session))
    , m_root(u"organizations/%1/two-factor"_s.arg(organizationId))
    , m_organizationId(organizationId)
{
}

QCoro::Task<Result<SharedProof>> ProviderApi::prove(SecureBuffer secret)
{
    return Sparekey::prove(m_session, std::move(secret));
}

HttpRequest ProviderApi::request(HttpMethod method, QStringView path, SecureBuffer body) const
{
    return apiSend(method, m_session->account().environment.api, path, std::move(body),
                   m_session->device());
}

QCoro::Task<Result<HttpAnswer>> ProviderApi::open(QString name, SharedProof proof)
{
    // An older token may belong to another provider; reading needs none.
    return m_session->post(m_root + u"/get-"_s + name, proof->readingBody().take());
}

QCoro::Task<Result<OpenedProvider<AuthenticatorDetails>>>
ProviderApi::openAuthenticator(SharedProof proof)
{
    const auto self = shared_from_this();
    const auto answer = co_await open(u"authenticator"_s, proof);
    co_return openedFrom<AuthenticatorDetails>(answer, authenticatorFrom, proof);
}

QCoro::Task<Result<OpenedProvider<EmailDetails>>> ProviderApi::openEmail(SharedProof proof)
{
    const auto self = shared_from_this();
    const auto answer = co_await open(u"email"_s, proof);
    co_return openedFrom<EmailDetails>(answer, emailFrom, proof);
}

QCoro::Task<Result<OpenedProvider<DuoDetails>>> ProviderApi::openDuo(SharedProof proof)
{
    const auto self = shared_from_this();
    const auto answer = co_await open(u"duo"_s, proof);
    co_return openedFrom<DuoDetails>(answer, duoFrom, proof);
}

QCoro::Task<Result<OpenedProvider<YubicoOtpDetails>>> ProviderApi::openYubicoOtp(SharedProof proof)
{
    return look(&m_yubicoOtp, std::move(proof));
}

QCoro::Task<Result<OpenedProvider<PasskeyDetails>>> ProviderApi::openPasskeys(SharedProof proof)
{
    return look(&m_passkeys, std::move(proof));
}

QCoro::Task<Result<YubicoOtpDetails>> ProviderApi::yubicoOtpNow(SharedProof proof)
{
    return lookAgain(&m_yubicoOtp, std::move(proof));
}

QCoro::Task<Result<PasskeyDetails>> ProviderApi::passkeysNow(SharedProof proof)
{
    return lookAgain(&m_passkeys, std::move(proof));
}

template<class Details>
QCoro::Task<Result<OpenedProvider<Details>>> ProviderApi::look(Look<Details> *look,
                                                               SharedProof proof)
{
    const auto self = shared_from_this();
    // Before the settings: a change that comes between the two is noticed then.
    std::optional<qint64> revision;
    if (proof->mails)
        revision = co_await revisionDate();
    const auto answer = co_await open(look->resource, proof);
    auto opened = openedFrom<Details>(answer, look->read, proof);
    if (opened && opened->proof->isCodeSpent()) {
        look->proof = opened->proof;
        look->details = opened->details;
        look->revision = revision;
        look->time = Proof::Clock::now();
    }
    co_return opened;
}

template<class Details>
QCoro::Task<Result<Details>> ProviderApi::lookAgain(Look<Details> *look, SharedProof proof)
{
    const auto self = shared_from_this();
    // The look would give a new token without anybody having been asked for the password.
    if (proof->isExpired())
        co_return fail(ErrorKind::ProofExpired);
    if (!proof->isCodeSpent()) {
        const auto answer = co_await open(look->resource, proof);
        const auto opened = openedFrom<Details>(answer, look->read, proof);
        if (opened)
            co_return opened->details;
        Error error = opened.error();
        // It was right before, so it has to be asked for again.
        if (error.kind == ErrorKind::WrongSecret)
            error.kind = ErrorKind::ProofExpired;
        co_return fail(error);
    }
    if (look->proof.lock() != proof)
        co_return fail(ErrorKind::ProofExpired);
    const Details details = look->details;
    if (!look->revision) {
        // Whoever was just asked for a code for this is not asked again.
        constexpr std::chrono::minutes recent{1};
        if (look->time && Proof::Clock::now() - *look->time < recent)
            co_return details;
        co_return fail(ErrorKind::ProofExpired);
    }
    const qint64 revision = *look->revision;
    const auto current = co_await fetchRevisionDate(m_session);
    if (!current)
        co_return fail(current.error());
    if (*current != revision)
        co_return fail(ErrorKind::ProofExpired);
    co_return details;
}

template<class Details>
QCoro::Task<void> ProviderApi::noteChange(Look<Details> *look, SharedProof proof, Details details)
{
    const auto self = shared_from_this();
    if (look->proof.lock() != proof)
        co_return;
    look->details = std::move(details);
    look->revision = co_await revisionDate();
    look->time = Proof::Clock::now();
}

QCoro::Task<std::optional<qint64>> ProviderApi::revisionDate()
{
    const auto date = co_await fetchRevisionDate(m_session);
    co_return date ? std::optional(*date) : std::nullopt;
}

// A read-back has a name before it is handed on: g++ 12 destroys what a lambda within `co_await`
// captured once too often.

QCoro::Task<Result<void>> ProviderApi::turnOnAuthenticator(SharedProof proof, SecureBuffer key,
                                                           QString code)
{
    const auto self = shared_from_this();
    if (proof->isExpired())
        co_return fail(ErrorKind::ProofExpired);
    SecretJson body = proof->body();
    body.add("key", key);
    body.add("token", code);
    const auto answer = co_await m_session->send(
        request(HttpMethod::Put, u"two-factor/authenticator", body.take()));
    if (const auto problem = problemOf(answer)) {
        ReadBack isDone = [self, proof] {
            return self->isInState(proof, ProviderType::Authenticator, true);
        };
        co_return co_await settle(*problem, std::move(isDone));
    }
    co_return Result<void>();
}

QCoro::Task<Result<void>> ProviderApi::sendEmailCode(SharedProof proof, QString address)
{
    const auto self = shared_from_this();
    if (proof->isExpired())
        co_return fail(ErrorKind::ProofExpired);
    SecretJson body = proof->askingBody();
    body.add("email", address);
    const auto answer = co_await m_session->post(u"two-factor/send-email"_s, body.take());
    if (!answer)
        co_return fail(answer.error());
    if (!answer->isSuccess())
        co_return fail(writeErrorFrom(*answer));
    // Success has no body here; a page is somebody else's answer.
    if (!answer->body.isEmpty() && !JsonFields::parse(answer->body))
        co_return fail(nonsense(*answer));
    co_return Result<void>();
}

QCoro::Task<Result<void>> ProviderApi::turnOnEmail(SharedProof proof, QString address, QString code)
{
    const auto self = shared_from_this();
    if (proof->isExpired())
        co_return fail(ErrorKind::ProofExpired);
    SecretJson body = proof->body();
    body.add("email", address);
    body.add("token", code);
    const auto answer = co_await m_session->send(
        request(HttpMethod::Put, u"two-factor/email", body.take()));
    if (const auto problem = problemOf(answer)) {
        ReadBack isDone = [self, proof, address] {
            return self->emailIs(proof, address);
        };
        co_return co_await settle(*problem, std::move(isDone));
    }
    co_return Result<void>();
}

QCoro::Task<Result<void>> ProviderApi::turnOnDuo(SharedProof proof,
                                                 std::shared_ptr<const DuoSettings> settings)
{
    const auto self = shared_from_this();
    if (proof->isExpired())
        co_return fail(ErrorKind::ProofExpired);
    SecretJson body = proof->body();
    body.add("clientId", settings->clientId);
    body.add("clientSecret", settings->clientSecret);
    body.add("host", settings->host);
    const auto answer = co_await m_session->send(
        request(HttpMethod::Put, QString(m_root + u"/duo"_s), body.take()));
    if (const auto problem = problemOf(answer)) {
        ReadBack isDone = [self, proof] {
            const bool own = self->m_organizationId.isEmpty();
            return self->isInState(proof, own ? ProviderType::Duo : ProviderType::OrganizationDuo,
                                   true);
        };
        co_return co_await settle(*problem, std::move(isDone));
    }
    co_return Result<void>();
}

QCoro::Task<Result<YubicoOtpDetails>>
ProviderApi::writeYubicoOtp(SharedProof proof, std::array<QString, YubicoOtpDetails::Slots> keys,
                            bool nfc)
{
    const auto self = shared_from_this();
    if (proof->isExpired())
        co_return fail(ErrorKind::ProofExpired);
    SecretJson body = proof->body();
    for (int slot = 0; slot < YubicoOtpDetails::Slots; ++slot) {
        const QString &key = keys[static_cast<std::size_t>(slot)];
        if (!key.isEmpty())
            body.add(QByteArray("key" + QByteArray::number(slot + 1)), key);
    }
    body.addBoolean("nfc", nfc);
    m_yubicoOtp.time.reset();
    const auto answer = co_await m_session->send(
        request(HttpMethod::Put, u"two-factor/yubikey", body.take()));
    auto problem = problemOf(answer);
    if (!problem) {
        auto details = yubicoOtpFrom(*answer);
        if (details) {
            co_await noteChange(&m_yubicoOtp, proof, *details);
            co_return details;
        }
        problem = details.error();
    }
    if (!isOutcomeUnknown(*problem))
        co_return fail(*problem);

    // What is stored of a code is its beginning, so the wish can be compared with what is there.
    const auto now = co_await yubicoOtpNow(proof);
    if (!now) {
        co_return fail({.kind = ErrorKind::OutcomeUnknown,
                        .subject = m_session->account().environment.api.host()});
    }
    QSet<QString> wanted;
    for (const QString &key : keys) {
        if (!key.isEmpty())
            wanted.insert(key.left(12));
    }
    QSet<QString> stored;
    for (const QString &id : now->keyIds) {
        if (!id.isEmpty())
            stored.insert(id);
    }
    if (now->enabled && stored == wanted && now->nfc == nfc)
        co_return *now;
    problem->nothingChanged = true;
    co_return fail(*problem);
}

QCoro::Task<Result<PasskeyRegistration>> ProviderApi::beginPasskey(SharedProof proof)
{
    const auto self = shared_from_this();
    if (proof->isExpired())
        co_return fail(ErrorKind::ProofExpired);
    // Official servers keep the challenge with the account, which moves the revision date.
    const bool follows = m_passkeys.proof.lock() == proof;
    if (follows) {
        const auto before = co_await revisionDate();
        if (before != m_passkeys.revision)
            m_passkeys.proof.reset();
    }
    const auto answer = co_await m_session->post(u"two-factor/get-webauthn-challenge"_s,
                                                 proof->askingBody().take());
    if (follows)
        co_await noteChange(&m_passkeys, proof, m_passkeys.details);
    if (!answer)
        co_return fail(answer.error());
    if (!answer->isSuccess())
        co_return fail(writeErrorFrom(*answer));
    const auto fields = jsonFrom(*answer);
    if (!fields)
        co_return fail(fields.error());
    co_return passkeyRegistrationFrom(*fields, m_session->account().environment.webVault);
}

QCoro::Task<Result<void>> ProviderApi::addPasskey(SharedProof proof, PasskeyDetails known,
                                                  QString name, QJsonObject response)
{
    const auto self = shared_from_this();
    if (proof->isExpired())
        co_return fail(ErrorKind::ProofExpired);
    QList<qint64> taken;
    for (const Passkey &key : known.keys)
        taken.append(key.id);
    const qint64 id = freePasskeyId(taken);
    SecretJson body = proof->body();
    body.addNumber("id", id);
    body.add("name", name);
    body.addObject("deviceResponse", response);
    m_passkeys.time.reset();
    const auto answer = co_await m_session->send(
        request(HttpMethod::Put, u"two-factor/webauthn", body.take()));
    if (const auto problem = problemOf(answer)) {
        ReadBack isDone = [self, proof, id] {
            return self->passkeyIsThere(proof, id);
        };
        co_return co_await settle(*problem, std::move(isDone));
    }
    PasskeyDetails after = m_passkeys.details;
    after.enabled = true;
    after.keys.append({.id = id, .name = name});
    co_await noteChange(&m_passkeys, proof, std::move(after));
    co_return Result<void>();
}

QCoro::Task<Result<void>> ProviderApi::removePasskey(SharedProof proof, qint64 id,
                                                     PasskeyDetails known)
{
    const auto self = shared_from_this();
    const bool others = std::any_of(known.keys.cbegin(), known.keys.cend(),
                                    [id](const Passkey &key) { return key.id != id; });
    if (!others)
        co_return co_await turnOff(proof, ProviderType::Passkey);
    if (proof->isExpired())
        co_return fail(ErrorKind::ProofExpired);
    SecretJson body = proof->body();
    body.addNumber("id", id);
    m_passkeys.time.reset();
    const auto answer = co_await m_session->send(
        request(HttpMethod::Delete, u"two-factor/webauthn", body.take()));
    if (const auto problem = problemOf(answer)) {
        ReadBack isDone = [self, proof, id] {
            return self->passkeyIsGone(proof, id);
        };
        co_return co_await settle(*problem, std::move(isDone));
    }
    PasskeyDetails after = m_passkeys.details;
    after.keys.removeIf([id](const Passkey &key) { return key.id == id; });
    co_await noteChange(&m_passkeys, proof, std::move(after));
    co_return Result<void>();
}

QCoro::Task<Result<void>> ProviderApi::turnOff(SharedProof proof, ProviderType type,
                                               SecureBuffer authenticatorKey)
{
    const auto self = shared_from_this();
    if (proof->isExpired())
        co_return fail(ErrorKind::ProofExpired);
    const bool byDelete = m_disableMissing
        || (!proof->token.isEmpty() && !m_deleteMissing.contains(type));

    auto answer = co_await sendTurnOff(byDelete, proof, type, authenticatorKey.clone());
    if (isMissing(answer)) {
        auto other = co_await sendTurnOff(!byDelete, proof, type, std::move(authenticatorKey));
        // Where both are missing nothing is learnt.
        if (!isMissing(other)) {
            if (other && byDelete)
                m_deleteMissing.insert(type);
            else if (other)
                m_disableMissing = true;
            answer = std::move(other);
        }
    }
    if (const auto problem = problemOf(answer)) {
        ReadBack isDone = [self, proof, type] {
            return self->isInState(proof, type, false);
        };
        co_return co_await settle(*problem, std::move(isDone));
    }
    co_return Result<void>();
}

QCoro::Task<Result<HttpAnswer>> ProviderApi::sendTurnOff(bool byDelete, SharedProof proof,
                                                         ProviderType type,
                                                         SecureBuffer authenticatorKey)
{
    SecretJson body = proof->body();
    body.addNumber("type", static_cast<int>(type));
    if (!byDelete)
        return m_session->send(
            request(HttpMethod::Put, QString(m_root + u"/disable"_s), body.take()));

    if (type == ProviderType::Authenticator)
        body.add("key", authenticatorKey);
    QString path = m_root + u'/' + resourceOf(type);
    // Without it the path removes one key.
    if (type == ProviderType::Passkey)
        path += "/all"_L1;
    return m_session->send(request(HttpMethod::Delete, path, body.take()));
}

QCoro::Task<Result<void>> ProviderApi::settle(Error error, ReadBack isDone)
{
    const auto self = shared_from_this();
    if (!isOutcomeUnknown(error))
        co_return fail(error);
    const auto done = co_await isDone();
    if (!done) {
        const auto kind = done.error().kind;
        if (kind == ErrorKind::Canceled || kind == ErrorKind::SessionExpired)
            co_return fail(done.error());
        co_return fail({.kind = ErrorKind::OutcomeUnknown,
                        .subject = m_session->account().environment.api.host()});
    }
    if (*done)
        co_return Result<void>();
    error.nothingChanged = true;
    co_return fail(error);
}

QCoro::Task<Result<bool>> ProviderApi::isInState(SharedProof proof, ProviderType type, bool on)
{
    // Not every account that may change an organization's Duo may read its list.
    if (type != ProviderType::OrganizationDuo) {
        const auto states = co_await fetchProviderStates(m_session);
        if (!states)
            co_return fail(states.error());
        // Vaultwarden, which gives no tokens, leaves out what is on but cannot be used with the
        // settings that it has now (`is_twofactor_provider_usable`); an authenticator always can.
        const bool listsAll = type == ProviderType::Authenticator || !proof->token.isEmpty();
        if (listsAll || states->contains(type))
            co_return states->value(type, false) == on;
    }
    const auto isOn = co_await this->isOn(proof, type);
    if (!isOn)
        co_return fail(isOn.error());
    co_return *isOn == on;
}

QCoro::Task<Result<bool>> ProviderApi::isOn(SharedProof proof, ProviderType type)
{
    switch (type) {
    case ProviderType::Authenticator: co_return enabledIn(co_await openAuthenticator(proof));
    case ProviderType::Email: co_return enabledIn(co_await openEmail(proof));
    case ProviderType::Duo:
    case ProviderType::OrganizationDuo: co_return enabledIn(co_await openDuo(proof));
    case ProviderType::YubicoOtp: co_return enabledIn(co_await openYubicoOtp(proof));
    case ProviderType::Passkey: co_return enabledIn(co_await openPasskeys(proof));
    case ProviderType::U2f:
    case ProviderType::Remember:
    case ProviderType::RecoveryCode: break;
    }
    co_return fail(ErrorKind::NotOffered);
}

QCoro::Task<Result<bool>> ProviderApi::emailIs(SharedProof proof, QString address)
{
    const auto opened = co_await openEmail(proof);
    if (!opened)
        co_return fail(opened.error());
    co_return opened->details.enabled
        && opened->details.address.compare(address, Qt::CaseInsensitive) == 0;
}

QCoro::Task<Result<bool>> ProviderApi::passkeyIsThere(SharedProof proof, qint64 id)
{
    const auto now = co_await passkeysNow(proof);
    if (!now)
        co_return fail(now.error());
    const auto &keys = now->keys;
    co_return std::any_of(keys.cbegin(), keys.cend(),
                          [id](const Passkey &key) { return key.id == id; });
}

QCoro::Task<Result<bool>> ProviderApi::passkeyIsGone(SharedProof proof, qint64 id)
{
    const auto there = co_await passkeyIsThere(proof, id);
    if (!there)
        co_return fail(there.error());
    co_return !*there;
}

} // namespace Sparekey
