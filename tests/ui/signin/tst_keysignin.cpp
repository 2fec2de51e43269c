// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/twofactor/providerapi.h"
#include "tests/authenticator/ceremonies.h"
#include "tests/authenticator/simulatedport.h"
#include "tests/core/generations.h"
#include "tests/core/signedin.h"
#include "tests/support/accountservertest.h"
#include "ui/signin/signinviewmodel.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

using Method = SecondStepViewModel::Method;
using Prompt = KeyPromptViewModel::Stage;
using Step = SignInViewModel::Step;

namespace {

// Few iterations, so that a sign-in takes no time.
const QString role = u"weak-kdf"_s;

} // namespace

// The second step at sign-in by a security key of software.
class TestKeySignIn : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void keySignsInByItself_data();
    void keySignsInByItself();
    void firstTouchOfSeveralKeysWins();
    void keyThatIsPluggedInLaterSignsIn();
    void keyOfAnotherAccountIsPassedOver();
    void pinIsAskedForOnlyWhereTheKeyWantsIt();
    void anotherMethodStopsTheKey();
    void recoveryCodeStopsTheKeyAndComesBackToIt();
    void stoppedKeyCanBeAskedAgain();
    void refusedAnswerIsRequestedAgain();
    void emailedCodeIsNotVoidedForAKey();
    void foreignSiteIsRefusedBeforeAnyKeyIsAsked();
    void deviceIsRememberedOnWish();
    void goingBackStopsTheKey();

private:
    using Port = SimulatedPort;

    Port &plugIn(const QString &name, SoftwareKeyTraits traits = {});
    /// Registers the key for the account.
    [[nodiscard]] bool enrol(const Port &port, const QByteArray &pin = {});
    [[nodiscard]] SecondStepViewModel *toSecondStep();
    /// Until the enrolled key waits for the touch that does not come.
    [[nodiscard]] bool waitUntouched(const Port &port);
    [[nodiscard]] bool isSignedIn();
    [[nodiscard]] bool waitFor(Prompt stage);
    [[nodiscard]] SecondStepViewModel &step() { return *m_signIn->steps()->secondStep(); }
    void changeServer(const QJsonObject &providers);

    std::shared_ptr<SimulatedKeys> m_transport;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    Keyring m_keyring{u"sparekey-test"_s};
    std::unique_ptr<DeviceIdentity> m_identity;
    std::unique_ptr<AccountStore> m_store;
    std::unique_ptr<HardwareKeys> m_keys;
    std::unique_ptr<SignInViewModel> m_signIn;
    std::unique_ptr<QSignalSpy> m_signedIn;
    std::vector<std::unique_ptr<Port>> m_ports;
    std::shared_ptr<Session> m_session; ///< From before there was a second step.
};

void TestKeySignIn::initTestCase()
{
    fido_init(FIDO_DISABLE_U2F_FALLBACK);
    startServer();
}

void TestKeySignIn::init()
{
    resetServer();
    QVERIFY(m_server.changeSettings(
        {{u"generation"_s, u"token"_s}, {u"passkeyOptions"_s, QJsonObject()}}));
    m_transport = std::make_shared<SimulatedKeys>();
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings>(m_folder->filePath(u"sparekey.conf"_s));
    m_identity = std::make_unique<DeviceIdentity>(*m_settings);
    m_store = std::make_unique<AccountStore>(*m_settings, m_keyring, *m_identity);
    m_keys = std::make_unique<HardwareKeys>(HardwareKeys::Transports{m_transport});
    m_signIn = std::make_unique<SignInViewModel>(*m_settings, *m_identity, *m_store, *m_keys);
    m_signedIn = std::make_unique<QSignalSpy>(m_signIn.get(), &SignInViewModel::signedIn);
    m_signIn->server()->preselect({.base = m_server.http().toString()});
}

void TestKeySignIn::cleanup()
{
    m_signIn.reset();
    m_keys.reset();
    m_ports.clear();
    m_session.reset();
    // Before their folder: what is written last would create it again.
    m_store.reset();
    m_settings.reset();
}

TestKeySignIn::Port &TestKeySignIn::plugIn(const QString &name, SoftwareKeyTraits traits)
{
    m_ports.push_back(std::make_unique<Port>(*m_transport, std::move(traits), name));
    return *m_ports.back();
}

bool TestKeySignIn::enrol(const Port &port, const QByteArray &pin)
{
    auto request = quickSignInRequest(m_server, m_server.account(role));
    const auto session = m_session ? m_session : sessionOf(signInWith(std::move(request)));
    if (!session)
        return false;
    m_session = session;
    const auto api = std::make_shared<ProviderApi>(session);
    const auto proof = outcomeOf(
        api->prove(SecureBuffer::fromText(m_server.account(role).password)));
    const auto opened = outcomeOf(api->openPasskeys(*proof));
    const auto begun = outcomeOf(api->beginPasskey(opened->proof));
    MakeCredentialReply reply;
    if (!begun || makeCredential(*port.front, begun->request, pin, reply) != FIDO_OK)
        return false;
    const auto response = deviceResponse(*begun, reply);
    return response
        && outcomeOf(api->addPasskey(opened->proof, opened->details,
                                     opened->details.next(port.device.name), *response))
               .has_value();
}

SecondStepViewModel *TestKeySignIn::toSecondStep()
{
    const auto account = m_server.account(role);
    m_signIn->setEmail(account.email);
    m_signIn->submit(SecureBuffer::fromText(account.password));
    const auto asksForWeakKdf = [this] {
        return m_signIn->step() == Step::ConfirmWeakKdf;
    };
    if (QTest::qWaitFor([&] { return asksForWeakKdf() || m_signIn->step() == Step::SecondStep; },
                        10'000)
        && asksForWeakKdf())
        m_signIn->acceptWeakKdf();
    const bool there = QTest::qWaitFor([this] { return m_signIn->step() == Step::SecondStep; },
                                       10'000);
    return there ? m_signIn->steps()->secondStep() : nullptr;
}

bool TestKeySignIn::waitUntouched(const Port &port)
{
    if (!enrol(port))
        return false;
    port.front->neverTouch();
    return toSecondStep() && waitFor(Prompt::Touch);
}

bool TestKeySignIn::isSignedIn()
{
    return QTest::qWaitFor([this] { return m_signedIn->size() == 1; }, 10'000);
}

bool TestKeySignIn::waitFor(Prompt stage)
{
    return QTest::qWaitFor([this, stage] { return step().keyPrompt()->stage() == stage; }, 10'000);
}

void TestKeySignIn::changeServer(const QJsonObject &providers)
{
    QVERIFY(m_server.editAccount(role, {{u"providers"_s, providers}}));
}

void TestKeySignIn::keySignsInByItself_data()
{
    eachGeneration();
}

void TestKeySignIn::keySignsInByItself()
{
    QFETCH(QString, generation);
    QVERIFY(m_server.changeSettings({{u"generation"_s, generation}}));
    const Port &port = plugIn(u"Blue"_s);
    QVERIFY(enrol(port));
    QVERIFY(toSecondStep());
    QCOMPARE(step().method(), Method::Passkey);
    QVERIFY(isSignedIn());
    QVERIFY(m_signIn->takeSession());
    // The first request for tokens, and the one with the answer.
    QCOMPARE(m_server.requestedPaths().count(u"POST /identity/connect/token"_s), 3);
}

void TestKeySignIn::firstTouchOfSeveralKeysWins()
{
    const Port &first = plugIn(u"First"_s);
    const Port &second = plugIn(u"Second"_s);
    QVERIFY(enrol(first));
    QVERIFY(enrol(second));
    first.front->neverTouch();
    second.front->neverTouch();
    QVERIFY(toSecondStep());
    QTRY_VERIFY(first.front->isBlinking());
    QTRY_VERIFY(second.front->isBlinking());
    QVERIFY(waitFor(Prompt::Touch));
    second.front->touch();
    QVERIFY(isSignedIn());
    QTRY_VERIFY(!first.front->isBlinking());
}

void TestKeySignIn::keyThatIsPluggedInLaterSignsIn()
{
    const Port &port = plugIn(u"Blue"_s);
    QVERIFY(enrol(port));
    m_transport->pullOut(port.device);
    QVERIFY(toSecondStep());
    QVERIFY(waitFor(Prompt::WaitForKey));
    m_transport->plugInAgain(port.device);
    QVERIFY(isSignedIn());
}

void TestKeySignIn::keyOfAnotherAccountIsPassedOver()
{
    const Port &port = plugIn(u"Blue"_s);
    QVERIFY(enrol(port));
    m_transport->pullOut(port.device);
    const Port &foreign = plugIn(u"Foreign"_s);
    QVERIFY(toSecondStep());
    QTRY_VERIFY(step().keyPrompt()->noteText().contains(u"Foreign"_s));
    QVERIFY(!foreign.front->isBlinking());
    QVERIFY(waitFor(Prompt::WaitForKey));
    m_transport->plugInAgain(port.device);
    QVERIFY(isSignedIn());
}

void TestKeySignIn::pinIsAskedForOnlyWhereTheKeyWantsIt()
{
    const Port &port = plugIn(u"Blue"_s);
    port.key->setPin(u"2468"_s);
    QVERIFY(enrol(port, "2468"));
    QVERIFY(toSecondStep());
    QVERIFY(isSignedIn()); // without it
    m_signedIn->clear();
    (void)m_signIn->takeSession();
    port.key->setAlwaysUv(true);
    QVERIFY(toSecondStep());
    QVERIFY(waitFor(Prompt::Pin));
    QVERIFY(!step().keyPrompt()->pinCanBeSkipped());
    step().keyPrompt()->submitPin(SecureBuffer::copyOf("1111"));
    QTRY_VERIFY(!step().keyPrompt()->pinErrorText().isEmpty());
    step().keyPrompt()->submitPin(SecureBuffer::copyOf("2468"));
    QVERIFY(isSignedIn());
}

void TestKeySignIn::anotherMethodStopsTheKey()
{
    const Port &port = plugIn(u"Blue"_s);
    QVERIFY(enrol(port));
    changeServer({{u"0"_s, true}});
    port.front->neverTouch();
    QVERIFY(toSecondStep());
    QCOMPARE(step().method(), Method::Passkey);
    QVERIFY(waitFor(Prompt::Touch));
    step().choose(0); // the authenticator app
    QCOMPARE(step().method(), Method::Authenticator);
    QCOMPARE(step().keyPrompt()->stage(), Prompt::Idle);
    QTRY_VERIFY(!port.front->isBlinking());
    QVERIFY(step().errorText().isEmpty());
    step().choose(1);
    QCOMPARE(step().method(), Method::Passkey);
    QTRY_VERIFY(port.front->isBlinking());
    port.front->touch();
    QVERIFY(isSignedIn());
}

void TestKeySignIn::recoveryCodeStopsTheKeyAndComesBackToIt()
{
    const Port &port = plugIn(u"Blue"_s);
    QVERIFY(waitUntouched(port));
    m_signIn->steps()->showRecovery();
    QCOMPARE(step().keyPrompt()->stage(), Prompt::Idle);
    QTRY_VERIFY(!port.front->isBlinking());
    m_signIn->steps()->leaveRecovery();
    QTRY_VERIFY(port.front->isBlinking());
    port.front->touch();
    QVERIFY(isSignedIn());
}

void TestKeySignIn::stoppedKeyCanBeAskedAgain()
{
    const Port &port = plugIn(u"Blue"_s);
    QVERIFY(waitUntouched(port));
    step().keyPrompt()->cancel();
    QVERIFY(waitFor(Prompt::Idle));
    QTest::qWait(50);
    QVERIFY(step().errorText().isEmpty());
    QVERIFY(!step().busy());
    step().useKey();
    QTRY_VERIFY(port.front->isBlinking());
    port.front->touch();
    QVERIFY(isSignedIn());
}

void TestKeySignIn::refusedAnswerIsRequestedAgain()
{
    const Port &port = plugIn(u"Blue"_s);
    QVERIFY(waitUntouched(port));
    // The challenge of another sign-in voids this one.
    auto other = quickSignInRequest(m_server, m_server.account(role));
    QVERIFY(signInWith(std::move(other)));
    QTRY_VERIFY(port.front->isBlinking());
    port.front->touch();
    QTRY_VERIFY(!step().errorText().isEmpty());
    QVERIFY(!step().busy());
    port.front->touchAfter({});
    step().useKey();
    QVERIFY(isSignedIn());
}

void TestKeySignIn::emailedCodeIsNotVoidedForAKey()
{
    const Port &port = plugIn(u"Blue"_s);
    QVERIFY(enrol(port));
    QVERIFY(toSecondStep());
    QVERIFY(isSignedIn()); // the server has seen its counter
    m_signedIn->clear();
    changeServer({{u"1"_s, true}});
    port.front->neverTouch();
    QVERIFY(toSecondStep());
    step().choose(1);
    QCOMPARE(step().method(), Method::Email);
    QTRY_COMPARE(m_server.emailedCodes().size(), 1);
    QTRY_VERIFY(!step().busy());
    step().choose(0);
    QVERIFY(waitFor(Prompt::Touch));
    port.key->rewindCounters(); // as on a copy of it
    QTRY_VERIFY(port.front->isBlinking());
    port.front->touch();
    QTRY_VERIFY(!step().errorText().isEmpty());
    const qsizetype asked = m_server.requestedPaths().size();
    step().useKey();
    QTRY_VERIFY(step().errorText().contains(u"sent to you"_s));
    QCOMPARE(m_server.requestedPaths().size(), asked);
    step().choose(1);
    step().submit(m_server.emailedCodes().constFirst());
    QVERIFY(isSignedIn());
}

void TestKeySignIn::foreignSiteIsRefusedBeforeAnyKeyIsAsked()
{
    const Port &port = plugIn(u"Blue"_s);
    QVERIFY(enrol(port));
    QVERIFY(m_server.changeSettings(
        {{u"passkeyOptions"_s, QJsonObject{{u"rpId"_s, u"bank.example"_s}}}}));
    QVERIFY(toSecondStep());
    QTRY_VERIFY(step().bannerText().contains(u"bank.example"_s));
    QCOMPARE(step().keyPrompt()->stage(), Prompt::Idle);
    QCOMPARE(m_transport->connections(), 0);
    QVERIFY(!port.front->isBlinking());
}

void TestKeySignIn::deviceIsRememberedOnWish()
{
    const Port &port = plugIn(u"Blue"_s);
    QVERIFY(enrol(port));
    port.front->neverTouch();
    auto request = quickSignInRequest(m_server, m_server.account(role));
    const Environment environment = request.environment;
    const QString email = request.email;
    const auto signIn = std::make_shared<SignIn>(
        std::move(request), std::make_shared<HttpTransport>(QList<QSslCertificate>(), patient()));
    const auto outcome = outcomeOf(signIn->start());
    SignInStepsViewModel viewModel(*m_keys);
    QSignalSpy signedIn(&viewModel, &SignInStepsViewModel::signedIn);
    viewModel.begin(signIn, std::get<SecondStepChallenge>(*outcome), email, environment, {});
    QTRY_VERIFY(port.front->isBlinking());
    viewModel.secondStep()->setRememberDevice(true);
    QTRY_VERIFY(port.front->isBlinking());
    port.front->touch();
    QTRY_COMPARE(signedIn.size(), 1);
    QVERIFY(!viewModel.takeSignedIn().rememberToken.isEmpty());
    QCOMPARE(viewModel.usedMethod(), std::optional(ProviderType::Passkey));
}

void TestKeySignIn::goingBackStopsTheKey()
{
    const Port &port = plugIn(u"Blue"_s);
    QVERIFY(waitUntouched(port));
    m_signIn->cancel();
    QCOMPARE(m_signIn->step(), Step::Form);
    QCOMPARE(step().keyPrompt()->stage(), Prompt::Idle);
    QTRY_VERIFY(!port.front->isBlinking());
    QVERIFY(m_signedIn->isEmpty());
}

QTEST_MAIN(TestKeySignIn)
#include "tst_keysignin.moc"
