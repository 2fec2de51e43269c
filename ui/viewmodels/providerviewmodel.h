// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/twofactor/providerapi.h"
#include "core/twofactor/twofactorapi.h"
#include "ui/viewmodels/verificationviewmodel.h"

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
    Q_PROPERTY(bool on READ isOn NOTIFY changed FINAL)
    /// A change is under way; it must not be left behind.
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    /// What went wrong with the last act, apart from what is said at a field.
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)
    /// "Turn off …?" is being asked.
    Q_PROPERTY(bool askingToTurnOff READ isAskingToTurnOff NOTIFY changed FINAL)
    /// What turning off would leave behind; empty if nothing of note.
    Q_PROPERTY(QString turnOffNote READ turnOffNote NOTIFY changed FINAL)

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
    [[nodiscard]] bool isOn() const { return m_on; }
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] bool isAskingToTurnOff() const { return m_askingToTurnOff; }
    [[nodiscard]] QString turnOffNote() const;

    /// Asks for the password. `states` is what is on at this moment.
    void open(const ProviderStates &states);
    /// Wipes the proof and all that was read.
    Q_INVOKABLE void close();
    /// ✕ or Close. A change under way is not waited for: the dialog goes, and what became of the
    /// change is told when the answer comes.
    Q_INVOKABLE void leave();
    Q_INVOKABLE void askToTurnOff();
    Q_INVOKABLE void keepOn();
    Q_INVOKABLE void turnOff();

Q_SIGNALS:
    void changed();
    /// The method was turned on or off. `proof` is still good.
    void switched(bool on, const Sparekey::SharedProof &proof);
    /// Something that the list of methods does not know yet may have changed.
    void reloadWanted();
    /// The dialog was left in the middle of a change.
    void leftBehind();

protected:
    /// Reads the settings with a proof and keeps them. Called again when the proof was too old.
    virtual QCoro::Task<Result<void>> read(SharedProof proof) = 0;
    /// Wipes what `read` has kept, and what was typed.
    virtual void forget() = 0;
    /// For `ProviderApi::turnOff`.
    [[nodiscard]] virtual SecureBuffer authenticatorKey() const { return {}; }
    /// Says why a change failed, where the dialog has a better place than its banner.
    virtual bool showError(const Error &error);

    [[nodiscard]] ProviderApi &api() const { return *m_api; }
    [[nodiscard]] const SharedProof &proof() const { return m_proof; }
    /// Counts the openings: results for an earlier one are not ours any more.
    [[nodiscard]] quint64 opening() const { return m_opening; }
    void keep(SharedProof proof, bool on);
    void setError(const QString &text);
    void begin();
    /// Ends what `begin` began. After `ProofExpired` the prompt is shown, and `again` is called
    /// once if it was passed.
    void end(const Result<void> &result, std::function<void()> again);
    void succeed(bool on);
    /// The answer to a change whose dialog is gone: `on` is what it was to become.
    void endLate(const Result<void> &result, bool on, const SharedProof &proof);

private:
    QCoro::Task<Result<void>> verify(SecureBuffer password);
    QCoro::Task<void> sendTurnOff(bool mayAskAgain);
    void setStage(Stage stage);

    const ProviderType m_type;
    std::shared_ptr<ProviderApi> m_api;
    VerificationViewModel m_verification;
    SharedProof m_proof;
    ProviderStates m_states;
    std::function<void()> m_again;
    QString m_errorText;
    quint64 m_opening = 0;
    Stage m_stage = Stage::Closed;
    bool m_on = false;
    bool m_busy = false;
    bool m_askingToTurnOff = false;
};

} // namespace Sparekey
