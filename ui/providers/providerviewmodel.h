// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/task/taskguard.h"
#include "core/twofactor/providerapi.h"
#include "core/twofactor/twofactorapi.h"
#include "ui/providers/accountcontext.h"
#include "ui/timing/countdown.h"
#include "ui/verification/verificationviewmodel.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <functional>
#include <memory>

namespace Sparekey {

/// What the dialogs of all providers have in common: the prompt before them, whose proof serves
/// until they are closed, and turning off.
class ProviderViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Base of the view-models of the providers")
    Q_PROPERTY(Stage stage READ stage NOTIFY changed FINAL)
    Q_PROPERTY(Sparekey::VerificationViewModel *verification READ verification CONSTANT FINAL)
    Q_PROPERTY(QString name READ name CONSTANT FINAL)
    /// The email of the account that it belongs to.
    Q_PROPERTY(QString account READ account CONSTANT FINAL)
    Q_PROPERTY(bool on READ isOn NOTIFY changed FINAL)
    /// A change is under way; it must not be left behind.
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    /// What went wrong with the last act, apart from what is said at a field.
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)
    /// Why nothing may be changed yet, with the seconds that the server wants to be left alone;
    /// empty when a change may be made. Counts down.
    Q_PROPERTY(QString waitText READ waitText NOTIFY waitTextChanged FINAL)
    /// "Turn off …?" is being asked.
    Q_PROPERTY(bool askingToTurnOff READ isAskingToTurnOff NOTIFY changed FINAL)
    /// Nothing but that is wanted: the prompt before it is the confirmation, too.
    Q_PROPERTY(bool onlyTurningOff READ isOnlyTurningOff NOTIFY changed FINAL)
    /// What turning off would mean, a sentence on each line; empty if nothing of note.
    Q_PROPERTY(QString turnOffNote READ turnOffNote NOTIFY changed FINAL)
    /// The keys that turning off would remove; empty if the method has none.
    Q_PROPERTY(QStringList keyNames READ keyNames NOTIFY changed FINAL)
    /// Other methods ask for a second step still, and no copy of the recovery code was saved.
    Q_PROPERTY(bool codeNotKept READ isCodeNotKept NOTIFY changed FINAL)
    /// Something else has changed the method since it was last looked at.
    Q_PROPERTY(QString noticeText READ noticeText NOTIFY changed FINAL)
    /// It is on, but the account has no premium any more: it can only be turned off.
    Q_PROPERTY(bool lapsed READ isLapsed NOTIFY changed FINAL)
    /// Once on, it would be the only one.
    Q_PROPERTY(bool onlyMethod READ isOnlyMethod NOTIFY changed FINAL)

public:
    enum class Stage {
        Closed,
        Verifying, ///< The prompt before anything is shown.
        Open,
        VerifyingAgain, ///< The proof has grown too old; what was typed is kept.
    };
    Q_ENUM(Stage)

    ProviderViewModel(ProviderType type, std::shared_ptr<ProviderApi> api,
                      QObject *parent = nullptr);
    ~ProviderViewModel() override;

    [[nodiscard]] ProviderType type() const { return m_type; }
    [[nodiscard]] Stage stage() const { return m_stage; }
    [[nodiscard]] VerificationViewModel *verification() { return &m_verification; }
    [[nodiscard]] QString name() const;
    [[nodiscard]] QString account() const;
    [[nodiscard]] bool isOn() const { return m_on; }
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] QString waitText() const;
    [[nodiscard]] bool isAskingToTurnOff() const { return m_askingToTurnOff; }
    [[nodiscard]] bool isOnlyTurningOff() const { return m_onlyTurningOff; }
    [[nodiscard]] QString turnOffNote() const;
    [[nodiscard]] virtual QStringList keyNames() const { return {}; }
    [[nodiscard]] bool isCodeNotKept() const;
    [[nodiscard]] QString noticeText() const { return m_noticeText; }
    [[nodiscard]] bool isLapsed() const;
    [[nodiscard]] bool isOnlyMethod() const;

    /// Asks for the password.
    void open(const AccountContext &context);
    /// The same, to turn the method off once the password is right. Where more than one key would
    /// be lost, it is asked again with their names.
    void openToTurnOff(const AccountContext &context);
    /// They may change while it is open.
    void setContext(const AccountContext &context);
    /// Wipes the proof and all that was read.
    Q_INVOKABLE void close();
    /// ✕ or Close. A change under way is not waited for: the dialog goes, and what became of the
    /// change is told when the answer comes.
    Q_INVOKABLE void leave();
    Q_INVOKABLE void askToTurnOff();
    Q_INVOKABLE void keepOn();
    Q_INVOKABLE void turnOff();
    /// Closes this; the recovery code is opened in its stead.
    Q_INVOKABLE void viewRecoveryCode();

Q_SIGNALS:
    void changed();
    void waitTextChanged();
    /// A change is about to be sent that turns it on. `turnOnFailed` follows if it is known not to
    /// have been made.
    void turningOn();
    void turnOnFailed();
    /// It is on now, and `switched` will follow once the dialog is left.
    void turnedOn();
    /// The method was turned on or off. `proof` is still good.
    void switched(bool on, const Sparekey::SharedProof &proof);
    /// Something that the list of methods does not know yet may have changed.
    void reloadWanted();
    /// The dialog was left in the middle of a change.
    void leftBehind();
    void recoveryCodeWanted();
    /// The server has said that it cannot do this method.
    void foundMissing();
    /// For a toast.
    void noted(const QString &message);

protected:
    /// Reads the settings with a proof and keeps them. Called again when the proof was too old.
    virtual QCoro::Task<Result<void>> read(SharedProof proof) = 0;
    /// Wipes what `read` has kept, and what was typed.
    virtual void forget() = 0;
    /// For `ProviderApi::turnOff`.
    [[nodiscard]] virtual SecureBuffer authenticatorKey() const { return {}; }
    /// The list of methods was read again while this is open.
    virtual void reloaded() {}
    /// Says why a change failed, where the dialog has a better place than its banner.
    virtual bool showError(const Error &error);

    [[nodiscard]] ProviderApi &api() const { return *m_api; }
    [[nodiscard]] const SharedProof &proof() const { return m_proof; }
    /// Of this opening: it is void once the dialog is closed.
    [[nodiscard]] TaskGuard::Ticket ticket() const { return m_opening.ticket(); }
    void keep(SharedProof proof, bool on);
    /// Keeps the proof of a method that is on although even looking at it needs premium: it can
    /// be turned off. False, and nothing kept, if `error` says something else.
    bool keepLapsed(const SharedProof &proof, const Error &error);
    /// What became of an act, while the dialog stays open.
    void tell(const QString &text);
    /// The list of methods has to be read again, and the user be told why.
    void noteChangedElsewhere(const QString &text);
    void setError(const QString &text);
    /// Open, with nothing under way, and the server does not want to be left alone.
    [[nodiscard]] bool mayChange() const;
    void begin();
    /// `begin`, and a look whether the method is still as the dialog shows it. True if the change
    /// may be sent, with what is `proof()` then. Otherwise it has ended: if something else has
    /// changed the method, by showing what it is now, else as `end` does with `again`; or this
    /// opening is over, and this object may be gone.
    QCoro::Task<bool> beginChange(std::function<void()> again);
    /// The change that is sent next turns the method on.
    void noteTurningOn();
    /// Ends what `begin` began. After `ProofExpired` the prompt is shown, and `again` is called
    /// once if it was passed.
    void end(const Result<void> &result, std::function<void()> again);
    void succeed(bool on);
    /// The method is on now, and there is more to do in the dialog: `switched` follows when it is
    /// left.
    void succeedAndStay();
    [[nodiscard]] bool isSwitchedOn() const { return m_switchedOn; }
    /// The answer to a change whose dialog is gone: `on` is what it was to become.
    void endLate(const Result<void> &result, bool on, const SharedProof &proof);

private:
    QCoro::Task<Result<void>> verify(SecureBuffer password);
    QCoro::Task<void> sendTurnOff(bool mayAskAgain);
    QCoro::Task<Result<void>> showAsItIs();
    /// Premium, which the method needs, has ended.
    [[nodiscard]] bool lacksPremium() const;
    void noteTurnOnEnded(const Result<void> &result);
    void goOnAfterProof();
    void setStage(Stage stage);

    const ProviderType m_type;
    std::shared_ptr<ProviderApi> m_api;
    VerificationViewModel m_verification;
    SharedProof m_proof;
    AccountContext m_context;
    std::function<void()> m_again;
    Countdown m_wait; ///< Keeps running while closed.
    QString m_errorText;
    QString m_noticeText;
    TaskGuard m_opening;
    Stage m_stage = Stage::Closed;
    bool m_on = false;
    bool m_busy = false;
    bool m_askingToTurnOff = false;
    bool m_onlyTurningOff = false;
    bool m_refusedForPremium = false;
    bool m_switchedOn = false; ///< Not told yet.
    bool m_turningOn = false;
};

} // namespace Sparekey
