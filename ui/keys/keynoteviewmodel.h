// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/hardwarekeys.h"
#include "core/inventory/keyinventory.h"
#include "core/task/taskguard.h"
#include "ui/keys/keypromptviewmodel.h"

#include <QCoroTask>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// The owner's name for a key, and where it is kept. A key that is not in the inventory is added to
/// it; it has to be touched so that it can be recognized later.
class KeyNoteViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by HardwareKeysViewModel")
    Q_PROPERTY(bool open READ isOpen NOTIFY changed FINAL)
    /// The key is being added.
    Q_PROPERTY(bool adds READ adds NOTIFY changed FINAL)
    Q_PROPERTY(QString product READ product NOTIFY changed FINAL)
    /// As they were when this was opened.
    Q_PROPERTY(QString name READ name NOTIFY changed FINAL)
    Q_PROPERTY(QString place READ place NOTIFY changed FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(QString nameErrorText READ nameErrorText NOTIFY changed FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)
    Q_PROPERTY(Sparekey::KeyPromptViewModel *prompt READ prompt CONSTANT FINAL)

public:
    /// Both must outlive this object.
    KeyNoteViewModel(HardwareKeys &keys, KeyInventory &inventory, QObject *parent = nullptr);
    ~KeyNoteViewModel() override;

    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] bool adds() const { return m_adds; }
    [[nodiscard]] QString product() const { return m_product; }
    [[nodiscard]] QString name() const { return m_name; }
    [[nodiscard]] QString place() const { return m_place; }
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString nameErrorText() const { return m_nameErrorText; }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] KeyPromptViewModel *prompt() { return &m_prompt; }

    void beginEdit(const InventoryKey &key);
    /// `formerly` is the key's entry in the inventory before it was reset; null if it had none.
    void beginAdd(const KeyDevice &device, const KeyInfo &info, const QString &product,
                  const InventoryKey *formerly);
    Q_INVOKABLE void save(const QString &name, const QString &place);
    /// Stops what is under way.
    Q_INVOKABLE void close();

Q_SIGNALS:
    void changed();
    /// The field of the name should be focused: it has an error.
    void nameWanted();
    /// It is done. `message` is for a toast.
    void done(const QString &message);

private:
    QCoro::Task<void> runEdit(QString name, QString place);
    QCoro::Task<void> runAdd(QString name, QString place);
    void end(const Result<void> &result, const QString &message);
    void begin();

    HardwareKeys &m_keys;
    KeyInventory &m_inventory;
    KeyPromptViewModel m_prompt;
    KeyDevice m_device;
    QByteArray m_aaguid;
    QString m_id;
    QString m_product;
    QString m_name;
    QString m_place;
    QString m_nameErrorText;
    QString m_errorText;
    TaskGuard m_opening;
    bool m_open = false;
    bool m_adds = false;
    bool m_busy = false;
};

} // namespace Sparekey
