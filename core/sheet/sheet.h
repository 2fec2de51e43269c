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

/// Which secret a sheet holds.
enum class SheetKind {
    RecoveryCode,    ///< Of a Bitwarden account: `makeRecoverySheet`.
    AccountSetupKey, ///< The same: `makeSetupSheet`.
    CodeList,        ///< Of another service: `makeListSheet`.
    ServiceCode,     ///< The one code of another service: `makeSingleCodeSheet`.
    ServiceSetupKey, ///< Of another service's authenticator: `makeServiceSetupSheet`.
};

/// Whether it is a setup sheet for an authenticator app, not one with recovery codes.
[[nodiscard]] bool isSetupSheet(SheetKind kind);

/// What the user chooses before printing or saving.
struct SheetOptions
{
    PaperSize paper = PaperSize::A4;
    /// With a QR code a camera can read the secret, and many cameras upload their pictures.
    bool qrCodes = true;
    /// If off, a line is left to fill in by hand, so that a found sheet does not name its account.
    bool email = true;
    /// 1 to 9; each copy is a page with the number of the copy. 0 for a file: one page without such
    /// a number.
    int copies = 1;
};

/// The Bitwarden account that the secret belongs to.
struct SheetSubject
{
    QString serverAddress = {}; ///< The web vault, as a person would enter it.
    bool selfHosted = false;    ///< Not one of the two clouds.
    QString accountEmail = {};  ///< May be empty.
    /// The same in ASCII, where letters cannot be printed (`asciiEmail`); else empty.
    QString accountAscii = {};
    /// Page on which a recovery code is used; may be empty. Never has the code in it.
    QString recoveryAddress = {};
    QDateTime made = {};  ///< When the sheet is made.
    QString sheetId = {}; ///< Of `makeSheetId`; empty: a new one.
};

/// A group of characters that is never broken over two lines.
struct SheetGroup
{
    qsizetype offset = 0; ///< In bytes of `Sheet::secret`.
    qsizetype size = 0;   ///< In bytes.
};

/// A line of the secret, in groups that can be read aloud.
struct SheetLine
{
    QString caption; ///< "row 1"
    QList<SheetGroup> groups;
    QString check; ///< Two characters; empty if the line has others than letters and digits.
};

/// Whether a code of a list still works.
enum class SheetCodeState {
    Unused,
    Used,   ///< Struck through.
    Unsure, ///< The user does not know.
};

/// A code of a list.
struct SheetRow
{
    int number = 0; ///< From 1.
    QList<SheetGroup> lines =
        {};             ///< The code as the service shows it; several lines if it is long.
    QString check = {}; ///< As `SheetLine::check`.
    SheetCodeState state = SheetCodeState::Unused;
    QString mark = {}; ///< "used 2026-05-04"; empty for an unused code.
};

/// "Label  value"; an empty value is a blank to fill in by hand.
struct SheetFact
{
    QString label;
    QString value;
    QString ascii = {}; ///< The value in ASCII, if its letters cannot be printed.
};

/// What to do, and where, if the step has an address.
struct SheetStep
{
    QString text;
    QString address;
};

/// A line to write on. A wide one has the whole width, others share it.
struct SheetBlank
{
    QString label;
    bool wide = false;
};

/// A box to tick, followed by `dates` blanks for a date.
struct SheetBox
{
    QString label;
    int dates = 1;
};

/// The content of a sheet that keeps one secret: all its texts, in reading order, and nothing about
/// how it is drawn. Move-only, because it holds the secret.
///
/// Pure data without a thread of its own; made by the functions that `SheetKind` names, painted by
/// `paintSheet`, written as text by `toPlainText`.
struct Sheet
{
    /// Printed in the footer, so that old sheets can be told from new ones.
    static constexpr int formatNumber = 2;
    /// In characters. Longer secrets of an account are refused, because they do not fit the box for
    /// the code.
    static constexpr qsizetype longestSecret = 128;

    SheetKind kind = SheetKind::RecoveryCode;
    SheetOptions options;

    QString title;       ///< Says what the sheet opens.
    QString sheetId;     ///< "7K2M-4D"; random, says nothing about the code.
    QString sheetIdLine; ///< "Sheet 7K2M-4D"
    /// "Page %1 of %2", for the painter to fill in. Empty if the sheet always has one page.
    QString pageLine;
    QString madeLine;      ///< "Printed 2026-11-22"
    QStringList copyLines; ///< "Copy 1 of 2", one for each page; empty in a file.

    QList<SheetFact> facts;
    QString purpose;   ///< When to use the sheet, and what else is needed.
    QStringList notes; ///< What is special about this service; paragraphs.

    QString secretHeading;
    SecureBuffer secret;    ///< What the groups' offsets refer to, UTF-8.
    QList<SheetLine> lines; ///< Of a single secret.
    /// The lines are large, and are read group by group. Else they are small, and a file has the
    /// secret in one piece.
    bool grouped = true;
    bool dense = false;   ///< Grouped, but not quite as large, because there are many lines.
    QList<SheetRow> rows; ///< Of a list.
    QString codeLabel;    ///< Above the codes of a list.
    QString usedOnLabel;  ///< Above the boxes and dates of a list.
    QString checkLabel;
    QList<SheetFact> glyphs; ///< Characters that look alike, and what they are; if grouped only.
    QString formNote;        ///< A note about the form of the secret.
    QString breakLegend;     ///< Only for a secret that is broken over lines where it has no gap.
    QString checkLegend;     ///< Empty if no line has check characters.

    SecureBuffer qrContent; ///< Never a web address. Empty: no QR code.
    QString qrCaption;
    QString qrNote;        ///< Why there is no QR code although one was wished for. Else empty.
    QString pageQrContent; ///< The recovery page, for the first step. Empty: no second QR code.
    QString pageQrCaption;
    /// In the plain text, the heading for the QR code's content, if that is useful as text. Else
    /// empty.
    QString qrTextHeading;

    QString foldLabel;

    QString stepsHeading;
    QList<SheetStep> steps;
    QString rule; ///< The one sentence that must not be overlooked.
    QString problemsHeading;
    QStringList problems; ///< What to try when the steps do not work.

    QList<SheetBlank> blanks; ///< To fill in by hand.
    QList<SheetBox> boxes;
    QString footer;
};

/// The sheet as text: UTF-8, lines ending with LF, at most 78 columns unless a value is longer.
[[nodiscard]] SecureBuffer toPlainText(const Sheet &sheet);

/// "recovery-sheet-7K2M-4D.pdf", "setup-sheet-7K2M-4D.pdf": a file name that reveals neither
/// service nor account.
[[nodiscard]] QString suggestedFileName(const Sheet &sheet, const QString &suffix);

/// An email address or another name in ASCII: the domain in punycode (RFC 3492), other letters of
/// the name as `\u{5F20}`.
[[nodiscard]] QString asciiEmail(const QString &email);

/// Seven characters such as "7K2M-4D", without letters and digits that look alike.
/// Error: `Cryptography`.
[[nodiscard]] Result<QString> makeSheetId();

} // namespace Sparekey
