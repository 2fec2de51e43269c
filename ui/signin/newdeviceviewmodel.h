// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/secret/secretentry.h"
#include "ui/signin/codeemail.h"
#include "ui/signin/signinpageviewmodel.h"

namespace Sparekey {

/// The page for the code that a server sends by email when a user signs in on a new device.
class NewDeviceViewModel : public Sparekey::SignInPageViewModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by SignInStepsViewModel")
    /// What to do now, in whole sentences.
    Q_PROPERTY(QString guidance READ guidance NOTIFY changed FINAL)
    Q_PROPERTY(bool sendingEmail READ sendingEmail NOTIFY changed FINAL)
    /// Seconds until another email may be requested; 0 if that is possible now.
    Q_PROPERTY(int resendSeconds READ resendSeconds NOTIFY resendSecondsChanged FINAL)

public:
    /// `attempt` must outlive this object.
    explicit NewDeviceViewModel(SignInAttempt &attempt, QObject *parent = nullptr);

    /// The server has sent a code by email.
    void begin();
    void reset() override;

    [[nodiscard]] QString guidance() const;
    [[nodiscard]] bool sendingEmail() const { return m_email.isSending(); }
    [[nodiscard]] int resendSeconds() const { return m_email.resendSeconds(); }

    /// The field keeps what was entered.
    Q_INVOKABLE void submit(Sparekey::SecretEntry *entered);
    void submit(QStringView entered);
    Q_INVOKABLE void resendEmail();

Q_SIGNALS:
    void resendSecondsChanged();

private:
    QCoro::Task<void> sendEmail();
    [[nodiscard]] QString wrongCodeText() const override;

    CodeEmail m_email;
};

} // namespace Sparekey
