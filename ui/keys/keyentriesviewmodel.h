// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/hardwarekeys.h"
#include "core/inventory/keyinventory.h"
#include "core/task/taskguard.h"
#include "ui/keys/keyentrylistmodel.h"
#include "ui/keys/keypromptviewmodel.h"

#include <QCoroTask>
#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <optional>

namespace Sparekey {

/// The sign-ins that are stored on a key: shown after its PIN is entered, and deleted one by one.
/// The PIN is kept while this is open and the key stays plugged in, so that it is entered only
/// once.
class KeyEntriesViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by HardwareKeysViewModel")
    Q_PROPERTY(bool open READ isOpen NOTIFY changed FINAL)
    Q_PROPERTY(QString keyName READ keyName NOTIFY changed FINAL)
    /// The list has been read.
    Q_PROPERTY(bool loaded READ isLoaded NOTIFY changed FINAL)
    Q_PROPERTY(Sparekey::KeyEntryListModel *entries READ entries CONSTANT FINAL)
    Q_PROPERTY(QString roomText READ roomText NOTIFY changed FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)
    /// A retry may have a different result: the PIN is not blocked.
    Q_PROPERTY(bool canRetry READ canRetry NOTIFY changed FINAL)
    /// "Delete …?" is being asked, about `askedSite` and `askedUser`.
    Q_PROPERTY(bool asking READ isAsking NOTIFY changed FINAL)
    Q_PROPERTY(QString askedSite READ askedSite NOTIFY changed FINAL)
    Q_PROPERTY(QString askedUser READ askedUser NOTIFY changed FINAL)
    Q_PROPERTY(Sparekey::KeyPromptViewModel *prompt READ prompt CONSTANT FINAL)

public:
    /// Both must outlive this object.
    KeyEntriesViewModel(HardwareKeys &keys, KeyInventory &inventory, QObject *parent = nullptr);
    ~KeyEntriesViewModel() override;

    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] QString keyName() const { return m_keyName; }
    [[nodiscard]] bool isLoaded() const { return m_remaining.has_value(); }
    [[nodiscard]] KeyEntryListModel *entries() { return &m_entries; }
    [[nodiscard]] QString roomText() const;
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] bool canRetry() const { return m_canRetry; }
    [[nodiscard]] bool isAsking() const { return m_asked.has_value(); }
    [[nodiscard]] QString askedSite() const;
    [[nodiscard]] QString askedUser() const;
    [[nodiscard]] KeyPromptViewModel *prompt() { return &m_prompt; }

    void begin(const KeyDevice &device, const QString &keyName);
    /// Reads the list. Call it again after it failed.
    Q_INVOKABLE void load();
    /// `row` as in `entries`.
    Q_INVOKABLE void askToDelete(int row);
    Q_INVOKABLE void cancelDelete();
    Q_INVOKABLE void deleteEntry();
    /// Stops what is under way and forgets the list and the PIN.
    Q_INVOKABLE void close();

Q_SIGNALS:
    void changed();
    /// Something was deleted. `message` is for a toast.
    void deleted(const QString &message);

private:
    QCoro::Task<void> runLoad();
    QCoro::Task<void> runDelete(DiscoverableCredential entry);
    void setCredentials(const DiscoverableCredentials &found);
    void watchPlug();

    HardwareKeys &m_keys;
    KeyInventory &m_inventory;
    KeyPromptViewModel m_prompt;
    KeyEntryListModel m_entries;
    KeyDevice m_device;
    QString m_keyName;
    QString m_errorText;
    SecureBuffer m_pin;
    std::optional<int> m_remaining;
    std::optional<DiscoverableCredential> m_asked;
    TaskGuard m_opening;
    bool m_canRetry = true;
    bool m_open = false;
};

} // namespace Sparekey
