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

/// In characters. A longer URI has too small modules as a QR code for worn paper.
constexpr qsizetype longestQrContent = 560;

/// Makes a sheet with options, ID, date and copies. An empty ID is replaced by a new one. Error:
/// `Cryptography`.
[[nodiscard]] Result<Sheet> begin(SheetKind kind, const QString &sheetId, const QDateTime &made,
                                  const SheetOptions &options);

/// Makes a sheet of an account: adds server and account, and the lines of the secret, grouped or
/// whole. Errors: those of `makeRecoverySheet` and `makeSetupSheet`.
[[nodiscard]] Result<Sheet> beginForAccount(SheetKind kind, SecureBuffer secret, bool grouped,
                                            const SheetSubject &subject,
                                            const SheetOptions &options);

/// The line with this index, with its caption and the check characters of `checked`.
[[nodiscard]] SheetLine line(qsizetype index, const QList<SheetGroup> &groups,
                             QByteArrayView checked);

/// Whether any line has check characters.
[[nodiscard]] bool hasCheckCharacters(const Sheet &sheet);

} // namespace SheetParts

} // namespace Sparekey
