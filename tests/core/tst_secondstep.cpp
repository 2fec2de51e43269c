// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/secondstep.h"
#include "core/account/signin.h"
#include "core/text/enteredtext.h"
#include "tests/core/answers.h"
#include "tests/core/generations.h"
#include "tests/core/signedin.h"
#include "tests/support/accountservertest.h"

#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

const QString tokenPath = u"POST /identity/connect/token"_s;
const QString emailPath = u"POST /api/two-factor/send-email-login"_s;
const QString recoverPath = u"POST /api/two-factor/recover"_s;

using Types = QList<ProviderType>;

QString textOf(const SecureBuffer &secret)
{
    return QString::fromUtf8(secret.view());
}

SecondStepToken tokenOf(ProviderType type, const QString &entered, bool remember = false)
{
    SecondStepToken token;
    token.type = type;
    token.token = type == ProviderType::Duo ? SecureBuffer::fromText(entered)
                                            : normalizedCode(type, entered);
    token.remember = remember;
    return token;
}

} // namespace

/// From the challenge to the session, with each method, on each generation of servers.
class TestSecondStep : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void sendsCodesWithoutTheGapsOfPeople_data();
    void sendsCodesWithoutTheGapsOfPeople();
    void beginsWithTheMethodOfHighestRank_data();
    void beginsWithTheMethodOfHighestRank();
    void opensDuoOnlyAtDuo_data();
    void opensDuoOnlyAtDuo();
    void takesDuosAnswerFromTheOwnVaultOnly_data();
    void takesDuosAnswerFromTheOwnVaultOnly();
    void findsTheStateThatDuoWillSendBack_data();
    void findsTheStateThatDuoWillSendBack();
    void takesNoAnswerToAnEarlierQuestion();
    void readsTheDetailsOfTheChallenge();
    void tellsAWrongCodeFromAWrongPassword_data();
    void tellsAWrongCodeFromAWrongPassword();

    void everyMethodSignsIn_data();
    void everyMethodSignsIn();
    void wrongCodesAreRefusedAndNotSentTwice_data();
    void wrongCodesAreRefusedAndNotSentTwice();
    void usedCodeIsRefusedInTheNextSignIn();
    void emailedCodeIsNeverVoidedByAnotherRequest();
    void staleEmailedCodeIsRefused();
    void duoIsAskedAgainAfterAnAnswerThatIsTooLate_data();
    void duoIsAskedAgainAfterAnAnswerThatIsTooLate();
    void secondRequestMeanwhileIsNotSent();
    void neverSendsACodeAgainByItself();
    void rememberedDeviceNeedsNoSecondStep_data();
    void rememberedDeviceNeedsNoSecondStep();
    void newDeviceShowsItsCode();
    void recoveryCodeSignsIn_data();
    void recoveryCodeSignsIn();
    void wrongRecoveryCodeIsRefused_data();
    void wrongRecoveryCodeIsRefused();
    void canceledSignInCannotContinue();

private:
    struct Begun
    {
        std::shared_ptr<SignIn> signIn;
        Result<SignInOutcome> outcome;
    };
    Begun begin(QStringView role, SecureBuffer rememberToken = {});
    QString codeFor(ProviderType type);
};

TestSecondStep::Begun TestSecondStep::begin(QStringView role, SecureBuffer rememberToken)
{
    auto request = signInRequest(m_server, m_server.account(role));
    request.rememberToken = std::move(rememberToken);
    Begun begun;
    begun.signIn = std::make_shared<SignIn>(
        std::move(request), std::make_shared<HttpTransport>(QList<QSslCertificate>(), patient()));
    begun.outcome = outcomeOf(begun.signIn->start());
    return begun;
}

/// A code of the role "every-step" that is good now.
QString TestSecondStep::codeFor(ProviderType type)
{
    const QJsonObject state = m_server.accountState(u"every-step");
    if (type == ProviderType::Authenticator)
        return state["authenticatorCodes"_L1][1].toString();
    if (type == ProviderType::Email)
        return m_server.emailedCodes().value(0);
    if (type == ProviderType::YubicoOtp)
        return m_server.touchYubiKey(u"every-step"_s);
    const QString duo = state["duoState"_L1].toString();
    return u"duo-"_s + duo.first(8) + u'|' + duo;
}

void TestSecondStep::sendsCodesWithoutTheGapsOfPeople_data()
{
    QTest::addColumn<ProviderType>("type");
    QTest::addColumn<QString>("entered");
    QTest::addColumn<QString>("sent");
    const auto row = [](const char *name, ProviderType type, const QString &entered,
                        const QString &sent) {
        QTest::newRow(name) << type << entered << sent;
    };
    const QString otp = u"ccccccbdefghijklnrtuvcbdefghijklnrtuvcbdefgh"_s;
    row("plain", ProviderType::Authenticator, u"012345"_s, u"012345"_s);
    row("space", ProviderType::Authenticator, u" 012 345\n"_s, u"012345"_s);
    row("no-break space, hyphen", ProviderType::Authenticator, u"012\u00a03-45"_s, u"012345"_s);
    row("Arabic digits", ProviderType::Authenticator, u"٠١٢٣٤٥"_s, u"012345"_s);
    row("five", ProviderType::Authenticator, u"01234"_s, {});
    row("seven", ProviderType::Authenticator, u"0123456"_s, {});
    row("letter", ProviderType::Authenticator, u"01234O"_s, {});
    row("email", ProviderType::Email, u"123 456"_s, u"123456"_s);
    row("long email", ProviderType::Email, u"12345678"_s, u"12345678"_s);
    row("email with letters", ProviderType::Email, u"12a456"_s, {});
    row("key", ProviderType::YubicoOtp, otp, otp);
    row("key with Caps Lock", ProviderType::YubicoOtp, otp.toUpper() + u'\n', otp);
    row("key of another layout", ProviderType::YubicoOtp, u"jjjjjj"_s + otp.sliced(7) + u'x', {});
    row("key cut off", ProviderType::YubicoOtp, otp.first(31), {});
    row("recovery", ProviderType::RecoveryCode, u"ABCD efgh-1234"_s, u"abcdefgh1234"_s);
    row("passkeys have no code", ProviderType::Passkey, u"123456"_s, {});
}

void TestSecondStep::sendsCodesWithoutTheGapsOfPeople()
{
    QFETCH(const ProviderType, type);
    QFETCH(const QString, entered);
    QFETCH(const QString, sent);
    QCOMPARE(textOf(normalizedCode(type, entered)), sent);
}

void TestSecondStep::beginsWithTheMethodOfHighestRank_data()
{
    QTest::addColumn<Types>("offered");
    QTest::addColumn<Types>("listed");
    QTest::addColumn<int>("begun");
    using enum ProviderType;
    QTest::newRow("all") << Types{Email, Passkey, Authenticator, Duo, YubicoOtp, OrganizationDuo}
                         << Types{OrganizationDuo, Authenticator, YubicoOtp, Duo, Passkey, Email}
                         << int(OrganizationDuo);
    QTest::newRow("key before Duo")
        << Types{Duo, YubicoOtp} << Types{YubicoOtp, Duo} << int(YubicoOtp);
    QTest::newRow("app before email")
        << Types{Email, Authenticator} << Types{Authenticator, Email} << int(Authenticator);
    QTest::newRow("passkey before codes")
        << Types{Email, YubicoOtp, Passkey} << Types{YubicoOtp, Passkey, Email} << int(Passkey);
    QTest::newRow("passkey alone") << Types{Passkey} << Types{Passkey} << int(Passkey);
    QTest::newRow("dead and internal ones") << Types{U2f, Remember} << Types{} << -1;
}

void TestSecondStep::beginsWithTheMethodOfHighestRank()
{
    QFETCH(const Types, offered);
    QFETCH(const Types, listed);
    QFETCH(const int, begun);
    QCOMPARE(inChooserOrder(offered), listed);
    const auto method = defaultMethod(offered);
    QCOMPARE(method ? int(*method) : -1, begun);
    QVERIFY(!method || isSupportedAtSignIn(*method));
    // What was used the last time comes first, as long as it is offered and can be given.
    for (const ProviderType type : offered) {
        if (isSupportedAtSignIn(type))
            QCOMPARE(defaultMethod(offered, type), std::optional(type));
        else
            QCOMPARE(defaultMethod(offered, type), method);
    }
    QCOMPARE(defaultMethod(offered, ProviderType::RecoveryCode), method);
}

void TestSecondStep::opensDuoOnlyAtDuo_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("trusted");
    const auto row = [](const char *name, const char *address, bool trusted) {
        QTest::newRow(name) << QString::fromLatin1(address) << trusted;
    };
    row("Duo", "https://api-1a2b3c4d.duosecurity.com/oauth/v1/authorize?state=x", true);
    row("federal", "https://api-1a2b.duofederal.com/oauth/v1/authorize", true);
    row("http", "http://api-1a2b.duosecurity.com/", false);
    row("other host", "https://api-1a2b.duosecurity.com.evil.example/", false);
    row("no api host", "https://www.duosecurity.com/", false);
    row("deeper", "https://evil.api-1.duosecurity.com/", false);
    row("user", "https://api-1.duosecurity.com@evil.example/", false);
    row("user at Duo", "https://me@api-1a2b.duosecurity.com/", false);
    row("port", "https://api-1a2b.duosecurity.com:8443/", false);
    row("script", "javascript:alert(1)", false);
    row("file", "file:///etc/passwd", false);
    row("none", "", false);
}

void TestSecondStep::opensDuoOnlyAtDuo()
{
    QFETCH(const QString, address);
    QFETCH(const bool, trusted);
    QCOMPARE(duoAddress(address).has_value(), trusted);
}

void TestSecondStep::takesDuosAnswerFromTheOwnVaultOnly_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QString>("token");
    const auto row = [](const char *name, const char *pasted, const char *token) {
        QTest::newRow(name) << QString::fromLatin1(pasted) << QString::fromLatin1(token);
    };
    const char *page =
        "https://vault.example/duo-redirect-connector.html?client=web&code=a&state=b";
    row("as copied", page, "a|b");
    row("encoded", "  https://vault.example/d.html?state=b%2B1&code=a%7C ", "a||b+1");
    row("other host", "https://evil.example/d.html?code=a&state=b", "");
    row("other port", "https://vault.example:444/d.html?code=a&state=b", "");
    row("not encrypted", "http://vault.example/d.html?code=a&state=b", "");
    row("no state", "https://vault.example/d.html?code=a", "");
    row("no code", "https://vault.example/d.html?state=b", "");
    row("words", "I confirmed it", "");
}

void TestSecondStep::takesDuosAnswerFromTheOwnVaultOnly()
{
    QFETCH(const QString, pasted);
    QFETCH(const QString, token);
    const auto answer = duoAnswer(pasted, QUrl(u"https://vault.example"_s), {});
    QCOMPARE(textOf(answer.token), token);
    QVERIFY(!answer.isForOtherRequest);
}

void TestSecondStep::findsTheStateThatDuoWillSendBack_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("state");
    const auto row = [](const char *name, const QByteArray &query, const char *state) {
        QTest::newRow(name) << QString::fromLatin1(
            "https://api-1.duosecurity.com/oauth/v1/authorize?client_id=DI&" + query)
                            << QString::fromLatin1(state);
    };
    const auto claims = [](const QByteArray &json) -> QByteArray {
        return "request=e30."_ba
            + json.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
            + ".c2ln"_ba;
    };
    row("a parameter", "state=a%2Bb", "a+b");
    row("in the request", claims(R"({"state":"a~b?c","iss":"DI"})"), "a~b?c");
    row("no state there", claims(R"({"iss":"DI"})"), "");
    row("no JSON there", claims("state"), "");
    row("no token", "request=e30", "");
    row("no base64", "request=e30.###.c2ln", "");
    row("nothing", "x=y", "");
}

void TestSecondStep::findsTheStateThatDuoWillSendBack()
{
    QFETCH(const QString, address);
    QFETCH(const QString, state);
    QCOMPARE(duoState(QUrl(address)), state);
}

void TestSecondStep::takesNoAnswerToAnEarlierQuestion()
{
    const QUrl vault(u"https://vault.example"_s);
    const QString address = u"https://vault.example/d.html?client=web&code=a&state=b"_s;
    QCOMPARE(textOf(duoAnswer(address, vault, u"b"_s).token), u"a|b"_s);
    const auto other = duoAnswer(address, vault, u"c"_s);
    QVERIFY(other.token.isEmpty());
    QVERIFY(other.isForOtherRequest);
    QVERIFY(
        duoAnswer(QString(address + u"&x="_s + QString(9000, u'x')), vault, {}).token.isEmpty());
}

void TestSecondStep::readsTheDetailsOfTheChallenge()
{
    const auto granted = passwordGrantFrom(
        answerOf(400, R"({"error":"invalid_grant","error_description":"Two factor required.",
            "TwoFactorProviders":["1","2","6"],"TwoFactorProviders2":{
            "1":{"Email":"te****@example.com"},"2":{"Host":"x","AuthUrl":"https://one"},
            "6":{"AuthUrl":"https://two"}}})"_ba));
    QVERIFY(granted);
    const auto *challenge = std::get_if<SecondStepChallenge>(&*granted);
    QVERIFY(challenge);
    QCOMPARE(challenge->maskedEmail, u"te****@example.com"_s);
    QCOMPARE(challenge->duoAuthUrl, u"https://one"_s);
    QCOMPARE(challenge->organizationDuoAuthUrl, u"https://two"_s);
}

void TestSecondStep::tellsAWrongCodeFromAWrongPassword_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("withCode");
    QTest::addColumn<ErrorKind>("without");
    QTest::newRow("official code")
        << R"({"error":"invalid_grant","error_description":"invalid_username_or_password",
               "ErrorModel":{"Message":"Two-step token is invalid. Try again."}})"_ba
        << ErrorKind::WrongCode << ErrorKind::WrongCredentials;
    QTest::newRow("official password")
        << R"({"error":"invalid_grant","error_description":"invalid_username_or_password",
               "ErrorModel":{"Message":"Username or password is incorrect. Try again."}})"_ba
        << ErrorKind::WrongCredentials << ErrorKind::WrongCredentials;
    QTest::newRow("Vaultwarden code")
        << R"({"message":"Invalid TOTP code! Server time: x IP: y","error":""})"_ba
        << ErrorKind::WrongCode << ErrorKind::Refused;
    QTest::newRow("Vaultwarden YubiKey of somebody else")
        << R"({"message":"Given Yubikey is not registered","error":""})"_ba << ErrorKind::WrongCode
        << ErrorKind::Refused;
    QTest::newRow("Vaultwarden passkey")
        << R"({"message":"Webauthn","error":""})"_ba << ErrorKind::WrongCode << ErrorKind::Refused;
    QTest::newRow("Vaultwarden passkey, asked for before a restart")
        << R"({"message":"Can't recover login challenge","error":""})"_ba << ErrorKind::WrongCode
        << ErrorKind::Refused;
    QTest::newRow("Vaultwarden account")
        << R"({"message":"This user has been disabled","error":""})"_ba << ErrorKind::Refused
        << ErrorKind::Refused;
    QTest::newRow("new device")
        << R"({"error":"device_error","ErrorModel":{"Message":"invalid new device otp"}})"_ba
        << ErrorKind::WrongCode << ErrorKind::WrongCode;
}

void TestSecondStep::tellsAWrongCodeFromAWrongPassword()
{
    QFETCH(const QByteArray, body);
    QFETCH(const ErrorKind, withCode);
    QFETCH(const ErrorKind, without);
    const auto refused = passwordGrantFrom(answerOf(400, body), true);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, withCode);
    // A code for a new device is never refused to somebody who sent none.
    if (without != ErrorKind::WrongCode)
        QCOMPARE(passwordGrantFrom(answerOf(400, body)).error().kind, without);
}

void TestSecondStep::everyMethodSignsIn_data()
{
    QTest::addColumn<QString>("generation");
    QTest::addColumn<ProviderType>("type");
    QTest::addColumn<bool>("pastedWithSpaces");
    const QList<std::pair<const char *, ProviderType>> methods{{"authenticator",
                                                                ProviderType::Authenticator},
                                                               {"email", ProviderType::Email},
                                                               {"YubiKey", ProviderType::YubicoOtp},
                                                               {"Duo", ProviderType::Duo}};
    for (const char *generation : {"classic", "middle", "token", "pascal"}) {
        const bool vaultwarden = *generation == 'c' || *generation == 'p';
        for (const auto &[name, type] : methods) {
            // Our Vaultwarden has no keys of Duo and Yubico.
            if (vaultwarden && needsPremium(type))
                continue;
            for (const bool spaces : {false, true}) {
                if (spaces && type == ProviderType::Duo)
                    continue;
                QTest::addRow("%s, %s%s", generation, name, spaces ? ", pasted" : "")
                    << QString::fromLatin1(generation) << type << spaces;
            }
        }
    }
}

void TestSecondStep::everyMethodSignsIn()
{
    QFETCH(const QString, generation);
    QFETCH(const ProviderType, type);
    QFETCH(const bool, pastedWithSpaces);
    QVERIFY(m_server.changeSettings({{u"generation"_s, generation}}));
    const auto begun = begin(u"every-step");
    QVERIFY(begun.outcome);
    const auto *challenge = std::get_if<SecondStepChallenge>(&*begun.outcome);
    QVERIFY(challenge);
    QVERIFY(challenge->offered.contains(type));
    if (type == ProviderType::Email) {
        QVERIFY(challenge->maskedEmail.contains(u'*'));
        QVERIFY(outcomeOf(begun.signIn->sendEmailCode()));
    }
    QString code = codeFor(type);
    if (pastedWithSpaces)
        code = u' ' + code.first(3) + u' ' + code.sliced(3) + u'\n';
    const auto outcome = outcomeOf(begun.signIn->submitSecondStep(tokenOf(type, code)));
    const auto session = sessionOf(outcome);
    QVERIFY(session);
    QVERIFY(!std::get<SignedIn>(*outcome).recoveryCodeUsed);
    QVERIFY(std::get<SignedIn>(*outcome).rememberToken.isEmpty());
    QVERIFY(outcomeOf(session->get(u"accounts/profile"_s)));
    const QStringList paths = m_server.requestedPaths();
    QCOMPARE(paths.count(tokenPath), 2);
    QCOMPARE(paths.count(u"POST /identity/accounts/prelogin"_s), 1);
}

void TestSecondStep::wrongCodesAreRefusedAndNotSentTwice_data()
{
    eachGeneration();
}

void TestSecondStep::wrongCodesAreRefusedAndNotSentTwice()
{
    QFETCH(const QString, generation);
    QVERIFY(m_server.changeSettings({{u"generation"_s, generation}}));
    const auto begun = begin(u"second-step");
    QVERIFY(begun.outcome);
    for (int i = 0; i < 2; ++i) {
        const auto refused = outcomeOf(
            begun.signIn->submitSecondStep(tokenOf(ProviderType::Authenticator, u"000000"_s)));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::WrongCode);
        QCOMPARE(m_server.requestedPaths().count(tokenPath), 2);
    }
    const QString code =
        m_server.accountState(u"second-step")["authenticatorCodes"_L1][1].toString();
    QVERIFY(sessionOf(
        outcomeOf(begun.signIn->submitSecondStep(tokenOf(ProviderType::Authenticator, code)))));
}

void TestSecondStep::usedCodeIsRefusedInTheNextSignIn()
{
    const QString code =
        m_server.accountState(u"second-step")["authenticatorCodes"_L1][1].toString();
    const auto first = begin(u"second-step");
    QVERIFY(sessionOf(
        outcomeOf(first.signIn->submitSecondStep(tokenOf(ProviderType::Authenticator, code)))));
    const auto second = begin(u"second-step");
    const auto refused = outcomeOf(
        second.signIn->submitSecondStep(tokenOf(ProviderType::Authenticator, code)));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::WrongCode);
}

void TestSecondStep::emailedCodeIsNeverVoidedByAnotherRequest()
{
    const auto begun = begin(u"second-step");
    QVERIFY(outcomeOf(begun.signIn->sendEmailCode()));
    // Another method is tried in between, and fails.
    QVERIFY(!outcomeOf(
        begun.signIn->submitSecondStep(tokenOf(ProviderType::Authenticator, u"000000"_s))));
    QVERIFY(sessionOf(outcomeOf(begun.signIn->submitSecondStep(
        tokenOf(ProviderType::Email, m_server.emailedCodes().value(0))))));
    QCOMPARE(m_server.requestedPaths().count(emailPath), 1);
    QCOMPARE(m_server.requestedPaths().count(tokenPath), 3);
}

void TestSecondStep::staleEmailedCodeIsRefused()
{
    const auto begun = begin(u"second-step");
    QVERIFY(outcomeOf(begun.signIn->sendEmailCode()));
    QVERIFY(m_server.expireEmailedCodes());
    const auto stale = outcomeOf(begun.signIn->submitSecondStep(
        tokenOf(ProviderType::Email, m_server.emailedCodes().last())));
    QVERIFY(!stale);
    QCOMPARE(stale.error().kind, ErrorKind::WrongCode);
    QVERIFY(outcomeOf(begun.signIn->sendEmailCode()));
    QVERIFY(sessionOf(outcomeOf(begun.signIn->submitSecondStep(
        tokenOf(ProviderType::Email, m_server.emailedCodes().last())))));
}

void TestSecondStep::duoIsAskedAgainAfterAnAnswerThatIsTooLate_data()
{
    QTest::addColumn<bool>("breaks");
    QTest::newRow("the server calls it wrong") << false;
    QTest::newRow("the server breaks over it") << true;
}

void TestSecondStep::duoIsAskedAgainAfterAnAnswerThatIsTooLate()
{
    QFETCH(const bool, breaks);
    const auto begun = begin(u"every-step");
    if (breaks)
        QVERIFY(m_server.setFault(u"/identity/connect/token"_s, u"server-error"_s));
    const auto late = outcomeOf(begun.signIn->submitSecondStep(
        tokenOf(ProviderType::Duo, u"late-"_s + codeFor(ProviderType::Duo))));
    QVERIFY(!late);
    QCOMPARE(late.error().kind, ErrorKind::DuoAnswerStale);
    QVERIFY(m_server.clearFaults());
    const auto again = outcomeOf(begun.signIn->requestNewChallenge());
    QVERIFY(again);
    const auto *challenge = std::get_if<SecondStepChallenge>(&*again);
    QVERIFY(challenge);
    QVERIFY(!challenge->duoAuthUrl.isEmpty());
    QVERIFY(sessionOf(outcomeOf(
        begun.signIn->submitSecondStep(tokenOf(ProviderType::Duo, codeFor(ProviderType::Duo))))));
}

void TestSecondStep::secondRequestMeanwhileIsNotSent()
{
    const auto begun = begin(u"second-step");
    const QString code =
        m_server.accountState(u"second-step")["authenticatorCodes"_L1][1].toString();
    Outcome<Result<SignInOutcome>> first(
        begun.signIn->submitSecondStep(tokenOf(ProviderType::Authenticator, code)));
    const auto second = outcomeOf(
        begun.signIn->submitSecondStep(tokenOf(ProviderType::Authenticator, code)));
    QVERIFY(!second);
    QCOMPARE(second.error().kind, ErrorKind::Canceled);
    QVERIFY(!outcomeOf(begun.signIn->sendEmailCode()));
    QVERIFY(sessionOf(first.wait()));
    QCOMPARE(m_server.requestedPaths().count(tokenPath), 2);
    QCOMPARE(m_server.requestedPaths().count(emailPath), 0);
}

void TestSecondStep::neverSendsACodeAgainByItself()
{
    for (const QString &fault : {u"drop"_s, u"server-error"_s, u"unauthorized"_s, u"html"_s}) {
        QVERIFY(m_server.reset());
        const auto begun = begin(u"second-step");
        QVERIFY(m_server.setFault(u"/identity/connect/token"_s, fault));
        QVERIFY(!outcomeOf(
            begun.signIn->submitSecondStep(tokenOf(ProviderType::Authenticator, u"123456"_s))));
        QCOMPARE(m_server.requestedPaths().count(tokenPath), 2);
    }
}

void TestSecondStep::rememberedDeviceNeedsNoSecondStep_data()
{
    eachGeneration();
}

void TestSecondStep::rememberedDeviceNeedsNoSecondStep()
{
    QFETCH(const QString, generation);
    QVERIFY(m_server.changeSettings({{u"generation"_s, generation}}));
    const QString code =
        m_server.accountState(u"second-step")["authenticatorCodes"_L1][1].toString();
    const auto begun = begin(u"second-step");
    auto outcome = outcomeOf(
        begun.signIn->submitSecondStep(tokenOf(ProviderType::Authenticator, code, true)));
    QVERIFY(sessionOf(outcome));
    SecureBuffer token = std::move(std::get<SignedIn>(*outcome).rememberToken);
    QVERIFY(!token.isEmpty());
    QVERIFY(sessionOf(begin(u"second-step", token.clone()).outcome));

    QVERIFY(m_server.forgetRememberedDevices());
    const auto stale = begin(u"second-step", std::move(token));
    QVERIFY(stale.outcome);
    QVERIFY(std::holds_alternative<SecondStepChallenge>(*stale.outcome));
}

void TestSecondStep::newDeviceShowsItsCode()
{
    const auto begun = begin(u"new-device");
    QVERIFY(begun.outcome);
    QVERIFY(std::holds_alternative<NewDeviceChallenge>(*begun.outcome));
    QVERIFY(outcomeOf(begun.signIn->resendNewDeviceCode()));
    const QStringList codes = m_server.emailedCodes();
    QCOMPARE(codes.size(), 2);
    const auto old = outcomeOf(begun.signIn->submitNewDeviceCode(emailedCodeFrom(codes[0])));
    QVERIFY(!old);
    QCOMPARE(old.error().kind, ErrorKind::WrongCode);
    const QString spaced = codes[1].first(3) + u' ' + codes[1].sliced(3);
    QVERIFY(sessionOf(outcomeOf(begun.signIn->submitNewDeviceCode(emailedCodeFrom(spaced)))));
    QVERIFY(sessionOf(begin(u"new-device").outcome));
}

void TestSecondStep::recoveryCodeSignsIn_data()
{
    QTest::addColumn<QString>("generation");
    QTest::addColumn<bool>("takenAtSignIn");
    QTest::newRow("classic") << u"classic"_s << true;
    QTest::newRow("middle") << u"middle"_s << true;
    QTest::newRow("middle, before 2025.2.1") << u"middle"_s << false;
    QTest::newRow("token") << u"token"_s << true;
    QTest::newRow("pascal") << u"pascal"_s << false;
}

void TestSecondStep::recoveryCodeSignsIn()
{
    QFETCH(const QString, generation);
    QFETCH(const bool, takenAtSignIn);
    QVERIFY(m_server.changeSettings(
        {{u"generation"_s, generation}, {u"recoverySignIn"_s, takenAtSignIn}}));
    const auto begun = begin(u"second-step");
    const QString code = m_server.accountState(u"second-step")["recoveryCode"_L1].toString();
    const QString entered = code.first(4).toUpper() + u' ' + code.sliced(4, 4) + u'-'
        + code.sliced(8);
    const auto outcome = outcomeOf(
        begun.signIn->useRecoveryCode(normalizedCode(ProviderType::RecoveryCode, entered)));
    QVERIFY(sessionOf(outcome));
    QVERIFY(std::get<SignedIn>(*outcome).recoveryCodeUsed);
    QCOMPARE(m_server.requestedPaths().count(recoverPath), takenAtSignIn ? 0 : 1);
    QVERIFY(m_server.accountState(u"second-step")["providers"_L1].toObject().isEmpty());
}

void TestSecondStep::wrongRecoveryCodeIsRefused_data()
{
    recoveryCodeSignsIn_data();
}

void TestSecondStep::wrongRecoveryCodeIsRefused()
{
    QFETCH(const QString, generation);
    QFETCH(const bool, takenAtSignIn);
    QVERIFY(m_server.changeSettings(
        {{u"generation"_s, generation}, {u"recoverySignIn"_s, takenAtSignIn}}));
    const auto begun = begin(u"second-step");
    for (int i = 0; i < 2; ++i) {
        const auto refused = outcomeOf(begun.signIn->useRecoveryCode(
            SecureBuffer::fromText(u"abcdefghijklmnopqrstuvwxyz234567")));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::WrongCode);
        QCOMPARE(m_server.requestedPaths().count(tokenPath), 2);
    }
    QCOMPARE(m_server.accountState(u"second-step")["providers"_L1].toObject().size(), 2);
}

void TestSecondStep::canceledSignInCannotContinue()
{
    const auto begun = begin(u"second-step");
    begun.signIn->cancel();
    const auto asked = m_server.requestedPaths().size();
    const auto outcome = outcomeOf(
        begun.signIn->submitSecondStep(tokenOf(ProviderType::Authenticator, u"123456"_s)));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::Canceled);
    QVERIFY(!outcomeOf(begun.signIn->sendEmailCode()));
    QCOMPARE(m_server.requestedPaths().size(), asked);
}

QTEST_GUILESS_MAIN(TestSecondStep)
#include "tst_secondstep.moc"
