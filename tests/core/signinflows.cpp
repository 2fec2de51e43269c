// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/core/signinflows.h"

#include "core/account/apikey.h"
#include "core/recovery/recoverycode.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// ---- Signing in

using TakeCode = std::function<QString(World &, Trouble)>;

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

QString authenticatorCode(World &world, Trouble trouble);

Flow signInOnRememberedDevice()
{
    Flow flow;
    flow.name = "sign in on a remembered device";
    flow.path = at(u"/identity/connect/token"_s);
    flow.cell = [](Generation, Trouble trouble) -> Cell {
        if (trouble == Trouble::WrongCode)
            return meaningless(nothingEntered);
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
        auto outcome = outcomeOf(world.signIn->submitSecondStep(std::move(token)));
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
            return type == ProviderType::Duo
                ? Cell{.error = ErrorKind::DuoAnswerStale, .canBeRepeated = false}
                : Cell{.error = ErrorKind::WrongCode};
        // So official servers answer where Duo's answer was used before or came too late.
        if (trouble == Trouble::ServerError && type == ProviderType::Duo)
            return {.error = ErrorKind::DuoAnswerStale};
        return beforeASession(trouble);
    };
    flow.begin = [type](World &world) {
        turnOnAtServer(world, type);
        startSignIn(world);
        if (type == ProviderType::Email && !outcomeOf(world.signIn->sendEmailCode()))
            qFatal("no code was emailed");
    };
    flow.act = [type, code](World &world, Trouble trouble) {
        SecondStepToken token;
        token.type = type;
        token.token = SecureBuffer::fromText(code(world, trouble));
        return signedInBy(world, world.signIn->submitSecondStep(std::move(token)));
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
    const auto secret = fromBase32(account["setupKey"_L1].toString()).value();
    qint64 step = totpStep(std::chrono::system_clock::now()) - 10;
    while (good.contains(totpCode(secret, step)))
        --step;
    return totpCode(secret, step);
}

QString emailedSignInCode(World &world, Trouble trouble)
{
    if (trouble == Trouble::Expired && !world.server.expireEmailedCodes())
        qFatal("the codes did not expire");
    // After it expired a person asks for another.
    if (trouble == Trouble::None && !outcomeOf(world.signIn->sendEmailCode()))
        qFatal("no code was emailed");
    return emailedCode(world, trouble);
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
        if (trouble == Trouble::Expired && !world.server.expireEmailedCodes())
            qFatal("the codes did not expire");
        if (trouble == Trouble::None && !outcomeOf(world.signIn->resendNewDeviceCode()))
            qFatal("no code was emailed");
        return signedInBy(world,
                          world.signIn->submitNewDeviceCode(
                              SecureBuffer::fromText(emailedCode(world, trouble))));
    };
    return flow;
}

/// For an email that is asked for with the password, without a session.
Cell ofEmail(Trouble trouble)
{
    if (trouble == Trouble::WrongCode || trouble == Trouble::Expired)
        return meaningless(nothingEntered);
    if (trouble == Trouble::Unauthorized)
        return {.error = ErrorKind::Refused};
    return *onTheWay(trouble);
}

Flow emailSignInCode()
{
    Flow flow;
    flow.name = "email a code for the second step";
    flow.path = at(u"/api/two-factor/send-email-login"_s);
    flow.cell = [](Generation, Trouble trouble) {
        return ofEmail(trouble);
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

Flow emailNewDeviceCode()
{
    Flow flow;
    flow.name = "email another code for a new device";
    flow.path = at(u"/api/accounts/resend-new-device-otp"_s);
    flow.cell = [](Generation generation, Trouble trouble) {
        return isVaultwarden(generation) ? meaningless("Vaultwarden asks no new device for a code")
                                         : ofEmail(trouble);
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
            return meaningless(nothingEntered);
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

} // namespace

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

void turnOnAtServer(World &world, ProviderType type)
{
    const QString number = QString::number(static_cast<int>(type));
    if (!world.server.editAccount(role, {{u"providers"_s, QJsonObject{{number, true}}}}))
        qFatal("the account could not be changed");
}

QString emailedCode(World &world, Trouble trouble)
{
    const QStringList codes = world.server.emailedCodes();
    return trouble == Trouble::WrongCode ? digitsOtherThan(codes) : codes.value(codes.size() - 1);
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

std::vector<Flow> signInFlows()
{
    return {
        askForTheKdf(),
        signInWithPassword(),
        signInWithApiKeyOf(),
        signInOnRememberedDevice(),
        signInWithMethod("the authenticator", ProviderType::Authenticator, nullptr,
                         authenticatorCode),
        signInWithMethod("an email code", ProviderType::Email, nullptr, emailedSignInCode),
        signInWithMethod("a YubiKey", ProviderType::YubicoOtp,
                         "a key's code is good until the next one was used", yubicoCode),
        signInWithMethod("Duo", ProviderType::Duo, nullptr, duoCode),
        signInWithRecoveryCode(),
        signInOnNewDevice(),
        emailSignInCode(),
        emailNewDeviceCode(),
        refreshSession(),
        verify(),
        viewRecoveryCode(),
    };
}

} // namespace Sparekey
