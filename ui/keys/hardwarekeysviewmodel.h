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

/// The page Security keys: the connected keys, the actions with them, and the inventory. Each key
/// is looked at once when it is connected, which needs no touch. Nothing is watched while the page
/// is hidden.
class HardwareKeysViewModel : public QObject, public Lockable
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by AppViewModel")
    /// The page is visible. When it is hidden, all dialogs close, running operations end, and PINs
    /// and what was read from keys are forgotten.
    Q_PROPERTY(bool shown READ isShown WRITE setShown NOTIFY changed FINAL)
    Q_PROPERTY(Sparekey::KeyListModel *devices READ devices CONSTANT FINAL)
    /// Details of the chosen device.
    Q_PROPERTY(Sparekey::KeyDetailsViewModel *details READ details CONSTANT FINAL)
    /// The chosen device is being looked at.
    Q_PROPERTY(bool inspecting READ isInspecting NOTIFY changed FINAL)
    /// The chosen device is a reader without a key on it.
    Q_PROPERTY(bool waitingForCard READ isWaitingForCard NOTIFY changed FINAL)
    /// Why the chosen device could not be looked at.
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)
    /// Another look may have a different result.
    Q_PROPERTY(bool canRefresh READ canRefresh NOTIFY changed FINAL)
    /// The chosen device is connected, but this user may not open it.
    Q_PROPERTY(bool forbidden READ isForbidden NOTIFY changed FINAL)
    /// Why there may be keys that are not listed, one sentence per line; else empty.
    Q_PROPERTY(QString problemText READ problemText NOTIFY changed FINAL)
    /// Why no reader can be used; of interest only to those who have one.
    Q_PROPERTY(QString readerProblemText READ readerProblemText NOTIFY changed FINAL)
    Q_PROPERTY(Sparekey::KeyInventoryModel *inventory READ inventory CONSTANT FINAL)
    /// What is wrong with the file of the inventory.
    Q_PROPERTY(QString inventoryProblemText READ inventoryProblemText NOTIFY changed FINAL)
    /// The prompt to recognize a key that identifies itself only with its PIN.
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

    /// A dialog is open or an operation with a key is running.
    [[nodiscard]] bool isUnlocked() const override;
    void lock() override { setShown(false); }

    [[nodiscard]] bool isShown() const { return m_shown; }
    void setShown(bool shown);
    [[nodiscard]] KeyListModel *devices() { return &m_devices; }
    [[nodiscard]] KeyDetailsViewModel *details() { return &m_details; }
    [[nodiscard]] bool isInspecting() const;
    [[nodiscard]] bool isWaitingForCard() const;
    [[nodiscard]] QString errorText() const;
    [[nodiscard]] bool canRefresh() const;
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

    // Actions with the chosen key, after it was looked at.
    Q_INVOKABLE void refresh();
    Q_INVOKABLE void recognizeWithPin();
    Q_INVOKABLE void changePin();
    Q_INVOKABLE void showEntries();
    Q_INVOKABLE void resetKey();
    /// Edits its name and place, or adds it to the inventory.
    Q_INVOKABLE void describe();

    // Actions with a key of the inventory; `row` as in `inventory`.
    Q_INVOKABLE void describeRow(int row);
    Q_INVOKABLE void askToForget(int row);

Q_SIGNALS:
    void changed();
    /// For a toast.
    void noted(const QString &message);

private:
    /// An error of `m_prompt`, and the device that it is about.
    struct PromptError
    {
        QString deviceId;
        int cardNumber = 0;
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
    QHash<QString, QString> m_former; ///< Old inventory ids of reset keys, by device.
    std::optional<Error> m_inventoryError;
    std::optional<PromptError> m_promptError;
    QSet<const KeyPromptViewModel *> m_active;
    TaskGuard m_recognition;
    bool m_shown = false;
};

} // namespace Sparekey
