// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"
#include "core/twofactor/providerdetails.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// The five lines of the Yubico OTP dialog. Each is empty, or has a key: one that the server
/// knows, or one that was touched just now and is not saved yet.
class YubiKeySlotModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by YubicoOtpViewModel")
    /// The first empty line, from 0; -1 if all are taken.
    Q_PROPERTY(int firstEmpty READ firstEmpty NOTIFY slotsChanged FINAL)

public:
    static constexpr int Slots = YubicoOtpDetails::Slots;

    enum Role {
        NumberRole = Qt::UserRole + 1, ///< int: from 1
        KeyIdRole,                     ///< string: twelve letters; empty if the line is empty
        UnsavedRole,                   ///< bool: touched, not saved yet
        ErrorTextRole,                 ///< string
    };
    Q_ENUM(Role)

    explicit YubiKeySlotModel(QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    using KeyIds = std::array<QString, Slots>;

    /// Sets the keys that the server knows; everything else is forgotten.
    void setStored(const KeyIds &ids);
    /// The same, but keeps fresh codes, as far as there is room and their key is not stored.
    void mergeStored(const KeyIds &ids);
    [[nodiscard]] const KeyIds &stored() const { return m_stored; }

    void setEntered(int slot, SecureBuffer text);
    [[nodiscard]] const SecureBuffer &entered(int slot) const { return at(slot).entered; }
    void setCode(int slot, const QString &code);
    /// Empties a line.
    void clear(int slot);
    void setError(int slot, const QString &text);
    /// Empties the lines with fresh codes, which have been used, and shows `text` there.
    void dropCodes(const QString &text);

    /// The line that has this key already; -1 if none.
    [[nodiscard]] int slotOf(QStringView keyId) const;
    /// The first empty line from `slot` on, then from the top; -1 if all are taken.
    [[nodiscard]] int emptySlotFrom(int slot) const;
    [[nodiscard]] int firstEmpty() const { return emptySlotFrom(0); }
    [[nodiscard]] bool hasKeys() const;
    /// A line differs from what is stored.
    [[nodiscard]] bool isModified() const;
    /// What `ProviderApi::writeYubicoOtp` takes: ids to keep, codes to add.
    [[nodiscard]] KeyIds toWrite() const;

Q_SIGNALS:
    void slotsChanged();

private:
    struct Slot
    {
        QString keyId = {};        ///< Of the stored key or of the fresh code.
        QString code = {};         ///< Fresh.
        SecureBuffer entered = {}; ///< In the field of an empty line.
        QString errorText = {};
    };
    [[nodiscard]] const Slot &at(int slot) const { return m_slots[static_cast<std::size_t>(slot)]; }
    [[nodiscard]] Slot &at(int slot) { return m_slots[static_cast<std::size_t>(slot)]; }
    void slotChanged(int slot);
    void allChanged();

    std::array<Slot, Slots> m_slots;
    KeyIds m_stored;
};

} // namespace Sparekey
