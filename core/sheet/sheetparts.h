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

/// Makes a sheet with options, ID, date and copies, server and account, and the lines of the
/// secret, grouped or whole. Errors: those of `makeRecoverySheet` and `makeSetUpSheet`.
[[nodiscard]] Result<Sheet> begin(SheetKind kind, SecureBuffer secret, bool grouped,
                                  const SheetSubject &subject, const SheetOptions &options);

/// Whether any line has check characters.
[[nodiscard]] bool hasCheckCharacters(const Sheet &sheet);

} // namespace SheetParts

} // namespace Sparekey
