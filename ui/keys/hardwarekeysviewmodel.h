// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/hardwarekeys.h"
#include "core/inventory/keyinventory.h"
#include "core/settings/settings.h"
#include "core/task/taskguard.h"
#include "ui/desktop/lockable.h"
#include "ui/keys/keydetailsviewmodel.h"
#include "ui/keys/keyentriesviewmodel.h"
#include "ui/keys/keyforgetviewmodel.h"
#include "ui/keys/keyinventorymodel.h"
#include "ui/keys/keylistmodel.h"
#include "ui/keys/keynoteviewmodel.h"
#include "ui/keys/keyobserver.h"
#include "ui/keys/keypinviewmodel.h"
#include "ui/keys/keypromptviewmodel.h"
#include "ui/keys/keyresetviewmodel.h"

#include <QCoroTask>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QtQml/qqmlregistration.h>

#include <array>
#include <optional>

namespace Sparekey {

/// The page Security keys: what is connected, what can be done with it, and the inventory. Each key
/// that comes is looked at once, which needs no touch; nothing is watched while the page is not
/// shown.
class HardwareKeysViewModel : public QObject, public Lockable
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by AppViewModel")
    /// The page can be seen. Once it cannot, every dialog closes, what is under way ends, and PINs
    /// and what was seen of keys are forgotten.
    Q_PROPERTY(bool shown READ isShown WRITE setShown NOTIFY changed FINAL)
    Q_PROPERTY(Sparekey::KeyListModel *devices READ devices CONSTANT FINAL)
    /// Of the chosen one.
    Q_PROPERTY(Sparekey::KeyDetailsViewModel *details READ details CONSTANT FINAL)
    /// The chosen one is being looked at.
    Q_PROPERTY(bool looking READ isLooking NOTIFY changed FINAL)
    /// The chosen one is a reader that nothing lies on just now.
    Q_PROPERTY(bool waitingForCard READ isWaitingForCard NOTIFY changed FINAL)
    /// Why the chosen one could not be looked at.
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)
    /// Another look may come to something else.
    Q_PROPERTY(bool canLookAgain READ canLookAgain NOTIFY changed FINAL)
    /// The chosen one is there, but this user may not open it.
    Q_PROPERTY(bool forbidden READ isForbidden NOTIFY changed FINAL)
    /// Why there may be keys that are not listed, a sentence on each line; else empty.
    Q_PROPERTY(QString problemText READ problemText NOTIFY changed FINAL)
    /// Why no reader can be used; of interest only to those who have one.
    Q_PROPERTY(QString readerProblemText READ readerProblemText NOTIFY changed FINAL)
    Q_PROPERTY(Sparekey::KeyInventoryModel *inventory READ inventory CONSTANT FINAL)
    /// What is wrong with the file of the inventory.
    Q_PROPERTY(QString inventoryProblemText READ inventoryProblemText NOTIFY changed FINAL)
    /// Recognizes a key that tells only with its PIN who it is.
    Q_PROPERTY(Sparekey::KeyPromptViewModel *prompt READ prompt CONSTANT FINAL)
    Q_PROPERTY(Sparekey::KeyPinViewModel *pin READ pin CONSTANT FINAL)
    Q_PROPERTY(Sparekey::KeyEntriesViewModel *entries READ entries CONSTANT FINAL)
    Q_PROPERTY(Sparekey::KeyResetViewModel *reset READ reset CONSTANT FINAL)
    Q_PROPERTY(Sparekey::KeyNoteViewModel *note READ note CONSTANT FINAL)
    Q_PROPERTY(Sparekey::KeyForgetViewModel *forgetting READ forgetting CONSTANT FINAL)

public:
    /// The services must outlive this object.
    HardwareKeysViewModel(HardwareKeys &keys, KeyInventory &inventory, Settings &settings,
                          KeyInventoryModel::EmailOf emailOf, QObject *parent = nullptr);
    ~HardwareKeysViewModel() override;

    /// A dialog is open or something is done with a key.
    [[nodiscard]] bool isUnlocked() const override;
    void lock() override { setShown(false); }

    [[nodiscard]] bool isShown() const { return m_shown; }
    void setShown(bool shown);
    [[nodiscard]] KeyListModel *devices() { return &m_devices; }
    [[nodiscard]] KeyDetailsViewModel *details() { return &m_details; }
    [[nodiscard]] bool isLooking() const;
    [[nodiscard]] bool isWaitingForCard() const;
    [[nodiscard]] QString errorText() const;
    [[nodiscard]] bool canLookAgain() const;
    [[nodiscard]] bool isForbidden() const;
    [[nodiscard]] QString problemText() const;
    [[nodiscard]] QString readerProblemText() const;
    [[nodiscard]] KeyInventoryModel *inventory() { return &m_inventoryModel; }
    [[nodiscard]] QString inventoryProblemText() const;
    [[nodiscard]] KeyPromptViewModel *prompt() { return &m_prompt; }
    [[nodiscard]] KeyPinViewModel *pin() { return &m_pin; }
    [[nodiscard]] KeyEntriesViewModel *entries() { return &m_entries; }
    [[nodiscard]] KeyResetViewModel *reset() { return &m_reset; }
    [[nodiscard]] KeyNoteViewModel *note() { return &m_note; }
    [[nodiscard]] KeyForgetViewModel *forgetting() { return &m_forgetting; }

    // With the chosen key, once it has been looked at.
    Q_INVOKABLE void lookAgain();
    Q_INVOKABLE void recognizeWithPin();
    Q_INVOKABLE void changePin();
    Q_INVOKABLE void showEntries();
    Q_INVOKABLE void resetKey();
    /// Its name and place, or the way into the inventory.
    Q_INVOKABLE void describe();

    // With a key of the inventory; `row` as in `inventory`.
    Q_INVOKABLE void describeRow(int row);
    Q_INVOKABLE void askToForget(int row);

Q_SIGNALS:
    void changed();
    /// For a toast.
    void noted(const QString &message);

private:
    /// Of `m_prompt`, and whom it is about.
    struct PromptError
    {
        QString deviceId;
        int tap = 0;
        Error error;
    };

    QCoro::Task<void> loadInventory();
    QCoro::Task<void> recognize(KeyDevice device);
    void closeAll();
    void update();
    void follow(const KeyPromptViewModel *prompt);
    void takeResult(const KeyPromptViewModel *prompt, const QString &message);
    [[nodiscard]] bool isWorking() const;
    [[nodiscard]] bool canAct() const;

    HardwareKeys &m_keys;
    KeyInventory &m_inventory;
    KeyListModel m_devices;
    KeyObserver m_observer;
    KeyDetailsViewModel m_details;
    KeyInventoryModel m_inventoryModel;
    KeyPromptViewModel m_prompt;
    KeyPinViewModel m_pin;
    KeyEntriesViewModel m_entries;
    KeyResetViewModel m_reset;
    KeyNoteViewModel m_note;
    KeyForgetViewModel m_forgetting;
    const std::array<KeyPromptViewModel *, 5> m_prompts{&m_prompt, m_pin.prompt(),
                                                        m_entries.prompt(), m_reset.prompt(),
                                                        m_note.prompt()};
    QHash<QString, QString> m_former; ///< What a device that was reset was in the inventory.
    std::optional<Error> m_inventoryError;
    std::optional<PromptError> m_promptError;
    QSet<const KeyPromptViewModel *> m_active;
    TaskGuard m_recognition;
    bool m_shown = false;
};

} // namespace Sparekey
