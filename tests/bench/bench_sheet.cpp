// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Measures making one recovery sheet as a PDF, from the content to the bytes.

#include "core/sheet/recoverysheet.h"
#include "tests/bench/pairs.h"
#include "ui/render/sheetpdf.h"

#include <QGuiApplication>

using namespace Qt::StringLiterals;
using namespace Sparekey;

int main(int argc, char *argv[])
{
    QGuiApplication application(argc, argv);
    const RecoveryCode code("ABCD2345EFGH6789JKLM2345NPQR6789"_ba);
    SheetSubject subject;
    subject.serverAddress = u"https://vault.example"_s;
    subject.accountEmail = u"robin@sparekey.example"_s;
    subject.recoveryAddress = u"https://vault.example/#/recover-2fa"_s;
    subject.made = QDateTime::currentDateTime();

    QJsonArray milliseconds;
    // The first one loads the fonts and is not counted.
    for (int i = 0; i <= pairsPerBench; ++i) {
        bool good = false;
        const double taken = millisecondsOf([&] {
            const auto sheet = makeRecoverySheet(code, subject, SheetOptions{});
            good = sheet && renderPdf(*sheet);
        });
        if (!good) {
            std::fputs("The sheet could not be made.\n", stderr);
            return 1;
        }
        if (i > 0)
            milliseconds.append(taken);
    }
    printMeasured(u"sheet-as-pdf"_s, milliseconds, {}, u"ms"_s);
    return 0;
}
