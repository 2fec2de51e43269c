// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayList>

namespace Sparekey {

/// A PDF with one A4 page that shows `text` in a font that every viewer has.
inline QByteArray minimalPdf(const QByteArray &text)
{
    const QByteArray painting = "BT /F1 24 Tf 72 720 Td (" + text + ") Tj ET";
    const QByteArrayList objects{
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        "/Resources<</Font<</F1 5 0 R>>>>>>",
        "<</Length " + QByteArray::number(painting.size()) + ">>stream\n" + painting
            + "\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    };
    QByteArray pdf = "%PDF-1.6\n";
    QByteArray table = "0000000000 65535 f \n";
    int number = 0;
    for (const QByteArray &object : objects) {
        table += QByteArray::number(pdf.size()).rightJustified(10, '0') + " 00000 n \n";
        pdf += QByteArray::number(++number) + " 0 obj\n" + object + "\nendobj\n";
    }
    const QByteArray count = QByteArray::number(objects.size() + 1);
    const QByteArray start = QByteArray::number(pdf.size());
    return pdf + "xref\n0 " + count + "\n" + table + "trailer\n<</Root 1 0 R/Size " + count
        + ">>\nstartxref\n" + start + "\n%%EOF\n";
}

} // namespace Sparekey
