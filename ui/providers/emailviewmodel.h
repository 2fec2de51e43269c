// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/providers/providerviewmodel.h"
#include "ui/secret/secretentry.h"
#include "ui/timing/countdown.h"

namespace Sparekey {

/// Manage → Email.
// The base is written with its namespace, or the QML type information does not find it.
class EmailViewModel : public Sparekey::ProviderViewModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by TwoStepLoginViewModel")
    /// The address that codes are sent to, or the initial text of the field.
    Q_PROPERTY(QString address READ address NOTIFY changed FINAL)
    /// Codes are sent to an address other than the account's.
    Q_PROPERTY(bool foreignAddress READ isForeignAddress NOTIFY changed FINAL)
    /// The address of a method that is on is being changed.
    Q_PROPERTY(bool changing READ isChanging NOTIFY changed FINAL)
    /// This server may forget the old address as soon as a code is sent to the new one.
    Q_PROPERTY(bool mayDropOldAddress READ mayDropOldAddress NOTIFY changed FINAL)
    /// The address whose code is to be entered; empty if none was sent, or if the address was
    /// changed since.
    Q_PROPERTY(QString codeFor READ codeFor NOTIFY changed FINAL)
    /// Where the last code was sent since the dialog was opened; else empty.
    Q_PROPERTY(QString sentTo READ sentTo NOTIFY changed FINAL)
    Q_PROPERTY(bool sending READ isSending NOTIFY changed FINAL)
    /// Seconds until another code may be sent to the same address.
    Q_PROPERTY(int resendSeconds READ resendSeconds NOTIFY resendSecondsChanged FINAL)
    Q_PROPERTY(QString addressErrorText READ addressErrorText NOTIFY changed FINAL)
    Q_PROPERTY(QString codeErrorText READ codeErrorText NOTIFY changed FINAL)

public:
    explicit EmailViewModel(std::shared_ptr<ProviderApi> api, QObject *parent = nullptr);
    ~EmailViewModel() override;

    [[nodiscard]] QString address() const { return m_address; }
    [[nodiscard]] bool isForeignAddress() const;
    [[nodiscard]] bool isChanging() const { return m_changing; }
    [[nodiscard]] bool mayDropOldAddress() const;
    [[nodiscard]] QString codeFor() const { return m_codeFor; }
    [[nodiscard]] QString sentTo() const { return m_sent ? m_codeFor : QString(); }
    [[nodiscard]] bool isSending() const { return m_sending; }
    [[nodiscard]] int resendSeconds() const { return m_resend.seconds(); }
    [[nodiscard]] QString addressErrorText() const { return m_addressErrorText; }
    [[nodiscard]] QString codeErrorText() const { return m_codeErrorText; }

    Q_INVOKABLE void change();
    Q_INVOKABLE void sendCode(const QString &address);
    /// The user already has a code from an earlier email: it can be entered without sending another
    /// one.
    Q_INVOKABLE void useExistingCode(const QString &address);
    /// The address field was edited. A code for another address is no longer of use.
    Q_INVOKABLE void addressEdited(const QString &address);
    /// Turns email on for the address that the code was sent to.
    Q_INVOKABLE void turnOn(Sparekey::SecretEntry *code)
    {
        code->peek([this](QStringView text) { turnOn(text); });
    }
    void turnOn(QStringView code);

Q_SIGNALS:
    void resendSecondsChanged();
    void addressWanted();
    /// A code has to be entered: for the first time, or because it was refused.
    void codeWanted();

protected:
    QCoro::Task<Result<void>> read(SharedProof proof) override;
    void forget() override;
    bool showError(const Error &error) override;

private:
    bool isAddress(const QString &address);
    QCoro::Task<void> requestCode(QString address);
    QCoro::Task<void> confirm(QString code);

    Countdown m_resend;
    QString m_address;
    QString m_codeFor;
    QString m_addressErrorText;
    QString m_codeErrorText;
    bool m_changing = false;
    bool m_sending = false;
    bool m_emailRequested = false; ///< The pending answer is about sending the email.
    bool m_sent = false;
};

} // namespace Sparekey
