// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/library/librarybench.h"

#include <QCoroTask>

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QSignalSpy>

using namespace Sparekey;
using namespace Qt::StringLiterals;

using Stage = ExportViewModel::Stage;
using Format = ExportViewModel::Format;

/// Codes that leave the library in a file of another format.
class TestExporting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_bench.reset(); }

    void provesTheKeyFirst();
    void savesEachFormat_data();
    void savesEachFormat();
    void savesOneEntryOnly();
    void savesNothingOverAFileUnasked();
    void wantsTheOwnPassphraseTwice();
    void saysWhenThereIsNothingToSave();
    void closesWhenTheLibraryIsLocked();

private:
    [[nodiscard]] ExportViewModel &exporting() { return *m_bench->page->exporting(); }
    void prove(const QString &passphrase)
    {
        exporting().proveKey(m_bench->entered(passphrase), {});
        QTRY_VERIFY(!exporting().isBusy());
    }
    void openAll()
    {
        exporting().open();
        prove(m_bench->passphrase);
        QCOMPARE(exporting().stage(), Stage::Choose);
    }
    void save(const QString &path, bool replace = false)
    {
        exporting().saveWithWords(path, {}, replace);
        QTRY_VERIFY_WITH_TIMEOUT(!exporting().isBusy(), 60'000);
    }
    [[nodiscard]] QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// What poppler reads in a PDF, with single spaces; empty if it does not open.
    [[nodiscard]] static QByteArray textOf(const QStringList &arguments)
    {
        QProcess process;
        process.start(u"pdftotext"_s, QStringList{u"-layout"_s} + arguments + QStringList{u"-"_s});
        process.waitForFinished(60'000);
        return process.readAllStandardOutput().simplified();
    }

    std::unique_ptr<LibraryBench> m_bench;
};

void TestExporting::init()
{
    m_bench = std::make_unique<LibraryBench>();
    QVERIFY(m_bench->create());
    QVERIFY(m_bench->put(LibraryBench::entry(u"google"_s, u"Google"_s, {"12345678", "23456789"})));
    QVERIFY(m_bench->put(LibraryBench::entry(u"github"_s, u"GitHub"_s, {"a1b2c3d4e5"})));
}

void TestExporting::provesTheKeyFirst()
{
    exporting().open();
    QCOMPARE(exporting().stage(), Stage::Key);
    save(m_bench->path(u"early.txt"_s));
    QVERIFY(!QFileInfo::exists(m_bench->path(u"early.txt"_s)));
    prove({});
    QVERIFY(!exporting().keyErrorText().isEmpty());
    prove(u"not these words"_s);
    QCOMPARE(exporting().stage(), Stage::Key);
    QVERIFY(!exporting().keyErrorText().isEmpty());
    QVERIFY(m_bench->fieldIsEmpty());
    prove(m_bench->passphrase);
    QCOMPARE(exporting().stage(), Stage::Choose);
    QVERIFY(exporting().keyErrorText().isEmpty());
}

void TestExporting::savesEachFormat_data()
{
    QTest::addColumn<Format>("format");
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<LibraryCopyKind>("kind");
    QTest::addColumn<QByteArray>("start");
    QTest::newRow("PDF") << Format::Pdf << u"pdf"_s << LibraryCopyKind::Pdf << "%PDF"_ba;
    QTest::newRow("PDF with password")
        << Format::ProtectedPdf << u"pdf"_s << LibraryCopyKind::ProtectedPdf << "%PDF"_ba;
    QTest::newRow("KeePass") << Format::Kdbx << u"kdbx"_s << LibraryCopyKind::Kdbx
                             << "\x03\xd9\xa2\x9a"_ba;
    QTest::newRow("Bitwarden") << Format::Json << u"json"_s << LibraryCopyKind::Json << "{"_ba;
    QTest::newRow("OpenPGP") << Format::OpenPgp << u"asc"_s << LibraryCopyKind::OpenPgp
                             << "-----BEGIN PGP MESSAGE-----"_ba;
    QTest::newRow("text") << Format::Text << u"txt"_s << LibraryCopyKind::Text << QByteArray();
}

void TestExporting::savesEachFormat()
{
    QFETCH(Format, format);
    QFETCH(QString, suffix);
    QFETCH(QByteArray, start);
    openAll();
    QVERIFY(exporting().isGpgOffered());
    exporting().setFormat(format);
    QVERIFY(exporting().suggestedPath().endsWith(u'.' + suffix));
    save(m_bench->path(u"exported"_s));
    QCOMPARE(exporting().errorText(), QString());
    QCOMPARE(exporting().stage(), Stage::Saved);
    const QString path = m_bench->path(u"exported."_s + suffix);
    QVERIFY2(exporting().doneText().contains(path), qPrintable(exporting().doneText()));
    QCOMPARE(QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
    const QByteArray content = contentOf(path);
    QVERIFY(content.startsWith(start));
    const bool plain = format == Format::Text;
    QCOMPARE(content.contains("1234 5678"), plain);
    QCOMPARE(content.contains("a1b2c-3d4e5"), plain);
    if (format == Format::Pdf) {
        const QByteArray text = textOf({path});
        QVERIFY2(text.contains("1234 5678") && text.contains("a1b2c-3d4e5"), text.constData());
    }
    for (int i = 0; i < 2; ++i) {
        QTRY_COMPARE(m_bench->library->entries()[i].copies.size(), 1);
        const LibraryCopy &copy = m_bench->library->entries()[i].copies.first();
        QTEST(copy.kind, "kind");
        QCOMPARE(copy.place, path);
        QCOMPARE(copy.set, 1);
    }
}

void TestExporting::savesOneEntryOnly()
{
    const QUuid google = m_bench->library->entries().first().id;
    exporting().openFor(google);
    QCOMPARE(exporting().entryTitle(), u"Google"_s);
    prove(m_bench->passphrase);
    exporting().setFormat(Format::Text);
    save(m_bench->path(u"google.txt"_s));
    const QByteArray content = contentOf(m_bench->path(u"google.txt"_s));
    QVERIFY(content.contains("1234 5678"));
    QVERIFY(!content.contains("a1b2c"));
    QTRY_COMPARE(m_bench->library->find(google)->copies.size(), 1);
    QVERIFY(m_bench->library->entries().last().copies.isEmpty());
}

void TestExporting::savesNothingOverAFileUnasked()
{
    openAll();
    exporting().setFormat(Format::Pdf);
    const QString path = m_bench->path(u"there.pdf"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("mine");
    file.close();
    save(path);
    QCOMPARE(exporting().stage(), Stage::Choose);
    QVERIFY(exporting().fileExists());
    QCOMPARE(contentOf(path), "mine"_ba);
    save(path, true);
    QCOMPARE(exporting().stage(), Stage::Saved);
    QVERIFY(contentOf(path).startsWith("%PDF"));
}

void TestExporting::wantsTheOwnPassphraseTwice()
{
    openAll();
    const QString path = m_bench->path(u"codes.pdf"_s);
    SecretInput first;
    SecretInput second;
    SecretEntry own;
    SecretEntry repeated;
    own.setInput(&first);
    repeated.setInput(&second);
    first.fill(u"a long enough phrase"_s);
    second.fill(u"another long phrase"_s);
    exporting().saveWithOwn(path, &own, &repeated, false);
    QVERIFY(!exporting().isBusy());
    QVERIFY(!exporting().passphrase()->errorText().isEmpty());
    QVERIFY(!QFileInfo::exists(path));
    second.fill(u"a long enough phrase"_s);
    exporting().saveWithOwn(path, &own, &repeated, false);
    QTRY_COMPARE_WITH_TIMEOUT(exporting().stage(), Stage::Saved, 60'000);
    QVERIFY(textOf({path}).isEmpty());
    const QByteArray text = textOf({u"-upw"_s, u"a long enough phrase"_s, path});
    QVERIFY2(text.contains("1234 5678"), text.constData());
}

void TestExporting::saysWhenThereIsNothingToSave()
{
    LibraryEntry entry = m_bench->library->entries().first();
    voidCurrentSet(entry, VoidReason::Lost, QDateTime::currentDateTimeUtc());
    QVERIFY(QCoro::waitFor(m_bench->library->put(entry)).has_value());
    exporting().openFor(entry.id);
    prove(m_bench->passphrase);
    save(m_bench->path(u"none.pdf"_s));
    QVERIFY(!exporting().errorText().isEmpty());
    QVERIFY(!QFileInfo::exists(m_bench->path(u"none.pdf"_s)));
}

void TestExporting::closesWhenTheLibraryIsLocked()
{
    openAll();
    QVERIFY(!exporting().passphrase()->words()->isEmpty());
    m_bench->page->lock();
    QCOMPARE(exporting().stage(), Stage::Closed);
    QVERIFY(exporting().passphrase()->words()->isEmpty());
    exporting().open();
    QCOMPARE(exporting().stage(), Stage::Closed);
}

QTEST_MAIN(TestExporting)
#include "tst_exporting.moc"
