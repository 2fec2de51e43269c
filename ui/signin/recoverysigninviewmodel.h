// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/recovery/enteredcode.h"
#include "ui/secret/secretentry.h"
#include "ui/signin/signinpageviewmodel.h"

namespace Sparekey {

/// The page where the recovery code replaces the second step.
class RecoverySignInViewModel : public Sparekey::SignInPageViewModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by SignInStepsViewModel")
    /// The code does not have 32 characters, or its check characters do not match. `submit(…,
    /// true)` sends it nevertheless.
    Q_PROPERTY(bool asksToSendAnyway READ asksToSendAnyway NOTIFY changed FINAL)
    /// Says which rows differ from the sheet, according to the check characters; empty if none
    /// does.
    Q_PROPERTY(QString wrongRowText READ wrongRowText NOTIFY changed FINAL)
    /// Says which rows match the sheet; empty if a row differs or none is complete.
    Q_PROPERTY(QString rightRowText READ rightRowText NOTIFY changed FINAL)

public:
    /// `attempt` must outlive this object.
    explicit RecoverySignInViewModel(SignInAttempt &attempt, QObject *parent = nullptr);

    void reset() override;
    void edited() override;
    [[nodiscard]] bool asksToSendAnyway() const { return m_asksToSendAnyway; }
    [[nodiscard]] QString wrongRowText() const;
    [[nodiscard]] QString rightRowText() const;

    /// Checks what has been entered so far.
    Q_INVOKABLE void check(Sparekey::SecretEntry *entered);
    void check(QStringView entered);

    /// The field keeps the entry until the page is closed.
    Q_INVOKABLE void submit(Sparekey::SecretEntry *entered, bool anyway);
    void submit(QStringView entered, bool anyway);

private:
    void finish(Result<SignInOutcome> outcome) override;
    void clearMessages() override;
    [[nodiscard]] QString wrongCodeText() const override;

    std::array<RowCheck, codeRows> m_rows{RowCheck::Incomplete, RowCheck::Incomplete};
    bool m_asksToSendAnyway = false;
};

} // namespace Sparekey
