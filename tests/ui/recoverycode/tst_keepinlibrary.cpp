// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/managedpage.h"
#include "ui/library/entrytexts.h"

#include <QCoroTask>

#include <QFile>
#include <QSignalSpy>

using namespace Sparekey;
using namespace Qt::StringLiterals;

using Stage = RecoveryCodeViewModel::Stage;
using InLibrary = RecoveryCodeViewModel::InLibrary;
using Format = SheetViewModel::Format;

/// The recovery code of an account that is signed in, and its entry in the library.
class TestKeepInLibrary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_test.close(); }

    void makesTheEntry();
    void keepsTheSameCodeOnce();
    void anotherCodeOfTheServerMakesTheKeptOneVoid();
    void aCodeUsedToSignInIsVoid();
    void aCodeUsedWhileTheLibraryWasLockedIsVoid();
    void aUsedCodeDoesNotVoidTheNewOne();
    void recordsCopies();
    void recordsCopiesThatWereMadeBefore();
    void waitsUntilALibraryIsMade();
    void waitsUntilTheLibraryIsOpened();
    void lockingForgetsTheCodeThatWaits();
    void aReadOnlyLibraryIsLeftAsItIs();

private:
    [[nodiscard]] RecoveryCodeViewModel &dialog() { return *m_test.page->recoveryCode(); }
    [[nodiscard]] Library &library() { return m_test.library(); }
    [[nodiscard]] QString file() { return m_test.filePath(u"codes.kdbx"_s); }
    [[nodiscard]] static LibraryKey key()
    {
        return {.passphrase = SecureBuffer::fromText(u"maple river candle orbit"_s)};
    }
    void create() { QVERIFY(QCoro::waitFor(library().create(file(), key())).has_value()); }
    void open() { QVERIFY(QCoro::waitFor(library().open(file(), key())).has_value()); }
    /// Shows the code that the server has.
    void show()
    {
        dialog().open();
        dialog().verification()->submit(
            SecureBuffer::fromText(m_test.server.account(ManagedPage::role).password));
        QTRY_COMPARE_WITH_TIMEOUT(dialog().stage(), Stage::Shown, 10'000);
    }
    void setServerCode(const QString &code)
    {
        QVERIFY(m_test.server.editAccount(ManagedPage::role, {{u"recoveryCode"_s, code}}));
    }
    void keep()
    {
        show();
        QCOMPARE(dialog().inLibrary(), InLibrary::NotKept);
        dialog().keepInLibrary();
        QTRY_COMPARE(dialog().inLibrary(), InLibrary::Kept);
    }
    void saveAsText()
    {
        dialog().sheet()->save(Format::Text, m_test.filePath(u"sheet.txt"_s), true);
        QTRY_COMPARE_WITH_TIMEOUT(dialog().sheet()->work(), SheetViewModel::Work::Idle, 10'000);
        QCOMPARE(dialog().sheet()->errorText(), QString());
    }
    [[nodiscard]] const LibraryEntry &entry() { return library().entries().first(); }
    [[nodiscard]] QByteArray currentCode()
    {
        const CodeSet *set = entry().current();
        return set ? set->codes.first().value.view().toByteArray() : QByteArray();
    }

    const QString m_first = u"abcd2345efgh2345ijkl2345mnop2345"_s;
    const QString m_second = u"zyxw2345vuts2345rqpo2345nmlk2345"_s;
    ManagedPage m_test;
};

void TestKeepInLibrary::initTestCase()
{
    QVERIFY2(m_test.startServer(), qPrintable(m_test.server.problem()));
}

void TestKeepInLibrary::init()
{
    QVERIFY(m_test.open(u"token"_s));
    setServerCode(m_first);
}

void TestKeepInLibrary::makesTheEntry()
{
    create();
    keep();
    QCOMPARE(library().entries().size(), 1);
    QCOMPARE(entry().service, u"bitwarden"_s);
    QCOMPARE(entry().account, dialog().accountText());
    QCOMPARE(entry().serverAccount, m_test.accountKey());
    QVERIFY(entry().signInAddress.startsWith(u"http"_s));
    QVERIFY2(entry().recoveryAddress.endsWith(u"/#/recover-2fa"_s),
             qPrintable(entry().recoveryAddress));
    QCOMPARE(newCodesAddressOf(entry()),
             entry().signInAddress + u"/#/settings/security/two-factor"_s);
    QCOMPARE(currentCode(), m_first.toLatin1());
    QCOMPARE(entry().current()->source, CodeSource::Server);
    QVERIFY(!dialog().isReplacedInLibrary());
}

void TestKeepInLibrary::keepsTheSameCodeOnce()
{
    create();
    keep();
    dialog().close();
    show();
    QCOMPARE(dialog().inLibrary(), InLibrary::Kept);
    dialog().keepInLibrary();
    QCOMPARE(library().entries().size(), 1);
    QCOMPARE(entry().sets.size(), 1);
}

void TestKeepInLibrary::anotherCodeOfTheServerMakesTheKeptOneVoid()
{
    create();
    keep();
    saveAsText();
    QTRY_COMPARE(entry().copies.size(), 1);
    dialog().close();
    setServerCode(m_second);
    show();
    QTRY_VERIFY(dialog().isReplacedInLibrary());
    QCOMPARE(dialog().inLibrary(), InLibrary::Kept);
    QCOMPARE(library().entries().size(), 1);
    QCOMPARE(entry().sets.size(), 2);
    QCOMPARE(entry().sets.first().state, SetState::Void);
    QCOMPARE(entry().sets.first().reason, VoidReason::ServerChanged);
    QCOMPARE(currentCode(), m_second.toLatin1());
    QCOMPARE(copiesToDestroy(entry()), QList<qsizetype>{0});
}

void TestKeepInLibrary::aCodeUsedToSignInIsVoid()
{
    create();
    keep();
    dialog().close();
    m_test.page->setRecoveryCodeUsed(true);
    QTRY_VERIFY(!entry().current());
    QCOMPARE(entry().sets.last().reason, VoidReason::Used);
    QCOMPARE(entry().sets.last().codes.first().state, CodeState::Used);
    QTRY_VERIFY(m_test.events().all().isEmpty());
}

void TestKeepInLibrary::aCodeUsedWhileTheLibraryWasLockedIsVoid()
{
    create();
    keep();
    dialog().close();
    library().lock();
    m_test.page->setRecoveryCodeUsed(true);
    QCOMPARE(m_test.events().all().size(), 1);
    open();
    QTRY_VERIFY(!entry().current());
    QCOMPARE(entry().sets.last().reason, VoidReason::Used);
    QTRY_VERIFY(m_test.events().all().isEmpty());
}

void TestKeepInLibrary::aUsedCodeDoesNotVoidTheNewOne()
{
    create();
    m_test.page->setRecoveryCodeUsed(true);
    QCOMPARE(m_test.events().all().size(), 1);
    keep();
    QVERIFY(m_test.events().all().isEmpty());
    dialog().close();
    library().lock();
    open();
    QCOMPARE(currentCode(), m_first.toLatin1());
}

void TestKeepInLibrary::recordsCopies()
{
    create();
    keep();
    saveAsText();
    QTRY_COMPARE(entry().copies.size(), 1);
    QCOMPARE(entry().copies.first().kind, LibraryCopyKind::Text);
    QCOMPARE(entry().copies.first().place, m_test.filePath(u"sheet.txt"_s));
    QCOMPARE(entry().copies.first().set, 1);
}

void TestKeepInLibrary::recordsCopiesThatWereMadeBefore()
{
    create();
    show();
    saveAsText();
    QVERIFY(library().entries().isEmpty());
    dialog().keepInLibrary();
    QTRY_COMPARE(dialog().inLibrary(), InLibrary::Kept);
    QCOMPARE(entry().copies.size(), 1);
    QCOMPARE(entry().copies.first().kind, LibraryCopyKind::Text);
}

void TestKeepInLibrary::waitsUntilALibraryIsMade()
{
    QSignalSpy wanted(&m_test.keeper(), &AccountCodeKeeper::libraryWanted);
    QSignalSpy kept(&m_test.keeper(), &AccountCodeKeeper::keptLate);
    show();
    QCOMPARE(dialog().inLibrary(), InLibrary::NoLibrary);
    dialog().keepInLibrary();
    QCOMPARE(dialog().stage(), Stage::Closed);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(m_test.keeper().waitingFor(), dialog().accountText());
    create();
    QTRY_COMPARE(kept.size(), 1);
    QCOMPARE(kept.first().at(0).toUuid(), entry().id);
    QCOMPARE(currentCode(), m_first.toLatin1());
    QVERIFY(!m_test.keeper().isUnlocked());
}

void TestKeepInLibrary::waitsUntilTheLibraryIsOpened()
{
    create();
    library().lock();
    show();
    QCOMPARE(dialog().inLibrary(), InLibrary::Locked);
    dialog().keepInLibrary();
    QVERIFY(m_test.keeper().isUnlocked());
    QVERIFY(!QCoro::waitFor(library().open(file(), {.passphrase = SecureBuffer::copyOf("no")})));
    QVERIFY(m_test.keeper().isUnlocked());
    open();
    QTRY_COMPARE(library().entries().size(), 1);
    QCOMPARE(currentCode(), m_first.toLatin1());
}

void TestKeepInLibrary::lockingForgetsTheCodeThatWaits()
{
    show();
    dialog().keepInLibrary();
    m_test.keeper().lock();
    QVERIFY(m_test.keeper().waitingFor().isEmpty());
    create();
    QVERIFY(library().entries().isEmpty());
}

void TestKeepInLibrary::aReadOnlyLibraryIsLeftAsItIs()
{
    create();
    library().lock();
    Library other([] { return argon2idParameters(quint64{8} * 1024, 1, 1); });
    QVERIFY(QCoro::waitFor(other.open(file(), key())).has_value());
    open();
    QVERIFY(library().isReadOnly());
    show();
    QCOMPARE(dialog().inLibrary(), InLibrary::ReadOnly);
    dialog().keepInLibrary();
    QVERIFY(library().entries().isEmpty());
    QVERIFY(!dialog().isSavingInLibrary());
}

QTEST_MAIN(TestKeepInLibrary)
#include "tst_keepinlibrary.moc"
