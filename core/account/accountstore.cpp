// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/accountstore.h"

#include "core/json/jsonfields.h"

#include <QCoroSignal>

#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

/// The keyring's answer, shared, because it may arrive after the reader's timeout.
class KeyringAnswer : public QObject
{
    Q_OBJECT

public:
    std::optional<Result<SecureBuffer>> entry;

Q_SIGNALS:
    void received();
};

QCoro::Task<void> readInto(std::shared_ptr<KeyringAnswer> answer, Keyring *keyring, QString key)
{
    auto entry = co_await keyring->read(key);
    answer->entry = std::move(entry);
    Q_EMIT answer->received();
}

QCoro::Task<Result<SecureBuffer>> readWithin(std::chrono::milliseconds timeout, Keyring *keyring,
                                             QString key)
{
    const auto answer = std::make_shared<KeyringAnswer>();
    readInto(answer, keyring, key);
    if (!answer->entry)
        co_await qCoro(answer.get(), &KeyringAnswer::received, timeout);
    auto entry = std::move(answer->entry);
    if (!entry)
        co_return fail(ErrorKind::KeyringUnavailable);
    co_return std::move(*entry);
}

QString rememberEntry(const QString &accountKey)
{
    return accountKey + "/remembered device"_L1;
}

QString sessionEntry(const QString &accountKey)
{
    return accountKey + "/session"_L1;
}

// Nothing if the stored values are not valid.
std::optional<Session::Account> accountFrom(const JsonFields &fields, const AccountRecord &record)
{
    const auto type = fields.number(u"kdf");
    if (type != 0 && type != 1)
        return {};
    Session::Account account{.environment = record.environment,
                             .email = record.email,
                             .prelogin = {},
                             .hasMasterPassword = record.hasMasterPassword};
    account.prelogin.salt = fields.text(u"salt");
    KdfSettings &kdf = account.prelogin.kdf;
    kdf.type = static_cast<KdfType>(*type);
    kdf.iterations = fields.number(u"iterations").value_or(0);
    kdf.memoryMiB = fields.number(u"memory").value_or(0);
    kdf.parallelism = fields.number(u"parallelism").value_or(0);
    if (assess(kdf) == KdfVerdict::TooLarge)
        return {};
    return account;
}

} // namespace

std::optional<KeptSession> keptSessionFrom(const SecureBuffer &entry, const AccountRecord &record)
{
    const auto fields = JsonFields::parse(entry);
    if (!fields)
        return {};
    auto account = accountFrom(*fields, record);
    SecureBuffer refresh = fields->secret(u"refresh");
    if (!account || refresh.isEmpty())
        return {};
    return KeptSession{.account = std::move(*account),
                       .refreshToken = std::move(refresh),
                       .deviceIdentifier = fields->text(u"device")};
}

AccountStore::AccountStore(Settings &settings, Keyring &keyring, DeviceIdentity &identity,
                           QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_keyring(keyring)
    , m_identity(identity)
{
}

QCoro::Task<SecureBuffer> AccountStore::rememberToken(QString accountKey)
{
    const auto ticket = m_tasks.ticket();
    const auto until = m_settings.rememberedUntil(accountKey);
    if (!until)
        co_return SecureBuffer();
    if (*until <= QDateTime::currentDateTimeUtc()) {
        (void)forgetRememberToken(accountKey);
        co_return SecureBuffer();
    }
    const auto entry = co_await readWithin(ReadTimeout, &m_keyring, rememberEntry(accountKey));
    if (!ticket || !entry || entry->isEmpty())
        co_return SecureBuffer();
    const auto fields = JsonFields::parse(*entry);
    if (fields && fields->text(u"device") == m_identity.device().identifier)
        co_return fields->secret(u"token");
    (void)forgetRememberToken(accountKey);
    co_return SecureBuffer();
}

QCoro::Task<Result<void>> AccountStore::keepRememberToken(QString accountKey, SecureBuffer token)
{
    const auto ticket = m_tasks.ticket();
    const quint64 decision = ++m_rememberDecisions[accountKey];
    SecretJson entry;
    entry.add("device", m_identity.device().identifier).add("token", token);
    auto kept = co_await keep(rememberEntry(accountKey), entry.take());
    if (!ticket || !kept)
        co_return kept;
    // A later call has replaced this decision; the keyring carries it out after this write.
    if (m_rememberDecisions.value(accountKey) != decision)
        co_return fail(ErrorKind::Canceled);
    m_settings.setRememberedUntil(accountKey,
                                  QDateTime::currentDateTimeUtc().addDays(RememberedDays));
    Q_EMIT changed();
    co_return kept;
}

QCoro::Task<Result<void>> AccountStore::keep(QString entry, SecureBuffer secret)
{
    const auto ticket = m_tasks.ticket();
    if (++m_waiting == 1)
        Q_EMIT waitingChanged();
    auto kept = co_await m_keyring.write(entry, std::move(secret));
    if (!ticket)
        co_return fail(ErrorKind::Canceled);
    if (--m_waiting == 0)
        Q_EMIT waitingChanged();
    co_return kept;
}

QCoro::Task<Result<void>> AccountStore::forgetRememberToken(QString accountKey)
{
    ++m_rememberDecisions[accountKey];
    m_settings.setRememberedUntil(accountKey, {});
    Q_EMIT changed();
    return m_keyring.remove(rememberEntry(accountKey));
}

QCoro::Task<Result<void>> AccountStore::keepSession(std::shared_ptr<Session> session)
{
    const auto ticket = m_tasks.ticket();
    const quint64 decision = ++m_sessionDecisions[session->account().key()];
    auto kept = co_await write(session);
    if (!ticket || !kept)
        co_return kept;
    if (session->hasEnded()) {
        // Signed out during the write, when there was no entry yet to remove.
        if (!m_settings.staysSignedIn(session->account().key()))
            (void)m_keyring.remove(sessionEntry(session->account().key()));
        co_return fail(ErrorKind::Canceled);
    }
    if (m_sessionDecisions.value(session->account().key()) != decision)
        co_return fail(ErrorKind::Canceled);
    m_settings.setStaysSignedIn(session->account().key(), true);
    follow(session);
    Q_EMIT changed();
    co_return kept;
}

QCoro::Task<Result<void>> AccountStore::write(std::shared_ptr<Session> session)
{
    const Session::Account &account = session->account();
    const SecureBuffer refresh = session->refreshToken();
    if (refresh.isEmpty())
        co_return fail({.kind = ErrorKind::SessionExpired});
    const KdfSettings &kdf = account.prelogin.kdf;
    SecretJson entry;
    entry.add("refresh", refresh)
        .add("device", session->device().identifier)
        .add("salt", account.prelogin.salt)
        .addNumber("kdf", static_cast<int>(kdf.type))
        .addNumber("iterations", kdf.iterations)
        .addNumber("memory", kdf.memoryMiB)
        .addNumber("parallelism", kdf.parallelism);
    co_return co_await keep(sessionEntry(session->account().key()), entry.take());
}

void AccountStore::follow(const std::shared_ptr<Session> &session)
{
    disconnect(session.get(), nullptr, this, nullptr);
    const QString key = session->account().key();
    const auto written = std::make_shared<SecureBuffer>(session->refreshToken());
    const std::weak_ptr<Session> weak = session;
    connect(session.get(), &Session::refreshFinished, this, [this, key, written, weak] {
        const auto renewed = weak.lock();
        if (!renewed || renewed->hasEnded() || !m_settings.staysSignedIn(key))
            return;
        // Official servers return the same refresh token again.
        SecureBuffer refresh = renewed->refreshToken();
        if (refresh.isEmpty() || refresh.equals(written->view()))
            return;
        *written = std::move(refresh);
        (void)write(renewed);
    });
    connect(session.get(), &Session::preloginRenewed, this, [this, key, weak] {
        if (const auto renewed = weak.lock(); renewed && m_settings.staysSignedIn(key))
            (void)write(renewed);
    });
    connect(session.get(), &Session::expired, this, [this, key] { (void)dropSession(key); });
}

QCoro::Task<Result<std::shared_ptr<Session>>> AccountStore::restoreSession(AccountRecord account)
{
    const auto ticket = m_tasks.ticket();
    const auto entry = co_await readWithin(RestoreTimeout, &m_keyring, sessionEntry(account.key()));
    if (!entry)
        co_return fail(entry.error());
    if (!ticket)
        co_return fail(ErrorKind::Canceled);
    auto kept = keptSessionFrom(*entry, account);
    if (!kept)
        co_return fail({.kind = ErrorKind::SessionExpired});
    Tokens tokens;
    tokens.refresh = std::move(kept->refreshToken);
    auto transport = std::make_shared<HttpTransport>(account.environment.certificateAuthorities);
    const ClientDevice device{.identifier = kept->deviceIdentifier};
    auto session = std::make_shared<Session>(std::move(kept->account), std::move(tokens),
                                             std::move(transport), device);
    follow(session);
    co_return session;
}

QCoro::Task<Result<void>> AccountStore::dropSession(QString accountKey)
{
    ++m_sessionDecisions[accountKey];
    m_settings.setStaysSignedIn(accountKey, false);
    Q_EMIT changed();
    return m_keyring.remove(sessionEntry(accountKey));
}

} // namespace Sparekey

#include "accountstore.moc"
