// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/secondstep.h"
#include "ui/keys/keypromptviewmodel.h"
#include "ui/keys/otptapviewmodel.h"
#include "ui/secret/secretentry.h"
#include "ui/signin/codeemail.h"
#include "ui/signin/duobrowser.h"
#include "ui/signin/signinpageviewmodel.h"

#include <QVariantList>

namespace Sparekey {

/// The page for the second step, for each method that Sparekey supports.
class SecondStepViewModel : public Sparekey::SignInPageViewModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by SignInStepsViewModel")
    Q_PROPERTY(Method method READ method NOTIFY changed FINAL)
    Q_PROPERTY(QString methodName READ methodName NOTIFY changed FINAL)
    Q_PROPERTY(QString methodIcon READ methodIcon NOTIFY changed FINAL)
    /// What to do now, in whole sentences.
    Q_PROPERTY(QString guidance READ guidance NOTIFY changed FINAL)
    /// What the server offers, in the chooser's order: maps of name, description, icon and chosen.
    Q_PROPERTY(QVariantList methods READ methods NOTIFY changed FINAL)
    Q_PROPERTY(bool sendingEmail READ sendingEmail NOTIFY changed FINAL)
    /// Seconds until another email may be requested; 0 if that is possible now.
    Q_PROPERTY(int resendSeconds READ resendSeconds NOTIFY resendSecondsChanged FINAL)
    /// What a security key needs, while the method is Passkey.
    Q_PROPERTY(Sparekey::KeyPromptViewModel *keyPrompt READ keyPrompt CONSTANT FINAL)
    /// Reads codes from YubiKeys on a card reader.
    Q_PROPERTY(Sparekey::OtpTapViewModel *otpTap READ otpTap CONSTANT FINAL)
    /// Duo's page was opened in the browser. The answer can be pasted. It is taken from the
    /// clipboard automatically when the user returns to the window.
    Q_PROPERTY(bool duoOpened READ duoOpened NOTIFY changed FINAL)
    /// The address from the server leads to Duo; otherwise it is not opened.
    Q_PROPERTY(bool duoTrusted READ duoTrusted NOTIFY changed FINAL)
    /// An organization requires Duo. A recovery code does not turn that off.
    Q_PROPERTY(bool duoOfOrganization READ isDuoOfOrganization NOTIFY changed FINAL)
    /// The next sign-ins on this computer should skip the second step. Reset when another method is
    /// chosen.
    Q_PROPERTY(bool rememberDevice READ rememberDevice WRITE setRememberDevice NOTIFY changed FINAL)

public:
    enum class Method {
        None, ///< Sparekey supports none of the offered methods.
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
    /// The server answered a code with a new challenge, perhaps with other methods.
    void restart(SecondStepChallenge challenge);
    void reset() override;
    /// Another page is shown instead of this one. A code that was sent by email stays valid.
    void pause();
    void resume();

    /// Empty if Sparekey supports none of the offered methods.
    [[nodiscard]] std::optional<ProviderType> type() const { return m_type; }
    [[nodiscard]] Method method() const;
    [[nodiscard]] QString methodName() const;
    [[nodiscard]] QString methodIcon() const;
    [[nodiscard]] QString guidance() const;
    [[nodiscard]] QVariantList methods() const;
    [[nodiscard]] bool sendingEmail() const { return m_email.isSending(); }
    [[nodiscard]] int resendSeconds() const { return m_email.resendSeconds(); }
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

    /// Chooses another method, by its index in `methods`.
    Q_INVOKABLE void choose(int index);
    /// Sends the code of the chosen method, or the address that Duo redirected to. The field keeps
    /// the entry, except a YubiKey's code, which works only once.
    Q_INVOKABLE void submit(Sparekey::SecretEntry *entered);
    void submit(QStringView entered);
    /// Asks the connected keys, and keys that are connected later, for a signature. Starts
    /// automatically when the method is chosen; call it again after it was stopped or has failed.
    Q_INVOKABLE void useKey();
    Q_INVOKABLE void resendEmail();
    Q_INVOKABLE void openDuo();

Q_SIGNALS:
    void resendSecondsChanged();

private:
    void select(ProviderType type);
    void offerDuo();
    void submitDuo(DuoAnswer answer);
    void submitToken(SecureBuffer token);
    QCoro::Task<void> runKey();
    QCoro::Task<void> sendEmail();
    QCoro::Task<void> restartDuo(QString why);
    /// Takes the new challenge if it offers the same method. Otherwise handles `asked` and returns
    /// false.
    bool useChallenge(Result<SignInOutcome> asked);
    void showError(const Error &error) override;
    [[nodiscard]] bool awaitsEmail() const { return m_shown && method() == Method::Email; }
    [[nodiscard]] QString wrongCodeText() const override;

    SecondStepChallenge m_challenge;
    std::optional<ProviderType> m_type;
    std::optional<ProviderType> m_lastMethod;
    HardwareKeys &m_keys;
    KeyPromptViewModel m_keyPrompt;
    OtpTapViewModel m_otpTap;
    CodeEmail m_email;
    DuoBrowser m_duo;
    bool m_shown = true;
    bool m_keyAnswered = false; ///< The challenge for keys is used up.
    bool m_rememberDevice = false;
};

} // namespace Sparekey
