// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/signin/newdeviceviewmodel.h"
#include "ui/signin/recoverysigninviewmodel.h"
#include "ui/signin/secondstepviewmodel.h"

namespace Sparekey {

/// The steps between the correct password and the account, each with a page of its own.
class SignInStepsViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by SignInViewModel")
    Q_PROPERTY(Page page READ page NOTIFY pageChanged FINAL)
    Q_PROPERTY(Sparekey::SecondStepViewModel *secondStep READ secondStep CONSTANT FINAL)
    Q_PROPERTY(Sparekey::NewDeviceViewModel *newDevice READ newDevice CONSTANT FINAL)
    Q_PROPERTY(Sparekey::RecoverySignInViewModel *recovery READ recovery CONSTANT FINAL)

public:
    enum class Page {
        SecondStep,
        RecoveryCode,
        NewDevice,
    };
    Q_ENUM(Page)

    /// `keys` must outlive this object.
    explicit SignInStepsViewModel(HardwareKeys &keys, QObject *parent = nullptr);

    // Begins with what the server asked for. `signIn` continues from there.
    void begin(std::shared_ptr<SignIn> signIn, SecondStepChallenge challenge, const QString &email,
               const Environment &environment, std::optional<ProviderType> lastMethod);
    void begin(std::shared_ptr<SignIn> signIn, const QString &email,
               const Environment &environment);
    /// Stops everything and forgets it.
    void end();

    /// The session, once after `signedIn`.
    [[nodiscard]] SignedIn takeSignedIn() { return std::move(m_signedIn); }
    /// After `signedIn`: the method of the second step that was used, if any.
    [[nodiscard]] std::optional<ProviderType> usedMethod() const { return m_usedMethod; }
    /// After `failed`.
    [[nodiscard]] const Error &failure() const { return m_failure; }

    [[nodiscard]] Page page() const { return m_page; }
    [[nodiscard]] SecondStepViewModel *secondStep() { return &m_secondStep; }
    [[nodiscard]] NewDeviceViewModel *newDevice() { return &m_newDevice; }
    [[nodiscard]] RecoverySignInViewModel *recovery() { return &m_recovery; }

    Q_INVOKABLE void showRecovery();
    Q_INVOKABLE void leaveRecovery();

Q_SIGNALS:
    void pageChanged();
    void signedIn();
    /// Nothing more can be done here: return to the form and show `failure()`.
    void failed();
    void timedOut();

private:
    void takeOutcome();
    void setPage(Page page);

    SignInAttempt m_attempt;
    SecondStepViewModel m_secondStep;
    NewDeviceViewModel m_newDevice;
    RecoverySignInViewModel m_recovery;
    SignedIn m_signedIn;
    std::optional<ProviderType> m_usedMethod;
    Error m_failure;
    Page m_page = Page::SecondStep;
};

} // namespace Sparekey
