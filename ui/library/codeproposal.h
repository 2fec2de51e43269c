// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/codeimport/foundcodes.h"
#include "core/library/libraryentry.h"
#include "core/secret/securebuffer.h"
#include "core/servicecatalog/servicecatalog.h"

#include <QDate>
#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUuid>

#include <optional>
#include <vector>

namespace Sparekey {

/// What was found or entered, and the entry that it is to become: a new one, or a new set of one
/// that is there. Nothing of it is in the library yet. A value, move-only. GUI thread.
class CodeProposal
{
public:
    /// For a new entry.
    CodeProposal() = default;
    /// For a new set of this entry.
    explicit CodeProposal(const LibraryEntry &entry);

    /// Wipes what was found and entered, and for a new entry its description as well.
    void startOver();
    /// Wipes what was found and entered.
    void wipeCodes();

    [[nodiscard]] bool isForEntry() const { return !m_entry.isNull(); }
    /// The title of that entry; empty for a new one.
    [[nodiscard]] const QString &entryTitle() const { return m_entryTitle; }

    // The service. Its index is that in `ServiceCatalog::shipped()`; -1: not chosen.

    [[nodiscard]] int serviceIndex() const { return m_service; }
    void setServiceIndex(int index);
    /// Null if none is chosen.
    [[nodiscard]] const ServiceTemplate *service() const;
    [[nodiscard]] bool isSetupKey() const;
    /// Only one code belongs to an entry of the service.
    [[nodiscard]] bool isSingle() const;

    // What was found, one proposal after the other.

    /// Shows the first of `found`, which must not be empty. `text` is the source of the codes, if
    /// they can be read again as those of another service.
    void take(QList<FoundCodes> found, CodeSource source, SecureBuffer text = {});
    [[nodiscard]] qsizetype place() const { return m_place; }
    [[nodiscard]] qsizetype count() const { return m_found.size(); }
    [[nodiscard]] bool hasNext() const { return m_place + 1 < m_found.size(); }
    /// How many codes the proposals after this one have.
    [[nodiscard]] int codesAfter() const;
    void next();
    /// The codes as they were found.
    [[nodiscard]] QList<FoundCode> codes() const;
    /// The codes, and those that were entered, as codes of the chosen service. Changes `remarks()`.
    [[nodiscard]] QList<FoundCode> codesOfService();
    [[nodiscard]] const QList<ImportRemark> &remarks() const { return m_remarks; }
    /// Names of other services whose codes look like these, until the user chooses one.
    [[nodiscard]] QStringList candidates() const;

    /// Notes a code that was entered by hand.
    void addEntered(SecureBuffer entered);
    void setHasEntered() { m_hasEntered = true; }
    [[nodiscard]] bool hasEntered() const { return m_hasEntered; }

    // The entry

    [[nodiscard]] const QString &title() const { return m_title; }
    [[nodiscard]] const QString &account() const { return m_account; }
    void describe(const QString &title, const QString &account);
    /// The name of the service as title, unless the user has entered one.
    void proposeTitle();
    /// If an entry for the same account exists, the codes become its new set. Unless the user has
    /// said so, not if no account is given: it could be another one.
    [[nodiscard]] bool replaces() const
    {
        return m_replaces.value_or(!m_account.simplified().isEmpty());
    }
    /// The user wants a separate entry.
    [[nodiscard]] bool isSeparate() const { return m_replaces == false; }
    void setReplaces(bool replaces) { m_replaces = replaces; }
    /// The entry that the codes belong to, among those of the library; null if it would be new.
    [[nodiscard]] const LibraryEntry *target(const QList<LibraryEntry> &entries) const;
    /// The one that gets the codes as a new set; null if the entry is to be a new one.
    [[nodiscard]] const LibraryEntry *replaced(const QList<LibraryEntry> &entries) const;
    /// The entry with the codes. A service must be chosen.
    [[nodiscard]] LibraryEntry entryWith(const QList<LibraryCode> &codes,
                                         const QList<LibraryEntry> &entries,
                                         const QDateTime &now) const;

private:
    void choose(const QString &service);
    void show();

    QUuid m_entry; ///< That gets a new set; null for a new entry.
    QString m_entryTitle;
    int m_service = -1;
    QList<FoundCodes> m_found;
    qsizetype m_place = 0;
    QList<ImportRemark> m_remarks;
    SecureBuffer m_text;
    std::vector<SecureBuffer> m_entered; ///< As they were entered.
    QString m_title;
    QString m_account;
    QString m_signInAddress;
    QString m_notes;
    QDate m_obtained;
    CodeSource m_source = CodeSource::Entered;
    bool m_titleEdited = false;
    bool m_hasEntered = false;
    std::optional<bool> m_replaces; ///< As the user chose.
};

} // namespace Sparekey
