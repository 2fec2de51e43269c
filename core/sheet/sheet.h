// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret/securebuffer.h"
#include "core/sheet/papersize.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

namespace Sparekey {

enum class SheetKind {
    RecoveryCode,     ///< `makeRecoverySheet`
    AuthenticatorKey, ///< `makeSetUpSheet`
};

/// What the user chooses before printing or saving.
struct SheetOptions
{
    PaperSize paper = PaperSize::A4;
    /// A camera can read the secret, and many cameras keep pictures elsewhere.
    bool qrCodes = true;
    /// Off leaves a line to fill by hand, so that a found sheet does not name its account.
    bool email = true;
    /// 1 to 9; each copy becomes a page that says which one it is. 0 for a file: one page, which
    /// does not say how often it was printed.
    int copies = 1;
};

/// What the secret belongs to.
struct SheetSubject
{
    QString serviceName;   ///< Such as "Bitwarden (EU)"; may be empty.
    QString serverAddress; ///< The web vault, as a person would type it.
    QString accountEmail;  ///< May be empty.
    QString recoveryAddress =
        {};               ///< Page on which a recovery code is used; may be empty. Never has it.
    QDateTime obtained;   ///< When the server sent the secret.
    QDateTime made;       ///< When the sheet is made.
    QString sheetId = {}; ///< Of `makeSheetId`; empty: a new one.
};

/// A group of characters that is never broken over two lines.
struct SheetGroup
{
    QString label;        ///< "a1"; empty if the sheet is not `grouped`.
    qsizetype offset = 0; ///< In bytes of `Sheet::secret`.
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

/// The content of a sheet that keeps one secret: every word that stands on it, in reading order,
/// and nothing about how it is drawn. Move-only, because it holds the secret.
///
/// Pure data without a thread of its own; made by `makeRecoverySheet` or `makeSetUpSheet`, painted
/// by `SheetPainter`, written as text by `toPlainText`.
struct Sheet
{
    /// Stands in the footer, so that help can be found for old paper.
    static constexpr int formatNumber = 1;
    /// In characters. What is longer is refused: four lines of 32 fill the room of the sheet.
    static constexpr qsizetype longestSecret = 128;

    SheetKind kind = SheetKind::RecoveryCode;
    SheetOptions options;

    QString title;
    QString serviceName;
    QString sheetId;       ///< "7K2M-4D"; random, says nothing about the code.
    QString sheetIdLine;   ///< "Sheet 7K2M-4D"
    QString obtainedLine;  ///< "Code obtained 2026-11-21"
    QString madeLine;      ///< "Made 2026-11-22"
    QStringList copyLines; ///< "Page 1 of 1 · copy 1 of 2", one for each page; empty in a file.

    QList<SheetFact> facts;
    QString secretHeading;
    SecureBuffer secret; ///< What the groups' offsets refer to, UTF-8.
    QList<SheetLine> lines;
    /// Groups of four, at most two lines of them, in large type. Else whole lines.
    bool grouped = true;
    QString checkLabel;
    QList<SheetFact> glyphs; ///< Characters that look alike, and what they are; if grouped only.
    QString formNote;        ///< What is to be known about the form of the secret.
    QString breakLegend;     ///< Only for a secret that is broken over lines where it has no gap.
    QString checkLegend;     ///< Empty if no line has check characters.

    SecureBuffer qrContent; ///< Never an address of the web. Empty: no QR code.
    QString qrCaption;
    QString qrDetail;
    QString pageQrContent; ///< The recovery page. Empty: no second QR code.
    QString pageQrCaption;
    /// Heading in text, where the content of the QR code is of use as letters. Else empty.
    QString qrTextHeading;

    QString stepsHeading;
    QList<SheetStep> steps;
    QString rule; ///< The one sentence that must not be overlooked.
    QString note;

    QString handHeading;
    QList<SheetFact> handFields;
    QList<SheetBox> boxes;

    QString foldLabel;
    QString footer;
};

/// The sheet as text: UTF-8, lines ending with LF, at most 78 columns unless a value is longer.
[[nodiscard]] SecureBuffer toPlainText(const Sheet &sheet);

/// "recovery-sheet-7K2M-4D.pdf", "set-up-sheet-7K2M-4D.pdf": a file name that tells neither service
/// nor account.
[[nodiscard]] QString suggestedFileName(const Sheet &sheet, const QString &suffix);

/// Seven characters such as "7K2M-4D", without letters and digits that look alike.
/// Error: `Cryptography`.
[[nodiscard]] Result<QString> makeSheetId();

} // namespace Sparekey
