// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/kdbxerror.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <optional>

namespace Sparekey {

/// The `VariantDictionary` of the header: named values of several types, in the order of the file.
/// Holds the parameters of the key derivation and unencrypted data of other programs. Values of
/// types that are not known here are kept as they are. A value; nothing in it is secret. Source:
/// keepass.info, "KDBX 4", VariantDictionary.
class VariantDictionary
{
public:
    /// One value, as it stands in the file.
    struct Item
    {
        quint8 type = 0;
        QByteArray name;
        QByteArray value;

        bool operator==(const Item &) const = default;
    };

    /// `HeaderDamaged` if the octets are cut off, are followed by others, hold a name twice, or are
    /// of a newer version.
    [[nodiscard]] static KdbxResult<VariantDictionary> fromOctets(QByteArrayView octets);
    [[nodiscard]] QByteArray octets() const;

    /// Nothing if the name is missing or its value is of another type.
    [[nodiscard]] std::optional<quint32> number32(QByteArrayView name) const;
    [[nodiscard]] std::optional<quint64> number64(QByteArrayView name) const;
    [[nodiscard]] std::optional<QByteArray> bytes(QByteArrayView name) const;

    void setNumber32(const QByteArray &name, quint32 value);
    void setNumber64(const QByteArray &name, quint64 value);
    void setBytes(const QByteArray &name, const QByteArray &value);

    [[nodiscard]] const QList<Item> &items() const { return m_items; }
    bool operator==(const VariantDictionary &) const = default;

private:
    [[nodiscard]] const Item *find(QByteArrayView name, quint8 type) const;
    void set(Item item);

    QList<Item> m_items;
};

} // namespace Sparekey
