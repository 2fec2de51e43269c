// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewmodels/unlockviewmodel.h"

#include "core/account/profile.h"

namespace Sparekey {

UnlockViewModel::UnlockViewModel(QObject *parent)
    : QObject(parent)
    , m_verification([this](SecureBuffer password) { return check(std::move(password)); })
{
    connect(&m_verification, &VerificationViewModel::changed, this, &UnlockViewModel::changed);
    connect(&m_verification, &VerificationViewModel::waitSecondsChanged, this,
            &UnlockViewModel::waitSecondsChanged);
    connect(&m_verification, &VerificationViewModel::passwordWanted, this,
            &UnlockViewModel::passwordWanted);
    connect(&m_verification, &VerificationViewModel::accepted, this, &UnlockViewModel::unlocked);
}

void UnlockViewModel::setSession(std::shared_ptr<Session> session)
{
    m_session = std::move(session);
    reset();
    Q_EMIT accountChanged();
}

QString UnlockViewModel::email() const
{
    return m_session ? m_session->account().email : QString();
}

QString UnlockViewModel::serverTitle() const
{
    return m_session ? m_session->account().environment.title() : QString();
}

void UnlockViewModel::submit(SecureBuffer password)
{
    if (m_session)
        m_verification.submit(std::move(password));
}

QCoro::Task<Result<void>> UnlockViewModel::check(SecureBuffer password)
{
    return verifyPassword(m_session, std::move(password));
}

} // namespace Sparekey
