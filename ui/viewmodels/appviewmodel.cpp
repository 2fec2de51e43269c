// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewmodels/appviewmodel.h"

namespace Sparekey {

AppViewModel::AppViewModel(Settings &settings, ColorScheme &colorScheme, PrintService &printing,
                           QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_printing(printing)
    , m_preferences(settings, colorScheme)
    , m_signIn(settings)
{
    connect(&m_signIn, &SignInViewModel::signedIn, this, &AppViewModel::enter);
    connect(&m_unlock, &UnlockViewModel::unlocked, this, [this] {
        if (m_place == Place::Locked)
            setPlace(Place::Account);
    });
}

AppViewModel::~AppViewModel()
{
    if (m_account)
        m_account->session()->end();
}

void AppViewModel::lock()
{
    if (m_place != Place::Account)
        return;
    auto *recoveryCode = m_account->twoStepLogin()->recoveryCode();
    recoveryCode->close();
    recoveryCode->clearClipboard();
    m_unlock.reset();
    setPlace(Place::Locked);
}

void AppViewModel::signOut()
{
    if (!m_account)
        return;
    m_account->session()->end();
    m_unlock.setSession(nullptr);
    setPlace(Place::SignIn);
    // Pages that are being torn down still look at the account until the event loop turns.
    m_account.release()->deleteLater();
    Q_EMIT accountChanged();
}

void AppViewModel::enter()
{
    auto session = m_signIn.takeSession();
    m_unlock.setSession(session);
    m_account = std::make_unique<AccountViewModel>(std::move(session), m_settings, m_printing);
    m_account->twoStepLogin()->setRecoveryCodeUsed(m_signIn.recoveryCodeUsed());
    Q_EMIT accountChanged();
    setPlace(Place::Account);
}

void AppViewModel::setPlace(Place place)
{
    if (place == m_place)
        return;
    m_place = place;
    Q_EMIT placeChanged();
}

} // namespace Sparekey
