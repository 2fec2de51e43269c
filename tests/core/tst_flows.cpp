// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/apikey.h"
#include "core/account/profile.h"
#include "core/recovery/recoverycode.h"
#include "core/twofactor/twofactorapi.h"
#include "core/webauthn/passkeyassertion.h"

#include "tests/authenticator/ceremonies.h"
#include "tests/core/providerhands.h"
#include "tests/support/accountservertest.h"

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

/// `Secret`: as `Middle`, but it wants the hash by the name `secret`.
enum class Generation { Classic, Middle, Secret, Token, Pascal };
enum class Trouble { None, WrongCode, Expired, Unauthorized, RateLimit, ServerError, Cut };

constexpr std::array generations{
    std::pair{Generation::Classic, "classic"_L1}, std::pair{Generation::Middle, "middle"_L1},
    std::pair{Generation::Secret, "secret"_L1},   std::pair{Generation::Token, "token"_L1},
    std::pair{Generation::Pascal, "pascal"_L1},
};

constexpr std::array troubles{
    std::pair{Trouble::None, "success"_L1},          std::pair{Trouble::WrongCode, "wrong code"_L1},
    std::pair{Trouble::Expired, "expired proof"_L1}, std::pair{Trouble::Unauthorized, "401"_L1},
    std::pair{Trouble::RateLimit, "429"_L1},         std::pair{Trouble::ServerError, "500"_L1},
    std::pair{Trouble::Cut, "cut connection"_L1},
};

bool isVaultwarden(Generation generation)
{
    return generation == Generation::Classic || generation == Generation::Pascal;
}

QJsonObject settingsOf(Generation generation)
{
    const QString name = generation == Generation::Secret
        ? u"middle"_s
        : QString(generations[static_cast<std::size_t>(generation)].second);
    return {{u"generation"_s, name}, {u"provenBySecret"_s, generation == Generation::Secret}};
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
    SecureBuffer rememberToken = {};
    std::shared_ptr<HidFront> key = {};
    std::optional<SecondStepChallenge> challenge = {}; ///< Until it is answered.
    QString organizationId = {};
    bool codeIsOld = false; ///< The mailed one that proves.

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
        if (!organizationId.isEmpty()) {
            const auto states = outcomeOf(fetchOrganizationStates(session, organizationId));
            kept.insert(u"organizationDuo"_s, states.value().value(ProviderType::OrganizationDuo));
        }
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
    /// It sends the hash of the password as a proof.
    bool proves = false;
};

Cell cellOf(const Flow &flow, Generation generation, Trouble trouble)
{
    if (generation == Generation::Secret && !flow.proves)
        return meaningless("no hash is sent as a proof");
    return flow.cell(generation, trouble);
}

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
    case Trouble::Unauthorized: return {};
    }
    Q_UNREACHABLE();
}

/// The same before there is a session, where no server of ours answers 401.
Cell beforeASession(Trouble trouble)
{
    if (trouble == Trouble::Unauthorized)
        return {.error = ErrorKind::NotAnAccountServer};
    return *onTheWay(trouble);
}

const char *const nothingTyped = "no code is typed for it";
const char *const provenByPassword = "the password is the proof, and does not grow old";

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
    if (const auto *challenge = std::get_if<SecondStepChallenge>(&*asked))
        world.challenge = *challenge;
}

Result<void> signedInBy(World &world, const Result<SignInOutcome> &outcome)
{
    if (!outcome)
        return fail(outcome.error());
    world.session = sessionOf(outcome);
    return world.session ? Result<void>() : fail(ErrorKind::Canceled);
}

Result<void> signedInBy(World &world, QCoro::Task<Result<SignInOutcome>> task)
{
    return signedInBy(world, outcomeOf(std::move(task)));
}

Flow signInWithPassword()
{
    Flow flow;
    flow.name = "sign in with the password";
    flow.path = at(u"/identity/connect/token"_s);
    flow.cell = [](Generation, Trouble trouble) -> Cell {
        if (trouble == Trouble::Expired)
            return meaningless("a password does not grow old");
        if (trouble == Trouble::WrongCode)
            return {.error = ErrorKind::WrongCredentials};
        return beforeASession(trouble);
    };
    flow.begin = [](World &) {
    };
    flow.act = [](World &world, Trouble trouble) {
        auto request = world.request();
        if (trouble == Trouble::WrongCode)
            request.password = SecureBuffer::copyOf("another password");
        return signedInBy(world, signInWith(std::move(request)));
    };
    return flow;
}

Flow askForTheKdf()
{
    Flow flow = signInWithPassword();
    flow.name = "ask how the password is hashed";
    flow.path = at(u"/identity/accounts/prelogin"_s);
    flow.cell = [](Generation, Trouble trouble) -> Cell {
        if (trouble == Trouble::WrongCode || trouble == Trouble::Expired)
            return meaningless("nothing is proven yet");
        return beforeASession(trouble);
    };
    return flow;
}

Flow signInWithApiKeyOf()
{
    Flow flow;
    flow.name = "sign in with the API key";
    flow.path = at(u"/identity/connect/token"_s);
    flow.cell = [](Generation, Trouble trouble) -> Cell {
        if (trouble == Trouble::Expired)
            return meaningless("an API key is good until another one is made");
        if (trouble == Trouble::WrongCode)
            return {.error = ErrorKind::WrongCredentials};
        return beforeASession(trouble);
    };
    flow.begin = [](World &) {
    };
    flow.act = [](World &world, Trouble trouble) {
        const QJsonObject account = world.account();
        const auto request = world.request();
        const QString secret = trouble == Trouble::WrongCode ? u"another"_s
                                                             : account["apiKey"_L1].toString();
        auto key = std::make_shared<const ApiKey>(
            ApiKey{account["apiClientId"_L1].toString(), SecureBuffer::fromText(secret)});
        return signedInBy(world,
                          signInWithApiKey({.environment = request.environment,
                                            .key = std::move(key),
                                            .device = request.device,
                                            .acceptedKdf = request.acceptedKdf},
                                           std::make_shared<HttpTransport>(QList<QSslCertificate>(),
                                                                           patient())));
    };
    return flow;
}

void turnOnAtServer(World &world, ProviderType type)
{
    const QString number = QString::number(static_cast<int>(type));
    if (!world.server.editAccount(role, {{u"providers"_s, QJsonObject{{number, true}}}}))
        qFatal("the account could not be changed");
}

QString authenticatorCode(World &world, Trouble trouble);

Flow signInOnRememberedDevice()
{
    Flow flow;
    flow.name = "sign in on a remembered device";
    flow.path = at(u"/identity/connect/token"_s);
    flow.cell = [](Generation, Trouble trouble) -> Cell {
        if (trouble == Trouble::WrongCode)
            return meaningless(nothingTyped);
        // Not refused, but asked for the second step.
        if (trouble == Trouble::Expired)
            return {.error = ErrorKind::Canceled, .canBeRepeated = false};
        return beforeASession(trouble);
    };
    flow.begin = [](World &world) {
        turnOnAtServer(world, ProviderType::Authenticator);
        startSignIn(world);
        SecondStepToken token{.type = ProviderType::Authenticator,
                              .token = SecureBuffer::fromText(
                                  authenticatorCode(world, Trouble::None)),
                              .remember = true};
        auto outcome = outcomeOf(world.signIn->giveSecondStep(std::move(token)));
        auto *signedIn = outcome ? std::get_if<SignedIn>(&*outcome) : nullptr;
        if (!signedIn || signedIn->rememberToken.isEmpty())
            qFatal("the server does not remember the device");
        world.rememberToken = std::move(signedIn->rememberToken);
    };
    flow.act = [](World &world, Trouble trouble) {
        if (trouble == Trouble::Expired && !world.server.forgetRememberedDevices())
            qFatal("the device was not forgotten");
        auto request = world.request();
        request.rememberToken = world.rememberToken.clone();
        return signedInBy(world, signInWith(std::move(request)));
    };
    return flow;
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
        // So official servers answer where Duo's answer was used before or came too late.
        if (trouble == Trouble::ServerError && type == ProviderType::Duo)
            return {.error = ErrorKind::DuoAnswerStale};
        return beforeASession(trouble);
    };
    flow.begin = [type](World &world) {
        turnOnAtServer(world, type);
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
        return beforeASession(trouble);
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
                              normalizedCode(ProviderType::RecoveryCode, code)));
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
        return beforeASession(trouble);
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

/// For a mail that is asked for with the password, without a session.
Cell ofMail(Trouble trouble)
{
    if (trouble == Trouble::WrongCode || trouble == Trouble::Expired)
        return meaningless(nothingTyped);
    if (trouble == Trouble::Unauthorized)
        return {.error = ErrorKind::Refused};
    return *onTheWay(trouble);
}

Flow mailSignInCode()
{
    Flow flow;
    flow.name = "mail a code for the second step";
    flow.path = at(u"/api/two-factor/send-email-login"_s);
    flow.cell = [](Generation, Trouble trouble) {
        return ofMail(trouble);
    };
    flow.begin = [](World &world) {
        turnOnAtServer(world, ProviderType::Email);
        startSignIn(world);
    };
    flow.act = [](World &world, Trouble) {
        return outcomeOf(world.signIn->sendEmailCode());
    };
    return flow;
}

Flow mailNewDeviceCode()
{
    Flow flow;
    flow.name = "mail another code for a new device";
    flow.path = at(u"/api/accounts/resend-new-device-otp"_s);
    flow.cell = [](Generation generation, Trouble trouble) {
        return isVaultwarden(generation) ? meaningless("Vaultwarden asks no new device for a code")
                                         : ofMail(trouble);
    };
    flow.begin = [](World &world) {
        if (!world.server.editAccount(role, {{u"verifiesDevices"_s, true}}))
            qFatal("the account could not be changed");
        startSignIn(world);
    };
    flow.act = [](World &world, Trouble) {
        return outcomeOf(world.signIn->resendNewDeviceCode());
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
            return meaningless(nothingTyped);
        // The server says that the session is over: its tokens are gone.
        if (trouble == Trouble::Expired || trouble == Trouble::Unauthorized)
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
        return meaningless(provenByPassword);
    if (trouble == Trouble::WrongCode)
        return {.error = ErrorKind::WrongSecret};
    // A 401 is answered with one refresh and one more try.
    if (trouble == Trouble::Unauthorized)
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
    flow.proves = true;
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
        return same ? Result<void>() : fail(ErrorKind::Canceled);
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
        || (!isVaultwarden(generation) && type == ProviderType::Authenticator);
}

Flow openMethod(const Method &method)
{
    Flow flow;
    flow.name = "open "_ba + method.name;
    flow.proves = true;
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
        return opened->enabled ? fail(ErrorKind::Canceled) : Result<void>();
    };
    return flow;
}

Cell ofChange(Generation generation, Trouble trouble, ProviderType type)
{
    if (trouble == Trouble::Expired) {
        if (!givesToken(generation, type))
            return meaningless(provenByPassword);
        return {.error = ErrorKind::ProofExpired, .canBeRepeated = false};
    }
    if (trouble == Trouble::Unauthorized)
        return {};
    return *onTheWay(trouble);
}

Flow turnOnMethod(const Method &method)
{
    Flow flow;
    const ProviderType type = method.type;
    flow.name = type == ProviderType::Passkey ? "remove a passkey"_ba : "turn on "_ba + method.name;
    flow.proves = true;
    flow.changes = true;
    flow.path = at(u"/api/two-factor/"_s + method.resource);
    flow.cell = [type](Generation generation, Trouble trouble) -> Cell {
        if (trouble == Trouble::WrongCode) {
            // With these two it is no code that is wrong, but the settings or the key's number.
            if (type == ProviderType::Duo)
                return {.error = ErrorKind::DuoRefused};
            return {.error = type == ProviderType::Passkey ? ErrorKind::Refused
                                                           : ErrorKind::WrongCode};
        }
        // What official servers answer to wrong values.
        if (trouble == Trouble::ServerError && type == ProviderType::Duo)
            return {.error = ErrorKind::DuoRefused};
        return ofChange(generation, trouble, type);
    };
    flow.begin = [type](World &world) {
        startSession(world);
        if (type == ProviderType::Passkey)
            turnOnAtServer(world, type);
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
    flow.proves = true;
    flow.changes = true;
    flow.path = [type, resource = method.resource](World &world) {
        if (!givesToken(world.generation, type))
            return u"/api/two-factor/disable"_s;
        return type == ProviderType::Passkey ? u"/api/two-factor/webauthn/all"_s
                                             : QString(u"/api/two-factor/"_s + resource);
    };
    flow.cell = [type](Generation generation, Trouble trouble) -> Cell {
        if (trouble == Trouble::WrongCode)
            return meaningless(nothingTyped);
        return ofChange(generation, trouble, type);
    };
    flow.begin = [type](World &world) {
        startSession(world);
        turnOnAtServer(world, type);
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

Flow mailCodeForANewAddress()
{
    Flow flow;
    flow.name = "mail a code to a new address";
    flow.proves = true;
    flow.path = at(u"/api/two-factor/send-email"_s);
    flow.cell = [](Generation generation, Trouble trouble) {
        return trouble == Trouble::WrongCode ? meaningless(nothingTyped)
                                             : ofChange(generation, trouble, ProviderType::Email);
    };
    flow.begin = [](World &world) {
        startSession(world);
        world.opened = world.hands().open(ProviderType::Email).value();
    };
    flow.act = [](World &world, Trouble trouble) {
        if (trouble == Trouble::Expired && !world.server.expireVerifications())
            qFatal("the proof did not expire");
        return outcomeOf(world.api->sendEmailCode(world.opened.proof, u"Codes@Example.com"_s));
    };
    return flow;
}

// ---- Passkeys

void openPasskeysWithKey(World &world)
{
    startSession(world);
    // As official servers list it once a key was asked for.
    if (!world.server.editAccount(role, {{u"providers"_s, QJsonObject{{u"7"_s, false}}}}))
        qFatal("the account could not be changed");
    world.opened = world.hands().open(ProviderType::Passkey).value();
    world.key = std::make_shared<HidFront>(std::make_shared<SoftwareKey>());
}

Result<void> registerKey(World &world, bool answersInTime = true)
{
    const auto begun = outcomeOf(world.api->beginPasskey(world.opened.proof));
    if (!begun)
        return fail(begun.error());
    // Another question makes the answer to this one void.
    if (!answersInTime && !outcomeOf(world.api->beginPasskey(world.opened.proof)))
        qFatal("no key could be asked");
    MakeCredentialReply reply;
    if (makeCredential(*world.key, begun->request, {}, reply) != FIDO_OK)
        qFatal("the key does not answer");
    const auto response = deviceResponse(*begun, reply);
    if (!response)
        return fail(response.error());
    const auto added = outcomeOf(world.api->addPasskey(world.opened.proof, world.opened.passkeys,
                                                       world.opened.passkeys.next(u"Key"_s),
                                                       *response));
    return added ? Result<void>() : fail(added.error());
}

Flow askANewKey()
{
    Flow flow;
    flow.name = "ask what a new passkey shall sign";
    flow.proves = true;
    flow.path = at(u"/api/two-factor/get-webauthn-challenge"_s);
    flow.cell = [](Generation generation, Trouble trouble) {
        return trouble == Trouble::WrongCode ? meaningless(nothingTyped)
                                             : ofChange(generation, trouble, ProviderType::Passkey);
    };
    flow.begin = openPasskeysWithKey;
    flow.act = [](World &world, Trouble trouble) -> Result<void> {
        if (trouble == Trouble::Expired && !world.server.expireVerifications())
            qFatal("the proof did not expire");
        const auto begun = outcomeOf(world.api->beginPasskey(world.opened.proof));
        return begun ? Result<void>() : fail(begun.error());
    };
    return flow;
}

Flow addPasskey()
{
    Flow flow;
    flow.name = "add a passkey";
    flow.changes = true;
    flow.proves = true;
    flow.path = at(u"/api/two-factor/webauthn"_s);
    flow.cell = [](Generation generation, Trouble trouble) -> Cell {
        // An answer to an earlier question. The official server has no words for it, nor has one
        // that answers 500.
        if (trouble == Trouble::WrongCode || trouble == Trouble::ServerError)
            return {.error = ErrorKind::PasskeyRefused};
        return ofChange(generation, trouble, ProviderType::Passkey);
    };
    flow.begin = openPasskeysWithKey;
    flow.act = [](World &world, Trouble trouble) {
        if (trouble == Trouble::Expired && !world.server.expireVerifications())
            qFatal("the proof did not expire");
        return registerKey(world, trouble != Trouble::WrongCode);
    };
    return flow;
}

Result<SecondStepChallenge> challengeAnew(World &world)
{
    const auto asked = outcomeOf(world.signIn->askAnew());
    if (!asked)
        return fail(asked.error());
    const auto *challenge = std::get_if<SecondStepChallenge>(&*asked);
    return challenge ? Result<SecondStepChallenge>(*challenge) : fail(ErrorKind::Canceled);
}

Flow signInWithPasskey()
{
    Flow flow;
    flow.name = "sign in with a passkey";
    flow.path = at(u"/identity/connect/token"_s);
    flow.cell = [](Generation generation, Trouble trouble) -> Cell {
        if (trouble == Trouble::Expired)
            return meaningless("a challenge is void after the next one, which is the wrong code");
        // Vaultwarden has words of its own for it.
        if (trouble == Trouble::WrongCode) {
            return {.error = isVaultwarden(generation) ? ErrorKind::Refused : ErrorKind::WrongCode};
        }
        return beforeASession(trouble);
    };
    flow.begin = [](World &world) {
        openPasskeysWithKey(world);
        if (!registerKey(world))
            qFatal("the key could not be registered");
        startSignIn(world);
    };
    flow.act = [](World &world, Trouble trouble) -> Result<void> {
        auto challenge = std::exchange(world.challenge, std::nullopt);
        if (!challenge) {
            const auto another = challengeAnew(world);
            if (!another)
                return fail(another.error());
            challenge = *another;
        }
        const auto request = passkeyAssertionFrom(challenge->passkeyOptions,
                                                  world.request().environment.webVault);
        if (!request)
            return fail(request.error());
        GetAssertionReply reply;
        if (getAssertion(*world.key, request->request, {}, reply) != FIDO_OK)
            qFatal("the key does not answer");
        if (trouble == Trouble::WrongCode && !challengeAnew(world))
            qFatal("the server asked no key");
        auto token = passkeyToken(*request, reply);
        if (!token)
            return fail(token.error());
        SecondStepToken answer{.type = ProviderType::Passkey, .token = std::move(*token)};
        return signedInBy(world, world.signIn->giveSecondStep(std::move(answer)));
    };
    return flow;
}

// ---- An organization

enum class OrganizationAct { Open, TurnOn, TurnOff };

Flow organizationDuo(OrganizationAct act)
{
    const bool opens = act == OrganizationAct::Open;
    const bool turnsOff = act == OrganizationAct::TurnOff;
    Flow flow;
    flow.name = opens ? "open the organization's Duo"
        : turnsOff    ? "turn off the organization's Duo"
                      : "turn on the organization's Duo";
    flow.changes = !opens;
    flow.proves = true;
    flow.path = [opens, turnsOff](World &world) {
        const bool disables = turnsOff && world.generation != Generation::Token;
        return u"/api/organizations/%1/two-factor/%2"_s.arg(world.organizationId,
                                                            opens          ? u"get-duo"_s
                                                                : disables ? u"disable"_s
                                                                           : u"duo"_s);
    };
    flow.cell = [opens, turnsOff](Generation generation, Trouble trouble) -> Cell {
        if (isVaultwarden(generation))
            return meaningless("Vaultwarden's organizations have no Duo");
        if (opens)
            return withPassword(trouble);
        if (trouble == Trouble::WrongCode && turnsOff)
            return meaningless(nothingTyped);
        // Official servers have no answer but 500 to wrong values.
        if (!turnsOff && (trouble == Trouble::WrongCode || trouble == Trouble::ServerError))
            return {.error = ErrorKind::DuoRefused};
        return ofChange(generation, trouble, ProviderType::OrganizationDuo);
    };
    flow.begin = [opens, turnsOff](World &world) {
        startSession(world);
        world.organizationId =
            outcomeOf(fetchProfile(world.session)).value().managedOrganizations.first().id;
        world.api = std::make_shared<ProviderApi>(world.session, world.organizationId);
        if (opens)
            return;
        world.opened = world.hands().open(ProviderType::Duo).value();
        if (turnsOff && !world.hands().change(ProviderType::Duo, world.opened))
            qFatal("Duo could not be turned on");
    };
    flow.act = [opens, turnsOff](World &world, Trouble trouble) -> Result<void> {
        if (opens) {
            auto hands = world.hands();
            const auto opened = hands.open(ProviderType::Duo,
                                           hands.proof(passwordFor(world, trouble)));
            return opened ? Result<void>() : fail(opened.error());
        }
        if (trouble == Trouble::Expired && !world.server.expireVerifications())
            qFatal("the proof did not expire");
        if (turnsOff) {
            return outcomeOf(world.api->turnOff(world.opened.proof, ProviderType::OrganizationDuo));
        }
        return world.hands().change(ProviderType::Duo, world.opened, trouble != Trouble::WrongCode);
    };
    return flow;
}

// ---- An account without a password

void startSessionWithoutPassword(World &world)
{
    startSession(world);
    if (!world.server.editAccount(role, {{u"masterPassword"_s, false}}))
        qFatal("the account could not be changed");
    Session::Account account = world.session->account();
    account.hasMasterPassword = false;
    Tokens tokens;
    tokens.refresh = world.session->refreshToken();
    world.session = std::make_shared<Session>(
        std::move(account), std::move(tokens),
        std::make_shared<HttpTransport>(QList<QSslCertificate>(), patient()),
        world.session->device());
    world.api = std::make_shared<ProviderApi>(world.session);
    // Its first token comes with its first request.
    if (!outcomeOf(fetchProfile(world.session)))
        qFatal("the session does not work");
}

void startWithMailedCode(World &world)
{
    startSessionWithoutPassword(world);
    if (!outcomeOf(requestVerificationCode(world.session)))
        qFatal("no code was mailed");
}

SecureBuffer provingCode(World &world, Trouble trouble)
{
    if (trouble == Trouble::Expired) {
        if (!world.server.expireMailedCodes())
            qFatal("the codes did not expire");
        world.codeIsOld = true;
    } else if (std::exchange(world.codeIsOld, false)
               && !outcomeOf(requestVerificationCode(world.session))) {
        qFatal("no code was mailed");
    }
    return SecureBuffer::fromText(mailedCode(world, trouble));
}

Flow mailProvingCode()
{
    Flow flow;
    flow.name = "mail a code that proves";
    flow.path = at(u"/api/accounts/request-otp"_s);
    flow.cell = [](Generation, Trouble trouble) -> Cell {
        if (trouble == Trouble::WrongCode || trouble == Trouble::Expired)
            return meaningless(nothingTyped);
        return trouble == Trouble::Unauthorized ? Cell() : *onTheWay(trouble);
    };
    flow.begin = startSessionWithoutPassword;
    flow.act = [](World &world, Trouble) {
        return outcomeOf(requestVerificationCode(world.session));
    };
    return flow;
}

Flow verifyMailedCode()
{
    Flow flow;
    flow.name = "verify a mailed code";
    flow.path = at(u"/api/accounts/verify-otp"_s);
    flow.cell = [](Generation, Trouble trouble) -> Cell {
        if (trouble == Trouble::WrongCode || trouble == Trouble::Expired)
            return {.error = ErrorKind::WrongSecret};
        return trouble == Trouble::Unauthorized ? Cell() : *onTheWay(trouble);
    };
    flow.begin = startWithMailedCode;
    flow.act = [](World &world, Trouble trouble) {
        return outcomeOf(verifySecret(world.session, provingCode(world, trouble)));
    };
    return flow;
}

Flow openWithMailedCode()
{
    Flow flow;
    flow.name = "open email with a mailed code";
    flow.path = at(u"/api/two-factor/get-email"_s);
    flow.cell = [](Generation generation, Trouble trouble) -> Cell {
        if (trouble == Trouble::WrongCode || trouble == Trouble::Expired) {
            if (generation == Generation::Middle)
                return meaningless("this server looks at the code at the change alone");
            return {.error = ErrorKind::WrongSecret};
        }
        return trouble == Trouble::Unauthorized ? Cell() : *onTheWay(trouble);
    };
    flow.begin = startWithMailedCode;
    flow.act = [](World &world, Trouble trouble) -> Result<void> {
        const auto proof = outcomeOf(world.api->prove(provingCode(world, trouble)));
        const auto opened = world.hands().open(ProviderType::Email, proof.value());
        return opened ? Result<void>() : fail(opened.error());
    };
    return flow;
}

Flow turnOffWithMailedCode()
{
    Flow flow;
    flow.name = "turn off email with a mailed code";
    flow.changes = true;
    flow.path = [](World &world) {
        return world.generation == Generation::Token ? u"/api/two-factor/email"_s
                                                     : u"/api/two-factor/disable"_s;
    };
    flow.cell = [](Generation generation, Trouble trouble) -> Cell {
        if (trouble == Trouble::WrongCode)
            return meaningless("it is the one that the method was opened with");
        if (trouble == Trouble::Unauthorized)
            return {};
        // Without a token a code is good for one change, and the next one needs another mail.
        Cell cell = trouble == Trouble::Expired ? Cell{.error = ErrorKind::ProofExpired}
                                                : *onTheWay(trouble);
        cell.canBeRepeated = generation == Generation::Token && trouble != Trouble::Expired;
        return cell;
    };
    flow.begin = [](World &world) {
        startWithMailedCode(world);
        turnOnAtServer(world, ProviderType::Email);
        const auto proof = outcomeOf(world.api->prove(provingCode(world, Trouble::None)));
        world.opened = world.hands().open(ProviderType::Email, proof.value()).value();
    };
    flow.act = [](World &world, Trouble trouble) {
        if (trouble == Trouble::Expired
            && !(world.server.expireVerifications() && world.server.expireMailedCodes()))
            qFatal("the proof did not expire");
        return outcomeOf(world.api->turnOff(world.opened.proof, ProviderType::Email));
    };
    return flow;
}

std::vector<Flow> allFlows()
{
    std::vector<Flow> flows{
        askForTheKdf(),
        signInWithPassword(),
        signInWithApiKeyOf(),
        signInOnRememberedDevice(),
        signInWithMethod("the authenticator", ProviderType::Authenticator, nullptr,
                         authenticatorCode),
        signInWithMethod("an email code", ProviderType::Email, nullptr, mailedSignInCode),
        signInWithMethod("a YubiKey", ProviderType::YubicoOtp,
                         "a key's code is good until the next one was used", yubicoCode),
        signInWithMethod("Duo", ProviderType::Duo, nullptr, duoCode),
        signInWithRecoveryCode(),
        signInOnNewDevice(),
        signInWithPasskey(),
        mailSignInCode(),
        mailNewDeviceCode(),
        refreshSession(),
        verify(),
        viewRecoveryCode(),
        mailCodeForANewAddress(),
        askANewKey(),
        addPasskey(),
        organizationDuo(OrganizationAct::Open),
        organizationDuo(OrganizationAct::TurnOn),
        organizationDuo(OrganizationAct::TurnOff),
        mailProvingCode(),
        verifyMailedCode(),
        openWithMailedCode(),
        turnOffWithMailedCode(),
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
class TestFlows : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void endsAsTheTableSays_data();
    void endsAsTheTableSays();
    void saysWhyACombinationHasNoMeaning();

private:
    const std::vector<Flow> m_flows = allFlows();
};

void TestFlows::initTestCase()
{
    fido_init(FIDO_DISABLE_U2F_FALLBACK);
    startServer();
}

void TestFlows::endsAsTheTableSays_data()
{
    QTest::addColumn<std::size_t>("flow");
    QTest::addColumn<int>("generation");
    QTest::addColumn<int>("trouble");
    for (std::size_t flow = 0; flow < m_flows.size(); ++flow) {
        for (const auto &[generation, generationName] : generations) {
            for (const auto &[trouble, troubleName] : troubles) {
                if (cellOf(m_flows[flow], generation, trouble).meaningless)
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
    const Cell expected = cellOf(it, world.generation, in);

    QVERIFY(m_server.reset());
    QVERIFY(m_server.changeSettings(settingsOf(world.generation)));
    QVERIFY(m_server.editAccount(role, {{u"premium"_s, true}}));
    it.begin(world);
    const QJsonObject before = world.state();

    const auto strike = [&](const QString &fault) {
        return m_server.setFault(it.path(world), fault, {{u"times"_s, 1}});
    };
    switch (in) {
    case Trouble::Unauthorized: QVERIFY(strike(u"unauthorized"_s)); break;
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
        qWarning("%s", qPrintable(outcome.error().serverText.text()));
    QVERIFY(outcome);
    QCOMPARE(world.state() != before, it.changes);
}

void TestFlows::saysWhyACombinationHasNoMeaning()
{
    std::size_t meant = 0;
    std::size_t without = 0;
    std::size_t asMiddle = 0;
    for (const Flow &flow : m_flows) {
        for (const auto &[generation, generationName] : generations) {
            for (const auto &[trouble, troubleName] : troubles) {
                const char *why = cellOf(flow, generation, trouble).meaningless;
                if (generation == Generation::Secret && !flow.proves)
                    ++asMiddle;
                else
                    ++(why ? without : meant);
                if (why) {
                    QVERIFY(*why);
                    qInfo("%s, %s, %s: %s", flow.name.constData(), generationName.data(),
                          troubleName.data(), why);
                }
            }
            // A success is meant everywhere but where the whole flow is not there.
            if (cellOf(flow, generation, Trouble::None).meaningless)
                QVERIFY(cellOf(flow, generation, Trouble::Cut).meaningless);
        }
    }
    QCOMPARE(meant + without + asMiddle, m_flows.size() * generations.size() * troubles.size());
    QVERIFY2(without * 3 < meant, "most combinations have a meaning");
}

QTEST_GUILESS_MAIN(TestFlows)
#include "tst_flows.moc"
