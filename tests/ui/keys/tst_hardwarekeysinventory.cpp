// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/keys/keystest.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>

using namespace Sparekey;
using namespace Qt::StringLiterals;

// The list of keys on the page Security keys.
class TestHardwareKeysInventory : public KeysTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_test = std::make_unique<KeysPage>(); }
    void cleanup() { m_test.reset(); }

    void aKeyIsAddedByATouch();
    void aKeyOnAReaderIsAddedAndKnownAgain();
    void nameAndPlaceAreEdited();
    void aKeyWithoutANameIsNotSaved();
    void aKeyIsForgottenAfterAsking();
    void aKeyThatCannotBeForgottenIsToldAsAProblem();
    void saysWhatIsLeft_data();
    void saysWhatIsLeft();
    void namesTheOtherKey();
    void saysWhatAResetLeftBehind();
    void aDamagedListIsTold();
};

void TestHardwareKeysInventory::aKeyIsAddedByATouch()
{
    auto &port = m_test->plugIn(u"Maker Blue"_s);
    QVERIFY(m_test->show());
    page().describe();
    QVERIFY(page().note()->isOpen());
    QVERIFY(page().note()->adds());
    QCOMPARE(page().note()->name(), u"Maker Blue"_s);
    port.front->neverTouch();
    page().note()->save(u"Blue"_s, u"Keyring"_s);
    QVERIFY(KeysPage::waitFor(page().note()->prompt(), Prompt::Touch));
    QSignalSpy noted(&page(), &HardwareKeysViewModel::noted);
    QTRY_VERIFY(port.front->isBlinking());
    port.front->touch();
    QTRY_VERIFY(!page().note()->isOpen());
    QCOMPARE(noted.size(), 1);
    port.front->neverTouch();
    QTRY_VERIFY(details().isRecognized());
    QCOMPARE(details().name(), u"Blue"_s);
    QCOMPARE(details().place(), u"Keyring"_s);
    QCOMPARE(port.key->discoverableCount(), 0); // It takes up no room.
    QCOMPARE(list().count(), 1);
    QVERIFY(row(0, KeyInventoryModel::PlaceRole).toString().contains(u"Keyring"_s));
    QVERIFY(row(0, KeyInventoryModel::AccountsRole).toList().isEmpty());
}

void TestHardwareKeysInventory::aKeyOnAReaderIsAddedAndKnownAgain()
{
    const KeyDevice reader = m_test->transport->addReader(u"Desk reader"_s);
    const auto key = std::make_shared<SoftwareKey>();
    page().setShown(true);
    QTRY_VERIFY(page().isWaitingForCard());
    m_test->placeOn(reader, key);
    QVERIFY(m_test->isLookedAt());
    QVERIFY(details().name().contains(u"Desk reader"_s));
    // Lifted, it can still be acted on: it is asked for then.
    m_test->transport->lift(reader);
    QTRY_VERIFY(page().isWaitingForCard());
    QVERIFY(details().isKnown());
    page().describe();
    page().note()->save(u"Blue"_s, {});
    QVERIFY(KeysPage::waitFor(page().note()->prompt(), Prompt::Pin));
    page().note()->prompt()->skipPin();
    QVERIFY(KeysPage::waitFor(page().note()->prompt(), Prompt::PlaceOnReader));
    m_test->placeOn(reader, key);
    QTRY_VERIFY(!page().note()->isOpen());
    QTRY_COMPARE(details().name(), u"Blue"_s);
    QVERIFY(details().isRecognized());
    QVERIFY(row(0, KeyInventoryModel::ConnectedRole).toBool());
    QVERIFY(row(0, KeyInventoryModel::ProductRole).toString().isEmpty());
    m_test->transport->lift(reader);
    QTRY_VERIFY(!row(0, KeyInventoryModel::ConnectedRole).toBool());
    // Another card is another key.
    m_test->placeOn(reader, std::make_shared<SoftwareKey>());
    QTRY_VERIFY(!details().isRecognized());
}

void TestHardwareKeysInventory::nameAndPlaceAreEdited()
{
    auto &port = m_test->plugIn(u"Maker Blue"_s);
    QVERIFY(!m_test->enrol(port, u"a"_s, 1, u"Blue"_s).isEmpty());
    QVERIFY(m_test->show());
    QTRY_VERIFY(details().isRecognized());
    page().describe();
    QVERIFY(!page().note()->adds());
    page().note()->save(u"Sky blue"_s, u"Safe"_s);
    QTRY_VERIFY(!page().note()->isOpen());
    QTRY_COMPARE(details().name(), u"Sky blue"_s);
    QCOMPARE(details().place(), u"Safe"_s);
    // Without the key as well.
    m_test->transport->pullOut(port.device);
    QTRY_VERIFY(!details().isKnown());
    page().describeRow(0);
    QCOMPARE(page().note()->name(), u"Sky blue"_s);
    QCOMPARE(page().note()->place(), u"Safe"_s);
    page().note()->save(u"Blue"_s, {});
    QTRY_VERIFY(!page().note()->isOpen());
    QCOMPARE(row(0, KeyInventoryModel::NameRole).toString(), u"Blue"_s);
    QVERIFY(row(0, KeyInventoryModel::PlaceRole).toString().isEmpty());
}

void TestHardwareKeysInventory::aKeyWithoutANameIsNotSaved()
{
    m_test->plugIn(u"Maker Blue"_s);
    QVERIFY(m_test->show());
    page().describe();
    QSignalSpy wanted(page().note(), &KeyNoteViewModel::nameWanted);
    page().note()->save(u"  "_s, u"Safe"_s);
    QCOMPARE(wanted.size(), 1);
    QVERIFY(!page().note()->nameErrorText().isEmpty());
    QVERIFY(!page().note()->isBusy());
    QVERIFY(page().note()->isOpen());
}

void TestHardwareKeysInventory::aKeyIsForgottenAfterAsking()
{
    auto &port = m_test->plugIn(u"Maker Blue"_s);
    QVERIFY(!m_test->enrol(port, u"a"_s, 1, u"Blue"_s).isEmpty());
    QVERIFY(m_test->show());
    QTRY_COMPARE(list().count(), 1);
    page().forgetting()->forget(); // Not asked for.
    page().askToForget(0);
    QCOMPARE(page().forgetting()->keyName(), u"Blue"_s);
    page().forgetting()->cancel();
    QVERIFY(!page().forgetting()->isAsking());
    QCOMPARE(list().count(), 1);
    page().askToForget(0);
    page().forgetting()->forget();
    QTRY_COMPARE(list().count(), 0);
    QTRY_VERIFY(!details().isRecognized());
    QCOMPARE(details().name(), u"Maker Blue"_s);
}

void TestHardwareKeysInventory::aKeyThatCannotBeForgottenIsToldAsAProblem()
{
    auto &port = m_test->plugIn(u"Maker Blue"_s);
    QVERIFY(!m_test->enrol(port, u"a"_s, 1, u"Blue"_s).isEmpty());
    QVERIFY(m_test->show());
    QTRY_VERIFY(details().isRecognized());
    QVERIFY(outcomeOf(m_test->inventory.load())); // After what was noted of the look.
    QSignalSpy noted(&page(), &HardwareKeysViewModel::noted);
    const QString file = m_test->inventory.file();
    QVERIFY(QFile::remove(file));
    QVERIFY(QDir().mkdir(file));
    page().askToForget(0);
    page().forgetting()->forget();
    QTRY_VERIFY(page().inventoryProblemText().contains(file));
    QVERIFY(noted.isEmpty());
    QCOMPARE(list().count(), 1);
}

void TestHardwareKeysInventory::saysWhatIsLeft_data()
{
    QTest::addColumn<QList<int>>("methods");
    QTest::addColumn<bool>("copy");
    QTest::addColumn<Tone>("tone");
    QTest::addColumn<QString>("words");
    QTest::newRow("never looked") << QList<int>{-1} << false << Tone::Unknown
                                  << u"has not seen yet"_s;
    QTest::newRow("never looked, but a copy")
        << QList<int>{-1} << true << Tone::Unknown << u"You printed the recovery code on"_s;
    QTest::newRow("another method")
        << QList<int>{7, 0, 1} << false << Tone::Good << u"Authenticator app"_s;
    QTest::newRow("only the code")
        << QList<int>{7} << true << Tone::Caution << u"Nothing is left but the recovery code"_s;
    QTest::newRow("nothing") << QList<int>{7} << false << Tone::Bad
                             << u"Nothing is left that Sparekey knows of"_s;
    QTest::newRow("passkeys are off")
        << QList<int>{0} << false << Tone::Good << u"Nothing is lost"_s;
}

void TestHardwareKeysInventory::saysWhatIsLeft()
{
    QFETCH(QList<int>, methods);
    QFETCH(bool, copy);
    QFETCH(Tone, tone);
    QFETCH(QString, words);
    auto &port = m_test->plugIn(u"Maker Blue"_s);
    QVERIFY(!m_test->enrol(port, u"a"_s, 1, u"Blue"_s).isEmpty());
    if (methods != QList<int>{-1}) {
        QList<ProviderType> on;
        for (const int method : methods)
            on.append(static_cast<ProviderType>(method));
        QVERIFY(outcomeOf(m_test->inventory.recordMethods(u"a"_s, on)));
    }
    if (copy) {
        m_test->settings.addCopy(u"a"_s,
                                 {.kind = CopyKind::Printed,
                                  .when = QDateTime::currentDateTimeUtc(),
                                  .sheetId = {}});
    }
    QVERIFY(m_test->show());
    const QVariantMap said = account(0, 0);
    QVERIFY2(said.value(u"text"_s).toString().contains(words)
                 || said.value(u"copy"_s).toString().contains(words),
             qPrintable(said.value(u"text"_s).toString()));
    QCOMPARE(toneOf(0, 0), tone);
    QCOMPARE(row(0, KeyInventoryModel::ToneRole).value<Tone>(), tone);
}

void TestHardwareKeysInventory::namesTheOtherKey()
{
    auto &blue = m_test->plugIn(u"Maker Blue"_s);
    auto &red = m_test->plugIn(u"Maker Red"_s);
    const QByteArray first = m_test->enrol(blue, u"a"_s, 1, u"Blue"_s);
    QVERIFY(!first.isEmpty());
    QVERIFY(!m_test->enrol(blue, u"b"_s, 1, u"Blue"_s, {first}).isEmpty());
    QVERIFY(!m_test->enrol(red, u"a"_s, 2, u"Red"_s).isEmpty());
    QVERIFY(outcomeOf(m_test->inventory.recordMethods(u"b"_s, {ProviderType::Passkey})));
    QVERIFY(m_test->show());
    QTRY_COMPARE(list().count(), 2);
    QVERIFY(account(0, 0).value(u"text"_s).toString().contains(u"“Red”"_s));
    QCOMPARE(toneOf(0, 0), Tone::Good);
    QCOMPARE(toneOf(0, 1), Tone::Bad);
    QCOMPARE(row(0, KeyInventoryModel::ToneRole).value<Tone>(), Tone::Bad);
    QVERIFY(account(1, 0).value(u"text"_s).toString().contains(u"“Blue”"_s));
    QCOMPARE(row(1, KeyInventoryModel::ToneRole).value<Tone>(), Tone::Good);
}

void TestHardwareKeysInventory::saysWhatAResetLeftBehind()
{
    auto &port = m_test->plugIn(u"Maker Blue"_s);
    QVERIFY(!m_test->enrol(port, u"a"_s, 1, u"Blue"_s).isEmpty());
    const QString id = m_test->inventory.inventory().keys().first().id;
    QVERIFY(outcomeOf(m_test->inventory.recordReset(id)));
    QVERIFY(m_test->show());
    QVERIFY(account(0, 0).value(u"text"_s).toString().contains(u"Remove it"_s));
    QCOMPARE(toneOf(0, 0), Tone::Caution);
    QVERIFY(!details().isRecognized());
}

void TestHardwareKeysInventory::aDamagedListIsTold()
{
    QVERIFY(QDir().mkpath(QFileInfo(m_test->inventory.file()).path()));
    QFile file(m_test->inventory.file());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{");
    file.close();
    m_test->plugIn(u"Maker Blue"_s);
    QVERIFY(m_test->show());
    QVERIFY(page().inventoryProblemText().contains(m_test->inventory.file() + u".damaged"_s));
    // A file that is none is no reason not to look at keys.
    KeysPage other;
    QVERIFY(QDir().mkpath(other.inventory.file()));
    other.plugIn(u"Maker Red"_s);
    QVERIFY(other.show());
    QVERIFY(other.page.inventoryProblemText().contains(u"cannot be read"_s));
}

QTEST_MAIN(TestHardwareKeysInventory)
#include "tst_hardwarekeysinventory.moc"
