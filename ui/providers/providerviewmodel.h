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

/// Base of the dialogs of all providers: the verification prompt, whose proof is used until the
/// dialog is closed, and turning the method off.
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
    /// A change is under way.
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    /// What went wrong with the last action, except errors that are shown at a field.
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)
    /// Why nothing may be changed yet, with the seconds to wait for the server; empty if a change
    /// may be made. Counts down.
    Q_PROPERTY(QString waitText READ waitText NOTIFY waitTextChanged FINAL)
    /// "Turn off …?" is being asked.
    Q_PROPERTY(bool askingToTurnOff READ isAskingToTurnOff NOTIFY changed FINAL)
    /// The dialog was opened only to turn the method off: the verification prompt is the
    /// confirmation.
    Q_PROPERTY(bool onlyTurningOff READ isOnlyTurningOff NOTIFY changed FINAL)
    /// The consequences of turning off, one sentence per line; may be empty.
    Q_PROPERTY(QString turnOffNote READ turnOffNote NOTIFY changed FINAL)
    /// The keys that turning off would remove; empty if the method has none.
    Q_PROPERTY(QStringList keyNames READ keyNames NOTIFY changed FINAL)
    /// Other methods still ask for a second step, and no copy of the recovery code was saved.
    Q_PROPERTY(bool codeUnsaved READ isCodeUnsaved NOTIFY changed FINAL)
    /// Says what was changed elsewhere, or the result of the last action.
    Q_PROPERTY(QString noticeText READ noticeText NOTIFY changed FINAL)
    /// It is on, but the account has no premium any more: it can only be turned off.
    Q_PROPERTY(bool lapsed READ isLapsed NOTIFY changed FINAL)
    /// No other method is on.
    Q_PROPERTY(bool onlyMethod READ isOnlyMethod NOTIFY changed FINAL)

public:
    enum class Stage {
        Closed,
        Verifying, ///< The prompt before anything is shown.
        Open,
        VerifyingAgain, ///< The proof has expired; entries are kept.
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
    [[nodiscard]] bool isCodeUnsaved() const;
    [[nodiscard]] QString noticeText() const { return m_noticeText; }
    [[nodiscard]] bool isLapsed() const;
    [[nodiscard]] bool isOnlyMethod() const;

    /// Opens the verification prompt.
    void open(const AccountContext &context);
    /// The same, to turn the method off after the verification. If several keys would be lost, the
    /// user is asked again, with their names.
    void openToTurnOff(const AccountContext &context);
    /// The context may change while the dialog is open.
    void setContext(const AccountContext &context);
    /// Wipes the proof and all that was read.
    Q_INVOKABLE void close();
    /// ✕ or Close. Does not wait for a running change: the dialog closes, and the result is
    /// reported when the answer arrives.
    Q_INVOKABLE void leave();
    Q_INVOKABLE void askToTurnOff();
    Q_INVOKABLE void cancelTurnOff();
    Q_INVOKABLE void turnOff();
    /// Closes the dialog; the recovery code is opened instead.
    Q_INVOKABLE void viewRecoveryCode();

Q_SIGNALS:
    void changed();
    void waitTextChanged();
    /// A change that turns the method on is about to be sent. `turnOnFailed` follows if it is
    /// certain that it was not made.
    void turningOn();
    void turnOnFailed();
    /// The method is on now; `switched` follows when the dialog is left.
    void turnedOn();
    /// The method was turned on or off. `proof` is still valid.
    void switched(bool on, const Sparekey::SharedProof &proof);
    /// The list of methods may be out of date.
    void reloadWanted();
    /// The dialog was left in the middle of a change.
    void leftDuringChange();
    void recoveryCodeWanted();
    /// The server does not support this method.
    void foundUnsupported();
    /// For a toast.
    void noted(const QString &message);

protected:
    /// Reads the settings with a proof and keeps them. Called again after the proof has expired.
    virtual QCoro::Task<Result<void>> read(SharedProof proof) = 0;
    /// Wipes what `read` has kept, and the entries.
    virtual void forget() = 0;
    /// For `ProviderApi::turnOff`.
    [[nodiscard]] virtual SecureBuffer setupKey() const { return {}; }
    /// The list of methods was read again while this is open.
    virtual void reloaded() {}
    /// Shows why a change failed, if the dialog has a better place than its banner. False if it has
    /// none.
    virtual bool showError(const Error &error);

    [[nodiscard]] ProviderApi &api() const { return *m_api; }
    [[nodiscard]] const SharedProof &proof() const { return m_proof; }
    /// Belongs to this opening: invalid after the dialog is closed.
    [[nodiscard]] TaskGuard::Ticket ticket() const { return m_opening.ticket(); }
    void keep(SharedProof proof, bool on);
    /// Keeps the proof of a method that is on if reading its settings needs premium: it can still
    /// be turned off. Returns false and keeps nothing if `error` is another one.
    bool openLapsed(const SharedProof &proof, const Error &error);
    /// Shows the result of an action while the dialog stays open.
    void showNotice(const QString &text);
    /// Shows `text`; the list of methods has to be read again.
    void reportChangedElsewhere(const QString &text);
    void setError(const QString &text);
    /// The dialog is open, no change is under way, and the server does not require waiting.
    [[nodiscard]] bool mayChange() const;
    void begin();
    /// `begin`, then checks that the method is still as the dialog shows it. True if the change may
    /// be sent, with the current `proof()`. Otherwise the change has ended: if something else has
    /// changed the method, the dialog shows its new state; if the check failed, as with `end` and
    /// `again`. Or the dialog was closed, and this object may be gone.
    QCoro::Task<bool> beginChange(std::function<void()> again);
    /// The change that is sent next turns the method on.
    void recordTurningOn();
    /// Ends what `begin` started. After `ProofExpired` the prompt is shown, and `again`, if given,
    /// is called once after it.
    void end(const Result<void> &result, std::function<void()> again);
    void succeed(bool on);
    /// The method is on now, and the dialog stays open: `switched` follows when it is left.
    void succeedAndStay();
    [[nodiscard]] bool isSwitchedOn() const { return m_switchedOn; }
    /// Handles the answer to a change after its dialog was closed: `on` is the intended state.
    void endAfterClosing(const Result<void> &result, bool on, const SharedProof &proof);

private:
    QCoro::Task<Result<void>> verify(SecureBuffer password);
    QCoro::Task<void> sendTurnOff(bool mayAskAgain);
    QCoro::Task<Result<void>> reloadState();
    /// Premium, which the method needs, has ended.
    [[nodiscard]] bool lacksPremium() const;
    void recordTurnOnEnded(const Result<void> &result);
    void continueAfterProof();
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
    bool m_switchedOn = false; ///< `switched` was not emitted yet.
    bool m_turningOn = false;
};

} // namespace Sparekey
