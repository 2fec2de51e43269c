// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/signinstepsviewmodel.h"

#include <utility>

namespace Sparekey {

SignInStepsViewModel::SignInStepsViewModel(HardwareKeys &keys, QObject *parent)
    : QObject(parent)
    , m_secondStep(m_attempt, keys)
    , m_newDevice(m_attempt)
    , m_recovery(m_attempt)
{
    connect(&m_attempt, &SignInAttempt::settled, this, &SignInStepsViewModel::takeOutcome);
    connect(&m_attempt, &SignInAttempt::timedOut, this, &SignInStepsViewModel::timedOut);
}

void SignInStepsViewModel::begin(std::shared_ptr<SignIn> signIn, SecondStepChallenge challenge,
                                 const QString &email, const Environment &environment,
                                 std::optional<ProviderType> lastMethod)
{
    end();
    m_attempt.begin(std::move(signIn), email, environment);
    m_secondStep.begin(std::move(challenge), lastMethod);
    setPage(Page::SecondStep);
}

void SignInStepsViewModel::begin(std::shared_ptr<SignIn> signIn, const QString &email,
                                 const Environment &environment)
{
    end();
    m_attempt.begin(std::move(signIn), email, environment);
    m_newDevice.begin();
    setPage(Page::NewDevice);
}

void SignInStepsViewModel::end()
{
    m_attempt.end();
    m_secondStep.reset();
    m_newDevice.reset();
    m_recovery.reset();
    setPage(Page::SecondStep);
}

void SignInStepsViewModel::showRecovery()
{
    if (m_attempt.isBusy() || m_page != Page::SecondStep)
        return;
    m_secondStep.pause();
    m_recovery.reset();
    setPage(Page::RecoveryCode);
}

void SignInStepsViewModel::leaveRecovery()
{
    if (m_attempt.isBusy() || m_page != Page::RecoveryCode)
        return;
    setPage(Page::SecondStep);
    m_secondStep.resume();
}

void SignInStepsViewModel::takeOutcome()
{
    auto outcome = m_attempt.takeOutcome();
    if (!outcome) {
        m_failure = outcome.error();
        Q_EMIT failed();
    } else if (auto *signedIn = std::get_if<SignedIn>(&*outcome)) {
        m_signedIn = std::move(*signedIn);
        m_usedMethod = m_page == Page::SecondStep ? m_secondStep.type() : std::nullopt;
        end();
        Q_EMIT this->signedIn();
    } else if (auto *challenge = std::get_if<SecondStepChallenge>(&*outcome)) {
        m_secondStep.restart(std::move(*challenge));
        setPage(Page::SecondStep);
    } else {
        m_secondStep.pause();
        m_newDevice.begin();
        setPage(Page::NewDevice);
    }
}

void SignInStepsViewModel::setPage(Page page)
{
    if (page == m_page)
        return;
    m_page = page;
    Q_EMIT pageChanged();
}

} // namespace Sparekey
