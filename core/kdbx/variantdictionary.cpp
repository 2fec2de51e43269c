// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kdbx/variantdictionary.h"

#include "core/kdbx/octets.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr quint16 Version = 0x0100;
constexpr quint16 MajorVersion = 0xFF00; // the part of it that a reader has to know

enum : quint8 {
    EndOfItems = 0x00,
    UInt32 = 0x04,
    UInt64 = 0x05,
    ByteArray = 0x42,
};

QByteArray littleEndian(auto number)
{
    QByteArray octets;
    appendNumber(octets, number);
    return octets;
}

} // namespace

KdbxResult<VariantDictionary> VariantDictionary::fromOctets(QByteArrayView octets)
{
    const auto damaged = [](const QString &detail) {
        return kdbxFailure(KdbxErrorKind::HeaderDamaged, detail);
    };
    OctetReader reader(octets);
    const auto version = reader.number<quint16>();
    if (!version || (*version & MajorVersion) > (Version & MajorVersion))
        return damaged(u"dictionary of an unknown version"_s);
    VariantDictionary dictionary;
    while (const auto type = reader.number<quint8>()) {
        if (*type == EndOfItems) {
            if (reader.left() > 0)
                return damaged(u"bytes after a dictionary"_s);
            return dictionary;
        }
        const auto nameSize = reader.number<quint32>();
        const auto name = nameSize ? reader.take(*nameSize) : std::nullopt;
        const auto valueSize = name ? reader.number<quint32>() : std::nullopt;
        const auto value = valueSize ? reader.take(*valueSize) : std::nullopt;
        if (!value)
            break;
        for (const Item &item : dictionary.m_items) {
            if (QByteArrayView(item.name) == *name)
                return damaged(u"a name stands twice in a dictionary"_s);
        }
        dictionary.m_items.append(
            {.type = *type, .name = name->toByteArray(), .value = value->toByteArray()});
    }
    return damaged(u"a dictionary is cut off"_s);
}

QByteArray VariantDictionary::octets() const
{
    QByteArray octets = littleEndian(Version);
    for (const Item &item : m_items) {
        appendNumber(octets, item.type);
        appendNumber(octets, static_cast<quint32>(item.name.size()));
        octets.append(item.name);
        appendNumber(octets, static_cast<quint32>(item.value.size()));
        octets.append(item.value);
    }
    appendNumber(octets, quint8{EndOfItems});
    return octets;
}

std::optional<quint32> VariantDictionary::number32(QByteArrayView name) const
{
    const Item *item = find(name, UInt32);
    return item ? OctetReader(item->value).number<quint32>() : std::nullopt;
}

std::optional<quint64> VariantDictionary::number64(QByteArrayView name) const
{
    const Item *item = find(name, UInt64);
    return item ? OctetReader(item->value).number<quint64>() : std::nullopt;
}

std::optional<QByteArray> VariantDictionary::bytes(QByteArrayView name) const
{
    const Item *item = find(name, ByteArray);
    return item ? std::optional(item->value) : std::nullopt;
}

void VariantDictionary::setNumber32(const QByteArray &name, quint32 value)
{
    set({.type = UInt32, .name = name, .value = littleEndian(value)});
}

void VariantDictionary::setNumber64(const QByteArray &name, quint64 value)
{
    set({.type = UInt64, .name = name, .value = littleEndian(value)});
}

void VariantDictionary::setBytes(const QByteArray &name, const QByteArray &value)
{
    set({.type = ByteArray, .name = name, .value = value});
}

const VariantDictionary::Item *VariantDictionary::find(QByteArrayView name, quint8 type) const
{
    for (const Item &item : m_items) {
        if (item.type == type && QByteArrayView(item.name) == name)
            return &item;
    }
    return nullptr;
}

void VariantDictionary::set(Item item)
{
    const auto same = std::find_if(m_items.begin(), m_items.end(),
                                   [&](const Item &old) { return old.name == item.name; });
    if (same != m_items.end())
        *same = std::move(item);
    else
        m_items.append(std::move(item));
}

} // namespace Sparekey
