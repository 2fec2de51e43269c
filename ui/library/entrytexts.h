// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/codeimport/foundcodes.h"
#include "core/library/entrycondition.h"
#include "core/servicecatalog/servicecatalog.h"

#include <QString>

namespace Sparekey {

// Words about an entry of the library, in whole sentences or as a label.

/// The name of the service; the generic templates are named in the user's language.
[[nodiscard]] QString serviceName(const ServiceTemplate &service);
/// The template of the entry, or the generic one for what it keeps.
[[nodiscard]] const ServiceTemplate &serviceOf(const LibraryEntry &entry);
/// What the entry is called: its title, or else the name of its service.
[[nodiscard]] QString shownTitle(const LibraryEntry &entry);
/// The page where new codes are made; of a Bitwarden account on its own server. May be empty.
[[nodiscard]] QString newCodesAddressOf(const LibraryEntry &entry);
/// "9 of 10 left", "1 code", "All 10 used".
[[nodiscard]] QString codesLeftText(const LibraryEntry &entry);
/// What is due first, such as "Make new codes"; "Up to date" if nothing is.
[[nodiscard]] QString conditionText(const LibraryEntry &entry, const QList<EntryCondition> &due);
/// "Paper, sheet 7K2M-4D, 30 November 2026".
[[nodiscard]] QString copyText(const LibraryCopy &copy);
/// "Password", "Email account".
[[nodiscard]] QString needName(Need::Kind kind);
/// What is needed to use the codes, one on each line; empty if nothing is known.
[[nodiscard]] QString needsText(const QList<Need> &needs);
/// Why a set is void, with the date.
[[nodiscard]] QString voidText(const CodeSet &set);
/// What is odd about `count` codes that were found, a sentence on each line; empty if nothing is.
/// `candidates` are the names of other services whose codes look like these.
[[nodiscard]] QString remarksText(const ServiceTemplate &service, int count,
                                  const QList<ImportRemark> &odd, const QStringList &candidates);

} // namespace Sparekey
