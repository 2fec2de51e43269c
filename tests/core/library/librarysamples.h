// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/library/libraryentry.h"
#include "core/library/librarykey.h"
#include "tests/core/kdbx/kdbxsamples.h"

namespace Sparekey {

inline QList<LibraryCode> codesOf(std::initializer_list<QByteArrayView> values)
{
    QList<LibraryCode> codes;
    for (const QByteArrayView value : values)
        codes.append({.value = SecretBytes(value)});
    return codes;
}

/// Ten codes of which two are used, an older set, copies and all the rest.
inline LibraryEntry googleEntry()
{
    using namespace Qt::StringLiterals;
    LibraryEntry entry = LibraryEntry::create(u"google"_s, u"Google"_s, sampleTime);
    entry.account = u"me@example.org"_s;
    entry.signInAddress = u"https://accounts.google.example"_s;
    entry.recoveryAddress = u"https://recover.google.example"_s;
    entry.notes = u"First line\nsecond line, שלום 🔑"_s;
    entry.tags = {u"email"_s, u"family"_s};
    entry.serverAccount = u"fedcba9876fedcba9876"_s;
    startNewSet(entry, codesOf({"11112222", "33334444"}), CodeSource::Entered, QDate(2025, 1, 2),
                VoidReason::None, sampleTime);
    markUsed(entry, 1, sampleTime, u"laptop"_s);
    startNewSet(entry,
                codesOf({"12345678", "23456789", "34567890", "45678901", "56789012", "67890123",
                         "78901234", "89012345", "90123456", "01234567"}),
                CodeSource::File, QDate(2026, 5, 4), VoidReason::NewSet, sampleTime);
    markUsed(entry, 0, sampleTime, u"phone"_s);
    markUsed(entry, 6, {}, {});
    entry.sets.last().codes[3].state = CodeState::Unsure;
    entry.copies = {{.kind = LibraryCopyKind::Paper,
                     .made = sampleTime,
                     .sheetId = u"7K2M-4D"_s,
                     .set = 2,
                     .place = u"safe at home"_s,
                     .checked = sampleTime.addDays(3)},
                    {.kind = LibraryCopyKind::ProtectedPdf,
                     .made = sampleTime,
                     .set = 1,
                     .destroyed = sampleTime.addDays(1)}};
    entry.needs = {{.kind = Need::Kind::Phone, .text = u"the old one"_s},
                   {.kind = Need::Kind::Person, .text = u"Kim"_s}};
    entry.reminders = {.lowAt = 2, .reviewMonths = 6};
    return entry;
}

inline LibraryKey libraryKey(QByteArrayView passphrase = "violet kettle harbour seven")
{
    return {.passphrase = SecureBuffer::copyOf(passphrase)};
}

} // namespace Sparekey
