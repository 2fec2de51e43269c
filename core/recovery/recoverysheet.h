// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/printing/papersize.h"
#include "core/recovery/recoverycode.h"
#include "core/result.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

namespace Sparekey {

/// What the user chooses before printing or saving.
struct SheetOptions
{
    PaperSize paper = PaperSize::A4;
    /// A camera can read the code, and many cameras keep pictures elsewhere.
    bool qrCodes = true;
    /// Off leaves a line to fill by hand, so that a found sheet does not name its account.
    bool email = true;
    /// 1 to 9; each copy becomes a page that says which one it is.
    int copies = 1;
};

/// What the code belongs to.
struct SheetSubject
{
    QString serviceName;     ///< Such as "Bitwarden (EU)"; may be empty.
    QString serverAddress;   ///< The web vault, as a person would type it.
    QString accountEmail;    ///< May be empty.
    QString recoveryAddress; ///< Page on which the code is used; may be empty. Never has the code.
    QDateTime obtained;      ///< When the server sent the code.
    QDateTime printed;       ///< When the sheet is made.
    QString sheetId;         ///< Of `makeSheetId`; empty: a new one.
};

/// A group of characters that is never broken over two lines.
struct SheetGroup
{
    QString label;        ///< "a1"; empty in an unusual code.
    qsizetype offset = 0; ///< In bytes of `RecoverySheet::codeText`.
    qsizetype size = 0;   ///< In bytes.
};

struct SheetLine
{
    QString label; ///< "a"
    QList<SheetGroup> groups;
    QString check; ///< Two characters; empty if the line has characters that none can be made for.
};

/// "Label  value"; an empty value is a blank to fill by hand.
struct SheetFact
{
    QString label;
    QString value;
};

/// What to do, and where, if the step has an address.
struct SheetStep
{
    QString text;
    QString address;
};

/// A box to tick, followed by `dates` blanks for a date.
struct SheetBox
{
    QString label;
    int dates = 1;
};

/// The content of a recovery sheet for one code: every word that stands on it, in reading order,
/// and nothing about how it is drawn. Move-only, because it holds the code.
///
/// Pure data without a thread of its own; made by `makeRecoverySheet`, painted by
/// `SheetPainter`, written as text by `toPlainText`.
struct RecoverySheet
{
    /// Stands in the footer, so that help can be found for old paper.
    static constexpr int formatNumber = 1;
    /// In characters. Longer codes are refused: four lines of 32 fill the room of the sheet.
    static constexpr qsizetype longestCode = 128;

    SheetOptions options;

    QString title;
    QString serviceName;
    QString sheetId;       ///< "7K2M-4D"; random, says nothing about the code.
    QString sheetIdLine;   ///< "Sheet 7K2M-4D"
    QString obtainedLine;  ///< "Code obtained 2026-11-21"
    QString printedLine;   ///< "Printed 2026-11-22"
    QStringList copyLines; ///< "Page 1 of 1 · copy 1 of 2", one for each copy.

    QList<SheetFact> facts;
    QString codeHeading;
    SecureBuffer codeText; ///< What the groups' offsets refer to, UTF-8.
    QList<SheetLine> lines;
    bool usualCode = true;
    QString checkLabel;
    QList<SheetFact> glyphs; ///< Characters that look alike, and what they are; usual codes only.
    QString unusualNote;     ///< Only for a code of unusual form.
    QString breakLegend;     ///< Only for a code that is broken over lines where it has no gap.
    QString checkLegend;     ///< Empty if no line has check characters.

    SecureBuffer qrContent; ///< The code alone, never within an address. Empty: no QR code.
    QString qrCaption;
    QString qrDetail;
    QString pageQrContent; ///< The recovery page. Empty: no second QR code.
    QString pageQrCaption;

    QString stepsHeading;
    QList<SheetStep> steps;
    QString voidRule;
    QString note;

    QString handHeading;
    QList<SheetFact> handFields;
    QList<SheetBox> boxes;

    QString foldLabel;
    QString footer;
};

/// Makes the content of a sheet. The words are in the language of the installed translator.
/// The code must not be empty. Errors: `CodeTooLong`; `Cryptography` if the system has no random
/// numbers.
[[nodiscard]] Result<RecoverySheet> makeRecoverySheet(const RecoveryCode &code,
                                                      const SheetSubject &subject,
                                                      const SheetOptions &options);

/// The sheet as text: UTF-8, lines ending with LF, at most 78 columns unless a value is longer.
[[nodiscard]] SecureBuffer toPlainText(const RecoverySheet &sheet);

/// "recovery-sheet-7K2M-4D.pdf": a file name that tells neither service nor account.
[[nodiscard]] QString suggestedFileName(const RecoverySheet &sheet, const QString &suffix);

/// Seven characters such as "7K2M-4D", without letters and digits that look alike.
/// Error: `Cryptography`.
[[nodiscard]] Result<QString> makeSheetId();

} // namespace Sparekey
