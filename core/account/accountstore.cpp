// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/accountstore.h"

#include "core/json/jsonfields.h"

#include <QPointer>

#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

QString rememberEntry(const QString &accountKey)
{
    return accountKey + "/remembered device"_L1;
}

QString sessionEntry(const QString &accountKey)
{
    return accountKey + "/session"_L1;
}

QString keyOf(const Session &session)
{
    return accountKey(session.account().environment, session.account().email);
}

// Nothing if it does not hold together.
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
    if (judge(kdf) == KdfVerdict::TooLarge)
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
    const QPointer self(this);
    const auto until = m_settings.rememberedUntil(accountKey);
    if (!until)
        co_return SecureBuffer();
    if (*until <= QDateTime::currentDateTimeUtc()) {
        (void)co_await forgetRememberToken(accountKey);
        co_return SecureBuffer();
    }
    const auto entry = co_await m_keyring.read(rememberEntry(accountKey));
    if (!self || !entry || entry->isEmpty())
        co_return SecureBuffer();
    const auto fields = JsonFields::parse(*entry);
    const ClientDevice device = co_await m_identity.device();
    if (!self)
        co_return SecureBuffer();
    if (fields && fields->text(u"device") == device.identifier)
        co_return fields->secret(u"token");
    // With an identifier for this run only it does not show whether the token is still good.
    if (m_identity.isKept())
        (void)co_await forgetRememberToken(accountKey);
    co_return SecureBuffer();
}

QCoro::Task<Result<void>> AccountStore::keepRememberToken(QString accountKey, SecureBuffer token)
{
    const QPointer self(this);
    const quint64 decision = ++m_rememberDecisions[accountKey];
    const ClientDevice device = co_await m_identity.device();
    if (!self || m_rememberDecisions.value(accountKey) != decision)
        co_return fail(ErrorKind::Canceled);
    if (!m_identity.isKept())
        co_return fail(ErrorKind::KeyringUnavailable);
    SecretJson entry;
    entry.add("device", device.identifier).add("token", token);
    auto kept = co_await m_keyring.write(rememberEntry(accountKey), entry.take());
    if (!self || !kept)
        co_return kept;
    // The removal was asked for after the write, and comes after it.
    if (m_rememberDecisions.value(accountKey) != decision)
        co_return fail(ErrorKind::Canceled);
    m_settings.setRememberedUntil(accountKey,
                                  QDateTime::currentDateTimeUtc().addDays(RememberedDays));
    Q_EMIT changed();
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
    const QPointer self(this);
    const quint64 decision = ++m_sessionDecisions[keyOf(*session)];
    auto kept = co_await write(session);
    if (!self || !kept)
        co_return kept;
    if (session->hasEnded()) {
        // Signed out meanwhile, when there was nothing yet to remove.
        if (!m_settings.staysSignedIn(keyOf(*session)))
            (void)m_keyring.remove(sessionEntry(keyOf(*session)));
        co_return fail(ErrorKind::Canceled);
    }
    if (m_sessionDecisions.value(keyOf(*session)) != decision)
        co_return fail(ErrorKind::Canceled);
    m_settings.setStaysSignedIn(keyOf(*session), true);
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
    co_return co_await m_keyring.write(sessionEntry(keyOf(*session)), entry.take());
}

void AccountStore::follow(const std::shared_ptr<Session> &session)
{
    disconnect(session.get(), nullptr, this, nullptr);
    const QString key = keyOf(*session);
    const auto written = std::make_shared<SecureBuffer>(session->refreshToken());
    const std::weak_ptr<Session> weak = session;
    connect(session.get(), &Session::refreshFinished, this, [this, key, written, weak] {
        const auto renewed = weak.lock();
        if (!renewed || renewed->hasEnded() || !m_settings.staysSignedIn(key))
            return;
        // Official servers give the same one again.
        SecureBuffer refresh = renewed->refreshToken();
        if (refresh.isEmpty() || refresh.equals(written->view()))
            return;
        *written = std::move(refresh);
        (void)write(renewed);
    });
    connect(session.get(), &Session::expired, this, [this, key] { (void)dropSession(key); });
}

QCoro::Task<Result<std::shared_ptr<Session>>> AccountStore::restoreSession(AccountRecord account)
{
    const QPointer self(this);
    const auto entry = co_await m_keyring.read(sessionEntry(account.key()));
    if (!entry)
        co_return fail(entry.error());
    if (!self)
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
