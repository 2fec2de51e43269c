// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/secretbytes.h"
#include "core/text/foreigntext.h"

#include <QDate>
#include <QList>
#include <QString>
#include <QStringList>

namespace Sparekey {

/// A code that was found in a text, a file or a picture.
struct FoundCode
{
    /// As the library stores it (`normalizedCode`); as written, in one line, if it does not fit.
    SecretBytes value = {};
    /// Has a mark that often means "used", such as a cross: the user has to decide.
    bool unsure = false;
    /// The source says for sure that it was used, as a library of ours does.
    bool used = false;
    QDate usedOn = {}; ///< Not valid if it was not used, or that is not known.
    /// Has the form of the service's codes. Else it is to be compared with the source.
    bool fits = true;

    bool operator==(const FoundCode &) const = default;
};

/// How the service was recognized, the surest first.
enum class Certainty {
    Stated,      ///< The source names it, as the issuer of a setup key does.
    FileName,    ///< The file is called as that service calls its downloads.
    HeaderWords, ///< The text names the service.
    Pattern,     ///< Only this service's codes look like these.
    Guess,       ///< A generic template, or one of several services.
};

/// What is odd about a finding, so that the preview can say it.
enum class ImportRemark {
    UnusualCount,      ///< Not as many codes as the service makes in a set.
    SomeDoNotFit,      ///< At least one code has another form (`FoundCode::fits`).
    MarksFound,        ///< At least one code has a mark (`FoundCode::unsure`).
    AllMarkedAlike,    ///< All codes have the same mark; it counts as none.
    DuplicatesDropped, ///< A code was there more than once; it is kept once.
    HiddenCharacters,  ///< Control or direction characters were left out.
    ServiceAmbiguous,  ///< Several services fit (`FoundCodes::candidates`).
};

/// A proposal for one entry of the library. Nothing is stored before the user has seen it. Copies
/// share the secrets. Use from one thread at a time.
struct FoundCodes
{
    QString service = {}; ///< `ServiceTemplate::id`
    Certainty certainty = Certainty::Guess;
    /// Other templates that fit as well, for a choice.
    QStringList candidates = {};
    ForeignText account = {}; ///< Email or user name; may be empty.
    QDate obtained = {};      ///< When the codes were made; not valid if the source does not say.
    /// In the order of the source. For a setup key one, whose value is the `otpauth://` URI.
    QList<FoundCode> codes = {};
    QList<ImportRemark> remarks = {};

    // From password managers and authenticator apps; else empty.
    ForeignText title = {};
    ForeignText signInAddress = {};
    ForeignText notes = {};
};

/// All that a text, a file or a picture contains.
struct ImportResult
{
    QList<FoundCodes> found = {};
    /// Items that were looked at and hold nothing that belongs in the library, or that are of a
    /// kind that is not supported.
    int skipped = 0;
};

} // namespace Sparekey
