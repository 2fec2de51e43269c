// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inventory/keyinventory.h"
#include "core/inventory/keyloss.h"
#include "tests/core/outcome.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

#include <sys/stat.h>
#include <unistd.h>

using namespace Sparekey;
using namespace Qt::StringLiterals;

namespace {

using State = KeyRegistration::State;
using Verdict = AccountAfterLoss::Verdict;

const QByteArray blueAaguid = QByteArray("blue-key-blue-ke");

/// Any; all that counts here is that it is kept.
CredentialPublicKey publicKeyOf(const QByteArray &credential)
{
    return {.algorithm = -7, .bytes = credential.leftJustified(64, '.', true)};
}

KeyRegistration registration(const QString &account, qint64 number, const QByteArray &credential,
                             const QString &name = u"Blue"_s)
{
    return {.accountKey = account,
            .server = u"vault.example.com"_s,
            .rpId = u"vault.example.com"_s,
            .credentialId = credential,
            .publicKey = publicKeyOf(credential),
            .number = number,
            .name = name,
            .added = QDateTime(QDate(2026, 5, 4), QTime(12, 0), QTimeZone::utc())};
}

KeyObservation blueKey(const QList<QByteArray> &held = {})
{
    return {.product = u"Maker Blue"_s, .aaguid = blueAaguid, .held = held};
}

/// Registered with two accounts, the second on a key that was known by the first.
Inventory oneKey()
{
    Inventory inventory;
    inventory.recordRegistration(registration(u"a"_s, 1, "cred-a"_ba), blueKey(), u"k1"_s);
    inventory.recordRegistration(registration(u"b"_s, 3, "cred-b"_ba), blueKey({"cred-a"_ba}),
                                 u"k2"_s);
    return inventory;
}

QJsonValue publicKeyJson(qint64 algorithm, const QByteArray &bytes)
{
    return QJsonObject{{u"algorithm"_s, algorithm},
                       {u"bytes"_s,
                        QString::fromLatin1(bytes.toBase64(QByteArray::Base64UrlEncoding
                                                           | QByteArray::OmitTrailingEquals))}};
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QStringList entriesOf(const QString &folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::System
                                  | QDir::NoDotAndDotDot);
}

std::optional<CopyRecord> noCopy(const QString &)
{
    return {};
}

std::optional<CopyRecord> aCopy(const QString &)
{
    return CopyRecord{.kind = CopyKind::Printed,
                      .when = QDateTime(QDate(2026, 1, 2), QTime(3, 4), QTimeZone::utc()),
                      .sheetId = {}};
}

} // namespace

class TestKeyInventory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    // ------------------------------------------------ what is known of keys
    void aKeyIsCalledLikeItsFirstPasskey()
    {
        const Inventory inventory = oneKey();
        QCOMPARE(inventory.keys().size(), 1);
        const InventoryKey &key = inventory.keys().first();
        QCOMPARE(key.id, u"k1"_s);
        QCOMPARE(key.name, u"Blue"_s);
        QCOMPARE(key.product, u"Maker Blue"_s);
        QCOMPARE(key.aaguid, blueAaguid);
        QCOMPARE(key.registrations.size(), 2);
        QCOMPARE(inventory.holderOf("cred-b"_ba), &key);
        QCOMPARE(inventory.holderOf("cred-c"_ba), nullptr);
    }

    // ------------------------------------------------ asked for, and no answer yet
    void aRegistrationIsKnownThoughTheProgramEndedBeforeItsAnswer()
    {
        Inventory inventory = oneKey();
        inventory.recordPending(registration(u"c"_s, 2, "cred-c"_ba, u"Blue 2"_s),
                                blueKey({"cred-a"_ba}), u"k3"_s);
        QCOMPARE(inventory.holderOf("cred-c"_ba), nullptr);
        // As the next start finds it.
        const auto read = inventoryFromJson(inventoryToJson(inventory));
        QVERIFY(read);
        QVERIFY(!read->damaged);
        QCOMPARE(read->value, inventory);
        Inventory later = read->value;
        // What another account has says nothing.
        later.recordPasskeys(u"b"_s, {{.id = 3, .name = u"Blue"_s}});
        QCOMPARE(later.pending().size(), 1);
        later.recordPasskeys(u"c"_s, {{.id = 2, .name = u"Blue 2"_s}});
        QVERIFY(later.pending().isEmpty());
        QCOMPARE(later.keys().size(), 1);
        QCOMPARE(later.holderOf("cred-c"_ba)->id, u"k1"_s);
        QCOMPARE(later.holderOf("cred-c"_ba)->registrations.last().state, State::Registered);
    }

    void aRegistrationThatTheServerDoesNotHaveIsDropped()
    {
        Inventory inventory = oneKey();
        inventory.recordPending(registration(u"c"_s, 2, "cred-c"_ba, u"Blue 2"_s), blueKey(),
                                u"k3"_s);
        // The number belongs to another key.
        inventory.recordPasskeys(u"c"_s, {{.id = 2, .name = u"Green"_s}});
        QVERIFY(inventory.pending().isEmpty());
        QCOMPARE(inventory.holderOf("cred-c"_ba), nullptr);
        inventory.recordPending(registration(u"c"_s, 2, "cred-c"_ba), blueKey(), u"k3"_s);
        inventory.dropPending("cred-c"_ba);
        QVERIFY(inventory.pending().isEmpty());
        inventory.recordPending(registration(u"c"_s, 2, "cred-c"_ba), blueKey(), u"k3"_s);
        inventory.recordRegistration(registration(u"c"_s, 2, "cred-c"_ba), blueKey(), u"k3"_s);
        QVERIFY(inventory.pending().isEmpty());
        QCOMPARE(inventory.keys().size(), 2);
    }

    void aRegistrationThatALookHasFoundIsNotNotedTwice()
    {
        Inventory inventory = oneKey();
        inventory.recordPending(registration(u"c"_s, 2, "cred-c"_ba, u"Blue 2"_s), blueKey(),
                                u"k3"_s);
        inventory.recordPasskeys(u"c"_s, {{.id = 2, .name = u"Blue 2"_s}});
        const Inventory found = inventory;
        QCOMPARE(found.keys().size(), 2);
        inventory.recordRegistration(registration(u"c"_s, 2, "cred-c"_ba, u"Blue 2"_s), blueKey(),
                                     u"k4"_s);
        QCOMPARE(inventory, found);
    }

    void aNumberThatWasGivenAgainBelongsToTheNewPasskey()
    {
        Inventory inventory = oneKey();
        inventory.recordRegistration(registration(u"c"_s, 2, "cred-c"_ba, u"Old"_s), blueKey(),
                                     u"k3"_s);
        inventory.recordRemoval(u"c"_s, 2);
        inventory.recordRegistration(registration(u"c"_s, 2, "cred-d"_ba, u"New"_s), blueKey(),
                                     u"k4"_s);
        inventory.recordPasskeys(u"c"_s, {{.id = 2, .name = u"New"_s}});
        QCOMPARE(inventory.holderOf("cred-c"_ba)->registrations.last().state,
                 State::RemovedAtServer);
        QCOMPARE(inventory.holderOf("cred-d"_ba)->registrations.last().state, State::Registered);
    }

    void aReadersNameIsNotTheKeys()
    {
        const KeyDevice reader{.id = u"pcsc:1"_s,
                               .name = u"Reader"_s,
                               .connection = KeyDevice::Connection::Nfc};
        QVERIFY(KeyObservation::on(reader, {}, {}).product.isEmpty());
        const KeyDevice key{.id = u"usb:1"_s, .name = u"Maker Blue"_s};
        Inventory inventory;
        inventory.recordRegistration(registration(u"a"_s, 1, "cred-a"_ba),
                                     KeyObservation::on(reader, {}, {}), u"k1"_s);
        QVERIFY(inventory.keys().first().product.isEmpty());
        HeldCredentials held;
        held.claimed = {"cred-a"_ba};
        inventory.recordSeen(KeyObservation::on(key, blueAaguid, held));
        QVERIFY(inventory.keys().first().product.isEmpty());
        held.proven = {"cred-a"_ba};
        inventory.recordSeen(KeyObservation::on(key, blueAaguid, held));
        QCOMPARE(inventory.keys().first().product, u"Maker Blue"_s);
        QCOMPARE(inventory.keys().first().aaguid, blueAaguid);
    }

    void twoEntriesOfOneKeyBecomeOne()
    {
        Inventory inventory;
        inventory.recordRegistration(registration(u"a"_s, 1, "cred-a"_ba), blueKey(), u"k1"_s);
        inventory.recordRegistration(registration(u"x"_s, 1, "cred-x"_ba, u"Other"_s), blueKey(),
                                     u"k2"_s);
        inventory.recordRegistration(registration(u"b"_s, 1, "cred-b"_ba, u"Desk"_s), blueKey(),
                                     u"k3"_s);
        inventory.describe(u"k1"_s, u"Blue"_s, u"Keyring"_s);
        inventory.describe(u"k3"_s, u"Desk"_s, u"Desk drawer"_s);
        inventory.recordRegistration(registration(u"c"_s, 1, "cred-c"_ba, u"New"_s),
                                     blueKey({"cred-b"_ba, "cred-a"_ba}), u"k4"_s);
        QCOMPARE(inventory.keys().size(), 2);
        const InventoryKey *key = inventory.key(u"k1"_s);
        QVERIFY(key);
        QCOMPARE(key->name, u"Blue"_s);
        QCOMPARE(key->place, u"Keyring; Desk drawer"_s);
        QCOMPARE(key->registrations.size(), 3);
        QVERIFY(inventory.key(u"k2"_s));
        QCOMPARE(inventory.holderOf("cred-b"_ba), key);
    }

    void aLookMakesOneKeyOfNoTwo()
    {
        Inventory inventory;
        inventory.recordRegistration(registration(u"a"_s, 1, "cred-a"_ba), blueKey(), u"k1"_s);
        inventory.recordRegistration(registration(u"b"_s, 1, "cred-b"_ba, u"Desk"_s), {}, u"k2"_s);
        const Inventory before = inventory;
        const KeyObservation everyKey{.product = u"Stranger"_s,
                                      .aaguid = QByteArray(16, 'x'),
                                      .held = {"cred-a"_ba, "cred-b"_ba}};
        inventory.recordSeen(everyKey);
        QVERIFY(inventory == before);
        QCOMPARE(inventory.onlyHolderOf(everyKey.held), nullptr);
        QCOMPARE(inventory.onlyHolderOf({"cred-b"_ba}), inventory.key(u"k2"_s));
        // Nor does it change what was known before.
        inventory.recordSeen(
            {.product = u"Stranger"_s, .aaguid = QByteArray(16, 'x'), .held = {"cred-a"_ba}});
        QVERIFY(inventory == before);
    }

    void aKeyOfNobodyElseChangesNothing()
    {
        Inventory inventory = oneKey();
        const Inventory before = inventory;
        inventory.recordSeen({.product = u"Stranger"_s, .aaguid = {}, .held = {}});
        inventory.recordSeen({.product = u"Stranger"_s, .aaguid = {}, .held = {"cred-z"_ba}});
        inventory.recordRemoval(u"z"_s, 1);
        inventory.recordPasskeys(u"z"_s, {{.id = 1, .name = u"Blue"_s}});
        inventory.recordMethods(u"z"_s, {ProviderType::Email}, QDateTime::currentDateTimeUtc());
        inventory.describe(u"z"_s, u"Name"_s, u"Place"_s);
        inventory.recordReset(u"z"_s);
        QVERIFY(inventory == before);
        inventory.forget(u"z"_s);
        QVERIFY(inventory == before);
    }

    void aRemovedPasskeyStillNamesTheKey()
    {
        Inventory inventory = oneKey();
        inventory.recordRemoval(u"a"_s, 3); // The number of the other account.
        QCOMPARE(inventory.keys().first().registrations.first().state, State::Registered);
        inventory.recordRemoval(u"a"_s, 1);
        QCOMPARE(inventory.keys().first().registrations.first().state, State::RemovedAtServer);
        QCOMPARE(inventory.candidates().size(), 2);
        QVERIFY(inventory.candidates().contains(
            KnownCredential{.rpId = u"vault.example.com"_s,
                            .id = "cred-a"_ba,
                            .publicKey = publicKeyOf("cred-a"_ba)}));
    }

    void aNumberThatIsGivenAgainIsAnotherPasskey()
    {
        Inventory inventory = oneKey();
        inventory.recordRegistration(registration(u"a"_s, 1, "cred-2"_ba, u"Red"_s), {}, u"k9"_s);
        QCOMPARE(inventory.keys().first().registrations.first().state, State::RemovedAtServer);
        QCOMPARE(inventory.key(u"k9"_s)->registrations.first().state, State::Registered);
    }

    void theServersListSaysWhatIsStillRegistered()
    {
        Inventory inventory = oneKey();
        inventory.recordPasskeys(u"a"_s, {{.id = 1, .name = u"Blue "_s}, {.id = 2, .name = {}}});
        const auto &registrations = inventory.keys().first().registrations;
        QCOMPARE(registrations.at(0).state, State::Registered);
        // The same number under another name.
        inventory.recordPasskeys(u"a"_s, {{.id = 1, .name = u"Green"_s}});
        QCOMPARE(registrations.at(0).state, State::RemovedAtServer);
        QCOMPARE(registrations.at(1).state, State::Registered);
        inventory.recordPasskeys(u"b"_s, {});
        QCOMPARE(registrations.at(1).state, State::RemovedAtServer);
    }

    void aResetKeyIsKnownByNothing()
    {
        Inventory inventory = oneKey();
        inventory.add(u"Blue"_s, {}, {.rpId = u"mark"_s, .id = "mark-1"_ba}, blueKey({"cred-a"_ba}),
                      u"k9"_s);
        QCOMPARE(inventory.candidates().size(), 3);
        inventory.recordReset(u"k1"_s);
        QVERIFY(inventory.candidates().isEmpty());
        QCOMPARE(inventory.keys().first().registrations.size(), 2);
        QCOMPARE(inventory.keys().first().registrations.first().state, State::GoneFromKey);
        // The server's entry, which opens nothing any more, is removed as well.
        inventory.recordRemoval(u"a"_s, 1);
        QCOMPARE(inventory.keys().first().registrations.size(), 1);
        QCOMPARE(inventory.keys().first().name, u"Blue"_s);
    }

    void aDeletedEntryOfTheKeyOpensNothing()
    {
        Inventory inventory = oneKey();
        inventory.recordDeletedFromKey("cred-b"_ba);
        QCOMPARE(inventory.keys().first().registrations.at(0).state, State::Registered);
        QCOMPARE(inventory.keys().first().registrations.at(1).state, State::GoneFromKey);
    }

    void aKeyAddedByHandIsKnownByItsMark()
    {
        Inventory inventory;
        inventory.add(u" Spare\n key "_s, u"Safe"_s, {.rpId = u"mark"_s, .id = "mark-1"_ba},
                      blueKey(), u"k1"_s);
        QCOMPARE(inventory.keys().first().name, u"Spare key"_s);
        QCOMPARE(inventory.keys().first().place, u"Safe"_s);
        inventory.recordRegistration(registration(u"a"_s, 1, "cred-a"_ba), blueKey({"mark-1"_ba}),
                                     u"k2"_s);
        QCOMPARE(inventory.keys().size(), 1);
        QCOMPARE(inventory.keys().first().name, u"Spare key"_s);
        QCOMPARE(inventory.keys().first().registrations.size(), 1);
    }

    void forgettingAKeyForgetsWhatWasKnownForIt()
    {
        Inventory inventory = oneKey();
        inventory.recordMethods(u"a"_s, {ProviderType::Email}, QDateTime::currentDateTimeUtc());
        QCOMPARE(inventory.accounts().size(), 1);
        inventory.forget(u"k1"_s);
        QVERIFY(inventory.keys().isEmpty());
        QVERIFY(inventory.accounts().isEmpty());
    }

    void whatNoKeyCanHaveMadeIsNotNoted()
    {
        Inventory inventory;
        inventory.recordRegistration(registration(u"a"_s, 1, {}), blueKey(), u"k1"_s);
        inventory.recordRegistration(registration({}, 1, "cred"_ba), blueKey(), u"k1"_s);
        inventory.recordRegistration(registration(u"a"_s, 1, QByteArray(1024, 'x')), blueKey(),
                                     u"k1"_s);
        inventory.add({}, {}, {.rpId = {}, .id = "cred"_ba}, blueKey(), u"k1"_s);
        auto odd = registration(u"a"_s, 1, "cred"_ba);
        odd.publicKey->bytes.chop(1);
        inventory.recordRegistration(odd, blueKey(), u"k1"_s);
        QVERIFY(inventory.keys().isEmpty());
    }

    // ------------------------------------------------ what is left
    void anotherKeyIsLeft()
    {
        Inventory inventory = oneKey();
        inventory.recordRegistration(registration(u"a"_s, 2, "cred-2"_ba, u"Red"_s), {}, u"k2"_s);
        const auto left = whatIsLeft(inventory, u"k1"_s, noCopy);
        QCOMPARE(left.size(), 2);
        QCOMPARE(left.at(0).accountKey, u"a"_s);
        QCOMPARE(left.at(0).server, u"vault.example.com"_s);
        QCOMPARE(left.at(0).verdict, Verdict::AnotherKey);
        QCOMPARE(left.at(0).otherKeys, QStringList{u"k2"_s});
        QCOMPARE(left.at(1).verdict, Verdict::Unknown);
        // A key that opens nothing is no way in.
        inventory.recordReset(u"k2"_s);
        QCOMPARE(whatIsLeft(inventory, u"k1"_s, noCopy).at(0).verdict, Verdict::Unknown);
        QVERIFY(whatIsLeft(inventory, u"k2"_s, noCopy).isEmpty());
        QVERIFY(whatIsLeft(inventory, u"none"_s, noCopy).isEmpty());
    }

    void aPasskeyFromElsewhereIsLeft()
    {
        Inventory inventory = oneKey();
        const QList<Passkey> alone{{.id = 1, .name = u"Blue"_s}};
        inventory.recordPasskeys(u"a"_s, alone);
        QCOMPARE(whatIsLeft(inventory, u"k1"_s, noCopy).at(0).verdict, Verdict::Unknown);
        inventory.recordPasskeys(u"a"_s, alone + QList<Passkey>{{.id = 2, .name = u"Phone"_s}});
        const auto left = whatIsLeft(inventory, u"k1"_s, noCopy).at(0);
        QCOMPARE(left.verdict, Verdict::AnotherPasskey);
        QCOMPARE(left.otherPasskeys, QStringList{u"Phone"_s});
        // Removed here since the list was read.
        inventory.recordRemoval(u"a"_s, 2);
        QCOMPARE(whatIsLeft(inventory, u"k1"_s, noCopy).at(0).verdict, Verdict::Unknown);
    }

    void theServersEntryOfAResetKeyIsNoPasskeyFromElsewhere()
    {
        Inventory inventory = oneKey();
        inventory.recordRegistration(registration(u"a"_s, 2, "cred-2"_ba, u"Red"_s), {}, u"k2"_s);
        inventory.recordPasskeys(u"a"_s,
                                 {{.id = 1, .name = u"Blue"_s}, {.id = 2, .name = u"Red"_s}});
        inventory.recordReset(u"k2"_s);
        const auto left = whatIsLeft(inventory, u"k1"_s, noCopy).at(0);
        QCOMPARE(left.verdict, Verdict::Unknown);
        QVERIFY(left.otherPasskeys.isEmpty());
    }

    void theVerdictComesFromWhatIsKnown_data()
    {
        QTest::addColumn<QList<int>>("methods");
        QTest::addColumn<bool>("copy");
        QTest::addColumn<Verdict>("verdict");
        QTest::newRow("another method") << QList{7, 0} << false << Verdict::AnotherMethod;
        QTest::newRow("only the code") << QList{7} << true << Verdict::RecoveryCode;
        QTest::newRow("nothing") << QList{7} << false << Verdict::Nothing;
        QTest::newRow("passkeys are off") << QList{0} << false << Verdict::NotAsked;
        QTest::newRow("all are off") << QList<int>{} << false << Verdict::NotAsked;
    }
    void theVerdictComesFromWhatIsKnown()
    {
        QFETCH(QList<int>, methods);
        QFETCH(bool, copy);
        QFETCH(Verdict, verdict);
        QList<ProviderType> on;
        for (const int method : methods)
            on.append(static_cast<ProviderType>(method));
        Inventory inventory = oneKey();
        const QDateTime now(QDate(2026, 6, 1), QTime(8, 0), QTimeZone::utc());
        inventory.recordMethods(u"a"_s, on, now);
        const auto left = whatIsLeft(inventory, u"k1"_s, copy ? aCopy : noCopy).at(0);
        QCOMPARE(left.verdict, verdict);
        QCOMPARE(left.recoveryCopy.has_value(), copy);
        QCOMPARE(left.methodsSeen, now);
        QVERIFY(!left.otherMethods.contains(ProviderType::Passkey));
    }

    void aCopyAloneIsNoReasonToBeSure()
    {
        const auto left = whatIsLeft(oneKey(), u"k1"_s, aCopy).at(0);
        QCOMPARE(left.verdict, Verdict::Unknown);
        QVERIFY(left.recoveryCopy);
        QVERIFY(!left.methodsSeen.isValid());
    }

    void aRegistrationTurnsPasskeysOn()
    {
        Inventory inventory = oneKey();
        const QDateTime now = QDateTime::currentDateTimeUtc();
        inventory.recordMethods(u"a"_s, {ProviderType::Email}, now);
        QCOMPARE(whatIsLeft(inventory, u"k1"_s, noCopy).at(0).verdict, Verdict::NotAsked);
        inventory.recordRegistration(registration(u"a"_s, 4, "cred-4"_ba), blueKey({"cred-a"_ba}),
                                     u"k2"_s);
        QCOMPARE(whatIsLeft(inventory, u"k1"_s, noCopy).at(0).verdict, Verdict::AnotherMethod);
    }

    void aLookOnTheSameDayIsNoChange()
    {
        Inventory inventory = oneKey();
        const QDateTime noon(QDate(2026, 6, 1), QTime(12, 0));
        inventory.recordMethods(u"a"_s, {ProviderType::Email}, noon);
        const Inventory before = inventory;
        inventory.recordMethods(u"a"_s, {ProviderType::Email}, noon.addSecs(60));
        QVERIFY(inventory == before);
        inventory.recordMethods(u"a"_s, {ProviderType::Email}, noon.addDays(1));
        QVERIFY(inventory != before);
    }

    // ------------------------------------------------ the file
    void whatWasNotedIsThereAfterARestart()
    {
        {
            KeyInventory keys(path());
            QVERIFY(outcomeOf(keys.load()));
            QVERIFY(keys.isLoaded());
            QVERIFY(entriesOf(m_folder->path()).isEmpty()); // A look alone writes nothing.
            QSignalSpy changed(&keys, &KeyInventory::changed);
            const auto id = outcomeOf(
                keys.recordRegistration(registration(u"a"_s, 7, "cred-a"_ba), blueKey()));
            QVERIFY(id);
            QCOMPARE(changed.size(), 1);
            QVERIFY(keys.inventory().key(*id));
            QVERIFY(outcomeOf(keys.describe(*id, u"Blau Größe 漢字"_s, u"Tresor"_s)));
            QVERIFY(outcomeOf(
                keys.recordMethods(u"a"_s, {ProviderType::Passkey, ProviderType::Authenticator})));
            QVERIFY(outcomeOf(keys.recordPasskeys(
                u"a"_s, {{.id = 7, .name = u"Blue"_s}, {.id = 8, .name = u"Phone"_s}})));
            QVERIFY(
                outcomeOf(keys.add({}, u"Spare"_s, u"Office"_s,
                                   {.rpId = u"mark"_s, .id = QByteArray(64, '\xff')}, blueKey())));
        }
        struct stat status;
        QCOMPARE(::stat(QFile::encodeName(path()).constData(), &status), 0);
        QCOMPARE(int(status.st_mode & 07777), 0600);
        QCOMPARE(entriesOf(m_folder->path()), QStringList{u"sparekey-keys.json"_s});

        KeyInventory again(path());
        QVERIFY(outcomeOf(again.load()));
        const Inventory &inventory = again.inventory();
        QCOMPARE(inventory.keys().size(), 2);
        const InventoryKey &key = inventory.keys().first();
        QCOMPARE(key.name, u"Blau Größe 漢字"_s);
        QCOMPARE(key.place, u"Tresor"_s);
        QCOMPARE(key.product, u"Maker Blue"_s);
        QCOMPARE(key.aaguid, blueAaguid);
        QCOMPARE(key.registrations, QList{registration(u"a"_s, 7, "cred-a"_ba)});
        QCOMPARE(inventory.keys().last().recognitionCredentials.first().id, QByteArray(64, '\xff'));
        const auto left = whatIsLeft(inventory, key.id, noCopy).at(0);
        QCOMPARE(left.otherMethods, QList{ProviderType::Authenticator});
        QCOMPARE(left.otherPasskeys, QStringList{u"Phone"_s});
        QVERIFY(left.methodsSeen.isValid());
    }

    void theFileLiesBesideTheSettings()
    {
        QCOMPARE(KeyInventory::fileBeside(u"/a/b/sparekey.conf"_s), u"/a/b/sparekey-keys.json"_s);
        QCOMPARE(KeyInventory::fileBeside(u"/a/b/demo.conf"_s), u"/a/b/demo-keys.json"_s);
    }

    void theFoldersAreMade()
    {
        const QString deep = m_folder->filePath(u"new/folder/keys.json"_s);
        KeyInventory keys(deep);
        QVERIFY(outcomeOf(keys.load()));
        QVERIFY(outcomeOf(keys.recordRegistration(registration(u"a"_s, 1, "c"_ba), blueKey())));
        QVERIFY(QFile::exists(deep));
    }

    void whatWasBegunIsWrittenAtTheEnd()
    {
        {
            KeyInventory keys(path());
            for (int i = 0; i < 5; ++i) {
                (void)keys.recordRegistration(registration(u"a"_s, i,
                                                           "cred-"_ba + QByteArray::number(i)),
                                              blueKey());
            }
        }
        const auto reading = inventoryFile(path()).read();
        QVERIFY(reading);
        QCOMPARE(reading->value.keys().size(), 5);
    }

    void twoProgramsLoseNothing()
    {
        KeyInventory one(path());
        KeyInventory other(path());
        QVERIFY(outcomeOf(one.load()));
        QVERIFY(outcomeOf(other.load()));
        QVERIFY(outcomeOf(one.recordRegistration(registration(u"a"_s, 1, "cred-a"_ba), {})));
        QVERIFY(outcomeOf(other.recordRegistration(registration(u"b"_s, 1, "cred-b"_ba), {})));
        QCOMPARE(other.inventory().keys().size(), 2);
        QCOMPARE(one.inventory().keys().size(), 1);
        QVERIFY(outcomeOf(one.load()));
        QCOMPARE(one.inventory().keys().size(), 2);
    }

    void aDamagedFileIsKeptAside_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("no JSON") << "keys = 1\n"_ba;
        QTest::newRow("cut off") << inventoryToJson(oneKey()).chopped(40);
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("a list") << "[]"_ba;
        QTest::newRow("no version") << R"({"keys":[],"accounts":{}})"_ba;
        QTest::newRow("keys of another kind") << R"({"version":1,"keys":{},"accounts":{}})"_ba;
        QTest::newRow("too deep") << QByteArray(2000, '[');
    }
    void aDamagedFileIsKeptAside()
    {
        QFETCH(QByteArray, bytes);
        put(path(), bytes);
        KeyInventory keys(path());
        QVERIFY(outcomeOf(keys.load()));
        QVERIFY(keys.inventory().keys().isEmpty());
        QCOMPARE(keys.keptAside(), path() + u".damaged"_s);
        QCOMPARE(contentOf(keys.keptAside()), bytes);
        QVERIFY(outcomeOf(keys.recordRegistration(registration(u"a"_s, 1, "c"_ba), blueKey())));
        QCOMPARE(inventoryFile(path()).read()->value.keys().size(), 1);
        // A second one takes nothing from the first.
        put(path(), "{"_ba);
        QVERIFY(outcomeOf(keys.recordRegistration(registration(u"b"_s, 1, "d"_ba), blueKey())));
        QCOMPARE(keys.keptAside(), path() + u".damaged-2"_s);
        QCOMPARE(contentOf(path() + u".damaged"_s), bytes);
    }

    void whatCanBeReadOfADamagedFileIsKept_data()
    {
        QTest::addColumn<QString>("in");
        QTest::addColumn<QString>("member");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("key without id") << u"key"_s << u"id"_s << QJsonValue();
        QTest::newRow("id of another key") << u"key"_s << u"id"_s << QJsonValue(u"k1"_s);
        QTest::newRow("key without time") << u"key"_s << u"added"_s << QJsonValue(u"today"_s);
        QTest::newRow("short AAGUID") << u"key"_s << u"aaguid"_s << QJsonValue(u"00ff"_s);
        QTest::newRow("no list of registrations")
            << u"key"_s << u"registrations"_s << QJsonValue(7);
        QTest::newRow("credential that is no base64")
            << u"registration"_s << u"credential"_s << QJsonValue(u"***"_s);
        QTest::newRow("credential too long")
            << u"registration"_s << u"credential"_s << QJsonValue(QString(1500, u'A'));
        QTest::newRow("public key that is no object")
            << u"registration"_s << u"publicKey"_s << QJsonValue(u"AAAA"_s);
        QTest::newRow("public key of nobody")
            << u"registration"_s << u"publicKey"_s << publicKeyJson(-99, QByteArray(64, 'x'));
        QTest::newRow("public key of no algorithm")
            << u"registration"_s << u"publicKey"_s
            << publicKeyJson(-7 - (qint64(1) << 32), QByteArray(64, 'x'));
        QTest::newRow("public key too short")
            << u"mark"_s << u"publicKey"_s << publicKeyJson(-7, QByteArray(63, 'x'));
        QTest::newRow("public key too long")
            << u"registration"_s << u"publicKey"_s << publicKeyJson(-257, QByteArray(260, 'x'));
        QTest::newRow("state of nobody")
            << u"registration"_s << u"state"_s << QJsonValue(u"lost"_s);
        QTest::newRow("number that is none")
            << u"registration"_s << u"number"_s << QJsonValue(u"one"_s);
        QTest::newRow("site too long")
            << u"registration"_s << u"rpId"_s << QJsonValue(QString(300, u'a'));
        QTest::newRow("account of nobody")
            << u"registration"_s << u"account"_s << QJsonValue(QString());
        QTest::newRow("mark without site") << u"mark"_s << u"rpId"_s << QJsonValue();
        QTest::newRow("method of nobody")
            << u"account"_s << u"methods"_s << QJsonValue(QJsonArray{99});
        QTest::newRow("methods without a time") << u"account"_s << u"methodsSeen"_s << QJsonValue();
        QTest::newRow("passkey without number")
            << u"account"_s << u"passkeys"_s << QJsonValue(QJsonArray{QJsonObject()});
    }
    void whatCanBeReadOfADamagedFileIsKept()
    {
        QFETCH(QString, in);
        QFETCH(QString, member);
        QFETCH(QJsonValue, value);
        Inventory inventory = oneKey();
        inventory.add(u"Spare"_s, {}, {.rpId = u"mark"_s, .id = "mark-1"_ba}, {}, u"k2"_s);
        inventory.recordRegistration(registration(u"c"_s, 1, "cred-c"_ba), {{}, {}, {"mark-1"_ba}},
                                     u"k3"_s);
        inventory.recordMethods(u"c"_s, {ProviderType::Passkey}, QDateTime::currentDateTimeUtc());
        inventory.recordPasskeys(u"c"_s, {{.id = 1, .name = u"Blue"_s}});
        QJsonObject root = QJsonDocument::fromJson(inventoryToJson(inventory)).object();
        QJsonArray keys = root[u"keys"_s].toArray();
        QJsonObject key = keys[1].toObject();
        const auto change = [&](QJsonObject object) {
            object.insert(member, value);
            return object;
        };
        if (in == u"key"_s)
            key = change(key);
        else if (in == u"registration"_s)
            key[u"registrations"_s] = QJsonArray{
                change(key[u"registrations"_s].toArray().at(0).toObject())};
        else if (in == u"mark"_s)
            key[u"marks"_s] = QJsonArray{change(key[u"marks"_s].toArray().at(0).toObject())};
        else
            root[u"accounts"_s] = QJsonObject{
                {u"c"_s, change(root[u"accounts"_s].toObject()[u"c"_s].toObject())}};
        keys[1] = key;
        root[u"keys"_s] = keys;
        const QByteArray bytes = QJsonDocument(root).toJson();
        put(path(), bytes);

        KeyInventory reader(path());
        QVERIFY(outcomeOf(reader.load()));
        QCOMPARE(contentOf(reader.keptAside()), bytes);
        const Inventory kept = reader.inventory();
        QVERIFY(kept != inventory);
        QVERIFY(kept.key(u"k1"_s));
        QCOMPARE(kept.key(u"k1"_s)->registrations, inventory.key(u"k1"_s)->registrations);
        QCOMPARE(kept.keys().size(), in == u"key"_s ? 1 : 2);
        // And it stays: the next start finds a whole file.
        KeyInventory again(path());
        QVERIFY(outcomeOf(again.load()));
        QVERIFY(again.keptAside().isEmpty());
        QVERIFY(again.inventory() == kept);
    }

    void aFileOfANewerVersionStaysAsItIs()
    {
        const auto bytes = R"({"version":2,"keys":"elsewhere"})"_ba;
        put(path(), bytes);
        KeyInventory keys(path());
        const auto loaded = outcomeOf(keys.load());
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().kind, ErrorKind::FileFromNewerVersion);
        QCOMPARE(loaded.error().subject, path());
        QVERIFY(!keys.isLoaded());
        const auto noted = outcomeOf(
            keys.recordRegistration(registration(u"a"_s, 1, "c"_ba), blueKey()));
        QVERIFY(!noted);
        QCOMPARE(noted.error().kind, ErrorKind::FileFromNewerVersion);
        QCOMPARE(contentOf(path()), bytes);
        QCOMPARE(entriesOf(m_folder->path()).size(), 1);
    }

    void anotherKindOfFileIsNotRead_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("folder") << u"folder"_s;
        QTest::newRow("pipe") << u"pipe"_s;
        QTest::newRow("too large") << u"large"_s;
    }
    void anotherKindOfFileIsNotRead()
    {
        QFETCH(QString, kind);
        if (kind == u"folder"_s)
            QVERIFY(QDir().mkdir(path()));
        else if (kind == u"pipe"_s)
            QCOMPARE(::mkfifo(QFile::encodeName(path()).constData(), 0600), 0);
        else
            put(path(), QByteArray(largestInventory + 1, ' '));
        KeyInventory keys(path());
        const auto loaded = outcomeOf(keys.load());
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().kind, ErrorKind::FileNotReadable);
        const auto noted = outcomeOf(
            keys.recordRegistration(registration(u"a"_s, 1, "c"_ba), blueKey()));
        QVERIFY(!noted);
        QVERIFY(QFile::exists(path()));
    }

    void aFullInventoryTakesNoMore()
    {
        KeyInventory keys(path());
        QVERIFY(outcomeOf(keys.recordRegistration(registration(u"a"_s, 1, "c"_ba), blueKey())));
        const QByteArray before = contentOf(path());
        const auto changed = inventoryFile(path()).change([](Inventory &inventory) {
            const QByteArray mark(Inventory::LongestCredentialId, 'x');
            for (int i = 0; i < 4000; ++i)
                inventory.append({.id = QString::number(i),
                                  .name = {},
                                  .place = {},
                                  .product = {},
                                  .aaguid = {},
                                  .added = QDateTime::currentDateTimeUtc(),
                                  .registrations = {},
                                  .recognitionCredentials = {{.rpId = u"mark"_s, .id = mark}}});
        });
        QVERIFY(!changed);
        QCOMPARE(changed.error().kind, ErrorKind::InventoryFull);
        QCOMPARE(contentOf(path()), before);
    }

    void whereNothingCanBeWrittenIsTold()
    {
        put(m_folder->filePath(u"file"_s), "x"_ba);
        KeyInventory keys(m_folder->filePath(u"file/keys.json"_s));
        const auto noted = outcomeOf(
            keys.recordRegistration(registration(u"a"_s, 1, "c"_ba), blueKey()));
        QVERIFY(!noted);
        QCOMPARE(noted.error().kind, ErrorKind::FileNotWritable);
        QVERIFY(keys.inventory().keys().isEmpty());
    }

    void aCredentialWithoutPublicKeyIsKept()
    {
        auto old = registration(u"a"_s, 1, "cred-a"_ba);
        old.publicKey.reset();
        Inventory inventory;
        inventory.recordRegistration(old, blueKey(), u"k1"_s);
        const auto content = inventoryFromJson(inventoryToJson(inventory));
        QVERIFY(content && !content->damaged);
        QVERIFY(content->value == inventory);
        QVERIFY(!content->value.candidates().first().publicKey);
    }

    void whatIsWrittenIsReadAgain()
    {
        // Texts that no person types, as a server may send them.
        Inventory inventory;
        auto odd = registration(u"a"_s, std::numeric_limits<qint64>::max(),
                                QByteArray(Inventory::LongestCredentialId, '\0'),
                                QString(3000, u'x') + QChar(0xD800) + u"\x01\n"_s);
        odd.rpId = QString(Inventory::LongestIdentifier, u'r');
        odd.server = QString(500, QChar(0xDC00));
        inventory.recordRegistration(
            odd, {.product = QString(999, u'p'), .aaguid = "short"_ba, .held = {}}, u"k1"_s);
        inventory.recordPasskeys(u"a"_s, {{.id = -5, .name = QString(QChar(0xD800))}});
        const auto content = inventoryFromJson(inventoryToJson(inventory));
        QVERIFY(content);
        QVERIFY(!content->damaged);
        QVERIFY(content->value == inventory);
        QVERIFY(content->value.keys().first().name.size() <= Inventory::LongestText);
    }

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"sparekey-keys.json"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestKeyInventory)
#include "tst_keyinventory.moc"
