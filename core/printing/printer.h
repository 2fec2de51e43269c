// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/sheet/papersize.h"

#include <QList>
#include <QString>

namespace Sparekey {

/// How a job gets to the printer, which shows who may keep a copy of it.
enum class PrinterConnection {
    Cable,   ///< USB, parallel or serial.
    Network, ///< Another computer or the printer's own network port.
    File,    ///< Writes a file on this computer, such as a PDF printer.
    Unknown,
};

/// A printer that CUPS knows.
struct Printer
{
    QString name;        ///< What CUPS calls it; unique.
    QString description; ///< What its owner calls it; the name if there is nothing else.
    QString location;    ///< May be empty.
    bool isDefault = false;
    bool acceptsJobs = true;
    PrinterConnection connection = PrinterConnection::Unknown;
    QList<PaperSize> papers; ///< Empty if the printer does not tell.
};

} // namespace Sparekey
