// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/secondstep.h"
#include "core/account/signin.h"
#include "ui/keys/keypromptviewmodel.h"
#include "ui/keys/otptapviewmodel.h"
#include "ui/secret/secretentry.h"
#include "ui/timing/countdown.h"

#include <QObject>
#include <QTimer>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// What comes between the right password and the account: the second step, the code for a new
/// device, or the recovery code.
class SecondStepViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by SignInViewModel")
    Q_PROPERTY(Page page READ page NOTIFY changed FINAL)
    Q_PROPERTY(Method method READ method NOTIFY changed FINAL)
    Q_PROPERTY(QString methodName READ methodName NOTIFY changed FINAL)
    Q_PROPERTY(QString methodIcon READ methodIcon NOTIFY changed FINAL)
    /// What to do now, in whole sentences.
    Q_PROPERTY(QString guidance READ guidance NOTIFY changed FINAL)
    /// What the server offers, in the chooser's order: maps of method, name, description, icon.
    Q_PROPERTY(QVariantList methods READ methods NOTIFY changed FINAL)
    /// A code is being sent to the server, or asked for.
    Q_PROPERTY(bool busy READ busy NOTIFY changed FINAL)
    Q_PROPERTY(bool sendingMail READ sendingMail NOTIFY changed FINAL)
    /// About what was typed; belongs under the field.
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)
    /// About the way to the server, or about what the server wants.
    Q_PROPERTY(QString bannerText READ bannerText NOTIFY changed FINAL)
    /// "A new code is on its way" and the like.
    Q_PROPERTY(QString noteText READ noteText NOTIFY changed FINAL)
    /// Seconds until another mail may be asked for; 0 when it may.
    Q_PROPERTY(int resendSeconds READ resendSeconds NOTIFY resendSecondsChanged FINAL)
    /// Seconds until the server takes another try; 0 when one may be made.
    Q_PROPERTY(int waitSeconds READ waitSeconds NOTIFY waitSecondsChanged FINAL)
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
    /// The recovery code has not 32 characters; `submitRecoveryCode(…, true)` sends it as it is.
    Q_PROPERTY(bool asksToSendAnyway READ asksToSendAnyway NOTIFY changed FINAL)
    /// The next sign-ins on this computer shall do without the second step. Off again when another
    /// method is chosen.
    Q_PROPERTY(bool rememberDevice READ rememberDevice WRITE setRememberDevice NOTIFY changed FINAL)

public:
    enum class Page {
        SecondStep,
        RecoveryCode,
        NewDevice,
    };
    Q_ENUM(Page)
    enum class Method {
        None, ///< Nothing that is offered can be given here.
        Authenticator,
        Email,
        YubicoOtp,
        Duo, ///< Of the user or of an organization.
        Passkey,
    };
    Q_ENUM(Method)

    /// `keys` must outlive this object.
    explicit SecondStepViewModel(HardwareKeys &keys, QObject *parent = nullptr);
    ~SecondStepViewModel() override;

    // What the sign-in found. `signIn` goes on from there.
    void begin(std::shared_ptr<SignIn> signIn, SecondStepChallenge challenge, const QString &email,
               const Environment &environment, std::optional<ProviderType> lastMethod);
    void begin(std::shared_ptr<SignIn> signIn, const QString &email);
    /// Stops everything and forgets it.
    void end();

    /// After `signedIn`; once.
    [[nodiscard]] SignedIn takeSignedIn() { return std::move(m_signedIn); }
    /// After `signedIn`: the method that did it, if it was one.
    [[nodiscard]] std::optional<ProviderType> usedMethod() const { return m_usedMethod; }
    /// After `failed`.
    [[nodiscard]] const Error &failure() const { return m_failure; }

    [[nodiscard]] Page page() const { return m_page; }
    [[nodiscard]] Method method() const;
    [[nodiscard]] QString methodName() const;
    [[nodiscard]] QString methodIcon() const;
    [[nodiscard]] QString guidance() const;
    [[nodiscard]] QVariantList methods() const;
    [[nodiscard]] bool busy() const { return m_busy; }
    [[nodiscard]] bool sendingMail() const { return m_sendingMail; }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] QString bannerText() const { return m_bannerText; }
    [[nodiscard]] QString noteText() const { return m_noteText; }
    [[nodiscard]] int resendSeconds() const { return m_resend.seconds(); }
    [[nodiscard]] int waitSeconds() const { return m_wait.seconds(); }
    [[nodiscard]] KeyPromptViewModel *keyPrompt() { return &m_keyPrompt; }
    [[nodiscard]] OtpTapViewModel *otpTap() { return &m_otpTap; }
    [[nodiscard]] bool duoOpened() const { return m_duoOpened; }
    [[nodiscard]] bool duoTrusted() const { return currentDuoAddress().has_value(); }
    [[nodiscard]] bool isDuoOfOrganization() const
    {
        return m_type == ProviderType::OrganizationDuo;
    }
    [[nodiscard]] bool asksToSendAnyway() const { return m_asksToSendAnyway; }
    [[nodiscard]] bool rememberDevice() const { return m_rememberDevice; }
    void setRememberDevice(bool remember);

    /// Takes another of `methods`, by its number there.
    Q_INVOKABLE void choose(int index);
    /// The code of the chosen method, or of the mail on the page for new devices.
    /// It stays in the field, to be corrected.
    Q_INVOKABLE void submit(Sparekey::SecretEntry *code)
    {
        code->look([this](QStringView text) { submit(text); });
    }
    void submit(QStringView entered);
    /// What a touched key typed. Takes it out of the field.
    Q_INVOKABLE void submitTouch(Sparekey::SecretEntry *typed) { submitTouch(typed->take()); }
    void submitTouch(SecureBuffer typed);
    /// Asks the keys that are there, and those that come, for a signature. Begins by itself when
    /// the method is chosen; again after it was stopped or has failed.
    Q_INVOKABLE void useKey();
    Q_INVOKABLE void resendMail();
    Q_INVOKABLE void openDuo();
    Q_INVOKABLE void showRecovery();
    Q_INVOKABLE void leaveRecovery();
    /// The field keeps what was typed until the page goes.
    Q_INVOKABLE void submitRecoveryCode(Sparekey::SecretEntry *typed, bool anyway)
    {
        submitRecoveryCode(typed->copy(), anyway);
    }
    void submitRecoveryCode(SecureBuffer typed, bool anyway);
    /// What was typed has changed: what was said about it no longer holds.
    Q_INVOKABLE void edited();

Q_SIGNALS:
    void changed();
    void resendSecondsChanged();
    void waitSecondsChanged();
    /// The page shall put the focus into its field and select what is there.
    void codeWanted();
    void signedIn();
    /// Nothing more can be done here: back to the form, with `failure()`.
    void failed();
    void timedOut();

private:
    void start(std::shared_ptr<SignIn> signIn, const QString &email);
    void take(ProviderType type);
    void takeDuoFromClipboard();
    void submitDuo(DuoAnswer answer);
    QCoro::Task<void> runKey();
    void clearMessages();
    [[nodiscard]] bool mayAsk() const;
    [[nodiscard]] std::optional<QUrl> currentDuoAddress() const;
    [[nodiscard]] QString duoAuthUrl() const;
    [[nodiscard]] QString currentDuoState() const;
    [[nodiscard]] QString wrongCodeText() const;
    [[nodiscard]] QString badCodeText() const;
    QCoro::Task<void> sendMail();
    QCoro::Task<void> send(QCoro::Task<Result<SignInOutcome>> running);
    void finish(Result<SignInOutcome> outcome);
    void finish(const Error &error);
    QCoro::Task<void> beginDuoAgain(QString why);
    void refuse(const QString &text);

    std::shared_ptr<SignIn> m_signIn;
    SecondStepChallenge m_challenge;
    std::optional<ProviderType> m_type; ///< nothing: none that Sparekey can give
    std::optional<ProviderType> m_lastMethod;
    std::optional<ProviderType> m_usedMethod;
    Environment m_environment;
    QString m_email;
    SignedIn m_signedIn;
    Error m_failure;
    HardwareKeys &m_keys;
    KeyPromptViewModel m_keyPrompt;
    OtpTapViewModel m_otpTap;
    Countdown m_resend;
    Countdown m_wait;
    QTimer m_life;
    QString m_errorText;
    QString m_bannerText;
    QString m_noteText;
    Page m_page = Page::SecondStep;
    bool m_busy = false;
    bool m_sendingMail = false;
    bool m_mailSent = false;
    bool m_duoOpened = false;
    bool m_duoTaken = false;    ///< from the clipboard; once for each opening
    bool m_keyAnswered = false; ///< The challenge for keys is used up.
    bool m_asksToSendAnyway = false;
    bool m_rememberDevice = false;
};

} // namespace Sparekey
