// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/hardwarekeys.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <optional>

namespace Sparekey {

/// The security keys and card readers of this computer, as they come and go, and which of them is
/// chosen. Empty unless it is watching. GUI thread.
class KeyListModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the view-model that uses a key")
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)
    /// How many are keys, in a port or on a reader. A reader without a key is not counted.
    Q_PROPERTY(int keyCount READ keyCount NOTIFY changed FINAL)
    /// How many keys can be touched to choose one of them.
    Q_PROPERTY(int touchableCount READ touchableCount NOTIFY changed FINAL)
    /// The row of the chosen device; -1 if there is none.
    Q_PROPERTY(int chosen READ chosenRow WRITE choose NOTIFY changed FINAL)
    /// The connected devices are not known yet.
    Q_PROPERTY(bool searching READ isSearching NOTIFY changed FINAL)
    /// The chosen device is connected, but this user may not open it.
    Q_PROPERTY(bool forbidden READ isForbidden NOTIFY changed FINAL)
    /// Why there may be keys that are not listed, one sentence per line; else empty.
    Q_PROPERTY(QString problemText READ problemText NOTIFY changed FINAL)

public:
    enum Role {
        NameRole = Qt::UserRole + 1, ///< string
        NoteRole,                    ///< string: how it is connected, and what keeps it from use
        UsableRole,                  ///< bool: can be used, perhaps after a key is placed on it
        NfcRole,                     ///< bool: a reader
    };
    Q_ENUM(Role)

    /// `keys` must outlive this object.
    explicit KeyListModel(HardwareKeys &keys, QObject *parent = nullptr);
    ~KeyListModel() override;

    /// Starts or stops watching devices. Stopping clears the choice.
    void setWatching(bool watching);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return static_cast<int>(m_devices.size()); }
    [[nodiscard]] int keyCount() const;
    [[nodiscard]] int touchableCount() const;
    [[nodiscard]] int chosenRow() const;
    [[nodiscard]] bool isSearching() const { return m_watch && !m_keys.isKnown(); }
    [[nodiscard]] bool isForbidden() const;
    [[nodiscard]] QString problemText() const;

    /// The chosen device, in its current state.
    [[nodiscard]] std::optional<KeyDevice> chosen() const;
    void choose(int row);
    void choose(const KeyDevice &device);

    /// The name of a device on the screen.
    [[nodiscard]] static QString shownName(const KeyDevice &device);

Q_SIGNALS:
    /// The devices, their states or the choice have changed.
    void changed();

private:
    void update();

    HardwareKeys &m_keys;
    HardwareKeys::Watch m_watch;
    QList<KeyDevice> m_devices;
    QString m_chosenId;
    bool m_byPerson = false; ///< The user has made the choice, so it is kept.
};

} // namespace Sparekey
