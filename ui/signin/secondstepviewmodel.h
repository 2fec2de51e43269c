// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/secondstep.h"
#include "ui/keys/keypromptviewmodel.h"
#include "ui/keys/otptapviewmodel.h"
#include "ui/secret/secretentry.h"
#include "ui/signin/codemail.h"
#include "ui/signin/duobrowser.h"
#include "ui/signin/signinpageviewmodel.h"

#include <QVariantList>

namespace Sparekey {

/// The page for the second step, with each method that can be given here.
class SecondStepViewModel : public SignInPageViewModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by SignInStepsViewModel")
    Q_PROPERTY(Method method READ method NOTIFY changed FINAL)
    Q_PROPERTY(QString methodName READ methodName NOTIFY changed FINAL)
    Q_PROPERTY(QString methodIcon READ methodIcon NOTIFY changed FINAL)
    /// What to do now, in whole sentences.
    Q_PROPERTY(QString guidance READ guidance NOTIFY changed FINAL)
    /// What the server offers, in the chooser's order: maps of method, name, description, icon.
    Q_PROPERTY(QVariantList methods READ methods NOTIFY changed FINAL)
    Q_PROPERTY(bool sendingMail READ sendingMail NOTIFY changed FINAL)
    /// Seconds until another mail may be asked for; 0 when it may.
    Q_PROPERTY(int resendSeconds READ resendSeconds NOTIFY resendSecondsChanged FINAL)
    /// What a security key wants, while the method is Passkey.
    Q_PROPERTY(Sparekey::KeyPromptViewModel *keyPrompt READ keyPrompt CONSTANT FINAL)
    /// Codes of YubiKeys by a card reader.
    Q_PROPERTY(Sparekey::OtpTapViewModel *otpTap READ otpTap CONSTANT FINAL)
    /// The browser was sent to Duo. Its answer can be pasted, and is taken from the clipboard by
    /// itself when somebody comes back to the window with it.
    Q_PROPERTY(bool duoOpened READ duoOpened NOTIFY changed FINAL)
    /// The address from the server leads to Duo; otherwise it is not opened.
    Q_PROPERTY(bool duoTrusted READ duoTrusted NOTIFY changed FINAL)
    /// It is an organization that asks for Duo, which no recovery code lifts.
    Q_PROPERTY(bool duoOfOrganization READ isDuoOfOrganization NOTIFY changed FINAL)
    /// The next sign-ins on this computer shall do without the second step. Off again when another
    /// method is chosen.
    Q_PROPERTY(bool rememberDevice READ rememberDevice WRITE setRememberDevice NOTIFY changed FINAL)

public:
    enum class Method {
        None, ///< Nothing that is offered can be given here.
        Authenticator,
        Email,
        YubicoOtp,
        Duo, ///< Of the user or of an organization.
        Passkey,
    };
    Q_ENUM(Method)

    /// Both must outlive this object.
    SecondStepViewModel(SignInAttempt &attempt, HardwareKeys &keys, QObject *parent = nullptr);

    /// The server wants one of the methods of `challenge`.
    void begin(SecondStepChallenge challenge, std::optional<ProviderType> lastMethod);
    /// It wants them again, perhaps others, in answer to a code.
    void beginAnew(SecondStepChallenge challenge);
    void reset() override;
    /// Another page is shown in place of this one; what is on its way by email stays good.
    void pause();
    void resume();

    /// Nothing: none that Sparekey can give.
    [[nodiscard]] std::optional<ProviderType> type() const { return m_type; }
    [[nodiscard]] Method method() const;
    [[nodiscard]] QString methodName() const;
    [[nodiscard]] QString methodIcon() const;
    [[nodiscard]] QString guidance() const;
    [[nodiscard]] QVariantList methods() const;
    [[nodiscard]] bool sendingMail() const { return m_mail.isSending(); }
    [[nodiscard]] int resendSeconds() const { return m_mail.resendSeconds(); }
    [[nodiscard]] KeyPromptViewModel *keyPrompt() { return &m_keyPrompt; }
    [[nodiscard]] OtpTapViewModel *otpTap() { return &m_otpTap; }
    [[nodiscard]] bool duoOpened() const { return m_duo.isOpened(); }
    [[nodiscard]] bool duoTrusted() const { return m_duo.isTrusted(); }
    [[nodiscard]] bool isDuoOfOrganization() const
    {
        return m_type == ProviderType::OrganizationDuo;
    }
    [[nodiscard]] bool rememberDevice() const { return m_rememberDevice; }
    void setRememberDevice(bool remember);

    /// Takes another of `methods`, by its number there.
    Q_INVOKABLE void choose(int index);
    /// The code of the chosen method, or the address that Duo led back to. The field keeps it, but
    /// for what a touched key has entered, which is good once.
    Q_INVOKABLE void submit(Sparekey::SecretEntry *entered);
    void submit(QStringView entered);
    /// Asks the keys that are there, and those that come, for a signature. Begins by itself when
    /// the method is chosen; again after it was stopped or has failed.
    Q_INVOKABLE void useKey();
    Q_INVOKABLE void resendMail();
    Q_INVOKABLE void openDuo();

Q_SIGNALS:
    void resendSecondsChanged();

private:
    void take(ProviderType type);
    void offerDuo();
    void submitDuo(DuoAnswer answer);
    void giveToken(SecureBuffer token);
    QCoro::Task<void> runKey();
    QCoro::Task<void> sendMail();
    QCoro::Task<void> beginDuoAgain(QString why);
    /// `asked` for the same method again; false if that was told, or led elsewhere.
    bool takeChallenge(Result<SignInOutcome> asked);
    void tell(const Error &error) override;
    [[nodiscard]] bool awaitsMail() const { return m_shown && method() == Method::Email; }
    [[nodiscard]] QString wrongCodeText() const override;

    SecondStepChallenge m_challenge;
    std::optional<ProviderType> m_type;
    std::optional<ProviderType> m_lastMethod;
    HardwareKeys &m_keys;
    KeyPromptViewModel m_keyPrompt;
    OtpTapViewModel m_otpTap;
    CodeMail m_mail;
    DuoBrowser m_duo;
    bool m_shown = true;
    bool m_keyAnswered = false; ///< The challenge for keys is used up.
    bool m_rememberDevice = false;
};

} // namespace Sparekey
