// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What is damaged, hostile, of another format or opened with another key: one precise error each.

#include "kdbxsamples.h"

#include "core/kdbx/gzip.h"
#include "core/kdbx/hmacblocks.h"
#include "core/kdbx/innerheader.h"
#include "core/kdbx/kdbxxml.h"
#include "core/secret/wipedstack.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

constexpr KdbxErrorKind headerErrors[] = {
    KdbxErrorKind::NotKdbx,       KdbxErrorKind::OlderFormat, KdbxErrorKind::NewerFormat,
    KdbxErrorKind::HeaderDamaged, KdbxErrorKind::TooLarge,
};

bool isHeaderError(KdbxErrorKind kind)
{
    return std::find(std::begin(headerErrors), std::end(headerErrors), kind)
        != std::end(headerErrors);
}

KdbxErrorKind kindOf(const auto &result)
{
    if (result)
        qFatal("success where an error was expected");
    return result.error().kind;
}

// How openKdbx fails without anybody having signed the header.
KdbxError openingError(const KdbxHeader &header)
{
    const auto opened = openKdbx(unsignedFile(header), keyOf("passphrase"));
    return opened ? KdbxError{} : opened.error();
}

// How each of the variants of a file fails; nothing where one opens. On one wiped stack for all, as
// making hundreds takes a while.
QList<std::optional<KdbxError>> openingErrors(qsizetype count, auto variant,
                                              const KdbxLimits &limits = {})
{
    QList<std::optional<KdbxError>> errors;
    const auto key = keyOf("passphrase");
    callOnWipedStack([&] {
        for (qsizetype i = 0; i < count; ++i) {
            const auto opened = openKdbx(variant(i), key, limits);
            errors.append(opened ? std::nullopt : std::optional(opened.error()));
        }
    });
    return errors;
}

KdbxHeader sampleHeader()
{
    KdbxHeader header = smallDatabase().header;
    header.masterSeed = QByteArray(32, 'm');
    header.encryptionIv = QByteArray(16, 'i');
    header.kdf.setBytes("S", QByteArray(32, 's'));
    return header;
}

KdbxResult<XmlElement> readPlainXml(const QByteArray &xml, const KdbxLimits &limits = {})
{
    return readXml(xml, nullptr, limits);
}

} // namespace

class TestKdbxBadInput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyChangedByteIsNoticed();
    void aChangedHeaderWithItsChecksumIsNoticedByTheHmac();
    void everyTruncationIsNoticed();
    void wrongKeyIsToldApartFromDamage();
    void bytesAfterTheEndAreIgnored();
    void blocksHaveTheirPlace();
    void otherFormatsAreNamed_data();
    void otherFormatsAreNamed();
    void hostileKeyDerivationIsRefused_data();
    void hostileKeyDerivationIsRefused();
    void impossibleHeadersAreDamaged();
    void unknownAlgorithmsAreNamed();
    void unknownInnerStreamIsNamed();
    void innerHeaderIsChecked();
    void gzipBombIsStopped();
    void damagedGzipIsNoticed();
    void hostileXmlIsRefused_data();
    void hostileXmlIsRefused();
    void deepAndWideXmlIsRefused();
    void limitsHoldForTheWholeFile();
};

void TestKdbxBadInput::everyChangedByteIsNoticed()
{
    const auto file = writeKdbx(smallDatabase(), keyOf("passphrase")).value_or(QByteArray());
    const auto headerSize = readOuterHeader(file, {})->headerOctets.size();
    QVERIFY(file.size() > 600);
    const auto errors = openingErrors(file.size(), [&](qsizetype i) {
        QByteArray changed = file;
        changed[i] = static_cast<char>(changed[i] ^ (1 << (i % 8)));
        return changed;
    });
    for (qsizetype i = 0; i < file.size(); ++i) {
        QVERIFY2(errors[i], qPrintable(u"byte %1 was changed unnoticed"_s.arg(i)));
        if (i < headerSize + 32) // with the checksum
            QVERIFY2(isHeaderError(errors[i]->kind), qPrintable(u"byte %1"_s.arg(i)));
        else if (i < headerSize + 64) // the HMAC
            QCOMPARE(errors[i]->kind, KdbxErrorKind::WrongKey);
        else
            QCOMPARE(errors[i]->kind, KdbxErrorKind::Damaged);
        // Its HMAC refuses a block before it is decrypted.
        if (i >= headerSize + 64)
            QVERIFY2(errors[i]->detail.contains("block "_L1), qPrintable(errors[i]->detail));
    }
}

// Whoever changes the header can also compute its checksum, but not its HMAC.
void TestKdbxBadInput::aChangedHeaderWithItsChecksumIsNoticedByTheHmac()
{
    const auto file = writeKdbx(smallDatabase(), keyOf("passphrase")).value_or(QByteArray());
    const auto parts = readOuterHeader(file, {});
    QVERIFY(parts);
    const auto headerSize = parts->headerOctets.size();
    // Nearly all bits of the numbers ask for more than this.
    KdbxLimits limits;
    limits.kdfMemory = quint64{1024} * 1024;
    limits.kdfWork = limits.kdfMemory;
    const auto errors = openingErrors(
        headerSize,
        [&](qsizetype i) {
            QByteArray changed = file;
            changed[i] = static_cast<char>(changed[i] ^ (1 << (i % 8)));
            const SecureBuffer checksum = sha256({QByteArrayView(changed).first(headerSize)});
            changed.replace(headerSize, checksum.size(), checksum.view().toByteArray());
            return changed;
        },
        limits);
    for (qsizetype i = 0; i < headerSize; ++i)
        QVERIFY2(errors[i], qPrintable(u"byte %1 was changed unnoticed"_s.arg(i)));
    // Nothing else could notice these.
    const auto salt = parts->header.kdf.bytes("S");
    QVERIFY(salt);
    for (const QByteArray &value : {parts->header.masterSeed, parts->header.encryptionIv, *salt}) {
        const auto begin = file.indexOf(value);
        QVERIFY(begin > 0 && begin < headerSize);
        for (qsizetype i = begin; i < begin + value.size(); ++i)
            QCOMPARE(errors[i]->kind, KdbxErrorKind::WrongKey);
    }
}

void TestKdbxBadInput::everyTruncationIsNoticed()
{
    const auto file = writeKdbx(smallDatabase(), keyOf("passphrase")).value_or(QByteArray());
    const auto blocks = file.size() - readOuterHeader(file, {})->blocks.size();
    const auto errors = openingErrors(file.size(), [&](qsizetype i) { return file.first(i); });
    for (qsizetype size = 0; size < file.size(); ++size) {
        QVERIFY2(errors[size], qPrintable(u"cut off at %1 unnoticed"_s.arg(size)));
        if (size < 8)
            QCOMPARE(errors[size]->kind, KdbxErrorKind::NotKdbx);
        else if (size < blocks)
            QCOMPARE(errors[size]->kind, KdbxErrorKind::HeaderDamaged);
        else
            QCOMPARE(errors[size]->kind, KdbxErrorKind::Damaged);
    }
}

void TestKdbxBadInput::wrongKeyIsToldApartFromDamage()
{
    const auto file = *writeKdbx(smallDatabase(), keyOf("passphrase"));
    QCOMPARE(kindOf(openKdbx(file, keyOf("Passphrase"))), KdbxErrorKind::WrongKey);
    QCOMPARE(kindOf(openKdbx(file, keyOf(""))), KdbxErrorKind::WrongKey);
    QCOMPARE(kindOf(openKdbx(file, CompositeKey())), KdbxErrorKind::NoKey);
    QCOMPARE(kindOf(openKdbxWith(file, SecureBuffer(32))), KdbxErrorKind::WrongKey);
}

void TestKdbxBadInput::bytesAfterTheEndAreIgnored()
{
    auto file = *writeKdbx(smallDatabase(), keyOf("passphrase"));
    file.append(QByteArray(512, '\0'));
    const auto opened = openKdbx(file, keyOf("passphrase"));
    QVERIFY(opened);
}

void TestKdbxBadInput::blocksHaveTheirPlace()
{
    const auto key = SecureBuffer::copyOf("a key for blocks");
    constexpr qsizetype BlockSize = 4;
    constexpr qsizetype Stored = 32 + 4 + BlockSize;
    const QByteArray blocks = hmacBlocks("onlyfourblocks", key, BlockSize);
    const auto read = [&](const QByteArray &octets) {
        return readHmacBlocks(octets, key);
    };
    QCOMPARE(*read(blocks), QByteArray("onlyfourblocks"));

    const QByteArray first = blocks.first(Stored);
    const QByteArray second = blocks.sliced(Stored, Stored);
    const QByteArray rest = blocks.sliced(2 * Stored);
    const QByteArray end = blocks.last(32 + 4);
    QCOMPARE(kindOf(read(second + first + rest)), KdbxErrorKind::Damaged);
    QCOMPARE(kindOf(read(second + rest)), KdbxErrorKind::Damaged);
    QCOMPARE(kindOf(read(first + first + rest)), KdbxErrorKind::Damaged);
    QCOMPARE(kindOf(read(first + second + end)), KdbxErrorKind::Damaged);
    QCOMPARE(kindOf(read(first + second)), KdbxErrorKind::Damaged);
    QCOMPARE(kindOf(readHmacBlocks(blocks, SecureBuffer::copyOf("another key"))),
             KdbxErrorKind::Damaged);
    QByteArray huge = blocks;
    huge.replace(32, 4, "\xFF\xFF\xFF\xFF");
    QCOMPARE(kindOf(read(huge)), KdbxErrorKind::Damaged);
    QVERIFY(readHmacBlocks(hmacBlocks({}, key), key)->isEmpty());
}

void TestKdbxBadInput::otherFormatsAreNamed_data()
{
    QTest::addColumn<QByteArray>("begin");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("subject");
    const auto row = [](const char *name, const char *hex, KdbxErrorKind kind,
                        const QString &subject) {
        QTest::newRow(name) << QByteArray::fromHex(hex) << int(kind) << subject;
    };
    row("KeePass 1", "03d9a29a65fb4bb5", KdbxErrorKind::OlderFormat, u"KeePass 1"_s);
    row("3.1", "03d9a29a67fb4bb501000300", KdbxErrorKind::OlderFormat, u"KDBX 3.1"_s);
    row("2.4", "03d9a29a66fb4bb504000200", KdbxErrorKind::OlderFormat, u"KDBX 2.4"_s);
    row("5.0", "03d9a29a67fb4bb500000500", KdbxErrorKind::NewerFormat, u"KDBX 5.0"_s);
    row("other signature", "03d9a29a68fb4bb500000400", KdbxErrorKind::NotKdbx, {});
    row("PDF", "255044462d312e370a25", KdbxErrorKind::NotKdbx, {});
    row("nothing", "", KdbxErrorKind::NotKdbx, {});
}

void TestKdbxBadInput::otherFormatsAreNamed()
{
    QFETCH(const QByteArray, begin);
    QFETCH(const int, kind);
    QFETCH(const QString, subject);
    const auto opened = openKdbx(begin, keyOf("passphrase"));
    QVERIFY(!opened);
    QCOMPARE(int(opened.error().kind), kind);
    QCOMPARE(opened.error().subject.text(), subject);
}

void TestKdbxBadInput::hostileKeyDerivationIsRefused_data()
{
    QTest::addColumn<quint64>("memory");
    QTest::addColumn<quint64>("iterations");
    QTest::addColumn<quint32>("lanes");
    constexpr quint64 GiB = quint64{1} << 30U;
    QTest::newRow("64 GiB") << 64 * GiB << quint64{1} << 1U;
    QTest::newRow("all memory") << ~quint64{0} << quint64{1} << 1U;
    QTest::newRow("2^32 passes") << quint64{64} * 1024 * 1024 << (quint64{1} << 32U) << 1U;
    QTest::newRow("2^64 - 1 passes") << quint64{8} * 1024 << ~quint64{0} << 1U;
    QTest::newRow("2^24 - 1 lanes") << GiB << quint64{1} << 100'000U;
    QTest::newRow("1 GiB, 65 passes") << GiB << quint64{65} << 1U;
}

void TestKdbxBadInput::hostileKeyDerivationIsRefused()
{
    QFETCH(const quint64, memory);
    QFETCH(const quint64, iterations);
    QFETCH(const quint32, lanes);
    KdbxHeader header = sampleHeader();
    header.kdf.setNumber64("M", memory);
    header.kdf.setNumber64("I", iterations);
    header.kdf.setNumber32("P", lanes);
    const auto error = openingError(header);
    QCOMPARE(error.kind, KdbxErrorKind::KdfTooLarge);
    QVERIFY(error.subject.text().startsWith(u"Argon2id, "_s));

    header.kdf = cheapKdf(KdbxKdfType::AesKdf);
    header.kdf.setBytes("S", QByteArray(32, 's'));
    header.kdf.setNumber64("R", quint64{1} << 32U);
    QCOMPARE(openingError(header).kind, KdbxErrorKind::KdfTooLarge);
}

void TestKdbxBadInput::impossibleHeadersAreDamaged()
{
    QCOMPARE(openingError(sampleHeader()).kind, KdbxErrorKind::WrongKey); // nothing else is wrong
    const auto expectDamaged = [](auto change) {
        KdbxHeader header = sampleHeader();
        change(header);
        QCOMPARE(openingError(header).kind, KdbxErrorKind::HeaderDamaged);
    };
    expectDamaged([](auto &header) { header.masterSeed.chop(1); });
    expectDamaged([](auto &header) { header.encryptionIv.chop(1); });
    expectDamaged(
        [](auto &header) { header.cipher = KdbxCipher::ChaCha20; }); // whose IV is shorter
    expectDamaged([](auto &header) { header.kdf.setBytes("S", "short"); });
    expectDamaged([](auto &header) { header.kdf.setBytes("S", {}); });
    expectDamaged([](auto &header) { header.kdf.setNumber64("I", 0); });
    expectDamaged([](auto &header) { header.kdf.setNumber32("I", 1); }); // of another type
    expectDamaged([](auto &header) { header.kdf.setNumber32("P", 0); });
    expectDamaged([](auto &header) { header.kdf.setNumber32("P", 2); }); // 4 KiB for each
    expectDamaged([](auto &header) { header.kdf.setNumber64("M", 0); });
    expectDamaged([](auto &header) { header.kdf.setNumber32("V", 0x14); });
    expectDamaged([](auto &header) { // two seeds
        header.otherFields = {{.type = 4, .value = QByteArray(32, 'n')}};
    });

    KdbxHeader header = sampleHeader();
    header.otherFields = {{.type = 100, .value = QByteArray(2 * 1024 * 1024, 'x')}};
    QCOMPARE(openingError(header).kind, KdbxErrorKind::TooLarge);
    header.otherFields = QList<KdbxHeaderField>(2000, {.type = 100, .value = {}});
    QCOMPARE(openingError(header).kind, KdbxErrorKind::TooLarge);
}

void TestKdbxBadInput::unknownAlgorithmsAreNamed()
{
    const QByteArray aes = QByteArray::fromHex("31c1f2e6bf714350be5805216afc5aff");
    const QByteArray twofish = QByteArray::fromHex("ad68f29f576f4bb9a36ad47af965346c");
    const auto opened = [](QByteArray header) {
        header.append(sha256({header}).view());
        header.append(QByteArray(32, '\0'));
        return openKdbx(header, keyOf("passphrase"));
    };
    QByteArray octets = outerHeaderOctets(sampleHeader());
    auto error = opened(QByteArray(octets).replace(aes, twofish)).error();
    QCOMPARE(error.kind, KdbxErrorKind::UnknownCipher);
    QCOMPARE(error.subject.text(), u"Twofish"_s);

    error = opened(QByteArray(octets).replace(aes, QByteArray(16, '\x11'))).error();
    QCOMPARE(error.kind, KdbxErrorKind::UnknownCipher);
    QCOMPARE(error.subject.text(), u"11111111111111111111111111111111"_s);

    const QByteArray compressed("\x03\x04\0\0\0\x01\0\0\0", 9);
    QVERIFY(octets.contains(compressed));
    error = opened(
                QByteArray(octets).replace(compressed, QByteArray("\x03\x04\0\0\0\x02\0\0\0", 9)))
                .error();
    QCOMPARE(error.kind, KdbxErrorKind::UnknownCompression);
    QCOMPARE(error.subject.text(), u"2"_s);

    KdbxHeader header = sampleHeader();
    header.kdf.setBytes("$UUID", QByteArray(16, '\x22'));
    QCOMPARE(openingError(header).kind, KdbxErrorKind::UnknownKdf);
    header.kdf = {};
    QCOMPARE(openingError(header).kind, KdbxErrorKind::UnknownKdf);
}

void TestKdbxBadInput::unknownInnerStreamIsNamed()
{
    SecureBuffer octets;
    writeInnerHeader({.streamKey = SecureBuffer(64)}, octets);
    for (const auto &[number, name] : {std::pair{'\1', u"1"_s}, {'\2', u"Salsa20"_s}}) {
        auto changed = octets.view().toByteArray();
        changed[5] = number;
        OctetReader reader(changed);
        const auto header = readInnerHeader(reader, {});
        QVERIFY(!header);
        QCOMPARE(header.error().kind, KdbxErrorKind::UnknownInnerStream);
        QCOMPARE(header.error().subject.text(), name);
    }
}

void TestKdbxBadInput::innerHeaderIsChecked()
{
    SecureBuffer written;
    writeInnerHeader({.streamKey = SecureBuffer(64), .binaries = {{.content = SecretBytes("b")}}},
                     written);
    const auto octets = written.view().toByteArray();
    const auto read = [](const QByteArray &bytes, const KdbxLimits &limits = {}) {
        OctetReader reader(bytes);
        return readInnerHeader(reader, limits);
    };
    QVERIFY(read(octets));
    for (qsizetype size = 0; size < octets.size(); ++size)
        QCOMPARE(kindOf(read(octets.first(size))), KdbxErrorKind::Damaged);
    KdbxLimits none;
    none.binaries = 0;
    QCOMPARE(kindOf(read(octets, none)), KdbxErrorKind::TooLarge);
    const QByteArray withoutFlags("\x03\0\0\0\0", 5);
    QCOMPARE(kindOf(read(withoutFlags + octets)), KdbxErrorKind::Damaged);
    SecureBuffer withoutKey;
    writeInnerHeader({}, withoutKey);
    QCOMPARE(kindOf(read(withoutKey.view().toByteArray())), KdbxErrorKind::Damaged);
}

void TestKdbxBadInput::gzipBombIsStopped()
{
    constexpr qsizetype Limit = qsizetype{1024} * 1024;
    const SecureBuffer bomb = gzip(QByteArray(32 * Limit, '\0'));
    QVERIFY(bomb.size() < Limit / 10);
    QCOMPARE(kindOf(gunzip(bomb.view(), Limit)), KdbxErrorKind::TooLarge);
    QCOMPARE(gunzip(bomb.view(), 32 * Limit)->size(), 32 * Limit);
    QCOMPARE(kindOf(gunzip(bomb.view(), 32 * Limit - 1)), KdbxErrorKind::TooLarge);
}

void TestKdbxBadInput::damagedGzipIsNoticed()
{
    const QByteArray plain("some text that is some text");
    const auto compressed = gzip(plain).view().toByteArray();
    QCOMPARE(gunzip(compressed, 100)->view(), QByteArrayView(plain));
    for (qsizetype size = 0; size < compressed.size(); ++size)
        QCOMPARE(kindOf(gunzip(QByteArrayView(compressed).first(size), 100)),
                 KdbxErrorKind::Damaged);
    QCOMPARE(kindOf(gunzip(QByteArray(compressed + "x"), 100)), KdbxErrorKind::Damaged);
    QByteArray changed = compressed;
    changed[changed.size() - 6] = static_cast<char>(changed[changed.size() - 6]
                                                    ^ 1); // the checksum
    QCOMPARE(kindOf(gunzip(changed, 100)), KdbxErrorKind::Damaged);
}

void TestKdbxBadInput::hostileXmlIsRefused_data()
{
    QTest::addColumn<QByteArray>("xml");
    QTest::newRow("DTD") << QByteArray("<!DOCTYPE a><a/>");
    QTest::newRow("entity") << QByteArray("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>");
    QTest::newRow("entities of entities")
        << QByteArray("<!DOCTYPE a [<!ENTITY b \"cccccccccc\"><!ENTITY d \"&b;&b;&b;&b;\">"
                      "<!ENTITY e \"&d;&d;&d;&d;\">]><a>&e;</a>");
    QTest::newRow("external entity")
        << QByteArray("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>");
    QTest::newRow("external DTD") << QByteArray("<!DOCTYPE a SYSTEM \"http://127.0.0.1/a\"><a/>");
    QTest::newRow("undeclared entity") << QByteArray("<a>&b;</a>");
    QTest::newRow("two roots") << QByteArray("<a/><b/>");
    QTest::newRow("not closed") << QByteArray("<a><b></b>");
    QTest::newRow("closed twice") << QByteArray("<a></a></a>");
    QTest::newRow("no XML") << QByteArray("a");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("control character") << QByteArray("<a>\x01</a>");
    QTest::newRow("control character in a name") << QByteArray("<a\x1Ag/>");
    QTest::newRow("control character in the name of an attribute")
        << QByteArray("<a h\x0Bi=\"\"/>");
    QTest::newRow("no UTF-8") << QByteArray(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><a>\xFF</a>");
    QTest::newRow("attribute twice") << QByteArray("<a b=\"\" b=\"\"/>");
    QTest::newRow("protected, no base64") << QByteArray("<a Protected=\"True\">?!?</a>");
    QTest::newRow("protected, with children") << QByteArray("<a Protected=\"True\"><b/></a>");
}

void TestKdbxBadInput::hostileXmlIsRefused()
{
    QFETCH(const QByteArray, xml);
    ChaCha20 innerStream = innerStreamOf(SecureBuffer(64));
    QCOMPARE(kindOf(readXml(xml, &innerStream, {})), KdbxErrorKind::Damaged);
}

void TestKdbxBadInput::deepAndWideXmlIsRefused()
{
    const auto nested = [](qsizetype levels) -> QByteArray {
        return QByteArray("<a>").repeated(levels) + QByteArray("</a>").repeated(levels);
    };
    QVERIFY(readPlainXml(nested(200)));
    QCOMPARE(kindOf(readPlainXml(nested(201))), KdbxErrorKind::TooLarge);
    QCOMPARE(kindOf(readPlainXml(nested(10'000))), KdbxErrorKind::TooLarge);
    QCOMPARE(kindOf(readPlainXml(QByteArray("<a>").repeated(10'000))), KdbxErrorKind::TooLarge);

    KdbxLimits limits;
    limits.elements = 1000;
    const auto wide = [](qsizetype elements) -> QByteArray {
        return "<a>" + QByteArray("<b/>").repeated(elements - 1) + "</a>";
    };
    QVERIFY(readPlainXml(wide(1000), limits));
    QCOMPARE(kindOf(readPlainXml(wide(1001), limits)), KdbxErrorKind::TooLarge);
    limits.xml = 100;
    QCOMPARE(kindOf(readPlainXml(wide(100), limits)), KdbxErrorKind::TooLarge);
}

void TestKdbxBadInput::limitsHoldForTheWholeFile()
{
    auto database = smallDatabase();
    database.binaries.append({.content = SecretBytes(QByteArray(500'000, '\0'))});
    const auto key = keyOf("passphrase");
    for (const bool compressed : {true, false}) {
        database.header.compressed = compressed;
        const auto file = *writeKdbx(database, key);
        KdbxLimits limits;
        limits.payload = 400'000;
        QCOMPARE(kindOf(openKdbx(file, key, limits)), KdbxErrorKind::TooLarge);
        limits = {};
        limits.file = file.size() - 1;
        QCOMPARE(kindOf(openKdbx(file, key, limits)), KdbxErrorKind::TooLarge);
        limits.file = file.size();
        QVERIFY(openKdbx(file, key, limits));
    }
    auto withoutGroup = smallDatabase();
    withoutGroup.root.children.clear();
    QCOMPARE(kindOf(openKdbx(*writeKdbx(withoutGroup, key), key)), KdbxErrorKind::Damaged);
}

QTEST_GUILESS_MAIN(TestKdbxBadInput)
#include "tst_kdbxbadinput.moc"
