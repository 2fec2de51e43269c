// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/profile.h"
#include "core/account/signin.h"
#include "core/twofactor/twofactorapi.h"

#include "tests/core/generations.h"
#include "tests/core/signedin.h"
#include "tests/support/accountservertest.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;
using namespace std::chrono_literals;

namespace {

const QString preloginPath = u"POST /identity/accounts/prelogin"_s;
const QString tokenPath = u"POST /identity/connect/token"_s;

QByteArray collectedLog;

void collect(QtMsgType, const QMessageLogContext &, const QString &message)
{
    collectedLog += message.toUtf8() + '\n';
}

} // namespace

class TestSignIn : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void doesTheMainJobInEveryGeneration_data();
    void doesTheMainJobInEveryGeneration();
    void passwordIsDerivedAgainWhereTheServerKeptTheSession();
    void weakerDerivationOfAKeptSessionIsRefused();
    void signsInOverTls();
    void signsInToUnusualAccounts_data();
    void signsInToUnusualAccounts();
    void refusesAWrongPasswordAndAnUnknownEmail_data();
    void refusesAWrongPasswordAndAnUnknownEmail();
    void asksBeforeAWeakHashIsSent();
    void goesOnWhenTheUserAgreed();
    void asksAgainWhenOtherValuesComeThanAgreed();
    void asksWhenTheAccountHadStrongerSettings();
    void refusesAHugeKdfBeforeDeriving();
    void tellsWhichSecondStepsAreOffered_data();
    void tellsWhichSecondStepsAreOffered();
    void namesWhatIsWrongWithTheServer_data();
    void namesWhatIsWrongWithTheServer();
    void neverRepeatsCredentialsByItself_data();
    void neverRepeatsCredentialsByItself();
    void abortDuringDerivationSendsNoHash();
    void writesNoSecretToTheLog();
};

void TestSignIn::doesTheMainJobInEveryGeneration_data()
{
    QTest::addColumn<QString>("generation");
    QTest::addColumn<QString>("basePath");
    QTest::newRow("classic") << u"classic"_s << QString();
    QTest::newRow("classic below a path") << u"classic"_s << u"/some/vault"_s;
    QTest::newRow("middle") << u"middle"_s << QString();
    QTest::newRow("token") << u"token"_s << QString();
    QTest::newRow("PascalCase") << u"pascal"_s << QString();
}

void TestSignIn::doesTheMainJobInEveryGeneration()
{
    QFETCH(const QString, generation);
    QFETCH(const QString, basePath);
    AccountServerProcess server;
    QVERIFY2(server.start({.generation = generation, .basePath = basePath}),
             qPrintable(server.problem()));
    const auto account = server.account(u"demo");

    const auto session = signedIn(server, u"demo");
    QVERIFY(session);
    QCOMPARE(session->account().email, account.email);
    const QString prefix = u"POST "_s + basePath;
    QCOMPARE(server.requestedPaths(),
             QStringList({prefix + preloginPath.mid(5), prefix + tokenPath.mid(5)}));

    const auto profile = outcomeOf(fetchProfile(session));
    QVERIFY(profile);
    QCOMPARE(profile->name, u"Robin Demo"_s);
    QCOMPARE(profile->email, account.email);

    const auto states = outcomeOf(fetchProviderStates(session));
    QVERIFY(states);
    ProviderStates expectedStates = {{ProviderType::Passkey, false}};
    // Vaultwarden without keys for Duo and Yubico lists neither.
    if (generation == "middle"_L1 || generation == "token"_L1) {
        expectedStates.insert(ProviderType::Duo, true);
        expectedStates.insert(ProviderType::YubicoOtp, true);
    }
    QCOMPARE(*states, expectedStates);

    const auto password = [&account] {
        return SecureBuffer::fromText(account.password);
    };
    QVERIFY(outcomeOf(verifySecret(session, password())));
    const auto refused = outcomeOf(verifySecret(session, SecureBuffer::fromText(u"wrong")));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::WrongSecret);

    const auto code = outcomeOf(fetchRecoveryCode(session, password()));
    QVERIFY(code);
    const QString expected = server.accountState(u"demo").value("recoveryCode"_L1).toString();
    QCOMPARE(expected.size(), 32);
    const bool isVaultwarden = generation == "classic"_L1 || generation == "pascal"_L1;
    QCOMPARE(QString::fromUtf8(code->view()), isVaultwarden ? expected.toUpper() : expected);

    const auto none = outcomeOf(fetchRecoveryCode(session, SecureBuffer::fromText(u"wrong")));
    QVERIFY(!none);
    QCOMPARE(none.error().kind, ErrorKind::WrongSecret);
    QCOMPARE(server.requestedPaths().count(prefix + tokenPath.mid(5)), 1);
}

void TestSignIn::passwordIsDerivedAgainWhereTheServerKeptTheSession()
{
    const auto account = m_server.account(u"demo");
    const auto session = signedIn(m_server, u"demo");
    QVERIFY(session);
    QSignalSpy renewed(session.get(), &Session::preloginRenewed);
    const auto verify = [&](const QString &password) {
        return outcomeOf(verifySecret(session, SecureBuffer::fromText(password)));
    };
    const auto prelogins = [this] {
        return m_server.requestedPaths().count(preloginPath);
    };
    const auto before = prelogins();
    const QJsonObject kdf{{u"type"_s, 0}, {u"iterations"_s, 700'000}};
    QVERIFY(m_server.editAccount(u"demo", {{u"kdf"_s, kdf}, {u"salt"_s, u"another salt"_s}}));
    QVERIFY(verify(account.password));
    QCOMPARE(prelogins(), before + 1);
    QCOMPARE(renewed.count(), 1);
    QCOMPARE(session->account().prelogin.kdf.iterations, 700'000);
    QCOMPARE(session->account().prelogin.salt, u"another salt"_s);

    // Known from now on; and what is wrong is tried no second time.
    QVERIFY(verify(account.password));
    QCOMPARE(prelogins(), before + 1);
    const QString verifyPath = u"POST /api/accounts/verify-password"_s;
    const auto tries = m_server.requestedPaths().count(verifyPath);
    QCOMPARE(verify(u"wrong"_s).error().kind, ErrorKind::WrongSecret);
    QCOMPARE(prelogins(), before + 2);
    QCOMPARE(m_server.requestedPaths().count(verifyPath), tries + 1);
}

void TestSignIn::weakerDerivationOfAKeptSessionIsRefused()
{
    const auto account = m_server.account(u"demo");
    const auto session = signedIn(m_server, u"demo");
    QVERIFY(session);
    const QJsonObject kdf{{u"type"_s, 0}, {u"iterations"_s, 5'000}};
    QVERIFY(m_server.editAccount(u"demo", {{u"kdf"_s, kdf}}));
    const auto verified = outcomeOf(
        verifySecret(session, SecureBuffer::fromText(account.password)));
    QCOMPARE(verified.error().kind, ErrorKind::KdfWeaker);
    QCOMPARE(session->account().prelogin.kdf.iterations, 600'000);
}

void TestSignIn::signsInOverTls()
{
    auto request = signInRequest(m_server, m_server.account(u"demo"));
    const SelfHostedAddresses entered{.base = m_server.https().toString(),
                                      .certificateAuthorityFile = m_server.caFile()};
    request.environment = selfHostedEnvironment(entered).value();
    QCOMPARE(request.environment.api.scheme(), u"https"_s);
    const auto transport =
        std::make_shared<HttpTransport>(request.environment.certificateAuthorities, patient());
    const auto session = sessionOf(signInWith(std::move(request), transport));
    QVERIFY(session);
    const auto code = outcomeOf(
        fetchRecoveryCode(session, SecureBuffer::fromText(m_server.account(u"demo").password)));
    QVERIFY(code);
    QCOMPARE(code->size(), 32);
}

void TestSignIn::signsInToUnusualAccounts_data()
{
    QTest::addColumn<QString>("role");
    QTest::newRow("letters and signs") << u"unusual-letters"_s;
    QTest::newRow("Argon2id") << u"argon2"_s;
}

void TestSignIn::signsInToUnusualAccounts()
{
    QFETCH(const QString, role);
    const auto session = signedIn(m_server, role);
    QVERIFY(session);
    const auto code = outcomeOf(
        fetchRecoveryCode(session, SecureBuffer::fromText(m_server.account(role).password)));
    QVERIFY(code);
    QCOMPARE(QString::fromUtf8(code->view()),
             m_server.accountState(role).value("recoveryCode"_L1).toString());
}

void TestSignIn::refusesAWrongPasswordAndAnUnknownEmail_data()
{
    eachGeneration();
}

void TestSignIn::refusesAWrongPasswordAndAnUnknownEmail()
{
    QFETCH(const QString, generation);
    QVERIFY(m_server.changeSettings(
        {{u"generation"_s, generation}, {u"refusalDelayMilliseconds"_s, 0}}));
    auto wrong = m_server.account(u"demo");
    wrong.password += u'x';
    const auto first = signInWith(signInRequest(m_server, wrong));
    QVERIFY(!first);
    QCOMPARE(first.error().kind, ErrorKind::WrongCredentials);
    QCOMPARE(m_server.requestedPaths(), QStringList({preloginPath, tokenPath}));

    auto unknown = m_server.account(u"demo");
    unknown.email.prepend(u"not"_s);
    auto request = signInRequest(m_server, unknown);
    auto second = signInWith(std::move(request));
    // A server may make up a weak KDF for an address that it does not know.
    if (const auto *weak = second ? std::get_if<WeakKdf>(&*second) : nullptr) {
        request = signInRequest(m_server, unknown);
        request.acceptedKdf = weak->kdf;
        second = signInWith(std::move(request));
    }
    QVERIFY(!second);
    QCOMPARE(second.error().kind, ErrorKind::WrongCredentials);
}

void TestSignIn::asksBeforeAWeakHashIsSent()
{
    const auto outcome = signInWith(signInRequest(m_server, m_server.account(u"weak-kdf")));
    QVERIFY(outcome);
    const auto *weak = std::get_if<WeakKdf>(&*outcome);
    QVERIFY(weak);
    QCOMPARE(weak->kdf, KdfSettings({.type = KdfType::Pbkdf2Sha256, .iterations = 1'000}));
    QVERIFY(!weak->before);
    QCOMPARE(m_server.requestedPaths(), QStringList({preloginPath}));
}

void TestSignIn::goesOnWhenTheUserAgreed()
{
    auto request = signInRequest(m_server, m_server.account(u"weak-kdf"));
    request.acceptedKdf = KdfSettings{.type = KdfType::Pbkdf2Sha256, .iterations = 1'000};
    QVERIFY(sessionOf(signInWith(std::move(request))));

    // The settings of the last good sign-in are not asked about again.
    request = signInRequest(m_server, m_server.account(u"weak-kdf"));
    request.knownKdf = KdfSettings{.type = KdfType::Pbkdf2Sha256, .iterations = 1'000};
    QVERIFY(sessionOf(signInWith(std::move(request))));
}

void TestSignIn::asksAgainWhenOtherValuesComeThanAgreed()
{
    auto request = signInRequest(m_server, m_server.account(u"weak-kdf"));
    request.acceptedKdf = KdfSettings{.type = KdfType::Pbkdf2Sha256, .iterations = 5'000};
    const auto outcome = signInWith(std::move(request));
    QVERIFY(outcome);
    QVERIFY(std::holds_alternative<WeakKdf>(*outcome));
    QCOMPARE(m_server.requestedPaths(), QStringList({preloginPath}));
}

void TestSignIn::asksWhenTheAccountHadStrongerSettings()
{
    const KdfSettings stronger{.type = KdfType::Argon2id,
                               .iterations = 3,
                               .memoryMiB = 64,
                               .parallelism = 4};
    auto request = signInRequest(m_server, m_server.account(u"demo"));
    request.knownKdf = stronger;
    const auto outcome = signInWith(std::move(request));
    QVERIFY(outcome);
    const auto *weak = std::get_if<WeakKdf>(&*outcome);
    QVERIFY(weak);
    QCOMPARE(weak->before, std::optional(stronger));
    QCOMPARE(m_server.requestedPaths(), QStringList({preloginPath}));
}

void TestSignIn::refusesAHugeKdfBeforeDeriving()
{
    QElapsedTimer time;
    time.start();
    const auto outcome = signInWith(signInRequest(m_server, m_server.account(u"huge-kdf")));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::KdfTooLarge);
    QVERIFY(outcome.error().subject.text().contains(u"8192 MiB"_s));
    QCOMPARE(m_server.requestedPaths(), QStringList({preloginPath}));
    QVERIFY(time.elapsed() < 2'000);
}

void TestSignIn::tellsWhichSecondStepsAreOffered_data()
{
    refusesAWrongPasswordAndAnUnknownEmail_data();
}

void TestSignIn::tellsWhichSecondStepsAreOffered()
{
    QFETCH(const QString, generation);
    QVERIFY(m_server.changeSettings({{u"generation"_s, generation}}));
    const auto outcome = signInWith(signInRequest(m_server, m_server.account(u"second-step")));
    QVERIFY(outcome);
    const auto *challenge = std::get_if<SecondStepChallenge>(&*outcome);
    QVERIFY(challenge);
    QCOMPARE(challenge->offered,
             QList<ProviderType>({ProviderType::Authenticator, ProviderType::Email}));
    QCOMPARE(m_server.requestedPaths(), QStringList({preloginPath, tokenPath}));
}

void TestSignIn::namesWhatIsWrongWithTheServer_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("page") << u"html"_s << ErrorKind::NotAnAccountServer;
    QTest::newRow("block page") << u"proxy-block"_s << ErrorKind::NotAnAccountServer;
    QTest::newRow("empty") << u"empty"_s << ErrorKind::NotAnAccountServer;
    QTest::newRow("no JSON") << u"not-json"_s << ErrorKind::NotAnAccountServer;
    QTest::newRow("cut off") << u"truncated"_s << ErrorKind::ConnectionLost;
    QTest::newRow("20 MB") << u"oversized"_s << ErrorKind::AnswerTooLarge;
    QTest::newRow("redirect") << u"redirect"_s << ErrorKind::RedirectRefused;
    QTest::newRow("401") << u"unauthorized"_s << ErrorKind::NotAnAccountServer;
    QTest::newRow("403") << u"forbidden"_s << ErrorKind::NotAllowed;
    QTest::newRow("429") << u"rate-limit"_s << ErrorKind::RateLimited;
    QTest::newRow("500") << u"server-error"_s << ErrorKind::ServerFailure;
}

void TestSignIn::namesWhatIsWrongWithTheServer()
{
    QFETCH(const QString, fault);
    QFETCH(const ErrorKind, kind);
    for (const QString &path : {u"/identity/accounts/prelogin"_s, u"/identity/connect/token"_s}) {
        QVERIFY(m_server.reset());
        QVERIFY(m_server.setFault(path, fault, {{u"seconds"_s, 17}}));
        const auto outcome = signInWith(signInRequest(m_server, m_server.account(u"demo")));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, kind);
        QCOMPARE(outcome.error().subject, u"127.0.0.1"_s);
        if (kind == ErrorKind::RateLimited)
            QCOMPARE(outcome.error().retryAfter, 17s);
    }
}

void TestSignIn::neverRepeatsCredentialsByItself_data()
{
    QTest::addColumn<QString>("fault");
    QTest::newRow("429") << u"rate-limit"_s;
    QTest::newRow("401") << u"unauthorized"_s;
    QTest::newRow("500") << u"server-error"_s;
    QTest::newRow("page") << u"html"_s;
    QTest::newRow("cut off") << u"truncated"_s;
    QTest::newRow("connection lost") << u"drop"_s;
}

void TestSignIn::neverRepeatsCredentialsByItself()
{
    QFETCH(const QString, fault);
    QVERIFY(m_server.setFault(u"/identity/connect/token"_s, fault));
    QVERIFY(!signInWith(signInRequest(m_server, m_server.account(u"demo"))));
    QCOMPARE(m_server.requestedPaths().count(tokenPath), 1);
}

void TestSignIn::abortDuringDerivationSendsNoHash()
{
    const auto transport = std::make_shared<HttpTransport>(QList<QSslCertificate>(), patient());
    auto request = signInRequest(m_server, m_server.account(u"argon2"));
    const auto signIn = std::make_shared<SignIn>(std::move(request), transport);
    Outcome<Result<SignInOutcome>> outcome(signIn->start());
    QTRY_COMPARE(m_server.requestedPaths(), QStringList({preloginPath}));
    QTest::qWait(1);
    transport->abort();
    QVERIFY(!outcome.wait());
    QCOMPARE(outcome.wait().error().kind, ErrorKind::Canceled);
    QCOMPARE(m_server.requestedPaths(), QStringList({preloginPath}));
}

void TestSignIn::writesNoSecretToTheLog()
{
    const auto account = m_server.account(u"unusual-letters");
    const auto request = signInRequest(m_server, account);
    const auto transport = std::make_shared<HttpTransport>(QList<QSslCertificate>(), patient());

    collectedLog.clear();
    QLoggingCategory::setFilterRules(u"*=true\nqt.core.*=false"_s);
    const auto before = qInstallMessageHandler(collect);
    const IdentityApi identity(transport, request.environment.identity, request.device);
    const auto prelogin = outcomeOf(identity.prelogin(defaultSalt(account.email)));
    const auto masterKey =
        deriveMasterKey(request.password, prelogin.value().salt, prelogin.value().kdf).value();
    const auto hash = masterPasswordHash(masterKey, request.password);
    auto granted = outcomeOf(
        identity.passwordGrant({.email = account.email, .hash = hash.clone()}));
    auto tokens = std::get<Tokens>(std::move(granted.value()));
    const QByteArray access = tokens.access.view().toByteArray();
    const QByteArray refresh = tokens.refresh.view().toByteArray();
    const auto session = std::make_shared<Session>(Session::Account{request.environment,
                                                                    account.email, *prelogin},
                                                   std::move(tokens), transport, request.device);
    m_server.expireTokens();
    const auto code = outcomeOf(fetchRecoveryCode(session, request.password.clone()));
    m_server.setFault(u"*"_s, u"server-error"_s);
    (void)outcomeOf(verifySecret(session, request.password.clone()));
    session->end();
    qInstallMessageHandler(before);
    QLoggingCategory::setFilterRules(QString());

    QVERIFY(code);
    QCOMPARE(code->size(), 32);
    // Something was written, or the rest proves nothing.
    QVERIFY2(collectedLog.contains("/api/two-factor/get-recover"), collectedLog.constData());
    const QByteArray password = request.password.view().toByteArray();
    const QByteArray codeText = code->view().toByteArray();
    for (const QByteArray &secret :
         {password, password.toPercentEncoding(), hash.view().toByteArray(),
          hash.view().toByteArray().toPercentEncoding(), masterKey.view().toByteArray().toHex(),
          access, refresh, codeText, codeText.left(8), codeText.right(8), "Bearer "_ba}) {
        QVERIFY(!secret.isEmpty());
        QVERIFY2(!collectedLog.toLower().contains(secret.toLower()), collectedLog.constData());
    }
}

QTEST_GUILESS_MAIN(TestSignIn)
#include "tst_signin.moc"
