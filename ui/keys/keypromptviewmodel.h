// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/hardwarekeys.h"
#include "core/task/taskguard.h"
#include "ui/secret/secretentry.h"
#include "ui/timing/countdown.h"

#include <QCoroTask>
#include <QObject>
#include <QPromise>
#include <QtQml/qqmlregistration.h>

#include <functional>
#include <memory>
#include <optional>

namespace Sparekey {

/// What a security key needs from the user during an operation: to be plugged in, its PIN, or a
/// touch. GUI thread; one operation at a time.
class KeyPromptViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the view-model that uses a key")
    Q_PROPERTY(Stage stage READ stage NOTIFY changed FINAL)
    /// An operation is running, or waits for a key or its PIN.
    Q_PROPERTY(bool active READ isActive NOTIFY changed FINAL)
    /// What to do now, in a few words, and in a sentence.
    Q_PROPERTY(QString title READ title NOTIFY changed FINAL)
    Q_PROPERTY(QString text READ text NOTIFY changed FINAL)
    /// The key of the operation; empty while there are several or none.
    Q_PROPERTY(QString deviceName READ deviceName NOTIFY changed FINAL)
    /// In `Touch`: the seconds that keys usually still wait.
    Q_PROPERTY(int secondsLeft READ secondsLeft NOTIFY secondsLeftChanged FINAL)
    /// In `Pin`: what was wrong with the last PIN.
    Q_PROPERTY(QString pinErrorText READ pinErrorText NOTIFY changed FINAL)
    /// In `Pin`: how many PIN retries are left; empty if that is not known.
    Q_PROPERTY(QString pinRetriesText READ pinRetriesText NOTIFY changed FINAL)
    /// Few PIN retries are left.
    Q_PROPERTY(bool pinRetriesFew READ arePinRetriesFew NOTIFY changed FINAL)
    /// The key may work without a PIN, or have none.
    Q_PROPERTY(bool pinCanBeSkipped READ pinCanBeSkipped NOTIFY changed FINAL)
    /// Why other connected keys are not used, one sentence per line; else empty.
    Q_PROPERTY(QString noteText READ noteText NOTIFY changed FINAL)

public:
    enum class Stage {
        Idle,
        WaitForKey,
        PlaceOnReader,
        Replug,
        Connect,
        Touch,
        KeepOnReader,
        Pin,
    };
    Q_ENUM(Stage)

    /// When to ask for the PIN (WebAuthn Level 2, 5.8.6).
    enum class PinUse {
        IfDemanded, ///< Asked for if the key does not continue without it.
        Offered,    ///< Asked for if the key has one, but can be skipped.
        Needed,     ///< Asked for if the key has one. If it has none, the action fails.
    };
    [[nodiscard]] static PinUse pinUseFor(UserVerification verification);

    struct Action
    {
        PinUse pin = PinUse::IfDemanded;
        /// The action makes a credential, for which many keys require their PIN. Over NFC the PIN
        /// is then asked for before the key is placed on the reader, so that one tap is enough.
        bool registers = false;
        /// The operation; called again with another PIN if the key refused one. It has to store its
        /// result itself. The PIN is empty if none was asked for, or if it was skipped.
        std::function<QCoro::Task<Result<void>>(KeyOperation *, KeyDevice, SecureBuffer pin)> run;
    };

    /// `keys` must outlive this object.
    explicit KeyPromptViewModel(HardwareKeys &keys, QObject *parent = nullptr);
    /// Ends what is under way with `Canceled`.
    ~KeyPromptViewModel() override;

    /// Performs `action` with one key. A running action ends with `Canceled`. Wrong PINs are asked
    /// for again and are not returned.
    [[nodiscard]] QCoro::Task<Result<void>> perform(KeyDevice device, Action action);

    /// The same with whichever key answers `any` first. If that key requires its PIN, `action`
    /// continues with that key.
    [[nodiscard]] QCoro::Task<Result<void>>
    performWithAny(std::function<QCoro::Task<Result<void>>(KeyOperation *)> any, Action action);

    [[nodiscard]] Stage stage() const { return m_stage; }
    [[nodiscard]] bool isActive() const { return m_stage != Stage::Idle; }
    /// The key of the running or the last action.
    [[nodiscard]] KeyDevice device() const { return m_device; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString text() const;
    [[nodiscard]] QString deviceName() const;
    [[nodiscard]] int secondsLeft() const { return m_touchTime.seconds(); }
    [[nodiscard]] QString pinErrorText() const { return m_pinErrorText; }
    [[nodiscard]] QString pinRetriesText() const;
    [[nodiscard]] bool arePinRetriesFew() const;
    [[nodiscard]] bool pinCanBeSkipped() const { return m_pinCanBeSkipped; }
    [[nodiscard]] QString noteText() const;

    /// Takes the PIN out of the field.
    Q_INVOKABLE void submitPin(Sparekey::SecretEntry *entered) { submitPin(entered->take()); }
    void submitPin(SecureBuffer pin);
    Q_INVOKABLE void skipPin();
    Q_INVOKABLE void cancel();

Q_SIGNALS:
    void changed();
    void secondsLeftChanged();
    /// The PIN prompt has appeared, or appeared again: its field should be focused.
    void pinWanted();

private:
    using PinAnswer = std::shared_ptr<SecureBuffer>; ///< null: canceled

    [[nodiscard]] TaskGuard::Ticket begin(const KeyDevice &device);
    void end(const TaskGuard::Ticket &ticket);
    void updateStage();
    [[nodiscard]] static QString note(const KeyDevice &device, const Error &error);
    void recordFailure(const KeyDevice &device, const Error &error);
    QCoro::Task<Result<void>> attempt(TaskGuard::Ticket ticket, KeyDevice device, Action action,
                                      bool pinDemanded);
    [[nodiscard]] QFuture<PinAnswer> askForPin(const QString &errorText, bool canBeSkipped);
    void answerPin(PinAnswer answer);
    void setStage(Stage stage);

    HardwareKeys &m_keys;
    KeyOperation m_operation;
    KeyDevice m_device;
    Countdown m_touchTime;
    std::unique_ptr<QPromise<PinAnswer>> m_pinPromise;
    std::optional<int> m_pinRetries;
    QString m_pinErrorText;
    QStringList m_notes;
    TaskGuard m_acts;
    Stage m_stage = Stage::Idle;
    bool m_pinCanBeSkipped = false;
};

} // namespace Sparekey
