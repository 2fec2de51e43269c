// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/demoaccounts.h"

#include <QUuid>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr KdfSettings pbkdf2{.type = KdfSettings::Type::Pbkdf2, .iterations = 600'000};

Account account(const QString &role, const QString &email, const QString &password,
                const KdfSettings &kdf)
{
    Account account;
    account.role = role;
    account.enteredEmail = email;
    account.password = password;
    account.kdf = kdf;
    account.name = u"Account "_s + role;
    account.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    account.apiKey = QString::fromLatin1(randomBytes(15).toHex());
    account.securityStamp = QUuid::createUuid().toString(QUuid::WithoutBraces);
    account.revisionDate = QDateTime::currentDateTimeUtc();
    return account;
}

/// Has providers that are on and off, but signs in without a second step: Duo and YubiKey OTP were
/// set up with premium, and after premium has expired the official server does not ask for them. A
/// WebAuthn registration was started but not finished, so it is listed as off.
Account demo()
{
    Account demo = account(u"demo"_s, u"demo@sparekey.example"_s, u"violet kettle harbour seven"_s,
                           pbkdf2);
    demo.name = u"Robin Demo"_s;
    demo.enable(ProviderType::Duo);
    demo.enable(ProviderType::YubiKey);
    demo.providers[ProviderType::WebAuthn].enabled = false;
    return demo;
}

/// Sign-in requires a second step and offers two providers.
Account secondStep()
{
    Account guarded = account(u"second-step"_s, u"guarded@sparekey.example"_s,
                              u"copper lantern meadow two"_s, pbkdf2);
    guarded.enable(ProviderType::Authenticator);
    guarded.enable(ProviderType::Email);
    return guarded;
}

/// Sign-in offers all providers.
Account everyStep()
{
    Account guarded = account(u"every-step"_s, u"every@sparekey.example"_s,
                              u"walnut compass thunder five"_s, pbkdf2);
    guarded.premium = true;
    for (const auto type : {ProviderType::Authenticator, ProviderType::Email, ProviderType::Duo,
                            ProviderType::YubiKey, ProviderType::WebAuthn})
        guarded.enable(type);
    guarded.providers[ProviderType::YubiKey].nfc = true;
    return guarded;
}

/// No second step; sign-in from an unknown device needs a code sent by email.
Account newDevice()
{
    Account careful = account(u"new-device"_s, u"careful@sparekey.example"_s,
                              u"marble feather station three"_s, pbkdf2);
    careful.verifiesDevices = true;
    return careful;
}

/// Premium, nothing ever set up: the official server sends `null` as the list, and there is no
/// recovery code yet.
Account nothingOn()
{
    Account fresh = account(u"nothing-on"_s, u"fresh@sparekey.example"_s,
                            u"paper orchard window nine"_s, pbkdf2);
    fresh.premium = true;
    return fresh;
}

/// Uses Argon2id, with the values that were the default for years.
Account argon2()
{
    Account modern = account(
        u"argon2"_s, u"argon@sparekey.example"_s, u"silver bicycle garden four"_s,
        {.type = KdfSettings::Type::Argon2id, .iterations = 3, .memoryMiB = 64, .parallelism = 4});
    modern.recoveryCode = newRecoveryCode();
    return modern;
}

/// So few iterations that a client must warn: a hash made with them is cheap to crack.
Account weakKdf()
{
    Account weak = account(u"weak-kdf"_s, u"weak@sparekey.example"_s, u"thin ice sparrow one"_s,
                           {.type = KdfSettings::Type::Pbkdf2, .iterations = 1'000});
    weak.recoveryCode = newRecoveryCode();
    return weak;
}

/// Asks for 8 GiB, as a hostile server might. No client should compute that and this server does
/// not either, so nobody can sign in to this account.
Account hugeKdf()
{
    return account(u"huge-kdf"_s, u"huge@sparekey.example"_s, u"heavy anvil mountain eight"_s,
                   {.type = KdfSettings::Type::Argon2id,
                    .iterations = 3,
                    .memoryMiB = 8 * 1024,
                    .parallelism = 4});
}

/// The recovery code does not have 32 characters; the client shows it unchanged.
Account oddCode()
{
    Account odd = account(u"odd-code"_s, u"odd@sparekey.example"_s, u"crooked ladder amber six"_s,
                          pbkdf2);
    odd.recoveryCode = u"k7pq-2m9x-legacy"_s;
    return odd;
}

/// Created by an organization, without a master password: signs in with the personal API key and
/// verifies changes with codes sent by email.
Account noPassword()
{
    Account managed = account(u"no-password"_s, u"managed@sparekey.example"_s, QString(), pbkdf2);
    managed.hasMasterPassword = false;
    managed.premium = true;
    managed.recoveryCode = newRecoveryCode();
    return managed;
}

/// Capitals, a plus sign and letters outside ASCII, in the email and in the password: the look-up,
/// the salt and the form encoding all have to handle them.
Account unusualLetters()
{
    Account unusual = account(u"unusual-letters"_s, u"Zoë.Müller+Codes@Sparekey.Example"_s,
                              u"pässwörd-密码-🔑 +&="_s, pbkdf2);
    unusual.recoveryCode = newRecoveryCode();
    return unusual;
}

} // namespace

std::vector<Account> demoAccounts()
{
    return {demo(),    secondStep(), nothingOn(),      argon2(),    weakKdf(),   hugeKdf(),
            oddCode(), newDevice(),  unusualLetters(), everyStep(), noPassword()};
}

} // namespace Sparekey
