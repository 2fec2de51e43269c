// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/unlockviewmodel.h"

#include "core/account/profile.h"

namespace Sparekey {

UnlockViewModel::UnlockViewModel(AccountStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_verification([this](SecureBuffer password) { return check(std::move(password)); })
{
    connect(&m_verification, &VerificationViewModel::changed, this, &UnlockViewModel::changed);
    connect(&m_verification, &VerificationViewModel::waitSecondsChanged, this,
            &UnlockViewModel::waitSecondsChanged);
    connect(&m_verification, &VerificationViewModel::passwordWanted, this,
            &UnlockViewModel::passwordWanted);
    connect(&m_verification, &VerificationViewModel::accepted, this, &UnlockViewModel::unlocked);
}

void UnlockViewModel::setAccount(const AccountRecord &account, std::shared_ptr<Session> session)
{
    m_account = account;
    m_session = std::move(session);
    m_verification.setSession(m_session);
    Q_EMIT accountChanged();
}

void UnlockViewModel::clear()
{
    m_account.reset();
    m_session.reset();
    m_verification.setSession(nullptr);
    Q_EMIT accountChanged();
}

QString UnlockViewModel::email() const
{
    return m_account ? m_account->email : QString();
}

QString UnlockViewModel::serverTitle() const
{
    return m_account ? m_account->environment.title() : QString();
}

void UnlockViewModel::submit(SecureBuffer password)
{
    if (m_account)
        m_verification.submit(std::move(password));
}

QCoro::Task<Result<void>> UnlockViewModel::check(SecureBuffer password)
{
    const auto ticket = m_tasks.ticket();
    if (!m_account)
        co_return fail(ErrorKind::Canceled);
    const AccountRecord account = *m_account;
    auto session = m_session;
    if (!session) {
        auto restored = co_await m_store.restoreSession(account);
        if (!ticket)
            co_return fail(ErrorKind::Canceled);
        if (restored)
            session = std::move(*restored);
        else if (restored.error().kind != ErrorKind::SessionExpired)
            co_return fail(restored.error());
    }
    Result<void> verified = fail(ErrorKind::SessionExpired);
    if (session)
        verified = co_await verifySecret(session, std::move(password));
    // Another account was chosen meanwhile.
    if (!ticket || !m_account || m_account->key() != account.key())
        co_return fail(ErrorKind::Canceled);
    m_session = std::move(session);
    if (!verified && verified.error().kind == ErrorKind::SessionExpired)
        QMetaObject::invokeMethod(this, &UnlockViewModel::sessionEnded, Qt::QueuedConnection);
    co_return verified;
}

} // namespace Sparekey
