// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/kdbxgroup.h"
#include "core/library/libraryentry.h"

#include <optional>

namespace Sparekey {

// How entries of the library are stored in a KDBX file, so that other programs of the KeePass
// family show them sensibly:
//
// - title, account, sign-in address and notes in `Title`, `UserName`, `URL` and `Notes`;
// - the codes of the current set as protected attributes `Recovery code 01`, `Recovery code 02`, …;
//   a setup key as `otp`, of which those programs make one-time passwords;
// - the codes of older sets as protected attributes `Void set 1 code 01`, …;
// - `Used recovery codes`, which names the used codes of the current set, for people only;
// - the rest in the custom data `Sparekey` (`EntryDetails`).
//
// Attributes that other programs changed, added or removed count as changed, added or removed
// codes. What is not listed here is left as it is.

/// Reads an entry of a file. Nothing if it has neither recovery codes nor `otp` nor data of ours,
/// or no valid UUID. Any thread; on a wiped stack.
[[nodiscard]] std::optional<LibraryEntry> readEntry(const KdbxEntry &stored);

/// Writes everything except the UUID and the history into `stored`. Does not touch what has not
/// changed. What another program has protected stays protected; protected notes are not read, and
/// stay unless `entry` has notes.
void writeEntry(KdbxEntry stored, const LibraryEntry &entry);

/// Adds an entry with the id of `entry` to the group, made at `now`.
void addEntry(KdbxGroup group, const LibraryEntry &entry, const QDateTime &now);

/// Whether nothing is lost if the entry is deleted as a whole: it has no password, no attachment
/// and no attribute of another program.
[[nodiscard]] bool holdsOnlyCodes(const KdbxEntry &stored);

/// Removes the codes, `otp` and all data of ours. The entry is no longer one of the library then.
void removeCodes(KdbxEntry stored);

} // namespace Sparekey
