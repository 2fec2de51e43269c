// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/profile.h"
#include "core/recovery/recoverycode.h"
#include "core/twofactor/twofactorapi.h"

#include "tests/core/providerhands.h"

#include <QJsonArray>
#include <QTest>

#include <functional>
#include <optional>
#include <vector>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

// Few iterations, so that hundreds of sign-ins take seconds.
const QString role = u"weak-kdf"_s;

enum class Generation { Classic, Middle, Token, Pascal };
enum class Trouble { None, WrongCode, Expired, Unauthorised, RateLimit, ServerError, Cut };

constexpr std::array generations{
    std::pair{Generation::Classic, "classic"_L1},
    std::pair{Generation::Middle, "middle"_L1},
    std::pair{Generation::Token, "token"_L1},
    std::pair{Generation::Pascal, "pascal"_L1},
};

constexpr std::array troubles{
    std::pair{Trouble::None, "success"_L1},          std::pair{Trouble::WrongCode, "wrong code"_L1},
    std::pair{Trouble::Expired, "expired proof"_L1}, std::pair{Trouble::Unauthorised, "401"_L1},
    std::pair{Trouble::RateLimit, "429"_L1},         std::pair{Trouble::ServerError, "500"_L1},
    std::pair{Trouble::Cut, "cut connection"_L1},
};

bool isVaultwarden(Generation generation)
{
    return generation == Generation::Classic || generation == Generation::Pascal;
}

/// What one flow comes to in one trouble with one generation.
struct Cell
{
    std::optional<ErrorKind> error = {}; ///< nothing: it succeeds
    const char *meaningless = nullptr;   ///< why there is nothing to try
    bool canBeRepeated = true;           ///< after the failure, and then succeeds
};

Cell meaningless(const char *why)
{
    return {.meaningless = why};
}

struct World
{
    AccountServerProcess &server;
    Generation generation = Generation::Token;
    std::shared_ptr<SignIn> signIn = {};
    std::shared_ptr<Session> session = {};
    std::shared_ptr<ProviderApi> api = {};
    OpenedMethod opened = {};

    SignInRequest request() { return quickSignInRequest(server, server.account(role)); }
    QJsonObject account() { return server.accountState(role); }
    ProviderHands hands() { return {server, role, api}; }
    /// All that a flow may change, as the server has it.
    QJsonObject state()
    {
        QJsonObject kept = account();
        for (const auto volatileName :
             {"authenticatorCodes"_L1, "authenticatorKey"_L1, "duoState"_L1})
            kept.remove(volatileName);
        return kept;
    }
};

struct Flow
{
    QByteArray name;
    /// Where the trouble strikes.
    std::function<QString(World &)> path;
    std::function<Cell(Generation, Trouble)> cell;
    std::function<void(World &)> begin;
    std::function<Result<void>(World &, Trouble)> act;
    /// A success leaves another state than there was.
    bool changes = false;
};

// ---- What is the same for many flows

std::function<QString(World &)> at(const QString &path)
{
    return [path](World &) {
        return path;
    };
}

/// The troubles on the way, which no flow can avoid.
std::optional<Cell> onTheWay(Trouble trouble)
{
    switch (trouble) {
    case Trouble::None: return Cell{};
    case Trouble::RateLimit: return Cell{.error = ErrorKind::RateLimited};
    case Trouble::ServerError: return Cell{.error = ErrorKind::ServerFailure};
    case Trouble::Cut: return Cell{.error = ErrorKind::ConnectionLost};
    case Trouble::WrongCode:
    case Trouble::Expired:
    case Trouble::Unauthorised: return {};
    }
    Q_UNREACHABLE();
}

void startSession(World &world)
{
    world.session = sessionOf(signInWith(world.request()));
    if (!world.session)
        qFatal("nobody could be signed in");
    world.api = std::make_shared<ProviderApi>(world.session);
}

QString digitsOtherThan(const QStringList &codes)
{
    QString code = u"111111"_s;
    while (codes.contains(code))
        code = QString::number(code.toInt() + 1);
    return code;
}

// ---- Signing in

using TakeCode = std::function<QString(World &, Trouble)>;

void startSignIn(World &world)
{
    world.signIn = std::make_shared<SignIn>(
        world.request(), std::make_shared<HttpTransport>(QList<QSslCertificate>(), patient()));
    const auto asked = outcomeOf(world.signIn->start());
    if (!asked || std::holds_alternative<SignedIn>(*asked))
        qFatal("the server did not ask for a second step");
}

Result<void> signedInBy(World &world, QCoro::Task<Result<SignInOutcome>> task)
{
    const auto outcome = outcomeOf(std::move(task));
    if (!outcome)
        return fail(outcome.error());
    world.session = sessionOf(outcome);
    return world.session ? Result<void>() : fail(ErrorKind::Cancelled);
}

Flow signInWithMethod(const char *name, ProviderType type, const char *neverTooOld, TakeCode code)
{
    Flow flow;
    flow.name = "sign in with "_ba + name;
    flow.path = at(u"/identity/connect/token"_s);
    flow.cell = [type, neverTooOld](Generation generation, Trouble trouble) -> Cell {
        if (isVaultwarden(generation) && needsPremium(type))
            return meaningless("this Vaultwarden has no credentials of Duo and Yubico");
        if (trouble == Trouble::Expired && neverTooOld)
            return meaningless(neverTooOld);
        // The stand-in for Duo takes a state once, as Duo does.
        if (trouble == Trouble::WrongCode || trouble == Trouble::Expired)
            return {.error = ErrorKind::WrongCode, .canBeRepeated = type != ProviderType::Duo};
        // Before there is a session no server of ours answers so.
        if (trouble == Trouble::Unauthorised)
            return {.error = ErrorKind::NotAnAccountServer};
        return *onTheWay(trouble);
    };
    flow.begin = [type](World &world) {
        const QString number = QString::number(static_cast<int>(type));
        if (!world.server.editAccount(role, {{u"providers"_s, QJsonObject{{number, true}}}}))
            qFatal("the account could not be changed");
        startSignIn(world);
        if (type == ProviderType::Email && !outcomeOf(world.signIn->sendEmailCode()))
            qFatal("no code was mailed");
    };
    flow.act = [type, code](World &world, Trouble trouble) {
        SecondStepToken token;
        token.type = type;
        token.token = SecureBuffer::fromText(code(world, trouble));
        return signedInBy(world, world.signIn->giveSecondStep(std::move(token)));
    };
    return flow;
}

QString authenticatorCode(World &world, Trouble trouble)
{
    const QJsonObject account = world.account();
    QStringList good;
    for (const QJsonValue &code : account["authenticatorCodes"_L1].toArray())
        good += code.toString();
    if (trouble == Trouble::WrongCode)
        return digitsOtherThan(good);
    if (trouble != Trouble::Expired)
        return good.value(1);
    const auto secret = fromBase32(account["authenticatorKey"_L1].toString()).value();
    qint64 step = totpStep(std::chrono::system_clock::now()) - 10;
    while (good.contains(totpCode(secret, step)))
        --step;
    return totpCode(secret, step);
}

QString mailedCode(World &world, Trouble trouble)
{
    const QStringList codes = world.server.mailedCodes();
    return trouble == Trouble::WrongCode ? digitsOtherThan(codes) : codes.value(codes.size() - 1);
}

QString mailedSignInCode(World &world, Trouble trouble)
{
    if (trouble == Trouble::Expired && !world.server.expireMailedCodes())
        qFatal("the codes did not expire");
    // After it expired a person asks for another.
    if (trouble == Trouble::None && !outcomeOf(world.signIn->sendEmailCode()))
        qFatal("no code was mailed");
    return mailedCode(world, trouble);
}

QString yubicoCode(World &world, Trouble trouble)
{
    return world.server.touchYubiKey(trouble == Trouble::WrongCode ? u"stranger"_s : role);
}

QString duoCode(World &world, Trouble trouble)
{
    QString state = world.account()["duoState"_L1].toString();
    const QString code = trouble == Trouble::WrongCode ? u"duo-00000000"_s
                                                       : QString(u"duo-"_s + state.first(8));
    // Another question to Duo makes the answer to this one void.
    if (trouble == Trouble::Expired) {
        World other{world.server};
        startSignIn(other);
    }
    return code + u'|' + state;
}

Flow signInWithRecoveryCode()
{
    Flow flow;
    flow.name = "sign in with the recovery code";
    flow.changes = true;
    flow.path = at(u"/identity/connect/token"_s);
    flow.cell = [](Generation, Trouble trouble) -> Cell {
        if (trouble == Trouble::Expired)
            return meaningless("a recovery code is good until it is used");
        if (trouble == Trouble::WrongCode)
            return {.error = ErrorKind::WrongCode};
        // Before there is a session no server of ours answers so.
        if (trouble == Trouble::Unauthorised)
            return {.error = ErrorKind::NotAnAccountServer};
        return *onTheWay(trouble);
    };
    flow.begin = [](World &world) {
        const QJsonObject on{{u"0"_s, true}, {u"1"_s, true}};
        if (!world.server.editAccount(role, {{u"providers"_s, on}}))
            qFatal("the account could not be changed");
        startSignIn(world);
    };
    flow.act = [](World &world, Trouble trouble) {
        QString code = world.account()["recoveryCode"_L1].toString();
        if (trouble == Trouble::WrongCode)
            code[0] = code[0] == u'a' ? u'b' : u'a';
        return signedInBy(world,
                          world.signIn->useRecoveryCode(
                              normalisedCode(ProviderType::RecoveryCode, code)));
    };
    return flow;
}

Flow signInOnNewDevice()
{
    Flow flow;
    flow.name = "sign in on a new device";
    flow.path = at(u"/identity/connect/token"_s);
    flow.cell = [](Generation generation, Trouble trouble) -> Cell {
        if (isVaultwarden(generation))
            return meaningless("Vaultwarden asks no new device for a code");
        if (trouble == Trouble::WrongCode || trouble == Trouble::Expired)
            return {.error = ErrorKind::WrongCode};
        // Before there is a session no server of ours answers so.
        if (trouble == Trouble::Unauthorised)
            return {.error = ErrorKind::NotAnAccountServer};
        return *onTheWay(trouble);
    };
    flow.begin = [](World &world) {
        if (!world.server.editAccount(role, {{u"verifiesDevices"_s, true}}))
            qFatal("the account could not be changed");
        startSignIn(world);
    };
    flow.act = [](World &world, Trouble trouble) {
        if (trouble == Trouble::Expired && !world.server.expireMailedCodes())
            qFatal("the codes did not expire");
        if (trouble == Trouble::None && !outcomeOf(world.signIn->resendNewDeviceCode()))
            qFatal("no code was mailed");
        return signedInBy(world,
                          world.signIn->giveNewDeviceCode(
                              SecureBuffer::fromText(mailedCode(world, trouble))));
    };
    return flow;
}

// ---- A session

Flow refreshSession()
{
    Flow flow;
    flow.name = "refresh the session";
    flow.path = at(u"/identity/connect/token"_s);
    flow.cell = [](Generation, Trouble trouble) -> Cell {
        if (trouble == Trouble::WrongCode)
            return meaningless("no code is typed for it");
        // The server says that the session is over: its tokens are gone.
        if (trouble == Trouble::Expired || trouble == Trouble::Unauthorised)
            return {.error = ErrorKind::SessionExpired, .canBeRepeated = false};
        return *onTheWay(trouble);
    };
    flow.begin = startSession;
    flow.act = [](World &world, Trouble trouble) -> Result<void> {
        if (!world.server.expireTokens(trouble == Trouble::Expired))
            qFatal("the tokens did not expire");
        const auto states = outcomeOf(fetchProviderStates(world.session));
        if (!states)
            return fail(states.error());
        return {};
    };
    return flow;
}

/// For flows of a session whose proof is the password.
Cell withPassword(Trouble trouble)
{
    if (trouble == Trouble::Expired)
        return meaningless("the password is the proof, and does not grow old");
    if (trouble == Trouble::WrongCode)
        return {.error = ErrorKind::WrongSecret};
    // A 401 is answered with one refresh and one more try.
    if (trouble == Trouble::Unauthorised)
        return {};
    return *onTheWay(trouble);
}

QString passwordFor(World &world, Trouble trouble)
{
    return trouble == Trouble::WrongCode ? u"another password"_s
                                         : world.server.account(role).password;
}

Flow verify()
{
    Flow flow;
    flow.name = "verify the password";
    flow.path = at(u"/api/accounts/verify-password"_s);
    flow.cell = [](Generation, Trouble trouble) {
        return withPassword(trouble);
    };
    flow.begin = startSession;
    flow.act = [](World &world, Trouble trouble) {
        return outcomeOf(
            verifySecret(world.session, SecureBuffer::fromText(passwordFor(world, trouble))));
    };
    return flow;
}

Flow viewRecoveryCode()
{
    Flow flow;
    flow.name = "view the recovery code";
    flow.path = at(u"/api/two-factor/get-recover"_s);
    flow.cell = [](Generation, Trouble trouble) {
        return withPassword(trouble);
    };
    flow.begin = startSession;
    flow.act = [](World &world, Trouble trouble) -> Result<void> {
        const auto code = outcomeOf(
            fetchRecoveryCode(world.session, SecureBuffer::fromText(passwordFor(world, trouble))));
        if (!code)
            return fail(code.error());
        // Vaultwarden shows in capitals what it keeps.
        const auto there = world.account()["recoveryCode"_L1].toString().toUtf8();
        const bool same = RecoveryCode(*code).text() == RecoveryCode(there).text();
        return same ? Result<void>() : fail(ErrorKind::Cancelled);
    };
    return flow;
}

// ---- The methods

struct Method
{
    ProviderType type;
    const char *name;
    QString resource;
};

bool givesToken(Generation generation, ProviderType type)
{
    return generation == Generation::Token
        || (generation == Generation::Middle && type == ProviderType::Authenticator);
}

Flow openMethod(const Method &method)
{
    Flow flow;
    flow.name = "open "_ba + method.name;
    flow.path = at(u"/api/two-factor/get-"_s + method.resource);
    flow.cell = [](Generation, Trouble trouble) {
        return withPassword(trouble);
    };
    flow.begin = startSession;
    flow.act = [type = method.type](World &world, Trouble trouble) -> Result<void> {
        auto hands = world.hands();
        const auto opened = hands.open(type, hands.proof(passwordFor(world, trouble)));
        if (!opened)
            return fail(opened.error());
        return opened->enabled ? fail(ErrorKind::Cancelled) : Result<void>();
    };
    return flow;
}

Cell ofChange(Generation generation, Trouble trouble, ProviderType type)
{
    if (trouble == Trouble::Expired) {
        if (!givesToken(generation, type))
            return meaningless("the password is the proof, and does not grow old");
        return {.error = ErrorKind::ProofExpired, .canBeRepeated = false};
    }
    if (trouble == Trouble::Unauthorised)
        return {};
    return *onTheWay(trouble);
}

Flow turnOnMethod(const Method &method)
{
    Flow flow;
    const ProviderType type = method.type;
    flow.name = type == ProviderType::Passkey ? "remove a passkey"_ba : "turn on "_ba + method.name;
    flow.changes = true;
    flow.path = at(u"/api/two-factor/"_s + method.resource);
    flow.cell = [type](Generation generation, Trouble trouble) -> Cell {
        if (trouble == Trouble::WrongCode) {
            // With these two it is no code that is wrong, but the settings or the key's number.
            const bool coded = type != ProviderType::Duo && type != ProviderType::Passkey;
            return {.error = coded ? ErrorKind::WrongCode : ErrorKind::Refused};
        }
        return ofChange(generation, trouble, type);
    };
    flow.begin = [type](World &world) {
        startSession(world);
        const QJsonObject passkeys{{u"providers"_s, QJsonObject{{u"7"_s, true}}}};
        if (type == ProviderType::Passkey && !world.server.editAccount(role, passkeys))
            qFatal("the account could not be changed");
        auto opened = world.hands().open(type);
        if (!opened)
            qFatal("the method could not be opened");
        world.opened = std::move(*opened);
        if (type == ProviderType::Email
            && !outcomeOf(world.api->sendEmailCode(world.opened.proof, u"Codes@Example.com"_s)))
            qFatal("no code was mailed");
    };
    flow.act = [type](World &world, Trouble trouble) {
        if (trouble == Trouble::Expired && !world.server.expireVerifications())
            qFatal("the proof did not expire");
        return world.hands().change(type, world.opened, trouble != Trouble::WrongCode);
    };
    return flow;
}

Flow turnOffMethod(const Method &method)
{
    Flow flow;
    const ProviderType type = method.type;
    flow.name = "turn off "_ba + method.name;
    flow.changes = true;
    flow.path = [type, resource = method.resource](World &world) {
        if (!givesToken(world.generation, type))
            return u"/api/two-factor/disable"_s;
        return type == ProviderType::Passkey ? u"/api/two-factor/webauthn/all"_s
                                             : QString(u"/api/two-factor/"_s + resource);
    };
    flow.cell = [type](Generation generation, Trouble trouble) -> Cell {
        if (trouble == Trouble::WrongCode)
            return meaningless("no code is typed for it");
        const bool leavesDoubt = trouble == Trouble::ServerError || trouble == Trouble::Cut;
        if (leavesDoubt && isVaultwarden(generation) && needsPremium(type))
            return meaningless("this Vaultwarden lists neither, so nothing can be read back");
        return ofChange(generation, trouble, type);
    };
    flow.begin = [type](World &world) {
        startSession(world);
        const QString number = QString::number(static_cast<int>(type));
        if (!world.server.editAccount(role, {{u"providers"_s, QJsonObject{{number, true}}}}))
            qFatal("the account could not be changed");
        auto opened = world.hands().open(type);
        if (!opened)
            qFatal("the method could not be opened");
        world.opened = std::move(*opened);
    };
    flow.act = [type](World &world, Trouble trouble) {
        if (trouble == Trouble::Expired && !world.server.expireVerifications())
            qFatal("the proof did not expire");
        return outcomeOf(world.api->turnOff(world.opened.proof, type, world.opened.key.clone()));
    };
    return flow;
}

std::vector<Flow> allFlows()
{
    std::vector<Flow> flows{
        signInWithMethod("the authenticator", ProviderType::Authenticator, nullptr,
                         authenticatorCode),
        signInWithMethod("an email code", ProviderType::Email, nullptr, mailedSignInCode),
        signInWithMethod("a YubiKey", ProviderType::YubicoOtp,
                         "a key's code is good until the next one was used", yubicoCode),
        signInWithMethod("Duo", ProviderType::Duo, nullptr, duoCode),
        signInWithRecoveryCode(),
        signInOnNewDevice(),
        refreshSession(),
        verify(),
        viewRecoveryCode(),
    };
    const Method methods[] = {
        {ProviderType::Authenticator, "the authenticator", u"authenticator"_s},
        {ProviderType::Email, "email", u"email"_s},
        {ProviderType::YubicoOtp, "Yubico OTP", u"yubikey"_s},
        {ProviderType::Duo, "Duo", u"duo"_s},
        {ProviderType::Passkey, "passkeys", u"webauthn"_s},
    };
    for (const Method &method : methods) {
        flows.push_back(openMethod(method));
        flows.push_back(turnOnMethod(method));
        flows.push_back(turnOffMethod(method));
    }
    return flows;
}

} // namespace

// Every flow, on every generation of server, in every trouble: what comes of it, and that a failure
// leaves everything as it was and the way open to try again.
class TestFlows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void endsAsTheTableSays_data();
    void endsAsTheTableSays();
    void saysWhyACombinationHasNoMeaning();

private:
    AccountServerProcess m_server;
    const std::vector<Flow> m_flows = allFlows();
};

void TestFlows::initTestCase()
{
    QVERIFY2(m_server.start(), qPrintable(m_server.problem()));
}

void TestFlows::endsAsTheTableSays_data()
{
    QTest::addColumn<std::size_t>("flow");
    QTest::addColumn<int>("generation");
    QTest::addColumn<int>("trouble");
    for (std::size_t flow = 0; flow < m_flows.size(); ++flow) {
        for (const auto &[generation, generationName] : generations) {
            for (const auto &[trouble, troubleName] : troubles) {
                if (m_flows[flow].cell(generation, trouble).meaningless)
                    continue;
                QTest::addRow("%s, %s, %s", m_flows[flow].name.constData(), generationName.data(),
                              troubleName.data())
                    << flow << static_cast<int>(generation) << static_cast<int>(trouble);
            }
        }
    }
}

void TestFlows::endsAsTheTableSays()
{
    QFETCH(const std::size_t, flow);
    QFETCH(const int, generation);
    QFETCH(const int, trouble);
    const Flow &it = m_flows[flow];
    World world{m_server, static_cast<Generation>(generation)};
    const auto in = static_cast<Trouble>(trouble);
    const Cell expected = it.cell(world.generation, in);

    QVERIFY(m_server.reset());
    QVERIFY(m_server.changeSettings(
        {{u"generation"_s, generations[static_cast<std::size_t>(generation)].second}}));
    QVERIFY(m_server.editAccount(role, {{u"premium"_s, true}}));
    it.begin(world);
    const QJsonObject before = world.state();

    const auto strike = [&](const QString &fault) {
        return m_server.setFault(it.path(world), fault, {{u"times"_s, 1}});
    };
    switch (in) {
    case Trouble::Unauthorised: QVERIFY(strike(u"unauthorised"_s)); break;
    case Trouble::RateLimit: QVERIFY(strike(u"rate-limit"_s)); break;
    case Trouble::ServerError: QVERIFY(strike(u"server-error"_s)); break;
    case Trouble::Cut: QVERIFY(strike(u"drop"_s)); break;
    case Trouble::None:
    case Trouble::WrongCode:
    case Trouble::Expired: break;
    }
    auto outcome = it.act(world, in);
    QVERIFY(m_server.clearFaults());
    if (expected.error) {
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, *expected.error);
        QCOMPARE(world.state(), before);
        if (!expected.canBeRepeated)
            return;
        outcome = it.act(world, Trouble::None);
    }
    if (!outcome)
        qWarning("%s", qPrintable(outcome.error().serverText));
    QVERIFY(outcome);
    QCOMPARE(world.state() != before, it.changes);
}

void TestFlows::saysWhyACombinationHasNoMeaning()
{
    std::size_t meant = 0;
    std::size_t without = 0;
    for (const Flow &flow : m_flows) {
        for (const auto &[generation, generationName] : generations) {
            for (const auto &[trouble, troubleName] : troubles) {
                const char *why = flow.cell(generation, trouble).meaningless;
                (why ? without : meant) += 1;
                if (why) {
                    QVERIFY(*why);
                    qInfo("%s, %s, %s: %s", flow.name.constData(), generationName.data(),
                          troubleName.data(), why);
                }
            }
            // A success is meant everywhere but where the whole flow is not there.
            if (flow.cell(generation, Trouble::None).meaningless)
                QVERIFY(flow.cell(generation, Trouble::Cut).meaningless);
        }
    }
    QCOMPARE(meant + without, m_flows.size() * generations.size() * troubles.size());
    QVERIFY2(without * 3 < meant, "most combinations have a meaning");
}

QTEST_GUILESS_MAIN(TestFlows)
#include "tst_flows.moc"
