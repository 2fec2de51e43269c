// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/hardwarekeys.h"
#include "core/inventory/keyinventory.h"
#include "core/task/taskguard.h"
#include "ui/keys/keypromptviewmodel.h"

#include <QCoroTask>
#include <QObject>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// Deletes everything on a key after a word was entered. The key has to be plugged in again and
/// touched.
class KeyResetViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by HardwareKeysViewModel")
    Q_PROPERTY(Stage stage READ stage NOTIFY changed FINAL)
    Q_PROPERTY(QString keyName READ keyName NOTIFY changed FINAL)
    /// It is placed on a reader, not plugged in.
    Q_PROPERTY(bool onReader READ isOnReader NOTIFY changed FINAL)
    /// Nothing proves which key it is: another key of the same model would be reset instead.
    Q_PROPERTY(bool unproven READ isUnproven NOTIFY changed FINAL)
    /// Accounts that the key no longer opens afterwards, one per line.
    Q_PROPERTY(QString accountsText READ accountsText NOTIFY changed FINAL)
    /// The word that has to be entered.
    Q_PROPERTY(QString word READ word CONSTANT FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)
    Q_PROPERTY(Sparekey::KeyPromptViewModel *prompt READ prompt CONSTANT FINAL)

public:
    enum class Stage {
        Closed,
        Asking,
        Working, ///< See `prompt`.
        Done,
    };
    Q_ENUM(Stage)

    /// Both must outlive this object.
    KeyResetViewModel(HardwareKeys &keys, KeyInventory &inventory, QObject *parent = nullptr);
    ~KeyResetViewModel() override;

    [[nodiscard]] Stage stage() const { return m_stage; }
    [[nodiscard]] QString keyName() const { return m_keyName; }
    [[nodiscard]] bool isOnReader() const { return m_device.isReader(); }
    [[nodiscard]] bool isUnproven() const { return m_identity.held.isEmpty(); }
    [[nodiscard]] QString accountsText() const { return m_accounts.join(u'\n'); }
    [[nodiscard]] QString word() const { return tr("RESET"); }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] KeyPromptViewModel *prompt() { return &m_prompt; }
    /// As given to `begin`.
    [[nodiscard]] QString entryId() const { return m_entryId; }

    /// `entryId` is empty if the key is not in the inventory.
    void begin(const KeyDevice &device, const KeyIdentity &identity, const QString &keyName,
               const QString &entryId, const QStringList &accounts);
    /// Does nothing unless the word was entered.
    Q_INVOKABLE void reset(const QString &entered);
    /// Stops what is under way.
    Q_INVOKABLE void close();

Q_SIGNALS:
    void changed();
    /// The key is empty.
    void done();

private:
    QCoro::Task<void> run();

    HardwareKeys &m_keys;
    KeyInventory &m_inventory;
    KeyPromptViewModel m_prompt;
    KeyDevice m_device;
    KeyIdentity m_identity;
    QString m_keyName;
    QString m_entryId;
    QStringList m_accounts;
    QString m_errorText;
    TaskGuard m_opening;
    Stage m_stage = Stage::Closed;
};

} // namespace Sparekey
