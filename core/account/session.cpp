// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/session.h"

#include "core/account/kdfassessment.h"
#include "core/account/passwordderivation.h"
#include "core/api/serveranswer.h"
#include "core/settings/settings.h"

#include <QCoroSignal>

#include <utility>

namespace Sparekey {

QString Session::Account::key() const
{
    return accountKey(environment, email);
}

Session::Session(Account account, Tokens tokens, std::shared_ptr<HttpTransport> transport,
                 ClientDevice device)
    : m_account(std::move(account))
    , m_tokens(std::move(tokens))
    , m_transport(std::move(transport))
    , m_device(std::move(device))
    , m_identity(m_transport, m_account.environment.identity, m_device)
    , m_emailedCode(std::make_shared<EmailedCode>())
{
}

Session::~Session() = default;

QCoro::Task<Result<HttpAnswer>> Session::send(HttpRequest request)
{
    const auto self = shared_from_this();
    for (bool retried = false;; retried = true) {
        if (m_ended)
            co_return fail(ErrorKind::Canceled);
        if (m_expired)
            co_return fail({.kind = ErrorKind::SessionExpired, .subject = request.url.host()});

        // A session from the keyring has no access token at first.
        if (m_tokens.access.isEmpty()) {
            const auto refreshed = co_await refresh();
            if (!refreshed)
                co_return fail(refreshed.error());
        }
        const quint64 generation = m_tokenGeneration;
        HttpRequest attempt = request.clone();
        attempt.bearer = m_tokens.access.clone();
        auto answer = co_await m_transport->send(std::move(attempt));
        if (m_ended)
            co_return fail(ErrorKind::Canceled);
        if (!answer || answer->status != 401)
            co_return answer;

        // Another request may have refreshed the token while this one was running.
        if (!retried && generation == m_tokenGeneration) {
            const auto refreshed = co_await refresh();
            if (!refreshed)
                co_return fail(refreshed.error());
        } else if (retried) {
            expire();
            co_return fail(errorFrom(*answer));
        }
    }
}

QCoro::Task<Result<HttpAnswer>> Session::sendAnonymously(HttpRequest request)
{
    const auto self = shared_from_this();
    co_return co_await m_transport->send(std::move(request));
}

QCoro::Task<Result<HttpAnswer>> Session::get(QString path)
{
    return send(apiGet(m_account.environment.api, path, m_device));
}

QCoro::Task<Result<HttpAnswer>> Session::post(QString path, SecureBuffer jsonBody)
{
    return send(
        apiSend(HttpMethod::Post, m_account.environment.api, path, std::move(jsonBody), m_device));
}

QCoro::Task<Result<SecureBuffer>> Session::passwordHash(SecureBuffer password)
{
    return derivePasswordHash(std::move(password), m_account.prelogin, m_derivationCanceled);
}

QCoro::Task<Result<bool>> Session::renewPrelogin()
{
    const auto self = shared_from_this();
    auto prelogin = co_await m_identity.prelogin(defaultSalt(m_account.email));
    if (!prelogin)
        co_return fail(prelogin.error());
    if (m_ended)
        co_return fail(ErrorKind::Canceled);
    const Prelogin &known = m_account.prelogin;
    if (prelogin->kdf == known.kdf && prelogin->salt == known.salt)
        co_return false;
    const auto weak = assessKdf(prelogin->kdf, known.kdf, std::nullopt);
    if (!weak)
        co_return fail(weak.error());
    if (weak->has_value())
        co_return fail({.kind = ErrorKind::KdfWeaker, .subject = describe(prelogin->kdf)});
    m_account.prelogin = std::move(*prelogin);
    Q_EMIT preloginRenewed();
    co_return true;
}

QCoro::Task<Result<void>> Session::refresh()
{
    const auto self = shared_from_this();
    if (m_refreshing) {
        co_await qCoro(this, &Session::refreshFinished);
        co_return m_lastRefresh;
    }

    m_refreshing = true;
    Result<Tokens> tokens = fail(
        {.kind = ErrorKind::SessionExpired, .subject = m_account.environment.identity.host()});
    if (!m_tokens.refresh.isEmpty())
        tokens = co_await m_identity.refresh(m_tokens.refresh.clone());

    m_lastRefresh = {};
    if (m_ended) {
        m_lastRefresh = fail(ErrorKind::Canceled);
    } else if (m_expired) {
        // Another request has expired the session meanwhile; tokens that arrive now must not be
        // kept.
        m_lastRefresh = fail(
            {.kind = ErrorKind::SessionExpired, .subject = m_account.environment.identity.host()});
    } else if (tokens) {
        m_tokens = std::move(*tokens);
        ++m_tokenGeneration;
    } else {
        m_lastRefresh = fail(tokens.error());
        if (tokens.error().kind == ErrorKind::SessionExpired) {
            expire();
        }
    }
    m_refreshing = false;
    Q_EMIT refreshFinished();
    co_return m_lastRefresh;
}

void Session::expire()
{
    // Several requests may find this out at the same time.
    if (std::exchange(m_expired, true))
        return;
    m_tokens = {};
    Q_EMIT expired();
}

void Session::end()
{
    m_ended = true;
    *m_derivationCanceled = true;
    m_tokens = {};
    m_transport->abort();
}

} // namespace Sparekey
