// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/sheet/sheet.h"

#include <QCoreApplication>

namespace Sparekey {

/// The parts that sheets of all kinds have in common. For the makers of sheets only.
namespace SheetParts {

/// Gives the words on sheets their context for translators.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Sheet)
};

constexpr qsizetype groupSize = 4;
constexpr qsizetype groupsInLine = 4;

[[nodiscard]] QString isoDate(const QDateTime &when);

/// Options, secret and number of the sheet, and the lines of the secret: grouped or whole. Errors
/// as the makers'.
[[nodiscard]] Result<Sheet> begin(SheetKind kind, SecureBuffer secret, bool grouped,
                                  const SheetSubject &subject, const SheetOptions &options);

/// What heads the page: service, number, dates, copies. `title` and `obtainedLine` are the kind's.
void addHead(Sheet &sheet, const SheetSubject &subject);

/// "Account" is a blank where the options leave the email out.
[[nodiscard]] SheetFact serverFact(const SheetSubject &subject);
[[nodiscard]] SheetFact accountFact(const SheetSubject &subject, const SheetOptions &options);

/// Some line has check characters.
[[nodiscard]] bool hasCheckCharacters(const Sheet &sheet);

} // namespace SheetParts

} // namespace Sparekey
