// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Every kind of key file that KeePass has known.

#include "kdbxsamples.h"

#include "core/kdbx/keyfile.h"

#include <QCryptographicHash>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

const QByteArray key = QByteArray::fromHex(
    "a7007945d07d54ba28df6434191b4500fce06d33b6b0d4e46a05db3a7f2b9b7e");

QByteArray xmlKeyFile(const QByteArray &version, const QByteArray &data)
{
    return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<KeyFile>\n\t<Meta><Version>" + version
        + "</Version></Meta>\n\t<Key>\n\t\t" + data + "\n\t</Key>\n</KeyFile>\n";
}

QByteArray hash(const QByteArray &octets)
{
    return QCryptographicHash::hash(octets, QCryptographicHash::Sha256);
}

} // namespace

class TestKdbxKeyFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void standsForItsKey_data();
    void standsForItsKey();
    void damageIsNoticed_data();
    void damageIsNoticed();
    void writtenOneIsRead();
    void partsOfTheKeyAreToldApart();
};

void TestKdbxKeyFile::standsForItsKey_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray check = hash(key).first(4).toHex();
    QTest::newRow("XML 2.0") << xmlKeyFile("2.0",
                                           "<Data Hash=\"" + check + "\">\n\t"
                                               + key.toHex(' ').toUpper() + "\n</Data>")
                             << key;
    QTest::newRow("XML 1.0") << xmlKeyFile("1.00", "<Data>" + key.toBase64() + "</Data>") << key;
    QTest::newRow("XML 1.0, spaces")
        << xmlKeyFile("1.0", "<Data>\n  " + key.toBase64() + "\n</Data>") << key;
    QTest::newRow("byte order mark")
        << "\xEF\xBB\xBF" + xmlKeyFile("1.00", "<Data>" + key.toBase64() + "</Data>") << key;
    QTest::newRow("32 bytes") << key << key;
    QTest::newRow("64 digits") << key.toHex() << key;
    QTest::newRow("64 large digits") << key.toHex().toUpper() << key;
    QTest::newRow("64 other characters") << QByteArray(64, 'g') << hash(QByteArray(64, 'g'));
    QTest::newRow("62 digits, two spaces")
        << key.toHex().first(62) + "  " << hash(key.toHex().first(62) + "  ");
    QTest::newRow("31 bytes") << key.first(31) << hash(key.first(31));
    QTest::newRow("other XML") << QByteArray("<a/>") << hash("<a/>");
    QTest::newRow("a picture") << QByteArray(100'000, '\xFF') << hash(QByteArray(100'000, '\xFF'));
}

void TestKdbxKeyFile::standsForItsKey()
{
    QFETCH(const QByteArray, content);
    QFETCH(const QByteArray, expected);
    const auto read = keyFromKeyFile(SecureBuffer::copyOf(content));
    QVERIFY2(read, qPrintable(read ? QString() : read.error().detail));
    QCOMPARE(read->view(), QByteArrayView(expected));
}

void TestKdbxKeyFile::damageIsNoticed_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("kind");
    const QByteArray check = hash(key).first(4).toHex();
    const QByteArray attribute = " Hash=\"" + check + "\"";
    const QByteArray whole = xmlKeyFile("2.0",
                                        "<Data Hash=\"" + check + "\">" + key.toHex() + "</Data>");
    const int damaged = int(KdbxErrorKind::KeyFileDamaged);
    QTest::newRow("empty") << QByteArray() << damaged;
    QTest::newRow("one digit changed")
        << QByteArray(whole).replace("a7007945", "a7007946") << damaged;
    QTest::newRow("no check") << QByteArray(whole).replace(attribute, "") << damaged;
    QTest::newRow("too short") << QByteArray(whole).replace("2b9b7e", "") << damaged;
    QTest::newRow("no digit") << QByteArray(whole).replace("2b9b7e", "2b9b7x") << damaged;
    QTest::newRow("cut off") << whole.chopped(12) << damaged;
    QTest::newRow("no key") << xmlKeyFile("2.0", "") << damaged;
    QTest::newRow("no base64") << xmlKeyFile("1.00", "<Data>?!?</Data>") << damaged;
    QTest::newRow("empty base64") << xmlKeyFile("1.00", "<Data/>") << damaged;
    QTest::newRow("DTD") << "<!DOCTYPE a [<!ENTITY b \"c\">]>" + whole.sliced(whole.indexOf("<K"))
                         << damaged;
    QTest::newRow("version 3") << xmlKeyFile("3.0", "<Data/>")
                               << int(KdbxErrorKind::KeyFileNotReadable);
}

void TestKdbxKeyFile::damageIsNoticed()
{
    QFETCH(const QByteArray, content);
    QFETCH(const int, kind);
    const auto read = keyFromKeyFile(SecureBuffer::copyOf(content));
    QVERIFY(!read);
    QCOMPARE(int(read.error().kind), kind);
    if (read.error().kind == KdbxErrorKind::KeyFileNotReadable)
        QCOMPARE(read.error().subject.text(), u"3.0"_s);
}

void TestKdbxKeyFile::writtenOneIsRead()
{
    const auto file = writeKeyFile(SecureBuffer::copyOf(key));
    QVERIFY(file);
    QCOMPARE(keyFromKeyFile(*file)->view(), QByteArrayView(key));
    QVERIFY(!writeKeyFile(SecureBuffer::copyOf(key.first(31))));
}

void TestKdbxKeyFile::partsOfTheKeyAreToldApart()
{
    CompositeKey none;
    QVERIFY(none.isEmpty());
    const auto database = smallDatabase();
    QCOMPARE(writeKdbx(database, none).error().kind, KdbxErrorKind::NoKey);

    const auto passphrase = keyOf("passphrase");
    CompositeKey both = passphrase.clone();
    QVERIFY(both.setKeyFile(SecureBuffer::copyOf(key)));
    CompositeKey keyFile;
    QVERIFY(keyFile.setKeyFile(SecureBuffer::copyOf(key)));
    CompositeKey emptyAndFile = keyOf("");
    QVERIFY(emptyAndFile.setKeyFile(SecureBuffer::copyOf(key)));
    const CompositeKey *keys[] = {&passphrase, &both, &keyFile, &emptyAndFile};
    for (const auto *writing : keys) {
        const auto file = writeKdbx(database, *writing);
        QVERIFY(file);
        for (const auto *reading : keys) {
            const auto opened = openKdbx(*file, *reading);
            QCOMPARE(opened.has_value(), writing == reading);
            if (!opened)
                QCOMPARE(opened.error().kind, KdbxErrorKind::WrongKey);
        }
    }
}

QTEST_GUILESS_MAIN(TestKdbxKeyFile)
#include "tst_kdbxkeyfile.moc"
