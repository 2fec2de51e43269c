// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/recovery/typedcode.h"
#include "ui/secret/secretentry.h"
#include "ui/signin/signinpageviewmodel.h"

namespace Sparekey {

/// The page on which the recovery code stands in for the second step.
class RecoverySignInViewModel : public SignInPageViewModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by SignInStepsViewModel")
    /// The recovery code has not 32 characters, or not the check characters of a sheet;
    /// `submit(…, true)` sends it all the same.
    Q_PROPERTY(bool asksToSendAnyway READ asksToSendAnyway NOTIFY changed FINAL)
    /// Which rows differ from the sheet, by the check characters that were entered; else empty.
    Q_PROPERTY(QString wrongRowText READ wrongRowText NOTIFY changed FINAL)
    /// Which rows are as on the sheet, while none differs; else empty.
    Q_PROPERTY(QString rightRowText READ rightRowText NOTIFY changed FINAL)

public:
    /// `attempt` must outlive this object.
    explicit RecoverySignInViewModel(SignInAttempt &attempt, QObject *parent = nullptr);

    void reset() override;
    void edited() override;
    [[nodiscard]] bool asksToSendAnyway() const { return m_asksToSendAnyway; }
    [[nodiscard]] QString wrongRowText() const;
    [[nodiscard]] QString rightRowText() const;

    /// Looks at what has been entered so far.
    Q_INVOKABLE void check(Sparekey::SecretEntry *entered);
    void check(QStringView entered);

    /// The field keeps what was entered until the page goes.
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
