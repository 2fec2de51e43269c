// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/sheet/sheet.h"

#include <QByteArrayView>

namespace Sparekey {

/// A code of any form on lines of a sheet. For the makers of sheets only.
namespace CodeLines {

/// How wide the widest group is, in columns: what stands between spaces, or up to a hyphen. Wide
/// letters, such as Chinese ones, take two columns.
[[nodiscard]] qsizetype widestGroup(QByteArrayView utf8);

/// The lines, of at most `columns`, with the groups between spaces. Offsets count from `offset`. A
/// line ends at a space or after a hyphen; a group that is wider than a line is broken anywhere.
[[nodiscard]] QList<QList<SheetGroup>> split(QByteArrayView utf8, qsizetype columns,
                                             qsizetype offset);

/// The same with lines that are about equally long, as many as there must be.
[[nodiscard]] QList<QList<SheetGroup>> splitEvenly(QByteArrayView utf8, qsizetype columns);

/// Which of the characters that look alike occur, if letters and digits do: 0 and O, 1, I and L.
[[nodiscard]] QList<SheetFact> lookAlikes(QByteArrayView codes);

/// Whether small and capital letters both occur.
[[nodiscard]] bool hasMixedCase(QByteArrayView codes);

} // namespace CodeLines

} // namespace Sparekey
