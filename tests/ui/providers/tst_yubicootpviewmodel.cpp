// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/authenticator/simulatedkeys.h"
#include "tests/ui/managedpage.h"

#include <QSignalSpy>

using namespace Sparekey;
using namespace Qt::StringLiterals;

using Stage = ProviderViewModel::Stage;

// YubiKeys, from a touch to the server.
class TestYubicoOtpViewModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup() { m_test.close(); }

    void savesTouchedKeysAndKeepsThoseThatWereThere_data();
    void savesTouchedKeysAndKeepsThoseThatWereThere();
    void removesOneKeyAndKeepsTheOthers_data();
    void removesOneKeyAndKeepsTheOthers();
    void removingAllAsksToTurnOff();
    void enterTakesTheCodeAndGoesToTheNextLineWithoutSaving();
    void takesACodeWithoutEnterOnceNoMoreFollows();
    void keysOnAReaderFillTheEmptyLines();
    void asksForNfcWhenAllLinesAreTaken();
    void saysWhatIsWrongWithACode_data();
    void saysWhatIsWrongWithACode();
    void keyOfAnotherLineIsRefused();
    void savesWhatWasEnteredWithoutEnter();
    void wantsAtLeastOneKey();
    void usedCodeIsSaidAtItsLine_data();
    void usedCodeIsSaidAtItsLine();
    void nfcStartsTickedAndIsKept();
    void expiredProofAsksAgainAndSavesTheSameCodes();
    void keysChangedElsewhereAreShownBeforeTheyAreOverwritten();
    void oneEmailedCodeSavesTwice_data() { eachGeneration(); }
    void oneEmailedCodeSavesTwice();
    void keysChangedElsewhereWantAnotherEmailedCode();
    void lostAnswerIsReadBack();
    void lostConnectionClaimsNothingAndAsksForNewTouches();
    void unreachableServerKeepsTheCodes();
    void endedPremiumCanStillBeTurnedOff_data();
    void endedPremiumCanStillBeTurnedOff();
    void serverWithoutCredentialsAtYubicoSaysSo_data();
    void serverWithoutCredentialsAtYubicoSaysSo();
    void closingForgetsTheCodes();

private:
    [[nodiscard]] YubicoOtpViewModel &yubico() { return *m_test.page->yubicoOtp(); }
    [[nodiscard]] QString touch(const QString &key) { return m_test.server.touchYubiKey(key); }
    [[nodiscard]] QVariant at(int slot, YubiKeySlotModel::Role role)
    {
        return yubico().keys()->data(yubico().keys()->index(slot), role);
    }
    [[nodiscard]] QString idAt(int slot)
    {
        return at(slot, YubiKeySlotModel::KeyIdRole).toString();
    }
    [[nodiscard]] QString errorAt(int slot)
    {
        return at(slot, YubiKeySlotModel::ErrorTextRole).toString();
    }
    /// The key types its code and Enter. Gives its id.
    QString touchInto(int slot, const QString &key)
    {
        const QString code = touch(key);
        yubico().edit(slot, code);
        yubico().enter(slot);
        return code.left(12);
    }
    QStringList turnOnElsewhere(const QStringList &keys);
    [[nodiscard]] QStringList stored();
    [[nodiscard]] qsizetype writes();

    const std::shared_ptr<SimulatedKeys> m_reader = std::make_shared<SimulatedKeys>();
    ManagedPage m_test{HardwareKeys::Transports{m_reader}};
};

void TestYubicoOtpViewModel::initTestCase()
{
    QVERIFY2(m_test.startServer(), qPrintable(m_test.server.problem()));
}

/// Gives the ids.
QStringList TestYubicoOtpViewModel::turnOnElsewhere(const QStringList &keys)
{
    std::array<QString, YubicoOtpDetails::Slots> codes;
    QStringList ids;
    for (qsizetype i = 0; i < keys.size(); ++i) {
        codes[static_cast<std::size_t>(i)] = touch(keys[i]);
        ids.append(codes[static_cast<std::size_t>(i)].left(12));
    }
    const auto opened = outcomeOf(m_test.elsewhere->openYubicoOtp(m_test.otherProof()));
    const auto written = outcomeOf(m_test.elsewhere->writeYubicoOtp(opened->proof, codes, false));
    return written ? ids : QStringList();
}

QStringList TestYubicoOtpViewModel::stored()
{
    const auto opened = outcomeOf(m_test.elsewhere->openYubicoOtp(m_test.otherProof()));
    QStringList ids;
    for (const QString &id : opened->details.keyIds) {
        if (!id.isEmpty())
            ids.append(id);
    }
    return ids;
}

qsizetype TestYubicoOtpViewModel::writes()
{
    return m_test.server.requestedPaths().count(u"PUT /api/two-factor/yubikey"_s);
}

void TestYubicoOtpViewModel::savesTouchedKeysAndKeepsThoseThatWereThere_data()
{
    eachGeneration();
}

void TestYubicoOtpViewModel::savesTouchedKeysAndKeepsThoseThatWereThere()
{
    QFETCH(QString, generation);
    QVERIFY(m_test.open(generation));
    QVERIFY(m_test.manage(yubico()));
    QVERIFY(!yubico().isOn());
    const QString first = touchInto(0, u"first"_s);
    QCOMPARE(idAt(0), first);
    QVERIFY(at(0, YubiKeySlotModel::UnsavedRole).toBool());
    yubico().save();
    QVERIFY(yubico().isBusy());
    QTRY_COMPARE(yubico().stage(), Stage::Closed);
    QVERIFY(m_test.isOn(3));

    m_test.page->recoveryCode()->close();
    QVERIFY(m_test.manage(yubico()));
    QCOMPARE(idAt(0), first);
    QVERIFY(!at(0, YubiKeySlotModel::UnsavedRole).toBool());
    QVERIFY(!yubico().isModified());
    const QString second = touchInto(1, u"second"_s);
    yubico().save();
    QTRY_VERIFY(!yubico().isBusy());
    QCOMPARE(yubico().stage(), Stage::Open);
    QCOMPARE(yubico().noticeText(), u"The YubiKeys were saved."_s);
    QVERIFY(!yubico().isModified());
    QCOMPARE(stored(), (QStringList{first, second}));
}

void TestYubicoOtpViewModel::removesOneKeyAndKeepsTheOthers_data()
{
    eachGeneration();
}

void TestYubicoOtpViewModel::removesOneKeyAndKeepsTheOthers()
{
    QFETCH(QString, generation);
    QVERIFY(m_test.open(generation));
    const QStringList ids = turnOnElsewhere({u"first"_s, u"second"_s, u"third"_s});
    QCOMPARE(ids.size(), 3);
    QVERIFY(m_test.manage(yubico()));
    yubico().remove(1);
    QVERIFY(idAt(1).isEmpty());
    QCOMPARE(writes(), 1); // Only the one of `turnOnElsewhere`.
    yubico().save();
    QTRY_VERIFY(!yubico().isBusy());
    QCOMPARE(stored(), (QStringList{ids[0], ids[2]}));
    QCOMPARE(yubico().keyNames(), (QStringList{ids[0], ids[2]}));
}

void TestYubicoOtpViewModel::removingAllAsksToTurnOff()
{
    QVERIFY(m_test.open(u"token"_s));
    const QStringList ids = turnOnElsewhere({u"first"_s});
    QVERIFY(m_test.manage(yubico()));
    yubico().remove(0);
    yubico().save();
    QVERIFY(yubico().isAskingToTurnOff());
    QCOMPARE(yubico().keyNames(), ids);
    yubico().turnOff();
    QTRY_COMPARE(yubico().stage(), Stage::Closed);
    QVERIFY(!m_test.isOn(3));
}

void TestYubicoOtpViewModel::enterTakesTheCodeAndGoesToTheNextLineWithoutSaving()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(yubico()));
    QSignalSpy wanted(&yubico(), &YubicoOtpViewModel::slotWanted);
    const QString code = touch(u"first"_s);
    yubico().edit(1, QString(u" "_s + code.toUpper()));
    yubico().enter(1);
    QCOMPARE(idAt(1), code.left(12));
    QCOMPARE(wanted.takeLast().at(0).toInt(), 2);
    // The Enter that comes late meets an empty line.
    yubico().enter(2);
    QCOMPARE(wanted.count(), 0);
    QVERIFY(errorAt(2).isEmpty());
    QVERIFY(!yubico().isBusy());
    QCOMPARE(writes(), 0);
}

void TestYubicoOtpViewModel::takesACodeWithoutEnterOnceNoMoreFollows()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(yubico()));
    const QString code = touch(u"first"_s);
    yubico().edit(0, code);
    QVERIFY(idAt(0).isEmpty());
    QTRY_COMPARE(idAt(0), code.left(12));
    // What is longer is no code, however it begins.
    const QString other = touch(u"second"_s);
    yubico().edit(1, other);
    yubico().edit(1, QString(other + u"cc"_s));
    QTest::qWait(500);
    QVERIFY(idAt(1).isEmpty());
}

void TestYubicoOtpViewModel::keysOnAReaderFillTheEmptyLines()
{
    const auto card = std::make_shared<KeyCard>(std::make_shared<SoftwareKey>());
    const auto tap = [&](const KeyDevice &reader, const QString &code) {
        const QByteArray address = "my.yubico.com/yk/#"_ba + code.toLatin1();
        card->setNdef([address] { return KeyCard::uriMessage(4, address); });
        m_reader->lift(reader);
        m_reader->placeOn(reader, card);
    };
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(yubico()));
    const QStringList codes{touch(u"first"_s), touch(u"second"_s), touch(u"third"_s)};
    OtpTapViewModel &taps = *yubico().otpTap();
    taps.setActive(true);
    QVERIFY(taps.text().isEmpty());
    const KeyDevice reader = m_reader->addReader(u"Reader"_s);
    QTRY_VERIFY(!taps.text().isEmpty());
    tap(reader, codes[0]);
    QTRY_COMPARE(idAt(0), codes[0].left(12));
    touchInto(1, u"other"_s);
    tap(reader, codes[1]);
    QTRY_COMPARE(idAt(2), codes[1].left(12));
    QVERIFY(taps.errorText().isEmpty());
    // A key without a code is told, and the next one is read all the same.
    card->setNdef({});
    m_reader->lift(reader);
    m_reader->placeOn(reader, card);
    QTRY_VERIFY(!taps.errorText().isEmpty());
    tap(reader, codes[2]);
    QTRY_COMPARE(idAt(3), codes[2].left(12));
    QVERIFY(taps.errorText().isEmpty());
    // Nobody wants codes any more.
    const int connections = m_reader->connections();
    taps.setActive(false);
    tap(reader, touch(u"late"_s));
    QVERIFY(taps.text().isEmpty());
    QVERIFY(idAt(4).isEmpty());
    QCOMPARE(m_reader->connections(), connections);
    yubico().save();
    QTRY_VERIFY(!yubico().isBusy());
    QTRY_COMPARE(yubico().stage(), Stage::Closed);
    QCOMPARE(stored().size(), 4);
    m_reader->removeReader(reader);
}

void TestYubicoOtpViewModel::asksForNfcWhenAllLinesAreTaken()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(yubico()));
    QSignalSpy nfc(&yubico(), &YubicoOtpViewModel::nfcWanted);
    for (int slot = 0; slot < 5; ++slot) {
        QCOMPARE(nfc.count(), 0);
        touchInto(slot, u"key%1"_s.arg(slot));
    }
    QCOMPARE(nfc.count(), 1);
    yubico().save();
    QTRY_COMPARE(yubico().stage(), Stage::Closed);
    QCOMPARE(stored().size(), 5);
}

void TestYubicoOtpViewModel::saysWhatIsWrongWithACode_data()
{
    QTest::addColumn<QString>("entered");
    QTest::addColumn<QString>("said");
    QTest::newRow("other layout") << QString(44, u'a') << u"keyboard layout has changed"_s;
    QTest::newRow("no code") << u"123456"_s << u"not a YubiKey code"_s;
    QTest::newRow("short") << QString(43, u'c') << u"This one has 43"_s;
    QTest::newRow("touched twice") << QString(88, u'c') << u"This one has 88"_s;
}

void TestYubicoOtpViewModel::saysWhatIsWrongWithACode()
{
    QFETCH(QString, entered);
    QFETCH(QString, said);
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(yubico()));
    QSignalSpy wanted(&yubico(), &YubicoOtpViewModel::slotWanted);
    yubico().edit(2, entered);
    yubico().save();
    QVERIFY2(errorAt(2).contains(said), qPrintable(errorAt(2)));
    QCOMPARE(wanted.takeLast().at(0).toInt(), 2);
    QVERIFY(!yubico().isBusy());
    yubico().edit(2, QString());
    QVERIFY(errorAt(2).isEmpty());
    QCOMPARE(writes(), 0);
}

void TestYubicoOtpViewModel::keyOfAnotherLineIsRefused()
{
    QVERIFY(m_test.open(u"token"_s));
    turnOnElsewhere({u"first"_s});
    QVERIFY(m_test.manage(yubico()));
    touchInto(1, u"second"_s);
    touchInto(2, u"first"_s);
    QCOMPARE(errorAt(2), u"This key is already on line 1."_s);
    touchInto(2, u"second"_s);
    QCOMPARE(errorAt(2), u"This key is already on line 2."_s);
    QVERIFY(idAt(2).isEmpty());
}

void TestYubicoOtpViewModel::savesWhatWasEnteredWithoutEnter()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(yubico()));
    const QString code = touch(u"first"_s);
    yubico().edit(0, code);
    yubico().save();
    QTRY_COMPARE(yubico().stage(), Stage::Closed);
    QCOMPARE(stored(), QStringList{code.left(12)});
}

void TestYubicoOtpViewModel::wantsAtLeastOneKey()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(yubico()));
    yubico().save();
    QVERIFY(errorAt(0).contains(u"at least one"_s));
    QVERIFY(!yubico().isBusy());
    QVERIFY(!yubico().isAskingToTurnOff());
}

void TestYubicoOtpViewModel::usedCodeIsSaidAtItsLine_data()
{
    QTest::addColumn<QString>("generation");
    QTest::addColumn<bool>("namesLine");
    QTest::newRow("classic") << u"classic"_s << false;
    QTest::newRow("middle") << u"middle"_s << true;
    QTest::newRow("token") << u"token"_s << true;
    QTest::newRow("pascal") << u"pascal"_s << false;
}

void TestYubicoOtpViewModel::usedCodeIsSaidAtItsLine()
{
    QFETCH(QString, generation);
    QFETCH(bool, namesLine);
    QVERIFY(m_test.open(generation));
    QVERIFY(m_test.manage(yubico()));
    touchInto(0, u"first"_s);
    const QString old = touch(u"second"_s);
    const QString newer = touch(u"second"_s);
    // Yubico has seen the newer one, so the older is void.
    {
        const auto opened = outcomeOf(m_test.elsewhere->openYubicoOtp(m_test.otherProof()));
        QVERIFY(outcomeOf(m_test.elsewhere->writeYubicoOtp(opened->proof, {newer}, false)));
        const auto again = outcomeOf(m_test.elsewhere->openYubicoOtp(m_test.otherProof()));
        QVERIFY(outcomeOf(m_test.elsewhere->turnOff(again->proof, ProviderType::YubicoOtp)));
    }
    yubico().edit(1, old);
    yubico().enter(1);
    QSignalSpy wanted(&yubico(), &YubicoOtpViewModel::slotWanted);
    yubico().save();
    QTRY_VERIFY(!yubico().isBusy());
    QCOMPARE(yubico().stage(), Stage::Open);
    // The code of the first line may be used up as well.
    QVERIFY(idAt(0).isEmpty());
    QVERIFY(errorAt(0).contains(u"Touch this key again"_s));
    QVERIFY(idAt(1).isEmpty());
    QCOMPARE(errorAt(1).contains(u"line 2 was refused"_s), namesLine);
    QCOMPARE(wanted.takeLast().at(0).toInt(), namesLine ? 1 : 0);
    QVERIFY(!m_test.isOn(3));
    touchInto(0, u"first"_s);
    touchInto(1, u"second"_s);
    yubico().save();
    QTRY_COMPARE(yubico().stage(), Stage::Closed);
    QCOMPARE(stored().size(), 2);
}

void TestYubicoOtpViewModel::nfcStartsTickedAndIsKept()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(yubico()));
    QVERIFY(yubico().isNfc());
    touchInto(0, u"first"_s);
    yubico().setNfc(false);
    yubico().save();
    QTRY_COMPARE(yubico().stage(), Stage::Closed);
    m_test.page->recoveryCode()->close();
    QVERIFY(m_test.manage(yubico()));
    QVERIFY(!yubico().isNfc());
    QVERIFY(!yubico().isModified());
    yubico().setNfc(true);
    QVERIFY(yubico().isModified());
    yubico().save();
    QTRY_VERIFY(!yubico().isBusy());
    QVERIFY(yubico().isNfc());
    QVERIFY(!yubico().isModified());
}

void TestYubicoOtpViewModel::expiredProofAsksAgainAndSavesTheSameCodes()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(yubico()));
    const QString id = touchInto(0, u"first"_s);
    QVERIFY(m_test.server.expireVerifications());
    yubico().save();
    QTRY_COMPARE(yubico().stage(), Stage::VerifyingAgain);
    QCOMPARE(idAt(0), id);
    m_test.typePassword(yubico());
    QTRY_COMPARE(yubico().stage(), Stage::Closed);
    QCOMPARE(stored(), QStringList{id});
}

void TestYubicoOtpViewModel::keysChangedElsewhereAreShownBeforeTheyAreOverwritten()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(yubico()));
    const QString mine = touchInto(0, u"mine"_s);
    const QStringList theirs = turnOnElsewhere({u"theirs"_s});
    yubico().save();
    QTRY_VERIFY(!yubico().isBusy());
    QVERIFY(!yubico().noticeText().isEmpty());
    QVERIFY(yubico().isOn());
    QCOMPARE(stored(), theirs);
    QCOMPARE(idAt(0), theirs[0]);
    QCOMPARE(idAt(1), mine);
    QTRY_COMPARE(m_test.page->providers()->turnedOnCount(), 1);
    yubico().save();
    QTRY_VERIFY(!yubico().isBusy());
    QCOMPARE(yubico().noticeText(), u"The YubiKeys were saved."_s);
    QCOMPARE(stored(), (QStringList{theirs[0], mine}));
}

// Or as few as the server allows: all but the newest want one for each change.
void TestYubicoOtpViewModel::oneEmailedCodeSavesTwice()
{
    QFETCH(QString, generation);
    QVERIFY(m_test.openWithoutPassword(generation));
    QVERIFY(m_test.manage(yubico()));
    const QString first = touchInto(0, u"first"_s);
    yubico().save();
    QTRY_COMPARE(yubico().stage(), Stage::Closed);
    QVERIFY(m_test.isOn(3));
    QCOMPARE(m_test.server.emailedCodes().size(), 1);

    // Nobody answers for the time that Vaultwarden wants between two emails.
    QVERIFY(m_test.reload());
    QVERIFY(m_test.manage(yubico()));
    QCOMPARE(m_test.server.emailedCodes().size(), 2);
    QCOMPARE(idAt(0), first);
    const QString saved = u"The YubiKeys were saved."_s;
    touchInto(1, u"second"_s);
    yubico().save();
    QTRY_COMPARE(yubico().noticeText(), saved);
    touchInto(2, u"third"_s);
    yubico().save();
    if (generation == "token"_L1) {
        QVERIFY(yubico().isBusy());
        QTRY_COMPARE(yubico().noticeText(), saved);
        QCOMPARE(m_test.server.emailedCodes().size(), 2);
        return;
    }
    QTRY_COMPARE(yubico().stage(), Stage::VerifyingAgain);
    QVERIFY(m_test.prove(yubico()));
    QTRY_COMPARE(yubico().noticeText(), saved);
    QCOMPARE(m_test.server.emailedCodes().size(), 3);
}

void TestYubicoOtpViewModel::keysChangedElsewhereWantAnotherEmailedCode()
{
    const auto letPasswordCount = [this](bool counts) {
        return m_test.server.editAccount(ManagedPage::role, {{u"masterPassword"_s, counts}});
    };
    QVERIFY(m_test.openWithoutPassword(u"token"_s));
    QVERIFY(letPasswordCount(true));
    QCOMPARE(turnOnElsewhere({u"first"_s}).size(), 1);
    QVERIFY(letPasswordCount(false));
    QVERIFY(m_test.reload());
    QVERIFY(m_test.manage(yubico()));
    const QString mine = touchInto(1, u"mine"_s);
    QVERIFY(letPasswordCount(true));
    const QStringList theirs = turnOnElsewhere({u"theirs"_s});
    QVERIFY(letPasswordCount(false));

    yubico().save();
    QTRY_COMPARE(yubico().stage(), Stage::VerifyingAgain);
    QCOMPARE(writes(), 2);
    QVERIFY(m_test.prove(yubico()));
    QTRY_VERIFY2(!yubico().noticeText().isEmpty(), qPrintable(yubico().errorText()));
    QCOMPARE(writes(), 2);
    QCOMPARE(yubico().keyNames(), theirs);
    // They have been seen, and no third code is wanted.
    yubico().save();
    QTRY_COMPARE(writes(), 3);
    QTRY_VERIFY(!yubico().isBusy());
    QCOMPARE(yubico().stage(), Stage::Open);
    QCOMPARE(yubico().keyNames(), QStringList() << theirs << mine);
    QCOMPARE(m_test.server.emailedCodes().size(), 2);
}

void TestYubicoOtpViewModel::lostAnswerIsReadBack()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(yubico()));
    const QString id = touchInto(0, u"first"_s);
    QVERIFY(m_test.server.setFault(u"/api/two-factor/yubikey"_s, u"drop-mid-body"_s,
                                   {{u"times"_s, 1}}));
    yubico().save();
    QTRY_COMPARE(yubico().stage(), Stage::Closed);
    QCOMPARE(stored(), QStringList{id});
}

void TestYubicoOtpViewModel::lostConnectionClaimsNothingAndAsksForNewTouches()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(yubico()));
    touchInto(0, u"first"_s);
    QVERIFY(m_test.server.setFault(u"/api/two-factor/yubikey"_s, u"drop"_s, {{u"times"_s, 1}}));
    yubico().save();
    QTRY_VERIFY(!yubico().isBusy());
    QCOMPARE(yubico().stage(), Stage::Open);
    QVERIFY(!yubico().errorText().isEmpty());
    QVERIFY(errorAt(0).contains(u"Touch this key again"_s));
    QVERIFY(!m_test.isOn(3));
}

void TestYubicoOtpViewModel::unreachableServerKeepsTheCodes()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(yubico()));
    const QString id = touchInto(0, u"first"_s);
    // Already the look before the save fails: no code has left this computer.
    QVERIFY(m_test.server.setFault(u"/api/two-factor/get-yubikey"_s, u"drop"_s));
    yubico().save();
    QTRY_VERIFY(!yubico().isBusy());
    QVERIFY(!yubico().errorText().isEmpty());
    QCOMPARE(idAt(0), id);
    QCOMPARE(writes(), 0);
    QVERIFY(m_test.server.clearFaults());
    yubico().save();
    QTRY_COMPARE(yubico().stage(), Stage::Closed);
    QCOMPARE(stored(), QStringList{id});
}

void TestYubicoOtpViewModel::endedPremiumCanStillBeTurnedOff_data()
{
    QTest::addColumn<QString>("generation");
    QTest::addColumn<bool>("mayLook");
    QTest::newRow("middle") << u"middle"_s << false;
    QTest::newRow("token") << u"token"_s << true;
}

void TestYubicoOtpViewModel::endedPremiumCanStillBeTurnedOff()
{
    QFETCH(QString, generation);
    QFETCH(bool, mayLook);
    QVERIFY(m_test.open(generation));
    QCOMPARE(turnOnElsewhere({u"first"_s}).size(), 1);
    QVERIFY(m_test.server.editAccount(ManagedPage::role, {{u"premium"_s, false}}));
    m_test.page->setPremium(false);
    QVERIFY(m_test.reload());
    QVERIFY(m_test.manage(yubico()));
    QVERIFY(yubico().isLapsed());
    QCOMPARE(!idAt(0).isEmpty(), mayLook);
    yubico().save();
    QVERIFY(!yubico().isBusy());
    yubico().askToTurnOff();
    yubico().turnOff();
    QTRY_COMPARE(yubico().stage(), Stage::Closed);
    QVERIFY(!m_test.isOn(3));
}

void TestYubicoOtpViewModel::serverWithoutCredentialsAtYubicoSaysSo_data()
{
    QTest::addColumn<QString>("generation");
    QTest::newRow("classic") << u"classic"_s;
    QTest::newRow("pascal") << u"pascal"_s;
}

// It refuses before it looks at the password, so that is not at fault.
void TestYubicoOtpViewModel::serverWithoutCredentialsAtYubicoSaysSo()
{
    QFETCH(QString, generation);
    QVERIFY(m_test.open(generation));
    QVERIFY(m_test.server.changeSettings({{u"yubicoCredentials"_s, false}}));
    QVERIFY(m_test.page->manage(static_cast<int>(ProviderType::YubicoOtp)));
    auto *prompt = yubico().verification();
    m_test.typePassword(yubico());
    QTRY_VERIFY(!prompt->errorText().isEmpty());
    QCOMPARE(prompt->errorText(),
             u"This server is not set up for Yubico codes. Ask its administrator."_s);
    QVERIFY(prompt->errorIsConnection());
    QVERIFY(prompt->isRefusedForGood());
    QCOMPARE(yubico().stage(), Stage::Verifying);
    prompt->cancel();
    QCOMPARE(yubico().stage(), Stage::Closed);

    QVERIFY(m_test.server.changeSettings({{u"yubicoCredentials"_s, true}}));
    QVERIFY(m_test.manage(yubico()));
}

void TestYubicoOtpViewModel::closingForgetsTheCodes()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(yubico()));
    touchInto(0, u"first"_s);
    yubico().close();
    QVERIFY(idAt(0).isEmpty());
    QVERIFY(!yubico().keys()->isModified());
}

QTEST_MAIN(TestYubicoOtpViewModel)
#include "tst_yubicootpviewmodel.moc"
