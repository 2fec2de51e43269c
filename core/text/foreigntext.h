// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QUrl>

namespace Sparekey {

/// A text from outside (a server, a key, a printer, a file name) that may be shown. The constructor
/// sanitizes it, so that no caller can forget to do it:
///
/// - one line: control characters, line and paragraph separators become spaces, and several spaces
///   in a row one space;
/// - no invisible characters (category Cf), above all none that changes the text direction (UAX
///   #9), with which a hostile server could make its text look like ours. Only joiners stay, where
///   they join something, for emoji and Persian;
/// - at most `MostMarks` combining marks on one letter;
/// - at most `longest` UTF-16 units; never half a character, as people count them.
///
/// Plain text, never to be shown as rich text. A value; any thread.
class ForeignText
{
public:
    static constexpr qsizetype DefaultLongest = 300;
    /// Paths are useless without their end.
    static constexpr qsizetype LongestPath = 4096;
    static constexpr int MostMarks = 4;

    ForeignText() = default;
    // Implicit, because it sanitizes and so cannot be misused.
    ForeignText(const QString &raw, qsizetype longest = DefaultLongest); // NOLINT

    [[nodiscard]] static ForeignText path(const QString &path) { return {path, LongestPath}; }
    /// Scheme, host and port only, the host in its ASCII form: a path or a query could contain text
    /// that looks like ours.
    [[nodiscard]] static ForeignText origin(const QUrl &url);

    [[nodiscard]] const QString &text() const { return m_text; }
    operator const QString &() const { return m_text; } // NOLINT(google-explicit-constructor)
    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); }

    /// For use within a sentence: a text with right-to-left letters is isolated (U+2068, U+2069),
    /// so that it does not reorder the words around it.
    [[nodiscard]] QString isolated() const;

    friend bool operator==(const ForeignText &a, const ForeignText &b) = default;
    friend bool operator==(const ForeignText &a, const QString &b) { return a.m_text == b; }

private:
    QString m_text;
};

} // namespace Sparekey
