// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/inventory/keyinventory.h"
#include "core/inventory/keyloss.h"
#include "core/settings/settings.h"

#include <QAbstractListModel>
#include <QHash>
#include <QSet>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include <functional>

namespace Sparekey {

/// All keys that this computer knows, connected or not, and what is left if one of them is lost.
class KeyInventoryModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by HardwareKeysViewModel")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    /// How well an account can be opened without the key.
    enum class Tone {
        Good,
        Unknown,
        Caution, ///< Only with the recovery code.
        Bad,
    };
    Q_ENUM(Tone)
    enum Role {
        NameRole = Qt::UserRole + 1, ///< string, never empty
        PlaceRole,                   ///< string: where it is kept, in a sentence
        ProductRole,   ///< string: what it calls itself, unless that is its name already
        AddedRole,     ///< string: "Known here since 4 May 2026"
        ConnectedRole, ///< bool: it is plugged in or on a reader
        SummaryRole,   ///< string: with how many accounts, in a sentence
        LeftRole,      ///< string: what opens them without it, in a sentence; may be empty
        LossTitleRole, ///< string: the question that `AccountsRole` answers
        ToneRole,      ///< Tone: of the account that is worst off
        AccountsRole,  ///< list of maps: account, text, copy, tone
    };
    Q_ENUM(Role)

    /// The email of an account; empty if it is not known.
    using EmailOf = std::function<QString(const QString &accountKey)>;

    /// The services must outlive this object.
    KeyInventoryModel(KeyInventory &inventory, Settings &settings, EmailOf emailOf,
                      QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int count() const { return static_cast<int>(m_keys.size()); }

    /// Null if there is no such row.
    [[nodiscard]] const InventoryKey *keyAt(int row) const;
    /// Sets the ids of the keys that are connected now.
    void setConnected(const QSet<QString> &ids);
    /// Something else that the texts depend on has changed.
    void update();

    /// "me@example.org on vault.example.org".
    [[nodiscard]] QString accountTitle(const QString &accountKey, const QString &server) const;
    /// Titles of the accounts that this key of the inventory is registered with.
    [[nodiscard]] QStringList accountsOf(const QString &keyId) const;
    /// What its owner calls it, or else what it calls itself.
    [[nodiscard]] static QString shownName(const InventoryKey &key);
    [[nodiscard]] static QString quotedName(const InventoryKey &key);

Q_SIGNALS:
    void countChanged();

private:
    struct Line
    {
        QString account;
        QString text;
        QString copy; ///< About a copy of the recovery code, if that matters; else empty.
        Tone tone = Tone::Good;
        bool registered = true; ///< false: the key lost this passkey, the server still has it
    };

    [[nodiscard]] const QList<Line> &linesOfRow(int row) const;
    [[nodiscard]] QList<Line> linesOf(const InventoryKey &key) const;
    [[nodiscard]] QString textOf(const AccountAfterLoss &account) const;
    [[nodiscard]] static QString summaryOf(const QList<Line> &lines);
    [[nodiscard]] static QString leftOf(const QList<Line> &lines);

    KeyInventory &m_inventory;
    Settings &m_settings;
    EmailOf m_emailOf;
    QList<InventoryKey> m_keys;
    QSet<QString> m_connected;
    mutable QHash<int, QList<Line>> m_lines; ///< By row, until something changes.
};

} // namespace Sparekey
