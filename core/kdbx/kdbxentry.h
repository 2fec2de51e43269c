// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/secretbytes.h"
#include "core/kdbx/xmlelement.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUuid>

#include <optional>

namespace Sparekey {

/// The dates of an entry or a group.
enum class KdbxDate {
    Created,
    Modified,
    Expires, ///< Counts only if `Expires` is True.
};

/// An attachment of an entry.
struct KdbxAttachment
{
    QString name;
    /// Its index in `KdbxDatabase::binaries`, which may be out of range in a foreign file.
    qsizetype binary = 0;

    bool operator==(const KdbxAttachment &) const = default;
};

/// A string of an entry: text, or a secret if it is protected.
struct KdbxString
{
    QString name;
    QString text = {}; ///< Empty if it is protected.
    std::optional<SecretBytes> secret = {};

    /// The secret, or the UTF-8 of the text: other programs may store a secret without protection.
    [[nodiscard]] SecretBytes octets() const;
};

/// A view of an `Entry` element: reads and changes it in place. Valid as long as the element;
/// copying it copies no data. Changes do not touch dates or history by themselves. Use from one
/// thread at a time.
///
/// The strings of an entry ("attributes") have names; those that KeePass defines are `Title`,
/// `UserName`, `Password`, `URL` and `Notes`. Each is text or, if it is protected, a secret.
class KdbxEntry
{
public:
    explicit KdbxEntry(XmlElement &element)
        : m_element(&element)
    {
    }
    /// A new entry with a random UUID, to be put into a group.
    [[nodiscard]] static XmlElement create(const QDateTime &now);

    [[nodiscard]] XmlElement &element() const { return *m_element; }
    /// Nothing if the one in the file is not valid.
    [[nodiscard]] std::optional<QUuid> uuid() const;

    [[nodiscard]] QList<KdbxString> strings() const;
    [[nodiscard]] QStringList stringNames() const;
    /// Nothing if there is none of that name, or it is protected.
    [[nodiscard]] std::optional<QString> text(QStringView name) const;
    /// Nothing if there is none of that name, or it is not protected.
    [[nodiscard]] std::optional<SecretBytes> secret(QStringView name) const;
    void setText(const QString &name, const QString &text);
    void setSecret(const QString &name, const SecretBytes &secret);
    void removeString(QStringView name);

    /// Data that programs store; KeePassXC shows it under "Plugin data".
    [[nodiscard]] std::optional<QString> customData(QStringView name) const;
    void setCustomData(const QString &name, const QString &value);
    void removeCustomData(QStringView name);

    [[nodiscard]] QStringList tags() const;
    void setTags(const QStringList &tags);

    [[nodiscard]] std::optional<QDateTime> date(KdbxDate date) const;
    void setDate(KdbxDate date, const QDateTime &time);

    [[nodiscard]] QList<KdbxAttachment> attachments() const;
    void attach(const KdbxAttachment &attachment);

    /// Previous states, the oldest first. They have the same UUID.
    [[nodiscard]] QList<KdbxEntry> history() const;
    /// Adds a copy of the current state to the history, and drops the oldest states above `most`; a
    /// negative number means no limit. Call this before a change.
    void keepInHistory(int most);

private:
    [[nodiscard]] XmlElement *string(QStringView name) const;

    XmlElement *m_element;
};

/// The `Times` element of a group or an entry that is made at `now`.
[[nodiscard]] XmlElement newKdbxTimes(const QDateTime &now);

} // namespace Sparekey
