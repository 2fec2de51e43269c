// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringList>

#include <optional>

namespace Sparekey {

/// What a service gives its users in case they lose their second step.
enum class SecretForm {
    CodeList,   ///< Several codes, each of which works once.
    SingleCode, ///< One code or key.
    SetupKey,   ///< No codes: the setup key of the authenticator app is kept.
};

/// What a code may consist of.
enum class CodeContent {
    Characters, ///< Characters of one set, a fixed number of them or a range.
    Line,       ///< A word, or up to 16 words with single spaces between them.
    Text,       ///< Any text of one line.
    SetupKey,   ///< An `otpauth://` URI, or a setup key in base32.
};

/// What becomes of the letters A to Z.
enum class LetterCase { Kept, Lower, Upper };

/// What the codes of one service look like and how they are used. A value, read from
/// `resources/services/services.json`; any thread.
struct ServiceTemplate
{
    /// In characters; no template admits more.
    static constexpr int longestCode = 512;

    QString id; ///< "google"; stable, because files store it.
    /// "Google". Names of brands are not translated; a generic template (`isGeneric`) has its
    /// translated name in ui.
    QString name;
    SecretForm form = SecretForm::CodeList;
    int usualCount = 0;           ///< Codes in a set; 0 if that is not known.
    bool reusable = false;        ///< Stays valid after its use.
    bool newSetVoidsOld = false;  ///< Making new codes voids the old ones.
    QString newCodesAddress = {}; ///< Page where new codes are made; may be empty.
    QString useAddress = {};      ///< Page where a code is used; may be empty.
    QStringList fileNames = {};   ///< Of downloaded files, with wildcards: "Backup-codes-*.txt".
    QStringList headerWords = {}; ///< In lower case; a file of the service contains one of them.

    CodeContent content = CodeContent::Characters;
    QByteArray characters = {}; ///< All that a normalized code may consist of.
    int shortest = 0;           ///< In characters, of a normalized code.
    int longest = 0;
    LetterCase letters = LetterCase::Kept;      ///< Of a normalized code.
    LetterCase shownLetters = LetterCase::Kept; ///< Where the service shows another case.
    bool removesSpaces = false;                 ///< Spaces do not belong to the code.
    bool removesHyphens = false;                ///< Nor do hyphens and other dashes.
    int groupSize = 0;                          ///< As shown; 0: not in groups.
    QByteArray separator = {};                  ///< Between the groups.
    bool bitLockerBlocks = false; ///< Each six digits are a multiple of 11 below 720 896.

    /// For a service that has no template: "list", "single" and "setupKey".
    [[nodiscard]] bool isGeneric() const;
};

/// What is stored and compared: without gaps, in one case. The whole `otpauth://` URI for a setup
/// key, with the template's name where the entered key names no service. Nothing if `entered`
/// (UTF-8) does not fit the template.
[[nodiscard]] std::optional<SecureBuffer> normalizedCode(const ServiceTemplate &service,
                                                         QByteArrayView entered);

/// As the service shows it, in groups and in its case; of a setup key the key alone, in groups of
/// four. A text that does not fit the template is returned as it is.
[[nodiscard]] SecureBuffer displayCode(const ServiceTemplate &service, QByteArrayView normalized);

} // namespace Sparekey
