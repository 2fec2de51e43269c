// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/webauthn/authenticatordata.h"
#include "core/webauthn/base64url.h"
#include "core/webauthn/clientdata.h"
#include "core/webauthn/credentialids.h"
#include "core/webauthn/passkeyassertion.h"
#include "core/webauthn/passkeyregistration.h"
#include "core/webauthn/passkeytest.h"
#include "core/webauthn/relyingparty.h"
#include "tests/authenticator/ceremonies.h"

#include <QJsonDocument>
#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

namespace {

const QUrl vault(u"https://vault.example.com"_s);
const QByteArray challenge = QByteArray::fromHex("fbff3e000102030405060708090a0b0c");
const QString challengeText = u"-_8-AAECAwQFBgcICQoLDA"_s;

/// As official servers send them, within `options` or bare.
QJsonObject registrationOptions()
{
    return {{u"status"_s, u"ok"_s},
            {u"errorMessage"_s, u""_s},
            {u"rp"_s, QJsonObject{{u"id"_s, u"vault.example.com"_s}, {u"name"_s, u"Vault"_s}}},
            {u"user"_s,
             QJsonObject{{u"name"_s, u"tester@example.com"_s},
                         {u"id"_s, u"AAECAwQFBgcICQoLDA0ODw"_s},
                         {u"displayName"_s, QJsonValue::Null}}},
            {u"challenge"_s, challengeText},
            {u"pubKeyCredParams"_s,
             QJsonArray{QJsonObject{{u"type"_s, u"public-key"_s}, {u"alg"_s, -7}},
                        QJsonObject{{u"type"_s, u"public-key"_s}, {u"alg"_s, -257}},
                        QJsonObject{{u"type"_s, u"public-key"_s}, {u"alg"_s, -8}}}},
            {u"timeout"_s, 60000},
            {u"attestation"_s, u"none"_s},
            {u"authenticatorSelection"_s,
             QJsonObject{{u"requireResidentKey"_s, false},
                         {u"userVerification"_s, u"discouraged"_s}}},
            {u"excludeCredentials"_s, QJsonArray()}};
}

QJsonObject assertionOptions()
{
    return {{u"challenge"_s, challengeText},
            {u"timeout"_s, 60000},
            {u"rpId"_s, u"vault.example.com"_s},
            {u"userVerification"_s, u"discouraged"_s},
            {u"allowCredentials"_s,
             QJsonArray{QJsonObject{{u"type"_s, u"public-key"_s}, {u"id"_s, u"AQIDBA"_s}}}}};
}

QJsonArray descriptors(int count)
{
    QJsonArray list;
    for (int i = 0; i < count; ++i) {
        const QByteArray id = QByteArray(63, 'x') + static_cast<char>(i)
            + static_cast<char>(i >> 8);
        list.append(QJsonObject{{u"type"_s, u"public-key"_s}, {u"id"_s, toBase64Url(id)}});
    }
    return list;
}

Result<PasskeyRegistration> registrationWith(const QString &member, const QJsonValue &value)
{
    QJsonObject options = registrationOptions();
    options.insert(member, value);
    return passkeyRegistrationFrom(JsonFields(options), vault);
}

Result<PasskeyAssertion> assertionWith(const QString &member, const QJsonValue &value)
{
    QJsonObject options = assertionOptions();
    options.insert(member, value);
    return passkeyAssertionFrom(JsonFields(options), vault);
}

QByteArray bytesIn(const QJsonObject &object, const QString &member)
{
    return fromBase64Url(object.value(member).toString()).value_or(QByteArray());
}

} // namespace

Q_DECLARE_METATYPE(Sparekey::SoftwareKeyTraits)

class TestWebAuthn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void readsBase64AsServersWriteIt();
    void writesClientDataAsBrowsersDo();
    void escapesWhatIsNoPartOfAnOrigin();
    void signsOnlyForTheOwnServer_data();
    void signsOnlyForTheOwnServer();
    void namesBothSitesWhenItRefuses();
    void usesOnlyTheOwnAppId();
    void readsOptionsOfEachGeneration();
    void takesTheServersWishes();
    void refusesHostileRegistrations_data();
    void refusesHostileRegistrations();
    void cutsNamesToWhatKeysTake();
    void takesSixtyFourExcludedCredentials();
    void refusesHostileAssertions_data();
    void refusesHostileAssertions();
    void makesTheRegistrationServersWant_data();
    void makesTheRegistrationServersWant();
    void makesTheTokenServersWant();
    void testsANewPasskeyOnThisComputer();
    void signsForAnAppIdWhereTheKeyIsThatOld();
    void refusesAnswersToSomethingElse();
    void namesKeysInOneLine();
};

void TestWebAuthn::initTestCase()
{
    fido_init(FIDO_DISABLE_U2F_FALLBACK);
}

void TestWebAuthn::readsBase64AsServersWriteIt()
{
    QCOMPARE(toBase64Url(challenge), challengeText);
    QCOMPARE(fromBase64Url(challengeText), challenge);
    QCOMPARE(fromBase64Url(u"+/8+AAECAwQFBgcICQoLDA=="_s), challenge);
    QCOMPARE(fromBase64Url(u"AA"_s), QByteArray(1, '\0'));
    for (const auto &wrong : {u""_s, u"="_s, u"A"_s, u"AAAAA"_s, u"AA AA"_s, u"AA\u00e4A"_s,
                              u"AA=A"_s, u"AA==="_s, u"AA\0AA"_s})
        QVERIFY2(!fromBase64Url(wrong), qPrintable(wrong));
}

void TestWebAuthn::writesClientDataAsBrowsersDo()
{
    QCOMPARE(clientDataJson(Ceremony::Create, challenge, u"https://vault.example.com"_s),
             "{\"type\":\"webauthn.create\",\"challenge\":\"-_8-AAECAwQFBgcICQoLDA\","
             "\"origin\":\"https://vault.example.com\",\"crossOrigin\":false}"_ba);
    QCOMPARE(clientDataJson(Ceremony::Get, "a"_ba, u"http://localhost:8080"_s),
             "{\"type\":\"webauthn.get\",\"challenge\":\"YQ\","
             "\"origin\":\"http://localhost:8080\",\"crossOrigin\":false}"_ba);
}

void TestWebAuthn::escapesWhatIsNoPartOfAnOrigin()
{
    const QByteArray json = clientDataJson(Ceremony::Get, "a"_ba, u"x\"\\\n\u007f\u00fc"_s);
    QVERIFY(json.contains("\"origin\":\"x\\\"\\\\\\u000a\\u007f\xc3\xbc\""));
    QCOMPARE(QJsonDocument::fromJson(json).object().value(u"origin").toString(),
             u"x\"\\\n\u007f\u00fc"_s);
}

void TestWebAuthn::signsOnlyForTheOwnServer_data()
{
    QTest::addColumn<QString>("webVault");
    QTest::addColumn<QString>("rpId");
    QTest::addColumn<QString>("origin"); ///< Empty: refused.
    QTest::addColumn<QString>("id");     ///< What the key gets.
    const auto rowAs = [](const char *name, const QString &webVault, const QString &rpId,
                          const QString &origin, const QString &id) {
        QTest::newRow(name) << webVault << rpId << origin << id;
    };
    const auto row = [&rowAs](const char *name, const QString &webVault, const QString &rpId,
                              const QString &origin = {}) {
        rowAs(name, webVault, rpId, origin, rpId);
    };
    const QString own = u"https://vault.example.com"_s;
    row("its host", own, u"vault.example.com"_s, own);
    row("in capitals", u"https://Vault.Example.COM/"_s, u"vault.example.com"_s, own);
    row("a parent domain", own, u"example.com"_s, own);
    row("a port and a path", u"https://vault.example.com:8443/vault"_s, u"vault.example.com"_s,
        u"https://vault.example.com:8443"_s);
    row("the default port", u"https://vault.example.com:443"_s, u"vault.example.com"_s, own);
    row("this computer", u"http://localhost:8000"_s, u"localhost"_s, u"http://localhost:8000"_s);
    row("this computer's address", u"http://127.0.0.1:8000"_s, u"127.0.0.1"_s,
        u"http://127.0.0.1:8000"_s);
    row("a name with an umlaut", u"https://tresor.b\u00fcro.example"_s,
        u"tresor.xn--bro-hoa.example"_s, u"https://tresor.xn--bro-hoa.example"_s);
    rowAs("asked for in capitals", own, u"VAULT.Example.com"_s, own, u"vault.example.com"_s);
    rowAs("this computer, asked for in capitals", u"http://localhost:8000"_s, u"LOCALHOST"_s,
          u"http://localhost:8000"_s, u"localhost"_s);
    rowAs("asked for with an umlaut", u"https://tresor.b\u00fcro.example"_s, u"b\u00fcro.example"_s,
          u"https://tresor.xn--bro-hoa.example"_s, u"xn--bro-hoa.example"_s);
    row("another site", own, u"bank.example"_s);
    row("percent signs", own, u"vault.example%2Ecom"_s);
    row("a sister", own, u"mail.example.com"_s);
    row("a child", own, u"a.vault.example.com"_s);
    row("the same letters at the end", own, u"ample.com"_s);
    row("the public suffix", own, u"com"_s);
    row("a public suffix of two parts", u"https://vault.example.co.uk"_s, u"co.uk"_s);
    row("below a public suffix of two parts", u"https://vault.example.co.uk"_s, u"example.co.uk"_s,
        u"https://vault.example.co.uk"_s);
    row("where strangers have their pages", u"https://me.github.io"_s, u"github.io"_s);
    row("nobody", own, u""_s);
    row("a dot", own, u"."_s);
    row("a leading dot", own, u".example.com"_s);
    row("a trailing dot", own, u"example.com."_s);
    row("an address", own, u"https://vault.example.com"_s);
    row("with a port", own, u"vault.example.com:443"_s);
    row("a control character", own, u"vault.example.com\n"_s);
    row("the end of an address", u"http://127.0.0.1:8000"_s, u"0.0.1"_s);
    row("a bare address", u"https://192.0.2.7"_s, u"192.0.2.7"_s);
    row("plain http", u"http://vault.example.com"_s, u"vault.example.com"_s);
    row("no server", QString(), u"vault.example.com"_s);
}

void TestWebAuthn::signsOnlyForTheOwnServer()
{
    QFETCH(QString, webVault);
    QFETCH(QString, rpId);
    QFETCH(QString, origin);
    QFETCH(QString, id);
    const auto party = relyingPartyFor(QUrl(webVault), rpId);
    QCOMPARE(party.has_value(), !origin.isEmpty());
    if (party) {
        QCOMPARE(party->id, id);
        QCOMPARE(party->origin, origin);
    }
}

void TestWebAuthn::namesBothSitesWhenItRefuses()
{
    const auto foreign = relyingPartyFor(vault, u"bank.example\u202e"_s);
    QCOMPARE(foreign.error().kind, ErrorKind::OtherRelyingParty);
    QCOMPARE(foreign.error().subject, u"bank.example"_s);
    QCOMPARE(foreign.error().counterpart, vault.toString());
    const QUrl inPath(u"https://192.0.2.7:8443/vault/"_s);
    QCOMPARE(relyingPartyFor(inPath, u"vault.example"_s).error().counterpart,
             u"https://192.0.2.7:8443/vault"_s);
    QCOMPARE(relyingPartyFor(vault, QString(5000, u'a')).error().subject.text().size(), 253);
    const auto bare = relyingPartyFor(QUrl(u"https://192.0.2.7"_s), u"192.0.2.7"_s);
    QCOMPARE(bare.error().kind, ErrorKind::ServerHasNoDomainName);
    QCOMPARE(bare.error().subject, u"192.0.2.7"_s);
}

void TestWebAuthn::usesOnlyTheOwnAppId()
{
    const auto appIdFor = [](const QJsonValue &appId) {
        const auto assertion = assertionWith(u"extensions"_s, QJsonObject{{u"appid"_s, appId}});
        return assertion ? assertion->request.appId : u"refused"_s;
    };
    const QString own = u"https://vault.example.com/app-id.json"_s;
    QCOMPARE(appIdFor(own), own);
    QCOMPARE(appIdFor(u"https://example.com/app-id.json"_s), u"https://example.com/app-id.json"_s);
    for (const QJsonValue &other :
         {QJsonValue(u"https://bank.example/app-id.json"_s), QJsonValue(u"https://com/"_s),
          QJsonValue(u"http://vault.example.com/app-id.json"_s), QJsonValue(QJsonValue::Null),
          QJsonValue(true), QJsonValue(u"vault.example.com"_s),
          QJsonValue(u"https://vault.example.com@bank.example/"_s)})
        QCOMPARE(appIdFor(other), QString());
}

void TestWebAuthn::readsOptionsOfEachGeneration()
{
    QJsonObject pascal;
    const QJsonObject options = registrationOptions();
    for (auto it = options.begin(); it != options.end(); ++it)
        pascal.insert(QString(it.key().front().toUpper() + it.key().mid(1)), it.value());
    for (const QJsonObject &answer :
         {options, pascal,
          QJsonObject{{u"object"_s, u"twoFactorWebAuthnChallenge"_s}, {u"options"_s, options}}}) {
        const auto registration = passkeyRegistrationFrom(JsonFields(answer), vault);
        QVERIFY(registration);
        const MakeCredentialRequest &request = registration->request;
        QCOMPARE(request.clientDataJson,
                 clientDataJson(Ceremony::Create, challenge, u"https://vault.example.com"_s));
        QCOMPARE(request.rpId, u"vault.example.com"_s);
        QCOMPARE(request.rpName, u"Vault"_s);
        QCOMPARE(request.userId, QByteArray::fromHex("000102030405060708090a0b0c0d0e0f"));
        QCOMPARE(request.userName, u"tester@example.com"_s);
        QCOMPARE(request.userDisplayName, QString());
        QCOMPARE(request.algorithms, (QList<int>{-7, -257, -8}));
        QVERIFY(request.excludeCredentials.isEmpty());
        QVERIFY(!request.discoverable);
        QCOMPARE(request.userVerification, UserVerification::Discouraged);
        QVERIFY(!registration->attestationWanted);
        QCOMPARE(registration->timeout, std::chrono::milliseconds(60'000));
    }
}

void TestWebAuthn::takesTheServersWishes()
{
    QVERIFY(registrationWith(u"attestation"_s, u"direct"_s)->attestationWanted);
    QVERIFY(!registrationWith(u"attestation"_s, u"indirect"_s)->attestationWanted);
    const auto selected = registrationWith(u"authenticatorSelection"_s,
                                           QJsonObject{{u"residentKey"_s, u"required"_s},
                                                       {u"userVerification"_s, u"required"_s}});
    QVERIFY(selected->request.discoverable);
    QCOMPARE(selected->request.userVerification, UserVerification::Required);
    const auto unsaid = registrationWith(u"authenticatorSelection"_s, QJsonValue::Null);
    QVERIFY(!unsaid->request.discoverable);
    QCOMPARE(unsaid->request.userVerification, UserVerification::Preferred);
    QCOMPARE(registrationWith(u"pubKeyCredParams"_s, QJsonArray())->request.algorithms,
             (QList<int>{-7, -257}));
    QCOMPARE(registrationWith(u"timeout"_s, 1)->timeout, std::chrono::milliseconds(30'000));
    QCOMPARE(registrationWith(u"timeout"_s, 9e15)->timeout, std::chrono::milliseconds(600'000));
}

void TestWebAuthn::refusesHostileRegistrations_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<ErrorKind>("kind");
    const auto row = [](const char *name, const QString &member, const QJsonValue &value,
                        ErrorKind kind = ErrorKind::PasskeyRequestInvalid) {
        QTest::newRow(name) << member << value << kind;
    };
    row("no challenge", u"challenge"_s, QJsonValue::Null);
    row("empty challenge", u"challenge"_s, u""_s);
    row("short challenge", u"challenge"_s, toBase64Url(QByteArray(15, 'x')));
    row("endless challenge", u"challenge"_s, toBase64Url(QByteArray(1025, 'x')));
    row("challenge that is no base64", u"challenge"_s, u"<script>alert(1)</script>"_s);
    row("challenge of bytes", u"challenge"_s, QJsonArray{1, 2, 3});
    row("no user", u"user"_s, QJsonValue::Null);
    row("user without id", u"user"_s, QJsonObject{{u"name"_s, u"tester"_s}});
    row("user with an endless id", u"user"_s,
        QJsonObject{{u"id"_s, toBase64Url(QByteArray(65, 'x'))}});
    row("no readable algorithm", u"pubKeyCredParams"_s,
        QJsonArray{QJsonObject{{u"type"_s, u"public-key"_s}, {u"alg"_s, u"RSA"_s}}});
    row("algorithm out of range", u"pubKeyCredParams"_s,
        QJsonArray{QJsonObject{{u"type"_s, u"public-key"_s}, {u"alg"_s, -7.0e12}}});
    row("thousands of excluded credentials", u"excludeCredentials"_s, descriptors(5000));
    row("failed", u"status"_s, u"error"_s);
    row("no site", u"rp"_s, QJsonValue::Null, ErrorKind::OtherRelyingParty);
    row("another site", u"rp"_s, QJsonObject{{u"id"_s, u"bank.example"_s}},
        ErrorKind::OtherRelyingParty);
}

void TestWebAuthn::refusesHostileRegistrations()
{
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    QFETCH(ErrorKind, kind);
    const auto registration = registrationWith(member, value);
    QVERIFY(!registration);
    QCOMPARE(registration.error().kind, kind);
}

void TestWebAuthn::cutsNamesToWhatKeysTake()
{
    const QString endless = u"\u202e\t"_s + QString(300, u'n') + u"\n"_s;
    const QString wide = u"\U0001F511"_s.repeated(300);
    const auto registration = registrationWith(u"user"_s,
                                               QJsonObject{{u"id"_s, u"AAEC"_s},
                                                           {u"name"_s, endless},
                                                           {u"displayName"_s, wide}});
    QVERIFY(registration);
    QCOMPARE(registration->request.userName, QString(64, u'n'));
    QCOMPARE(registration->request.userDisplayName, u"\U0001F511"_s.repeated(16));
    const auto site = registrationWith(u"rp"_s,
                                       QJsonObject{{u"id"_s, u"vault.example.com"_s},
                                                   {u"name"_s, u"A\u0000B\r\nC"_s}});
    QCOMPARE(site->request.rpName, u"A B C"_s);
}

void TestWebAuthn::takesSixtyFourExcludedCredentials()
{
    QJsonArray list = descriptors(64);
    list.append(list.first());
    list.append(QJsonObject{{u"type"_s, u"password"_s}, {u"id"_s, u"AAEC"_s}});
    list.append(QJsonObject{{u"type"_s, u"public-key"_s}, {u"id"_s, u""_s}});
    list.append(
        QJsonObject{{u"type"_s, u"public-key"_s}, {u"id"_s, toBase64Url(QByteArray(1024, 'x'))}});
    list.append(u"AAEC"_s);
    const auto registration = registrationWith(u"excludeCredentials"_s, list);
    QVERIFY(registration);
    QCOMPARE(registration->request.excludeCredentials.size(), 64);
}

void TestWebAuthn::refusesHostileAssertions_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<ErrorKind>("kind");
    const auto row = [](const char *name, const QString &member, const QJsonValue &value,
                        ErrorKind kind = ErrorKind::PasskeyRequestInvalid) {
        QTest::newRow(name) << member << value << kind;
    };
    row("empty challenge", u"challenge"_s, u""_s);
    row("no credentials", u"allowCredentials"_s, QJsonArray());
    row("no readable credential", u"allowCredentials"_s, QJsonArray{1, u"x"_s, QJsonObject()});
    row("thousands of credentials", u"allowCredentials"_s, descriptors(5000));
    row("another site", u"rpId"_s, u"bank.example"_s, ErrorKind::OtherRelyingParty);
    row("no site", u"rpId"_s, QJsonValue::Null, ErrorKind::OtherRelyingParty);
}

void TestWebAuthn::refusesHostileAssertions()
{
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    QFETCH(ErrorKind, kind);
    const auto assertion = assertionWith(member, value);
    QVERIFY(!assertion);
    QCOMPARE(assertion.error().kind, kind);
}

void TestWebAuthn::makesTheRegistrationServersWant_data()
{
    QTest::addColumn<SoftwareKeyTraits>("traits");
    QTest::addColumn<bool>("attestationWanted");
    using Attestation = SoftwareKeyTraits::Attestation;
    for (const bool wanted : {false, true}) {
        for (const auto attestation :
             {Attestation::None, Attestation::PackedSelf, Attestation::PackedCertificate}) {
            for (const int idLength : {16, 64, 300}) {
                SoftwareKeyTraits traits;
                traits.attestation = attestation;
                traits.credentialIdLength = idLength;
                QTest::addRow("attestation %d, %s, id of %d bytes", static_cast<int>(attestation),
                              wanted ? "wanted" : "not wanted", idLength)
                    << traits << wanted;
            }
        }
        SoftwareKeyTraits old;
        old.ctap2 = false;
        QTest::addRow("U2F, %s", wanted ? "wanted" : "not wanted") << old << wanted;
    }
}

void TestWebAuthn::makesTheRegistrationServersWant()
{
    QFETCH(SoftwareKeyTraits, traits);
    QFETCH(bool, attestationWanted);
    const auto registration = registrationWith(u"attestation"_s,
                                               attestationWanted ? u"direct"_s : u"none"_s);
    QVERIFY(registration);
    HidFront port(std::make_shared<SoftwareKey>(traits));
    MakeCredentialReply reply;
    QCOMPARE(makeCredential(port, registration->request, {}, reply), FIDO_OK);
    const auto response = deviceResponse(*registration, reply);
    QVERIFY(response);

    QCOMPARE(response->keys(),
             (QStringList{u"clientExtensionResults"_s, u"id"_s, u"rawId"_s, u"response"_s,
                          u"type"_s}));
    QCOMPARE(response->value(u"type").toString(), u"public-key"_s);
    QCOMPARE(response->value(u"clientExtensionResults"), QJsonValue(QJsonObject()));
    QCOMPARE(bytesIn(*response, u"id"_s), reply.credentialId);
    QCOMPARE(bytesIn(*response, u"rawId"_s), reply.credentialId);
    const QJsonObject inner = response->value(u"response").toObject();
    QCOMPARE(inner.keys(),
             (QStringList{u"AttestationObject"_s, u"clientDataJson"_s, u"transports"_s}));
    QVERIFY(inner.value(u"transports").isArray());
    QCOMPARE(bytesIn(inner, u"clientDataJson"_s), registration->request.clientDataJson);

    QCborParserError error;
    const QByteArray object = bytesIn(inner, u"AttestationObject"_s);
    const QCborMap map = QCborValue::fromCbor(object, &error).toMap();
    QCOMPARE(error.error, QCborError::NoError);
    QCOMPARE(error.offset, object.size());
    QCOMPARE(map.size(), 3);
    const QByteArray authData = map.value(u"authData"_s).toByteArray();
    const bool tells = attestationWanted && reply.format != u"none"_s;
    QCOMPARE(map.value(u"fmt"_s).toString(), tells ? reply.format : u"none"_s);
    QCOMPARE(map.value(u"attStmt"_s).toCbor(),
             tells ? reply.attestationStatement : QByteArray::fromHex("a0"));
    QByteArray expected = reply.authenticatorData;
    if (!attestationWanted)
        expected.replace(37, 16, QByteArray(16, '\0'));
    QCOMPARE(authData, expected);
}

void TestWebAuthn::makesTheTokenServersWant()
{
    HidFront port(std::make_shared<SoftwareKey>());
    const auto registration = passkeyRegistrationFrom(JsonFields(registrationOptions()), vault);
    MakeCredentialReply made;
    QCOMPARE(makeCredential(port, registration->request, {}, made), FIDO_OK);
    const QString id = toBase64Url(made.credentialId);
    const auto assertion = assertionWith(u"allowCredentials"_s,
                                         QJsonArray{QJsonObject{{u"type"_s, u"public-key"_s},
                                                                {u"id"_s, id}}});
    QVERIFY(assertion);
    GetAssertionReply reply;
    QCOMPARE(getAssertion(port, assertion->request, {}, reply), FIDO_OK);
    const auto token = passkeyToken(*assertion, reply);
    QVERIFY(token);
    const QJsonObject object = QJsonDocument::fromJson(token->view().toByteArray()).object();
    QCOMPARE(object.keys(),
             (QStringList{u"extensions"_s, u"id"_s, u"rawId"_s, u"response"_s, u"type"_s}));
    QCOMPARE(object.value(u"extensions"), QJsonValue(QJsonObject()));
    QCOMPARE(object.value(u"id").toString(), id);
    QCOMPARE(object.value(u"rawId").toString(), id);
    QCOMPARE(object.value(u"type").toString(), u"public-key"_s);
    const QJsonObject inner = object.value(u"response").toObject();
    QCOMPARE(inner.keys(),
             (QStringList{u"authenticatorData"_s, u"clientDataJson"_s, u"signature"_s}));
    QCOMPARE(bytesIn(inner, u"authenticatorData"_s), reply.authenticatorData);
    QCOMPARE(bytesIn(inner, u"clientDataJson"_s), assertion->request.clientDataJson);
    QCOMPARE(bytesIn(inner, u"signature"_s), reply.signature);

    // A key may leave out the id of the only credential.
    reply.credentialId.clear();
    QVERIFY(passkeyToken(*assertion, reply)->equals(token->view()));
}

void TestWebAuthn::testsANewPasskeyOnThisComputer()
{
    const QUrl atPort(u"https://vault.example.com:8443"_s);
    const auto registration = passkeyRegistrationFrom(JsonFields(registrationOptions()), atPort);
    QVERIFY(registration);
    MakeCredentialReply made;
    made.credentialId = "the new one"_ba;
    made.publicKey = {.algorithm = -7, .bytes = QByteArray(64, 'x')};
    const auto test = passkeyTest(*registration, made);
    QVERIFY(test);
    QCOMPARE(test->rpId, u"vault.example.com"_s);
    QVERIFY(test->appId.isEmpty());
    QCOMPARE(test->allowCredentials, QList{"the new one"_ba});
    QCOMPARE(test->userVerification, UserVerification::Discouraged);
    QCOMPARE(test->verifyWith, std::optional(made.publicKey));
    const QJsonObject clientData = QJsonDocument::fromJson(test->clientDataJson).object();
    QCOMPARE(clientData.value(u"type").toString(), u"webauthn.get"_s);
    QCOMPARE(clientData.value(u"origin").toString(), u"https://vault.example.com:8443"_s);
    QCOMPARE(bytesIn(clientData, u"challenge"_s).size(), 32);
    const auto another = passkeyTest(*registration, made);
    QVERIFY(another->clientDataJson != test->clientDataJson);
    QVERIFY(!another->clientDataJson.contains(challengeText.toLatin1()));
}

void TestWebAuthn::signsForAnAppIdWhereTheKeyIsThatOld()
{
    const QString appId = u"https://vault.example.com/app-id.json"_s;
    SoftwareKeyTraits traits;
    traits.ctap2 = false;
    HidFront port(std::make_shared<SoftwareKey>(traits));
    // As registered with U2F: for the AppID instead of the domain.
    auto old = passkeyRegistrationFrom(JsonFields(registrationOptions()), vault)->request;
    old.rpId = appId;
    MakeCredentialReply made;
    QCOMPARE(makeCredential(port, old, {}, made), FIDO_OK);
    QJsonObject options = assertionOptions();
    options.insert(u"allowCredentials"_s,
                   QJsonArray{QJsonObject{{u"type"_s, u"public-key"_s},
                                          {u"id"_s, toBase64Url(made.credentialId)}}});
    options.insert(u"extensions"_s, QJsonObject{{u"appid"_s, appId}, {u"uvm"_s, true}});
    auto assertion = passkeyAssertionFrom(JsonFields(options), vault);
    QVERIFY(assertion);
    GetAssertionReply reply;
    QCOMPARE(getAssertion(port, assertion->request, {}, reply), FIDO_OK);
    QVERIFY(reply.usedAppId);
    const auto token = passkeyToken(*assertion, reply);
    QVERIFY(token);
    QCOMPARE(QJsonDocument::fromJson(token->view().toByteArray())
                 .object()
                 .value(u"extensions")
                 .toObject(),
             (QJsonObject{{u"appid"_s, true}}));
    // Nobody asked for it.
    assertion->request.appId.clear();
    QCOMPARE(passkeyToken(*assertion, reply).error().kind, ErrorKind::KeyAnswerInvalid);
}

void TestWebAuthn::refusesAnswersToSomethingElse()
{
    HidFront port(std::make_shared<SoftwareKey>());
    const auto registration = passkeyRegistrationFrom(JsonFields(registrationOptions()), vault);
    MakeCredentialReply made;
    QCOMPARE(makeCredential(port, registration->request, {}, made), FIDO_OK);
    const auto refused = [&registration](const MakeCredentialReply &reply) {
        const auto response = deviceResponse(*registration, reply);
        return !response && response.error().kind == ErrorKind::KeyAnswerInvalid;
    };
    for (qsizetype size = 0; size < 120; ++size) {
        MakeCredentialReply cut = made;
        cut.authenticatorData.truncate(size);
        QVERIFY2(refused(cut), qPrintable(QString::number(size)));
    }
    MakeCredentialReply other = made;
    other.authenticatorData[0] = static_cast<char>(other.authenticatorData.at(0) ^ 1);
    QVERIFY(refused(other));
    other = made;
    other.authenticatorData[32] = '\x40';
    QVERIFY(refused(other));
    other = made;
    other.credentialId[0] = static_cast<char>(other.credentialId.at(0) ^ 1);
    QVERIFY(refused(other));
    auto strict = *registration;
    strict.request.userVerification = UserVerification::Required;
    QVERIFY(!deviceResponse(strict, made));

    const auto assertion = assertionWith(u"allowCredentials"_s,
                                         QJsonArray{QJsonObject{{u"type"_s, u"public-key"_s},
                                                                {u"id"_s,
                                                                 toBase64Url(made.credentialId)}}});
    GetAssertionReply signedReply;
    QCOMPARE(getAssertion(port, assertion->request, {}, signedReply), FIDO_OK);
    QVERIFY(passkeyToken(*assertion, signedReply));
    const auto refusedToken = [&](auto change) {
        GetAssertionReply changed = signedReply;
        change(changed);
        const auto token = passkeyToken(*assertion, changed);
        return !token && token.error().kind == ErrorKind::KeyAnswerInvalid;
    };
    QVERIFY(refusedToken([](GetAssertionReply &reply) { reply.authenticatorData.truncate(36); }));
    QVERIFY(refusedToken([](GetAssertionReply &reply) { reply.authenticatorData[5] = '\0'; }));
    QVERIFY(refusedToken([](GetAssertionReply &reply) { reply.authenticatorData[32] = '\0'; }));
    QVERIFY(refusedToken([](GetAssertionReply &reply) { reply.signature.clear(); }));
    QVERIFY(refusedToken([](GetAssertionReply &reply) { reply.credentialId = "other"_ba; }));
    QVERIFY(refusedToken([](GetAssertionReply &reply) { reply.usedAppId = true; }));
    auto strictAssertion = *assertion;
    strictAssertion.request.userVerification = UserVerification::Required;
    QVERIFY(!passkeyToken(strictAssertion, signedReply));
}

void TestWebAuthn::namesKeysInOneLine()
{
    QCOMPARE(passkeyName(u"  Blue\tkey\n "), u"Blue key"_s);
    QCOMPARE(passkeyName(u"a\u0007\u202eb"), u"a b"_s);
    QCOMPARE(passkeyName(QString(300, u'x')), QString(50, u'x'));
    QCOMPARE(passkeyName(u""), QString());
    // Counted as people count: an emoji of several joined ones is one, and stays whole.
    const QString family = u"\U0001F468\u200D\U0001F469\u200D\U0001F467"_s;
    QCOMPARE(passkeyName(QString(QString(49, u'x') + family + u'y')),
             QString(QString(49, u'x') + family));
    QCOMPARE(passkeyName(QString(QString(48, u'x') + family + u"e\u0301z")),
             QString(QString(48, u'x') + family + u"e\u0301"));
    QCOMPARE(passkeyName(family.repeated(40)), family.repeated(25));
}

QTEST_GUILESS_MAIN(TestWebAuthn)
#include "tst_webauthn.moc"
