// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/twofactor/providerdetails.h"

#include <QAbstractListModel>
#include <QDateTime>
#include <QMap>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// The passkeys that the server knows, in its order.
class PasskeyListModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by PasskeyViewModel")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    enum Role {
        NameRole = Qt::UserRole + 1, ///< string, never empty
        MigratedRole,                ///< bool: migrated from U2F
        AddedRole,                   ///< string: "Added here on 25 November 2026"; may be empty
    };
    Q_ENUM(Role)

    explicit PasskeyListModel(QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    void setKeys(const QList<Passkey> &keys);
    /// The dates of the keys that this program has added, by their number at the server.
    void setAdded(const QMap<qint64, QDateTime> &added);
    [[nodiscard]] const QList<Passkey> &keys() const { return m_keys; }
    [[nodiscard]] int count() const { return static_cast<int>(m_keys.size()); }

    /// The name of a key on the screen.
    [[nodiscard]] static QString shownName(const Passkey &key);

Q_SIGNALS:
    void countChanged();

private:
    QList<Passkey> m_keys;
    QMap<qint64, QDateTime> m_added;
};

} // namespace Sparekey
