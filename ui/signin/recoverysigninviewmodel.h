// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/secret/secretentry.h"
#include "ui/signin/signinpageviewmodel.h"

namespace Sparekey {

/// The page on which the recovery code stands in for the second step.
class RecoverySignInViewModel : public SignInPageViewModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by SignInStepsViewModel")
    /// The recovery code has not 32 characters; `submit(…, true)` sends it as it is.
    Q_PROPERTY(bool asksToSendAnyway READ asksToSendAnyway NOTIFY changed FINAL)

public:
    /// `attempt` must outlive this object.
    explicit RecoverySignInViewModel(SignInAttempt &attempt, QObject *parent = nullptr);

    void edited() override;
    [[nodiscard]] bool asksToSendAnyway() const { return m_asksToSendAnyway; }

    /// The field keeps what was entered until the page goes.
    Q_INVOKABLE void submit(Sparekey::SecretEntry *entered, bool anyway);
    void submit(QStringView entered, bool anyway);

private:
    void finish(Result<SignInOutcome> outcome) override;
    void clearMessages() override;
    [[nodiscard]] QString wrongCodeText() const override;

    bool m_asksToSendAnyway = false;
};

} // namespace Sparekey
