// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/library/libraryentry.h"
#include "core/settings/settings.h"
#include "ui/render/sheetsource.h"

#include <memory>

namespace Sparekey {

/// What is printed or saved of an entry: its list of current codes, its single code, or its setup
/// key. Null if it has no current codes. Needs a QGuiApplication.
[[nodiscard]] std::unique_ptr<SheetSource> sheetSourceOf(const LibraryEntry &entry);

/// The current set, as `LibraryEvent::subject` names it; empty if there is none.
[[nodiscard]] QString currentSetOf(const LibraryEntry &entry);

/// A copy of the set with this number, as the library records it. `path` is the saved file; empty
/// for paper.
[[nodiscard]] LibraryCopy libraryCopy(const CopyRecord &record, const QString &path, int set);

} // namespace Sparekey
