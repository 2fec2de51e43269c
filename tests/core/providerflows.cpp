// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/core/providerflows.h"

#include "core/webauthn/passkeyassertion.h"
#include "tests/core/signinflows.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

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
            qFatal("no code was emailed");
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
            return meaningless(nothingEntered);
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

Flow emailCodeForANewAddress()
{
    Flow flow;
    flow.name = "email a code to a new address";
    flow.proves = true;
    flow.path = at(u"/api/two-factor/send-email"_s);
    flow.cell = [](Generation generation, Trouble trouble) {
        return trouble == Trouble::WrongCode ? meaningless(nothingEntered)
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
        return trouble == Trouble::WrongCode ? meaningless(nothingEntered)
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

Result<SecondStepChallenge> newChallenge(World &world)
{
    const auto asked = outcomeOf(world.signIn->requestNewChallenge());
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
    flow.cell = [](Generation, Trouble trouble) -> Cell {
        if (trouble == Trouble::Expired)
            return meaningless("a challenge is void after the next one, which is the wrong code");
        if (trouble == Trouble::WrongCode)
            return {.error = ErrorKind::WrongCode};
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
            const auto another = newChallenge(world);
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
        if (trouble == Trouble::WrongCode && !newChallenge(world))
            qFatal("the server asked no key");
        auto token = passkeyToken(*request, reply);
        if (!token)
            return fail(token.error());
        SecondStepToken answer{.type = ProviderType::Passkey, .token = std::move(*token)};
        return signedInBy(world, world.signIn->submitSecondStep(std::move(answer)));
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
            return meaningless(nothingEntered);
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

void startWithEmailedCode(World &world)
{
    startSessionWithoutPassword(world);
    if (!outcomeOf(requestVerificationCode(world.session)))
        qFatal("no code was emailed");
}

SecureBuffer provingCode(World &world, Trouble trouble)
{
    if (trouble == Trouble::Expired) {
        if (!world.server.expireEmailedCodes())
            qFatal("the codes did not expire");
        world.codeIsOld = true;
    } else if (std::exchange(world.codeIsOld, false)
               && !outcomeOf(requestVerificationCode(world.session))) {
        qFatal("no code was emailed");
    }
    return SecureBuffer::fromText(emailedCode(world, trouble));
}

Flow emailProvingCode()
{
    Flow flow;
    flow.name = "email a code that proves";
    flow.path = at(u"/api/accounts/request-otp"_s);
    flow.cell = [](Generation, Trouble trouble) -> Cell {
        if (trouble == Trouble::WrongCode || trouble == Trouble::Expired)
            return meaningless(nothingEntered);
        return trouble == Trouble::Unauthorized ? Cell() : *onTheWay(trouble);
    };
    flow.begin = startSessionWithoutPassword;
    flow.act = [](World &world, Trouble) {
        return outcomeOf(requestVerificationCode(world.session));
    };
    return flow;
}

Flow verifyEmailedCode()
{
    Flow flow;
    flow.name = "verify an emailed code";
    flow.path = at(u"/api/accounts/verify-otp"_s);
    flow.cell = [](Generation, Trouble trouble) -> Cell {
        if (trouble == Trouble::WrongCode || trouble == Trouble::Expired)
            return {.error = ErrorKind::WrongSecret};
        return trouble == Trouble::Unauthorized ? Cell() : *onTheWay(trouble);
    };
    flow.begin = startWithEmailedCode;
    flow.act = [](World &world, Trouble trouble) {
        return outcomeOf(verifySecret(world.session, provingCode(world, trouble)));
    };
    return flow;
}

Flow openWithEmailedCode()
{
    Flow flow;
    flow.name = "open email with an emailed code";
    flow.path = at(u"/api/two-factor/get-email"_s);
    flow.cell = [](Generation generation, Trouble trouble) -> Cell {
        if (trouble == Trouble::WrongCode || trouble == Trouble::Expired) {
            if (generation == Generation::Middle)
                return meaningless("this server looks at the code at the change alone");
            return {.error = ErrorKind::WrongSecret};
        }
        return trouble == Trouble::Unauthorized ? Cell() : *onTheWay(trouble);
    };
    flow.begin = startWithEmailedCode;
    flow.act = [](World &world, Trouble trouble) -> Result<void> {
        const auto proof = outcomeOf(world.api->prove(provingCode(world, trouble)));
        const auto opened = world.hands().open(ProviderType::Email, proof.value());
        return opened ? Result<void>() : fail(opened.error());
    };
    return flow;
}

Flow turnOffWithEmailedCode()
{
    Flow flow;
    flow.name = "turn off email with an emailed code";
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
        // Without a token a code is good for one change, and the next one needs another email.
        Cell cell = trouble == Trouble::Expired ? Cell{.error = ErrorKind::ProofExpired}
                                                : *onTheWay(trouble);
        cell.canBeRepeated = generation == Generation::Token && trouble != Trouble::Expired;
        return cell;
    };
    flow.begin = [](World &world) {
        startWithEmailedCode(world);
        turnOnAtServer(world, ProviderType::Email);
        const auto proof = outcomeOf(world.api->prove(provingCode(world, Trouble::None)));
        world.opened = world.hands().open(ProviderType::Email, proof.value()).value();
    };
    flow.act = [](World &world, Trouble trouble) {
        if (trouble == Trouble::Expired
            && !(world.server.expireVerifications() && world.server.expireEmailedCodes()))
            qFatal("the proof did not expire");
        return outcomeOf(world.api->turnOff(world.opened.proof, ProviderType::Email));
    };
    return flow;
}

} // namespace

std::vector<Flow> providerFlows()
{
    std::vector<Flow> flows{
        signInWithPasskey(),
        emailCodeForANewAddress(),
        askANewKey(),
        addPasskey(),
        organizationDuo(OrganizationAct::Open),
        organizationDuo(OrganizationAct::TurnOn),
        organizationDuo(OrganizationAct::TurnOff),
        emailProvingCode(),
        verifyEmailedCode(),
        openWithEmailedCode(),
        turnOffWithEmailedCode(),
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

} // namespace Sparekey
