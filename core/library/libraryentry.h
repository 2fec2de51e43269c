// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/secretbytes.h"

#include <QDate>
#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUuid>

namespace Sparekey {

/// Whether a code can still be used.
enum class CodeState {
    Unused,
    Used,
    Unsure, ///< The user does not know, for example because a list has a mark beside the code.
};

/// One recovery code, or the setup key of an authenticator as an `otpauth://` URI.
struct LibraryCode
{
    SecretBytes value;
    CodeState state = CodeState::Unused;
    QDateTime usedOn = {};  ///< UTC; invalid if not used, or not known.
    QString usedWhere = {}; ///< As entered; may be empty.

    bool operator==(const LibraryCode &) const = default;
};

/// Whether the service accepts the codes of a set.
enum class SetState {
    Current,
    Void,
};

/// Why a set of codes is void.
enum class VoidReason {
    None,
    NewSet,        ///< The service made new codes.
    Used,          ///< The only code was used.
    ServerChanged, ///< The account's server has another code now.
    Lost,
    Other,
};

/// How codes got into the library.
enum class CodeSource {
    Entered,
    File,
    QrCode,
    Server,
};

/// The codes that a service gave at one time. The position of a code in the list is its number on
/// the service's page, less one.
struct CodeSet
{
    int number = 1; ///< 1, 2, … within its entry.
    QDate obtained = {};
    CodeSource source = CodeSource::Entered;
    SetState state = SetState::Current;
    QDateTime voidedOn = {}; ///< UTC; invalid while the set is current.
    VoidReason reason = VoidReason::None;
    QList<LibraryCode> codes = {};

    /// Codes in state `Unused`.
    [[nodiscard]] int unused() const;

    bool operator==(const CodeSet &) const = default;
};

/// What a copy outside the library is.
enum class LibraryCopyKind {
    Paper,
    Pdf,
    ProtectedPdf,
    Text,
    Kdbx,
    Json,
    OpenPgp,
};

/// A copy of a set outside the library.
struct LibraryCopy
{
    LibraryCopyKind kind = LibraryCopyKind::Paper;
    QDateTime made = {};      ///< UTC
    QString sheetId = {};     ///< Empty for a file that has none.
    int set = 1;              ///< `CodeSet::number`
    QString place = {};       ///< As entered, such as "safe at home"; may be empty.
    QDateTime checked = {};   ///< UTC, when the user last looked that it is there.
    QDateTime destroyed = {}; ///< UTC; invalid while it exists.

    bool operator==(const LibraryCopy &) const = default;
};

/// What is needed to use a code of the entry, besides the code.
struct Need
{
    enum class Kind {
        Password,
        Email,
        Phone,
        SecurityKey,
        Device,
        Person,
        Other,
    };
    Kind kind = Kind::Other;
    QString text = {};

    bool operator==(const Need &) const = default;
};

/// When the user wants to be reminded of an entry.
struct Reminders
{
    /// A set of several codes is low when this many, or fewer, are unused.
    int lowAt = 3;
    /// After how many months the entry and its papers are to be looked at; 0 for never.
    int reviewMonths = 12;

    bool operator==(const Reminders &) const = default;
};

/// What the library knows about the recovery codes of one account with one service. A value; copies
/// share the secrets. Use from one thread at a time.
struct LibraryEntry
{
    /// Given when the entry is made; it is the UUID of the KDBX entry.
    QUuid id = {};
    /// The id of a template; empty or unknown for entries that other programs made.
    QString service = {};
    QString title = {};
    QString account = {};
    QString signInAddress = {};
    QString recoveryAddress = {};
    QString notes = {}; ///< May have several lines.
    QStringList tags = {};
    /// `accountKey` of the Bitwarden account that this entry follows; else empty.
    QString serverAccount = {};
    QDateTime created = {}; ///< UTC
    QDateTime changed = {}; ///< UTC; `Library::put` sets it.
    /// The oldest first. At most one is current: the last one.
    QList<CodeSet> sets = {};
    QList<LibraryCopy> copies = {};
    QList<Need> needs = {};
    Reminders reminders = {};

    /// A new one with an id, without codes.
    [[nodiscard]] static LibraryEntry create(const QString &service, const QString &title,
                                             const QDateTime &now);

    /// Null if no set is current.
    [[nodiscard]] const CodeSet *current() const;
    [[nodiscard]] CodeSet *current();

    bool operator==(const LibraryEntry &) const = default;
};

/// Marks code number `code` (from 0) of the current set. Nothing happens if there is no such code.
void markUsed(LibraryEntry &entry, qsizetype code, const QDateTime &when, const QString &where);
/// Also clears when and where it was used. For undo, and for codes in state `Unsure`.
void markUnused(LibraryEntry &entry, qsizetype code);

/// Makes the current set void. Nothing happens if no set is current.
void voidCurrentSet(LibraryEntry &entry, VoidReason reason, const QDateTime &when);
/// The same, and adds a set of these codes, which is current then.
void startNewSet(LibraryEntry &entry, QList<LibraryCode> codes, CodeSource source,
                 const QDate &obtained, VoidReason reason, const QDateTime &when);

/// Copies that still exist although their set is void: the user should destroy them.
[[nodiscard]] QList<qsizetype> copiesToDestroy(const LibraryEntry &entry);

} // namespace Sparekey
