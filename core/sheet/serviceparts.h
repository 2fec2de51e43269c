// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/sheet/servicesheet.h"

namespace Sparekey {

/// What the sheets of other services have in common. For the makers of sheets only.
namespace ServiceParts {

/// In bytes, of a code as it is shown or entered.
constexpr qsizetype longestCode = 512;

/// Makes a sheet with title, account, the notes on the service and the headings of its parts.
/// `title` has a place for the name of the service. Errors: those of `SheetParts::begin`.
[[nodiscard]] Result<Sheet> begin(SheetKind kind, const QString &title,
                                  const ServiceSheetSubject &subject, const SheetOptions &options);

/// Adds the lines of `Sheet::secret`, which is a single one, and its legends.
void addLines(Sheet &sheet, const QString &breakLegend);
/// Adds a note if the case of letters matters.
void addCaseNote(Sheet &sheet);
/// Adds the blanks, and these boxes.
void addForm(Sheet &sheet, const QList<SheetBox> &boxes);

/// A name as one line without characters that change the text direction, of at most 1 000 UTF-16
/// units.
[[nodiscard]] QString nameOf(const QString &text);
/// An address, but empty if it is too long for a sheet: if it were cut, it would lead elsewhere.
[[nodiscard]] QString addressOf(const QString &text);

} // namespace ServiceParts

} // namespace Sparekey
