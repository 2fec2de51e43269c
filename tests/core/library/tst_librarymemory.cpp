// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Nothing of a library is left in memory when it is locked.

#include "core/library/library.h"
#include "tests/core/library/librarysamples.h"
#include "tests/core/outcome.h"
#include "tests/support/memoryscan.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

// Made at run time, so that the program itself does not contain it.
QByteArray secretOf(char seed)
{
    QByteArray secret(24, Qt::Uninitialized);
    for (qsizetype i = 0; i < secret.size(); ++i)
        secret[i] = static_cast<char>('A' + (i * i + 7 * i + seed) % 26);
    return secret;
}

SecureBuffer bufferOf(char seed)
{
    QByteArray secret = secretOf(seed);
    auto buffer = SecureBuffer::copyOf(secret);
    wipe(secret);
    return buffer;
}

LibraryEntry entryWith(char seed)
{
    LibraryEntry entry = LibraryEntry::create(u"list"_s, u"List"_s, sampleTime);
    startNewSet(entry, {{.value = SecretBytes(bufferOf(seed).view())}}, CodeSource::Entered, {},
                VoidReason::None, sampleTime);
    return entry;
}

} // namespace

class TestLibraryMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsLeftAfterLocking();
};

void TestLibraryMemory::nothingIsLeftAfterLocking()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"codes.kdbx"_s);
    const MemoryPattern code(secretOf(1));
    const MemoryPattern oldCode(secretOf(2));
    const MemoryPattern passphrase(secretOf(3));
    const auto key = [] {
        return LibraryKey{.passphrase = bufferOf(3)};
    };
    Library library([] { return cheapKdf(); });
    QVERIFY(outcomeOf(library.create(path, key())));
    {
        LibraryEntry entry = entryWith(2);
        QVERIFY(outcomeOf(library.put(entry)));
        startNewSet(entry, entryWith(1).sets.first().codes, CodeSource::Entered, {},
                    VoidReason::NewSet, sampleTime);
        QVERIFY(outcomeOf(library.put(entry)));
        QVERIFY(outcomeOf(library.provesKey(key())).value());
    }
    QVERIFY(code.copies() > 0);
    QVERIFY(oldCode.copies() > 0);
    QCOMPARE(passphrase.copies(), 0);
    library.lock();
    QCOMPARE(code.copies(), 0);
    QCOMPARE(oldCode.copies(), 0);

    QVERIFY(outcomeOf(library.open(path, key())));
    QVERIFY(outcomeOf(library.reload()));
    QVERIFY(code.copies() > 0);
    library.lock();
    QCOMPARE(code.copies(), 0);
    QCOMPARE(oldCode.copies(), 0);
    QCOMPARE(passphrase.copies(), 0);
}

QTEST_GUILESS_MAIN(TestLibraryMemory)
#include "tst_librarymemory.moc"
