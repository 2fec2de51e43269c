// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/library/entrycondition.h"
#include "core/library/entrydetails.h"
#include "core/library/entryinkdbx.h"
#include "core/library/storedentries.h"
#include "core/library/tunedkdf.h"
#include "tests/core/library/librarysamples.h"

#include "core/kdbx/kdbxkdf.h"
#include "core/kdbx/kdbxvalues.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

constexpr QByteArrayView setupKey("otpauth://totp/Example:me?secret=JBSWY3DPEHPK3PXP");

QDate day()
{
    return sampleTime.toLocalTime().date();
}

/// A database with that entry in its root group.
KdbxDatabase databaseOf(const LibraryEntry &entry)
{
    KdbxDatabase database = smallDatabase();
    KdbxEntry stored = database.rootGroup().addEntry(sampleTime);
    stored.element().setChildText(u"UUID"_s, kdbxText(entry.id));
    writeEntry(stored, entry);
    return database;
}

KdbxEntry storedIn(KdbxDatabase &database, const LibraryEntry &entry)
{
    return findEntry(database, entry.id).value().entry;
}

LibraryEntry readBack(KdbxDatabase &database, const LibraryEntry &entry)
{
    return readEntry(storedIn(database, entry)).value();
}

} // namespace

class TestLibraryEntry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void markingACodeCanBeUndone();
    void newSetMakesTheOldOneVoid();
    void conditionsSayWhatIsDue();
    void detailsComeBackFromJson();
    void detailsOfLaterVersionsAreKept();
    void badDetailsGiveDefaults_data();
    void badDetailsGiveDefaults();
    void entryComesBackFromKdbx();
    void entryIsNotTouchedWithoutAChange();
    void setupKeyIsTheOtpAttribute();
    void foreignOtpStays();
    void codesThatAnotherProgramChangedCount();
    void entryOfAnotherProgramIsRead();
    void protectedTextsOfAnotherProgramStay();
    void codesOfTheSameNumberAreKept();
    void onlyCodesOfAForeignEntryAreRemoved();
    void recycleBinIsLeftOut();
    void textsThatXmlCannotHoldAreCleaned();
    void manyCodesKeepTheirOrder_data();
    void manyCodesKeepTheirOrder();
    void kdfHasAFloorAndACap();
};

void TestLibraryEntry::markingACodeCanBeUndone()
{
    const LibraryEntry before = googleEntry();
    LibraryEntry entry = before;
    markUsed(entry, 1, sampleTime, u"at work"_s);
    QCOMPARE(entry.current()->codes[1].state, CodeState::Used);
    QCOMPARE(entry.current()->codes[1].usedOn, sampleTime);
    QCOMPARE(entry.current()->codes[1].usedWhere, u"at work"_s);
    QCOMPARE(entry.current()->unused(), 6);
    markUnused(entry, 1);
    QVERIFY(entry == before);
    markUsed(entry, 10, sampleTime, {});
    markUsed(entry, -1, sampleTime, {});
    QVERIFY(entry == before);
}

void TestLibraryEntry::newSetMakesTheOldOneVoid()
{
    LibraryEntry entry = googleEntry();
    startNewSet(entry, codesOf({"1", "2"}), CodeSource::QrCode, day(), VoidReason::Lost,
                sampleTime.addDays(1));
    QCOMPARE(entry.sets.size(), 3);
    QCOMPARE(entry.current()->number, 3);
    QCOMPARE(entry.sets[1].state, SetState::Void);
    QCOMPARE(entry.sets[1].reason, VoidReason::Lost);
    QCOMPARE(entry.sets[1].voidedOn, sampleTime.addDays(1));
    QCOMPARE(copiesToDestroy(entry), QList<qsizetype>{0});
    entry.copies[0].destroyed = sampleTime;
    QVERIFY(copiesToDestroy(entry).isEmpty());
    voidCurrentSet(entry, VoidReason::Used, sampleTime);
    QVERIFY(!entry.current());
}

void TestLibraryEntry::conditionsSayWhatIsDue()
{
    using enum EntryCondition;
    LibraryEntry entry = googleEntry();
    QCOMPARE(conditions(entry, day().addDays(4)), QList{Fine});
    QCOMPARE(conditions(entry, day().addMonths(6)), QList{ReviewDue});
    QCOMPARE(conditions(entry, day().addMonths(7)), (QList{CheckDue, ReviewDue}));
    entry.reminders.reviewMonths = 0;
    QCOMPARE(conditions(entry, day().addYears(9)), QList{Fine});
    entry.reminders.lowAt = 7;
    QCOMPARE(conditions(entry, day()), QList{Low});
    entry.copies[0].destroyed = sampleTime;
    QCOMPARE(conditions(entry, day()), (QList{Low, NeverPrinted}));
    for (qsizetype i = 0; i < 10; ++i)
        markUsed(entry, i, sampleTime, {});
    QCOMPARE(conditions(entry, day()), QList{AllUsed});
    voidCurrentSet(entry, VoidReason::Other, sampleTime);
    QCOMPARE(conditions(entry, day()), QList{NoCodes});

    // One code that is left is not few.
    LibraryEntry single = LibraryEntry::create(u"apple"_s, u"Apple"_s, sampleTime);
    startNewSet(single, codesOf({"ABCD"}), CodeSource::Entered, day(), VoidReason::None,
                sampleTime);
    QCOMPARE(conditions(single, day()), QList{NeverPrinted});
}

void TestLibraryEntry::detailsComeBackFromJson()
{
    EntryDetails details{.service = u"google"_s,
                         .sets = {{.set = {.number = 3, .state = SetState::Current},
                                   .codes = {{.checksum = 0xab, .usedWhere = u"x"_s}}}},
                         .reminders = {.lowAt = 0, .reviewMonths = 0}};
    QVERIFY(entryDetailsFromJson(entryDetailsToJson(details)) == details);
    QVERIFY(entryDetailsFromJson(entryDetailsToJson({})) == EntryDetails());
}

void TestLibraryEntry::detailsOfLaterVersionsAreKept()
{
    LibraryEntry entry = googleEntry();
    KdbxDatabase database = databaseOf(entry);
    KdbxEntry stored = storedIn(database, entry);
    QString json = stored.customData(u"Sparekey").value();
    stored.setCustomData(u"Sparekey"_s, u"{\"color\":[1,2],"_s + json.sliced(1));
    entry.title = u"Changed"_s;
    writeEntry(stored, entry);
    QVERIFY(stored.customData(u"Sparekey")->contains(u"\"color\":[1,2]"));
    QVERIFY(readEntry(stored) == entry);
}

void TestLibraryEntry::badDetailsGiveDefaults_data()
{
    QTest::addColumn<QString>("json");
    QTest::newRow("nothing") << QString();
    QTest::newRow("no JSON") << u"]["_s;
    QTest::newRow("a list") << u"[1,2]"_s;
    QTest::newRow("wrong types") << u"{\"service\":1,\"sets\":{},\"copies\":\"x\",\"needs\":4,"
                                    "\"reminders\":[],\"recoveryAddress\":null}"_s;
    QTest::newRow("wrong members")
        << u"{\"sets\":[1,{\"number\":-4,\"state\":\"?\",\"codes\":[2]}],\"reminders\":"
           "{\"lowAt\":-1,\"reviewMonths\":1e300}}"_s;
}

void TestLibraryEntry::badDetailsGiveDefaults()
{
    QFETCH(QString, json);
    const EntryDetails details = entryDetailsFromJson(json);
    QVERIFY(details.service.isEmpty());
    QVERIFY(details.reminders == Reminders());
    for (const SetDetails &set : details.sets)
        QCOMPARE(set.set.number, 1);
    LibraryEntry entry = googleEntry();
    KdbxDatabase database = databaseOf(entry);
    KdbxEntry stored = storedIn(database, entry);
    stored.setCustomData(u"Sparekey"_s, json);
    const LibraryEntry read = readEntry(stored).value();
    QCOMPARE(read.current()->codes.size(), 10);
    QCOMPARE(read.current()->codes[9].value.view(), QByteArrayView("01234567"));
    QCOMPARE(read.current()->unused(), 10);
}

void TestLibraryEntry::entryComesBackFromKdbx()
{
    const LibraryEntry entry = googleEntry();
    KdbxDatabase database = databaseOf(entry);
    QVERIFY(readBack(database, entry) == entry);
    const auto file = writeKdbx(database, keyOf("key"));
    auto again = openKdbx(*file, keyOf("key"));
    QVERIFY(readBack(*again, entry) == entry);

    // What other programs of the family show.
    const KdbxEntry stored = storedIn(*again, entry);
    QCOMPARE(stored.text(u"Title"), u"Google"_s);
    QCOMPARE(stored.text(u"UserName"), u"me@example.org"_s);
    QCOMPARE(stored.text(u"URL"), u"https://accounts.google.example"_s);
    QCOMPARE(stored.text(u"Notes"), entry.notes);
    QCOMPARE(stored.secret(u"Recovery code 01")->view(), QByteArrayView("12345678"));
    QCOMPARE(stored.secret(u"Recovery code 10")->view(), QByteArrayView("01234567"));
    QCOMPARE(stored.secret(u"Void set 1 code 02")->view(), QByteArrayView("33334444"));
    QCOMPARE(stored.text(u"Used recovery codes"), u"01 (2026-05-04), 07"_s);
    QCOMPARE(stored.tags(), (QStringList{u"email"_s, u"family"_s}));
    QVERIFY(!stored.customData(u"Sparekey")->contains(u"12345678"));

    LibraryEntry shorter = entry;
    shorter.sets.last().codes.remove(4, 6);
    shorter.sets.removeFirst();
    writeEntry(storedIn(database, entry), shorter);
    QVERIFY(readBack(database, entry) == shorter);
    QVERIFY(!storedIn(database, entry).secret(u"Recovery code 05"));
    QVERIFY(!storedIn(database, entry).secret(u"Void set 1 code 01"));
}

void TestLibraryEntry::entryIsNotTouchedWithoutAChange()
{
    const LibraryEntry entry = googleEntry();
    KdbxDatabase database = databaseOf(entry);
    KdbxEntry stored = storedIn(database, entry);
    // More than is shown, and unknown things.
    stored.setText(u"Title"_s, u"two  blanks\u202E and a control"_s);
    stored.setText(u"Other"_s, u"attribute"_s);
    stored.setSecret(u"Password"_s, SecretBytes("kept"));
    stored.attach({.name = u"scan.png"_s, .binary = 0});
    stored.element().append(u"Strange"_s, u"x"_s);
    writeEntry(stored, readEntry(stored).value());
    const XmlElement before = stored.element();
    writeEntry(stored, readEntry(stored).value());
    QVERIFY(stored.element() == before);
    QCOMPARE(stored.text(u"Title"), u"two  blanks\u202E and a control"_s);
    QCOMPARE(readEntry(stored)->title, u"two blanks and a control"_s);
    QCOMPARE(stored.secret(u"Password")->view(), QByteArrayView("kept"));
}

void TestLibraryEntry::setupKeyIsTheOtpAttribute()
{
    LibraryEntry entry = LibraryEntry::create(u"1password-totp"_s, u"1Password"_s, sampleTime);
    startNewSet(entry, codesOf({setupKey}), CodeSource::QrCode, day(), VoidReason::None,
                sampleTime);
    KdbxDatabase database = databaseOf(entry);
    QCOMPARE(storedIn(database, entry).secret(u"otp")->view(), setupKey);
    QVERIFY(readBack(database, entry) == entry);

    startNewSet(entry, codesOf({"otpauth://totp/New?secret=AAAA"}), CodeSource::QrCode, day(),
                VoidReason::NewSet, sampleTime);
    writeEntry(storedIn(database, entry), entry);
    QVERIFY(readBack(database, entry) == entry);
    QCOMPARE(storedIn(database, entry).secret(u"Void set 1 code 01")->view(), setupKey);

    startNewSet(entry, codesOf({"one", "two"}), CodeSource::Entered, day(), VoidReason::NewSet,
                sampleTime);
    writeEntry(storedIn(database, entry), entry);
    QVERIFY(readBack(database, entry) == entry);
    QVERIFY(!storedIn(database, entry).secret(u"otp"));
}

void TestLibraryEntry::foreignOtpStays()
{
    LibraryEntry entry = googleEntry();
    KdbxDatabase database = databaseOf(entry);
    KdbxEntry stored = storedIn(database, entry);
    stored.setSecret(u"otp"_s, SecretBytes(setupKey));
    QVERIFY(readEntry(stored) == entry);
    startNewSet(entry, codesOf({"otpauth://totp/New?secret=AAAA"}), CodeSource::QrCode, day(),
                VoidReason::NewSet, sampleTime);
    writeEntry(stored, entry);
    QCOMPARE(stored.secret(u"otp")->view(), setupKey);
    QVERIFY(readEntry(stored) == entry);
}

void TestLibraryEntry::codesThatAnotherProgramChangedCount()
{
    const LibraryEntry entry = googleEntry();
    KdbxDatabase database = databaseOf(entry);
    KdbxEntry stored = storedIn(database, entry);
    stored.setSecret(u"Recovery code 01"_s, SecretBytes("changed"));
    stored.removeString(u"Recovery code 02");
    stored.setText(u"Recovery code 03"_s, QString());
    stored.setText(u"Recovery code 11"_s, u"added"_s);
    stored.setText(u"Title"_s, u"Renamed"_s);
    const LibraryEntry read = readEntry(stored).value();
    QCOMPARE(read.title, u"Renamed"_s);
    const auto &codes = read.current()->codes;
    QCOMPARE(codes.size(), 9);
    // A code with another value is another code, so the mark does not hold for it.
    QCOMPARE(codes[0].value.view(), QByteArrayView("changed"));
    QCOMPARE(codes[0].state, CodeState::Unused);
    QCOMPARE(codes[1].value.view(), QByteArrayView("45678901"));
    QCOMPARE(codes[1].state, CodeState::Unsure);
    QCOMPARE(codes[4].state, CodeState::Used);
    QCOMPARE(codes[8].value.view(), QByteArrayView("added"));
}

void TestLibraryEntry::entryOfAnotherProgramIsRead()
{
    KdbxDatabase database = smallDatabase();
    KdbxGroup group = database.rootGroup().addGroup(u"Below"_s, sampleTime);
    KdbxEntry codes = group.addEntry(sampleTime);
    codes.setText(u"Title"_s, u"By hand"_s);
    codes.setText(u"Recovery code 2"_s, u"second"_s);
    codes.setSecret(u"Recovery code 1"_s, SecretBytes("first"));
    KdbxEntry otp = group.addEntry(sampleTime);
    otp.setSecret(u"otp"_s, SecretBytes(setupKey));
    // The other entry of the database has nothing for a library.
    const auto entries = readEntries(database);
    QCOMPARE(entries.size(), 2);
    QCOMPARE(entries[0].title, u"By hand"_s);
    QCOMPARE(entries[0].current()->codes[0].value.view(), QByteArrayView("first"));
    QCOMPARE(entries[0].current()->codes[1].value.view(), QByteArrayView("second"));
    QCOMPARE(entries[1].current()->codes[0].value.view(), setupKey);
}

// KeePass can protect each of its own texts.
void TestLibraryEntry::protectedTextsOfAnotherProgramStay()
{
    KdbxDatabase database = smallDatabase();
    KdbxEntry stored = database.rootGroup().addEntry(sampleTime);
    stored.setSecret(u"Title"_s, SecretBytes("A title"));
    stored.setSecret(u"UserName"_s, SecretBytes("me@example.org"));
    stored.setSecret(u"Notes"_s, SecretBytes("a secret"));
    stored.setSecret(u"Recovery code 01"_s, SecretBytes("12345678"));
    LibraryEntry entry = readEntry(stored).value();
    QCOMPARE(entry.title, u"A title"_s);
    QCOMPARE(entry.account, u"me@example.org"_s);
    QCOMPARE(entry.notes, QString());
    markUsed(entry, 0, sampleTime, {});
    writeEntry(stored, entry);
    QCOMPARE(stored.secret(u"Title").value().view(), "A title");
    QCOMPARE(stored.secret(u"UserName").value().view(), "me@example.org");
    QCOMPARE(stored.secret(u"Notes").value().view(), "a secret");
    entry.title = u"Another"_s;
    writeEntry(stored, entry);
    QCOMPARE(stored.secret(u"Title").value().view(), "Another");
    QCOMPARE(readEntry(stored).value().title, u"Another"_s);
}

void TestLibraryEntry::codesOfTheSameNumberAreKept()
{
    KdbxDatabase database = smallDatabase();
    KdbxEntry stored = database.rootGroup().addEntry(sampleTime);
    for (const auto &[name, value] :
         {std::pair(u"Recovery code 1"_s, "one"), std::pair(u"Recovery code 01"_s, "also one"),
          std::pair(u"Recovery code 02"_s, "two"), std::pair(u"Void set 1 code 1"_s, "old"),
          std::pair(u"Void set 1 code 01"_s, "also old")})
        stored.setSecret(name, SecretBytes(value));
    const LibraryEntry entry = readEntry(stored).value();
    QVERIFY(entry.current()->codes == codesOf({"one", "two", "also one"}));
    QVERIFY(entry.sets.first().codes == codesOf({"old", "also old"}));
    writeEntry(stored, entry);
    QVERIFY(readEntry(stored).value().sets == entry.sets);
}

void TestLibraryEntry::onlyCodesOfAForeignEntryAreRemoved()
{
    const LibraryEntry entry = googleEntry();
    KdbxDatabase database = databaseOf(entry);
    KdbxEntry stored = storedIn(database, entry);
    QVERIFY(holdsOnlyCodes(stored));
    stored.setSecret(u"Password"_s, SecretBytes(""));
    QVERIFY(holdsOnlyCodes(stored));
    stored.setSecret(u"Password"_s, SecretBytes("of the account"));
    QVERIFY(!holdsOnlyCodes(stored));
    stored.setSecret(u"otp"_s, SecretBytes(setupKey));
    removeCodes(stored);
    QVERIFY(!readEntry(stored));
    QCOMPARE(stored.secret(u"Password").value().view(), "of the account");
    QCOMPARE(stored.text(u"UserName"), entry.account);
    stored.removeString(u"Password");
    stored.attach({.name = u"a picture"_s});
    QVERIFY(!holdsOnlyCodes(stored));
}

void TestLibraryEntry::recycleBinIsLeftOut()
{
    KdbxDatabase database = databaseOf(googleEntry());
    KdbxGroup bin = database.rootGroup().addGroup(u"Recycle Bin"_s, sampleTime);
    const LibraryEntry deleted = googleEntry();
    KdbxEntry stored = bin.addEntry(sampleTime);
    stored.element().setChildText(u"UUID"_s, kdbxText(deleted.id));
    writeEntry(stored, deleted);
    QCOMPARE(readEntries(database).size(), 2);
    database.meta().setChildText(u"RecycleBinUUID"_s, kdbxText(*bin.uuid()));
    QCOMPARE(readEntries(database).size(), 1);
    QVERIFY(!findEntry(database, deleted.id));
}

void TestLibraryEntry::textsThatXmlCannotHoldAreCleaned()
{
    LibraryEntry entry = googleEntry();
    entry.title = u"a\u0001b\uFFFFc"_s + QChar(0xD83D);
    entry.notes = u"line\u000B\n🔑"_s;
    entry.copies[0].place = u"x\u0002"_s + QChar(0xDE00);
    KdbxDatabase database = databaseOf(entry);
    QVERIFY(writeKdbx(database, keyOf("key")));
    QCOMPARE(storedIn(database, entry).text(u"Title"), u"abc"_s);
    QCOMPARE(storedIn(database, entry).text(u"Notes"), u"line\n🔑"_s);
}

void TestLibraryEntry::manyCodesKeepTheirOrder_data()
{
    QTest::addColumn<int>("count");
    for (const int count : {0, 1, 9, 50, 100, 1000})
        QTest::addRow("%d", count) << count;
}

void TestLibraryEntry::manyCodesKeepTheirOrder()
{
    QFETCH(int, count);
    LibraryEntry entry = LibraryEntry::create(u"list"_s, u"List"_s, sampleTime);
    QList<LibraryCode> codes;
    for (int i = 0; i < count; ++i)
        codes.append({.value = SecretBytes(QByteArray::number(i)),
                      .state = i % 3 == 0 ? CodeState::Used : CodeState::Unused});
    startNewSet(entry, codes, CodeSource::File, day(), VoidReason::None, sampleTime);
    KdbxDatabase database = databaseOf(entry);
    QVERIFY(readBack(database, entry) == entry);
}

void TestLibraryEntry::kdfHasAFloorAndACap()
{
    const auto check = [](double speed, quint64 mebibytes, quint64 passes) {
        VariantDictionary parameters = kdfForSpeed(speed);
        QVERIFY(renewSalt(parameters));
        const auto kdf = kdfFrom(parameters, {});
        QVERIFY(kdf.has_value());
        QCOMPARE(kdf->type, KdbxKdfType::Argon2id);
        QCOMPARE(kdf->memory, mebibytes * 1024 * 1024);
        QCOMPARE(kdf->iterations, passes);
    };
    check(0, 64, 3);
    check(191, 64, 3);
    check(320, 64, 5);
    check(384, 128, 3);
    check(1000, 256, 3);
    check(2560, 256, 10);
    check(1e12, 256, 60);
}

QTEST_GUILESS_MAIN(TestLibraryEntry)
#include "tst_libraryentry.moc"
