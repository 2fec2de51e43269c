// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/pdf/protectedpdf.h"

#include "tests/support/minimalpdf.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

namespace {

const QByteArray mark = "PAPERMARK";

// 32 characters: poppler's programs take no more on their command line.
SecureBuffer passphrase()
{
    return SecureBuffer::copyOf("maple-river-candle-orbit-pen-bay");
}

struct Ran
{
    int code;
    QByteArray output;
};

Ran run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForFinished(30000) || process.exitStatus() != QProcess::NormalExit)
        return {-1, process.readAll()};
    return {process.exitCode(), process.readAll()};
}

} // namespace

class TestProtectedPdf : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void opensWithThePassphrase();
    void isRefusedWithoutIt();
    void usesAes256Revision6();
    void hidesTheText();
    void differsEachTime();
    void provesThatItOpens();
    void noticesAWrongPassphrase();
    void noticesThatItIsNotProtected();
    void noticesOlderProtection();
    void refusesAShortPassphrase();
    void refusesWhatIsNoPdf();

private:
    QTemporaryDir m_folder;
    QString m_path;
    SecureBuffer m_protected;
};

void TestProtectedPdf::initTestCase()
{
    QVERIFY(m_folder.isValid());
    auto made = protectPdf(minimalPdf(mark), passphrase());
    QVERIFY2(made.has_value(), made ? "" : qPrintable(made.error().detail));
    m_protected = std::move(*made);
    m_path = m_folder.filePath(u"protected.pdf"_s);
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(m_protected.view().data(), m_protected.size()), m_protected.size());
}

void TestProtectedPdf::opensWithThePassphrase()
{
    const QString word = QString::fromUtf8(passphrase().view());
    QCOMPARE(run(u"qpdf"_s, {u"--password="_s + word, u"--check"_s, m_path}).code, 0);
    const Ran text = run(u"pdftotext"_s, {u"-upw"_s, word, m_path, u"-"_s});
    QCOMPARE(text.code, 0);
    QVERIFY(text.output.contains(mark));
}

void TestProtectedPdf::isRefusedWithoutIt()
{
    const Ran checked = run(u"qpdf"_s, {u"--check"_s, m_path});
    QVERIFY(checked.code != 0);
    QVERIFY2(checked.output.contains("invalid password"), checked.output.constData());
    QVERIFY(run(u"pdftotext"_s, {m_path, u"-"_s}).code != 0);
}

void TestProtectedPdf::usesAes256Revision6()
{
    const QString word = u"--password="_s + QString::fromUtf8(passphrase().view());
    const QByteArray shown = run(u"qpdf"_s, {word, u"--show-encryption"_s, m_path}).output;
    QVERIFY2(shown.contains("R = 6"), shown.constData());
    QVERIFY2(shown.contains("stream encryption method: AESv3"), shown.constData());
    QVERIFY2(shown.contains("string encryption method: AESv3"), shown.constData());
}

void TestProtectedPdf::hidesTheText()
{
    QVERIFY(minimalPdf(mark).contains(mark));
    QVERIFY(!m_protected.view().contains(mark));
    QVERIFY(!m_protected.view().contains("maple-river"));
}

void TestProtectedPdf::differsEachTime()
{
    const auto again = protectPdf(minimalPdf(mark), passphrase());
    QVERIFY(again.has_value());
    QVERIFY(!again->equals(m_protected.view()));
}

void TestProtectedPdf::provesThatItOpens()
{
    QVERIFY(verifyOpens(m_protected.view(), passphrase()).has_value());
}

void TestProtectedPdf::noticesAWrongPassphrase()
{
    const auto opened = verifyOpens(m_protected.view(),
                                    SecureBuffer::copyOf("another-pass-phrase"));
    QVERIFY(!opened.has_value());
    QCOMPARE(opened.error().kind, ErrorKind::PassphraseRefused);
}

void TestProtectedPdf::noticesThatItIsNotProtected()
{
    const auto opened = verifyOpens(minimalPdf(mark), passphrase());
    QVERIFY(!opened.has_value());
    QCOMPARE(opened.error().kind, ErrorKind::Cryptography);
}

void TestProtectedPdf::noticesOlderProtection()
{
    const QString plain = m_folder.filePath(u"plain.pdf"_s);
    const QString older = m_folder.filePath(u"older.pdf"_s);
    QFile file(plain);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(minimalPdf(mark));
    file.close();
    const QString word = QString::fromUtf8(passphrase().view());
    const Ran made = run(u"qpdf"_s,
                         {u"--encrypt"_s, word, word, u"128"_s, u"--use-aes=y"_s, u"--"_s, plain,
                          older});
    QVERIFY2(made.code == 0, made.output.constData());
    QFile protectedFile(older);
    QVERIFY(protectedFile.open(QIODevice::ReadOnly));
    const auto opened = verifyOpens(protectedFile.readAll(), passphrase());
    QVERIFY(!opened.has_value());
    QCOMPARE(opened.error().kind, ErrorKind::Cryptography);
}

void TestProtectedPdf::refusesAShortPassphrase()
{
    const auto made = protectPdf(minimalPdf(mark), SecureBuffer::copyOf("elevenchars"));
    QVERIFY(!made.has_value());
    QCOMPARE(made.error().kind, ErrorKind::PassphraseTooShort);
}

void TestProtectedPdf::refusesWhatIsNoPdf()
{
    const auto made = protectPdf("no PDF at all", passphrase());
    QVERIFY(!made.has_value());
    QCOMPARE(made.error().kind, ErrorKind::Cryptography);
}

QTEST_GUILESS_MAIN(TestProtectedPdf)
#include "tst_protectedpdf.moc"
