// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/profile.h"
#include "core/api/serveranswer.h"
#include "core/twofactor/providerapi.h"
#include "core/twofactor/twofactorapi.h"

#include "tests/core/generations.h"
#include "tests/core/providerhands.h"
#include "tests/support/accountservertest.h"
#include "tests/support/lostnetwork.h"

#include <QHash>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

// Few iterations, so that hundreds of sign-ins take seconds.
const QString role = u"weak-kdf"_s;

struct Method
{
    ProviderType type;
    const char *name;
    QString resource;
};

const QList<Method> methods{
    {ProviderType::Authenticator, "authenticator", u"authenticator"_s},
    {ProviderType::Email, "email", u"email"_s},
    {ProviderType::YubicoOtp, "yubico", u"yubikey"_s},
    {ProviderType::Duo, "duo", u"duo"_s},
    {ProviderType::Passkey, "passkey", u"webauthn"_s},
};

const QString number(ProviderType type)
{
    return QString::number(static_cast<int>(type));
}

} // namespace

// Every method on every generation, when all is well and when it is not.
class TestProviderApi : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void changesAMethod_data();
    void changesAMethod();
    void turnsOffAMethod_data();
    void turnsOffAMethod();
    void tellsAWrongPasswordWhenOpening_data() { eachGeneration(); }
    void tellsAWrongPasswordWhenOpening();
    void remembersWhichWayOfTurningOffIsThere();
    void triesTheOtherWayOnceOnly();
    void turnsOffPasskeysInsteadOfRemovingTheLastOne();
    void changesTheAddressWhileEmailIsOn();
    void keepsYubiKeysThatAreNotTouched();
    void tellsThatTheSessionEndedWhileYubiKeysAreReadBack();
    void comparesTheValuesOfDuoThatWasOnBefore();
    void changesMethodsWithTokensThatCarryTheState_data();
    void changesMethodsWithTokensThatCarryTheState();
    void saysWhereAnAddressCannotBeChanged();
    void doesNotSendAProofThatIsTooOld();
    void doesNotGuessWhenNothingCanBeReadBack();
    void doesNotGuessAboutAMethodThatTheServerHides();
    void readsBackWhenTheNetworkWentAway_data();
    void readsBackWhenTheNetworkWentAway();
    void provesByTheOtherNameOfTheHash_data();
    void provesByTheOtherNameOfTheHash();
    void firstMethodBringsARecoveryCode_data() { eachGeneration(); }
    void firstMethodBringsARecoveryCode();
    void revisionDateTellsOfChangesOnOfficialServersAlone_data() { eachGeneration(); }
    void revisionDateTellsOfChangesOnOfficialServersAlone();

private:
    void start(const QString &generation);
    [[nodiscard]] ProviderHands hands() { return {m_server, role, m_api}; }
    SharedProof proof() { return hands().proof(); }
    Result<OpenedMethod> open(ProviderType type) { return hands().open(type); }
    Result<void> change(ProviderType type, OpenedMethod &opened, bool rightCode = true)
    {
        return hands().change(type, opened, rightCode);
    }
    /// Makes a trouble that may strike any change at `path`, and tells what must come of it.
    /// Nothing is made of others.
    std::optional<ErrorKind> strike(const QString &trouble, const QString &path, bool hasToken);
    bool isOn(ProviderType type);
    bool isChanged(ProviderType type);

    std::shared_ptr<Session> m_session;
    std::shared_ptr<ProviderApi> m_api;
};

void TestProviderApi::start(const QString &generation)
{
    QVERIFY(m_server.reset());
    QVERIFY(m_server.changeSettings({{u"generation"_s, generation}}));
    QVERIFY(m_server.editAccount(role, {{u"premium"_s, true}}));
    auto request = quickSignInRequest(m_server, m_server.account(role));
    const auto transport =
        std::make_shared<HttpTransport>(request.environment.certificateAuthorities, patient());
    m_session = sessionOf(signInWith(std::move(request), transport));
    QVERIFY(m_session);
    m_api = std::make_shared<ProviderApi>(m_session);
}

bool TestProviderApi::isOn(ProviderType type)
{
    return m_server.accountState(role)["providers"_L1][number(type)].toBool();
}

bool TestProviderApi::isChanged(ProviderType type)
{
    if (type != ProviderType::Passkey)
        return isOn(type);
    const auto opened = outcomeOf(m_api->openPasskeys(proof()));
    return opened && opened->details.keys.size() == 1;
}

std::optional<ErrorKind> TestProviderApi::strike(const QString &trouble, const QString &path,
                                                 bool hasToken)
{
    struct Fault
    {
        QString name;
        std::optional<ErrorKind> outcome;
    };
    const QHash<QString, Fault> faults{
        {u"401"_s, {u"unauthorized"_s, {}}},
        {u"429"_s, {u"rate-limit"_s, ErrorKind::RateLimited}},
        {u"500"_s, {u"server-error"_s, ErrorKind::ServerFailure}},
        {u"cut before"_s, {u"drop"_s, ErrorKind::ConnectionLost}},
        // The server did it, and only the answer was lost.
        {u"cut within"_s, {u"drop-mid-body"_s, {}}},
    };
    bool struck = true;
    std::optional<ErrorKind> outcome;
    if (const auto fault = faults.constFind(trouble); fault != faults.constEnd()) {
        struck = m_server.setFault(path, fault->name, {{u"times"_s, 1}});
        outcome = fault->outcome;
    } else if (trouble == "expired proof"_L1) {
        struck = m_server.expireVerifications();
        if (hasToken)
            outcome = ErrorKind::ProofExpired;
    } else if (trouble == "session over"_L1) {
        struck = m_server.expireTokens(true);
        outcome = ErrorKind::SessionExpired;
    }
    if (!struck)
        QTest::qFail("the trouble could not be made", __FILE__, __LINE__);
    return outcome;
}

void TestProviderApi::changesAMethod_data()
{
    QTest::addColumn<QString>("generation");
    QTest::addColumn<int>("method");
    QTest::addColumn<QString>("trouble");
    for (const QString &generation : serverGenerations) {
        for (int method = 0; method < methods.size(); ++method) {
            for (const char *trouble :
                 {"none", "wrong code", "expired proof", "401", "session over", "429", "500",
                  "cut before", "cut within", "truncated", "web page", "no answer after"}) {
                QTest::addRow("%s, %s, %s", qPrintable(generation), methods.at(method).name,
                              trouble)
                    << generation << method << QString::fromLatin1(trouble);
            }
        }
    }
}

void TestProviderApi::changesAMethod()
{
    QFETCH(const QString, generation);
    QFETCH(const int, method);
    QFETCH(const QString, trouble);
    const ProviderType type = methods.at(method).type;
    const QString path = u"/api/two-factor/"_s + methods.at(method).resource;
    start(generation);
    if (type == ProviderType::Passkey)
        QVERIFY(m_server.editAccount(role, {{u"providers"_s, QJsonObject{{u"7"_s, true}}}}));

    auto opened = open(type);
    QVERIFY(opened);
    QCOMPARE(opened->enabled, type == ProviderType::Passkey);
    const bool wantsToken = generation == "token"_L1
        || (generation == "middle"_L1 && type == ProviderType::Authenticator);
    QCOMPARE(!opened->proof->token.isEmpty(), wantsToken);
    if (type == ProviderType::Email)
        QVERIFY(outcomeOf(m_api->sendEmailCode(opened->proof, u"Codes@Example.com"_s)));

    std::optional<ErrorKind> expected = strike(trouble, path, wantsToken);
    if (trouble == "wrong code"_L1) {
        expected = type == ProviderType::Duo ? ErrorKind::DuoRefused
            : type == ProviderType::Passkey  ? ErrorKind::Refused
                                             : ErrorKind::WrongCode;
    } else if (trouble == "500"_L1 && type == ProviderType::Duo) {
        expected = ErrorKind::DuoRefused;
    } else if (trouble == "truncated"_L1) {
        QVERIFY(m_server.setFault(path, u"truncated"_s, {{u"times"_s, 1}}));
    } else if (trouble == "web page"_L1) {
        QVERIFY(m_server.setFault(path, u"html"_s, {{u"times"_s, 1}}));
        expected = ErrorKind::NotAnAccountServer;
    } else if (trouble == "no answer after"_L1) {
        QVERIFY(m_server.setFault(path, u"drop-mid-body"_s, {{u"times"_s, 1}}));
        QVERIFY(m_server.setFault(u"/api/two-factor"_s, u"drop"_s));
        QVERIFY(m_server.setFault(u"/api/two-factor/get-*"_s, u"drop"_s));
        expected = ErrorKind::OutcomeUnknown;
    }
    const auto changed = change(type, *opened, trouble != "wrong code"_L1);
    if (expected) {
        QVERIFY(!changed);
        QCOMPARE(changed.error().kind, *expected);
        // Whoever did not look back does not say so.
        QCOMPARE(changed.error().nothingChanged, isOutcomeUnknown(changed.error()));
    } else {
        QVERIFY2(changed, qPrintable(changed ? QString() : changed.error().serverText.text()));
    }
    if (trouble == "session over"_L1)
        return;
    QVERIFY(m_server.clearFaults());
    QCOMPARE(isChanged(type), !expected || trouble == "no answer after"_L1);
}

void TestProviderApi::turnsOffAMethod_data()
{
    QTest::addColumn<QString>("generation");
    QTest::addColumn<int>("method");
    QTest::addColumn<QString>("trouble");
    for (const QString &generation : serverGenerations) {
        for (int method = 0; method < methods.size(); ++method) {
            for (const char *trouble :
                 {"none", "expired proof", "401", "429", "500", "cut before", "cut within"}) {
                QTest::addRow("%s, %s, %s", qPrintable(generation), methods.at(method).name,
                              trouble)
                    << generation << method << QString::fromLatin1(trouble);
            }
        }
    }
}

void TestProviderApi::turnsOffAMethod()
{
    QFETCH(const QString, generation);
    QFETCH(const int, method);
    QFETCH(const QString, trouble);
    const ProviderType type = methods.at(method).type;
    start(generation);
    QVERIFY(m_server.editAccount(role, {{u"providers"_s, QJsonObject{{number(type), true}}}}));

    auto opened = open(type);
    QVERIFY(opened);
    QVERIFY(opened->enabled);
    const bool byDelete = !opened->proof->token.isEmpty();
    const QString path = !byDelete ? u"/api/two-factor/disable"_s
        : type == ProviderType::Passkey
        ? u"/api/two-factor/webauthn/all"_s
        : QString(u"/api/two-factor/"_s + methods.at(method).resource);

    const std::optional<ErrorKind> expected = strike(trouble, path, byDelete);
    const auto off = outcomeOf(m_api->turnOff(opened->proof, type, opened->key.clone()));
    QCOMPARE(off.has_value(), !expected);
    if (expected) {
        QCOMPARE(off.error().kind, *expected);
        QCOMPARE(off.error().nothingChanged, isOutcomeUnknown(off.error()));
    }
    QCOMPARE(isOn(type), expected.has_value());
}

void TestProviderApi::tellsAWrongPasswordWhenOpening()
{
    QFETCH(const QString, generation);
    start(generation);
    const auto wrong = outcomeOf(m_api->prove(SecureBuffer::copyOf("another password"))).value();
    const auto opened = outcomeOf(m_api->openEmail(wrong));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::WrongSecret);
}

void TestProviderApi::remembersWhichWayOfTurningOffIsThere()
{
    // Tokens as of the newest generation, but no DELETE for the email.
    start(u"token"_s);
    const QJsonObject on{{u"providers"_s, QJsonObject{{u"1"_s, true}}}};
    QVERIFY(m_server.editAccount(role, on));
    auto opened = open(ProviderType::Email);
    QVERIFY(opened);
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"middle"_s}}));

    QVERIFY(outcomeOf(m_api->turnOff(opened->proof, ProviderType::Email)));
    QVERIFY(!isOn(ProviderType::Email));
    QVERIFY(m_server.editAccount(role, on));
    QVERIFY(outcomeOf(m_api->turnOff(opened->proof, ProviderType::Email)));
    QVERIFY(!isOn(ProviderType::Email));

    const auto paths = m_server.requestedPaths();
    QCOMPARE(paths.count(u"DELETE /api/two-factor/email"_s), 1);
    QCOMPARE(paths.count(u"PUT /api/two-factor/disable"_s), 2);
}

void TestProviderApi::triesTheOtherWayOnceOnly()
{
    start(u"middle"_s);
    QVERIFY(m_server.editAccount(role, {{u"providers"_s, QJsonObject{{u"1"_s, true}}}}));
    auto opened = open(ProviderType::Email);
    QVERIFY(opened);
    // Neither way exists for a server that has lost one and never had the other.
    QVERIFY(
        m_server.setFault(u"/api/two-factor/disable"_s, u"server-error"_s, {{u"status"_s, 404}}));
    const auto off = outcomeOf(m_api->turnOff(opened->proof, ProviderType::Email));
    QVERIFY(!off);
    QCOMPARE(off.error().kind, ErrorKind::NotOffered);
    QCOMPARE(m_server.requestedPaths().count(u"DELETE /api/two-factor/email"_s), 1);
    QCOMPARE(m_server.requestedPaths().count(u"PUT /api/two-factor/disable"_s), 1);
    QVERIFY(isOn(ProviderType::Email));
}

void TestProviderApi::turnsOffPasskeysInsteadOfRemovingTheLastOne()
{
    for (const QString &generation : serverGenerations) {
        start(generation);
        QVERIFY(m_server.editAccount(role, {{u"providers"_s, QJsonObject{{u"7"_s, true}}}}));
        auto two = open(ProviderType::Passkey);
        QVERIFY(two);
        QCOMPARE(two->passkeys.keys.size(), 2);
        QCOMPARE(two->passkeys.keys.at(0).name, u"Blue key"_s);
        QVERIFY(two->passkeys.keys.at(1).migrated);
        QVERIFY(outcomeOf(m_api->removePasskey(two->proof, 1, two->passkeys)));
        QVERIFY(isOn(ProviderType::Passkey));
        auto one = open(ProviderType::Passkey);
        QVERIFY(one);
        QCOMPARE(one->passkeys.keys.size(), 1);
        QVERIFY(outcomeOf(m_api->removePasskey(one->proof, 3, one->passkeys)));
        QVERIFY(!isOn(ProviderType::Passkey));
        QCOMPARE(m_server.requestedPaths().count(u"DELETE /api/two-factor/webauthn"_s), 1);
    }
}

void TestProviderApi::changesTheAddressWhileEmailIsOn()
{
    for (const QString &generation : serverGenerations) {
        start(generation);
        QVERIFY(m_server.editAccount(role, {{u"providers"_s, QJsonObject{{u"1"_s, true}}}}));
        const auto opened = outcomeOf(m_api->openEmail(proof()));
        QVERIFY(opened);
        QCOMPARE(opened->details.address, m_session->account().email);
        QVERIFY(outcomeOf(m_api->sendEmailCode(opened->proof, u"other@example.com"_s)));
        // It was on before: only the address tells whether the change arrived.
        QVERIFY(m_server.setFault(u"/api/two-factor/email"_s, u"drop"_s, {{u"times"_s, 1}}));
        const QString code = m_server.emailedCodes().constLast();
        const auto lost = outcomeOf(
            m_api->turnOnEmail(opened->proof, u"other@example.com"_s, code));
        QVERIFY(!lost);
        QCOMPARE(lost.error().kind, ErrorKind::ConnectionLost);
        QVERIFY(outcomeOf(m_api->turnOnEmail(opened->proof, u"other@example.com"_s, code)));
        const auto again = outcomeOf(m_api->openEmail(proof()));
        QVERIFY(again);
        QVERIFY(again->details.enabled);
        QCOMPARE(again->details.address, u"other@example.com"_s);
    }
}

void TestProviderApi::keepsYubiKeysThatAreNotTouched()
{
    for (const QString &generation : serverGenerations) {
        start(generation);
        const auto empty = outcomeOf(m_api->openYubicoOtp(proof()));
        QVERIFY(empty);
        const QString first = m_server.touchYubiKey(u"first"_s);
        const auto one = outcomeOf(m_api->writeYubicoOtp(empty->proof, {first}, true));
        QVERIFY(one);
        QCOMPARE(one->keyIds.at(0), first.left(12));
        QVERIFY(one->nfc);
        const QString second = m_server.touchYubiKey(u"second"_s);
        const auto two = outcomeOf(
            m_api->writeYubicoOtp(empty->proof, {one->keyIds.at(0), second}, false));
        QVERIFY(two);
        QCOMPARE(two->keyIds.at(0), first.left(12));
        QCOMPARE(two->keyIds.at(1), second.left(12));
        QVERIFY(!two->nfc);
        // The code was used; it must not be good again.
        const auto again = outcomeOf(
            m_api->writeYubicoOtp(empty->proof, {one->keyIds.at(0), second}, false));
        QVERIFY(!again);
        QCOMPARE(again.error().kind, ErrorKind::WrongCode);
    }
}

void TestProviderApi::tellsThatTheSessionEndedWhileYubiKeysAreReadBack()
{
    start(u"token"_s);
    const auto opened = outcomeOf(m_api->openYubicoOtp(proof()));
    QVERIFY(opened);
    QVERIFY(m_server.setFault(u"/api/two-factor/yubikey"_s, u"drop"_s));
    QVERIFY(m_server.setFault(u"/api/two-factor/get-yubikey"_s, u"unauthorized"_s));
    QVERIFY(
        m_server.setFault(u"/identity/connect/token"_s, u"server-error"_s, {{u"status"_s, 400}}));
    const auto written = outcomeOf(
        m_api->writeYubicoOtp(opened->proof, {m_server.touchYubiKey(u"mine"_s)}, false));
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::SessionExpired);
}

void TestProviderApi::comparesTheValuesOfDuoThatWasOnBefore()
{
    for (const QString &generation : serverGenerations) {
        start(generation);
        auto opened = open(ProviderType::Duo);
        QVERIFY(opened);
        QVERIFY(change(ProviderType::Duo, *opened));
        // On it is; but not with these values.
        const auto other = std::make_shared<DuoSettings>();
        other->clientId = u"DIOTHER0000000000001"_s;
        other->clientSecret = SecureBuffer::copyOf("9876543210abcdefghijabcdefghijabcdefghij");
        other->host = u"api-87654321.duosecurity.com"_s;
        QVERIFY(m_server.setFault(u"/api/two-factor/duo"_s, u"drop"_s, {{u"times"_s, 1}}));
        const auto lost = outcomeOf(m_api->turnOnDuo(opened->proof, other));
        QVERIFY2(!lost, qPrintable(generation));
        QCOMPARE(lost.error().kind, ErrorKind::ConnectionLost);
        QVERIFY(lost.error().nothingChanged);
        QVERIFY(m_server.setFault(u"/api/two-factor/duo"_s, u"drop-mid-body"_s, {{u"times"_s, 1}}));
        QVERIFY2(outcomeOf(m_api->turnOnDuo(opened->proof, other)), qPrintable(generation));
    }
}

void TestProviderApi::changesMethodsWithTokensThatCarryTheState_data()
{
    readsBackWhenTheNetworkWentAway_data();
}

// What the coming Vaultwarden hands out is good for the state alone in which it was asked for.
void TestProviderApi::changesMethodsWithTokensThatCarryTheState()
{
    QFETCH(const int, method);
    const ProviderType type = methods.at(method).type;
    start(u"nested"_s);
    if (type == ProviderType::Passkey)
        QVERIFY(m_server.editAccount(role, {{u"providers"_s, QJsonObject{{u"7"_s, true}}}}));
    auto opened = open(type);
    QVERIFY(opened);
    QVERIFY(!opened->proof->token.isEmpty());
    if (type == ProviderType::Email)
        QVERIFY(outcomeOf(m_api->sendEmailCode(opened->proof, u"Codes@Example.com"_s)));
    QVERIFY(change(type, *opened));
    QVERIFY(isChanged(type));
    const auto off = outcomeOf(m_api->turnOff(opened->proof, type, opened->key.clone()));
    if (type == ProviderType::Authenticator) {
        // A look for another token would make another key.
        QVERIFY(!off);
        QCOMPARE(off.error().kind, ErrorKind::ProofExpired);
        auto again = open(type);
        QVERIFY(outcomeOf(m_api->turnOff(again->proof, type, again->key.clone())));
    } else {
        QVERIFY(off);
    }
    QVERIFY(!isOn(type));
}

void TestProviderApi::saysWhereAnAddressCannotBeChanged()
{
    start(u"nested"_s);
    QVERIFY(m_server.editAccount(role, {{u"providers"_s, QJsonObject{{u"1"_s, true}}}}));
    const auto opened = open(ProviderType::Email);
    QVERIFY(opened);
    const auto sent = outcomeOf(m_api->sendEmailCode(opened->proof, u"other@example.com"_s));
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, ErrorKind::AddressNotChangeable);
    QVERIFY(isOn(ProviderType::Email));
}

void TestProviderApi::doesNotSendAProofThatIsTooOld()
{
    start(u"token"_s);
    auto opened = open(ProviderType::Authenticator);
    QVERIFY(opened);
    auto old = std::make_shared<Proof>();
    old->passwordHash = opened->proof->passwordHash.clone();
    old->token = opened->proof->token.clone();
    old->obtained -= Proof::Lifetime;
    opened->proof = old;
    const auto sent = m_server.requestedPaths().size();
    const auto changed = change(ProviderType::Authenticator, *opened);
    QVERIFY(!changed);
    QCOMPARE(changed.error().kind, ErrorKind::ProofExpired);
    QCOMPARE(m_server.requestedPaths().size(), sent);
    // Without a token there is nothing that grows old.
    old->token.clear();
    QVERIFY(!old->isExpired());
}

void TestProviderApi::doesNotGuessWhenNothingCanBeReadBack()
{
    start(u"token"_s);
    auto opened = open(ProviderType::Duo);
    QVERIFY(opened);
    QVERIFY(m_server.setFault(u"/api/two-factor*"_s, u"drop"_s));
    const auto changed = change(ProviderType::Duo, *opened);
    QVERIFY(!changed);
    QCOMPARE(changed.error().kind, ErrorKind::OutcomeUnknown);
    QCOMPARE(changed.error().subject, u"127.0.0.1"_s);
}

void TestProviderApi::doesNotGuessAboutAMethodThatTheServerHides()
{
    start(u"classic"_s);
    QVERIFY(m_server.editAccount(role, {{u"providers"_s, QJsonObject{{u"3"_s, true}}}}));
    const auto opened = open(ProviderType::YubicoOtp);
    QVERIFY(opened);
    // From then on neither the list nor a look at it shows that it is on.
    QVERIFY(m_server.changeSettings({{u"yubicoCredentials"_s, false}}));
    QVERIFY(m_server.setFault(u"/api/two-factor/disable"_s, u"drop"_s, {{u"times"_s, 1}}));
    const auto off = outcomeOf(m_api->turnOff(opened->proof, ProviderType::YubicoOtp));
    QVERIFY(!off);
    QCOMPARE(off.error().kind, ErrorKind::OutcomeUnknown);
    QVERIFY(!off.error().nothingChanged);
    QVERIFY(isOn(ProviderType::YubicoOtp));
}

void TestProviderApi::readsBackWhenTheNetworkWentAway_data()
{
    QTest::addColumn<int>("method");
    for (int method = 0; method < methods.size(); ++method)
        QTest::newRow(methods.at(method).name) << method;
}

void TestProviderApi::readsBackWhenTheNetworkWentAway()
{
    QFETCH(const int, method);
    const ProviderType type = methods.at(method).type;
    // A change has a connection of its own, which by TLS would be lost in the handshake.
    start(u"token"_s);
    if (type == ProviderType::Passkey)
        QVERIFY(m_server.editAccount(role, {{u"providers"_s, QJsonObject{{u"7"_s, true}}}}));
    auto opened = open(type);
    QVERIFY(opened);
    if (type == ProviderType::Email)
        QVERIFY(outcomeOf(m_api->sendEmailCode(opened->proof, u"Codes@Example.com"_s)));
    loseNetworkAtAnswer(static_cast<quint16>(m_server.http().port()));
    const auto changed = change(type, *opened);
    QVERIFY(restoreNetwork());
    QVERIFY(changed);
    QVERIFY(isChanged(type));
}

void TestProviderApi::provesByTheOtherNameOfTheHash_data()
{
    readsBackWhenTheNetworkWentAway_data();
}

void TestProviderApi::provesByTheOtherNameOfTheHash()
{
    QFETCH(const int, method);
    const ProviderType type = methods.at(method).type;
    start(u"middle"_s);
    QVERIFY(m_server.changeSettings({{u"provenBySecret"_s, true}}));
    if (type == ProviderType::Passkey)
        QVERIFY(m_server.editAccount(role, {{u"providers"_s, QJsonObject{{u"7"_s, true}}}}));
    auto opened = open(type);
    QVERIFY(opened);
    if (type == ProviderType::Email)
        QVERIFY(outcomeOf(m_api->sendEmailCode(opened->proof, u"Codes@Example.com"_s)));
    QVERIFY(change(type, *opened));
    QVERIFY(isChanged(type));
    QVERIFY(outcomeOf(m_api->turnOff(opened->proof, type, opened->key.clone())));
    QVERIFY(!isOn(type));
    const auto wrong = outcomeOf(m_api->prove(SecureBuffer::copyOf("another password"))).value();
    QCOMPARE(hands().open(type, wrong).error().kind, ErrorKind::WrongSecret);
}

void TestProviderApi::firstMethodBringsARecoveryCode()
{
    QFETCH(const QString, generation);
    start(generation);
    QVERIFY(m_server.editAccount(role, {{u"recoveryCode"_s, QJsonValue::Null}}));
    auto opened = open(ProviderType::Authenticator);
    QVERIFY(opened);
    const auto before = outcomeOf(fetchRecoveryCodeWithProof(m_session, opened->proof));
    QVERIFY(before);
    QVERIFY(before->isEmpty());
    QVERIFY(change(ProviderType::Authenticator, *opened));
    const auto after = outcomeOf(fetchRecoveryCodeWithProof(m_session, opened->proof));
    QVERIFY(after);
    QCOMPARE(after->size(), 32);
}

void TestProviderApi::revisionDateTellsOfChangesOnOfficialServersAlone()
{
    QFETCH(const QString, generation);
    const bool official = generation == "middle"_L1 || generation == "token"_L1;
    start(generation);
    QVERIFY(m_server.editAccount(role, {{u"recoveryCode"_s, QJsonValue::Null}}));
    auto date = outcomeOf(fetchRevisionDate(m_session));
    QVERIFY(date);
    const auto moves = [this, &date] {
        const auto before = *date;
        date = outcomeOf(fetchRevisionDate(m_session));
        return date && *date > before;
    };
    auto opened = open(ProviderType::Authenticator);
    QVERIFY2(!moves(), "looking is no change");
    QVERIFY(change(ProviderType::Authenticator, *opened));
    QVERIFY2(moves(), "the account has a recovery code now");
    (void)outcomeOf(m_api->beginPasskey(open(ProviderType::Passkey)->proof));
    QCOMPARE(moves(), official);
    auto duo = open(ProviderType::Duo);
    QVERIFY(change(ProviderType::Duo, *duo));
    QCOMPARE(moves(), official);
    QVERIFY(
        outcomeOf(m_api->turnOff(opened->proof, ProviderType::Authenticator, opened->key.clone())));
    QCOMPARE(moves(), official);
}

QTEST_GUILESS_MAIN(TestProviderApi)
#include "tst_providerapi.moc"
