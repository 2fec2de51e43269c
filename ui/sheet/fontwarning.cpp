// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sheet/fontwarning.h"

#include <QCoreApplication>

namespace Sparekey {

namespace {

// Gives the texts of this file their context for translators.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Sparekey::FontWarning)
};

} // namespace

QString fontWarning(const SheetSource &source, const SheetOptions &options)
{
    if (const QString package = source.fontPackageOfCodes(); !package.isEmpty()) {
        return Text::tr("No font on this computer has all letters of a code, so the sheet shows "
                        "boxes. You could not read the code from it. Install the package %1 and "
                        "start Sparekey again before you print.")
            .arg(package);
    }
    const QList<UnprintableName> names = source.unprintableNames(options);
    if (names.isEmpty())
        return {};
    return Text::tr("No font on this computer has all letters of the name, so the sheet shows "
                    "boxes. It also shows the name as %1. Install the package %2 and start "
                    "Sparekey again to print the letters.")
        .arg(names.first().ascii, names.first().fontPackage);
}

} // namespace Sparekey
