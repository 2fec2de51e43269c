// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/accounts.h"

#include "tests/account_server/virtualyubikey.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

QString withoutSpaces(const QString &code)
{
    return code.simplified().remove(u' ').toLower();
}

template<class Matches>
Account *firstWhere(std::vector<Account> &accounts, Matches matches)
{
    const auto found = std::ranges::find_if(accounts, matches);
    return found == accounts.end() ? nullptr : &*found;
}

} // namespace

QString newRecoveryCode()
{
    constexpr auto alphabet = "abcdefghijklmnopqrstuvwxyz234567"_L1;
    QString code;
    for (const char byte : randomBytes(32))
        code += alphabet[byte & 31];
    return code;
}

void Provider::setUpDuo()
{
    if (!duoHost.isEmpty())
        return;
    duoHost = u"api-5aae7e57.duosecurity.com"_s;
    duoClientId = u"DISPAREKEYEXAMPLE001"_s;
    duoClientSecret = u"0123456789abcdefghijABCDEFGHIJ9876543210"_s;
}

QString Account::email() const
{
    return normalizedEmail(enteredEmail);
}

void Account::prepareSecret()
{
    if (!m_secret)
        m_secret = StoredSecret(masterPasswordHash(password, salt.isEmpty() ? email() : salt, kdf)
                                    .value_or(QByteArray()));
}

void Account::changeDerivation(const KdfSettings &newKdf, const QString &newSalt,
                               Generation generation)
{
    kdf = newKdf;
    salt = newSalt;
    m_secret.reset();
    moveRevisionDate();
    if (isVaultwarden(generation))
        securityStamp = QUuid::createUuid().toString(QUuid::WithoutBraces);
}

bool Account::passwordHashMatches(const QByteArray &hash)
{
    prepareSecret();
    return m_secret->matches(hash);
}

std::map<ProviderType, Provider> Account::knownProviders(Generation generation) const
{
    auto known = providers;
    if (isVaultwarden(generation)) {
        known.erase(ProviderType::Duo);
        known.erase(ProviderType::YubiKey);
    }
    return known;
}

QList<ProviderType> Account::usableProviders(Generation generation) const
{
    QList<ProviderType> usable;
    for (const auto &[type, provider] : knownProviders(generation)) {
        const bool needsPremium = type == ProviderType::Duo || type == ProviderType::YubiKey;
        if (provider.enabled && (!needsPremium || premium))
            usable.append(type);
    }
    return usable;
}

void Account::recordProviderChange(Generation generation)
{
    if (!isVaultwarden(generation))
        moveRevisionDate();
}

void Account::moveRevisionDate()
{
    revisionDate = std::max(revisionDate.addMSecs(1), QDateTime::currentDateTimeUtc());
}

void Account::enable(ProviderType type)
{
    Provider &provider = providers[type];
    provider.enabled = true;
    if (type == ProviderType::Authenticator && provider.setupKey.isEmpty())
        provider.setupKey = randomBytes(20);
    if (type == ProviderType::Email && provider.email.isEmpty())
        provider.email = email();
    if (type == ProviderType::YubiKey && provider.yubiKeys.isEmpty())
        provider.yubiKeys.append(YubiKeySecret::named(role).shownId());
    if (type == ProviderType::Duo)
        provider.setUpDuo();
    if (type == ProviderType::WebAuthn && provider.passkeys.empty())
        // Nobody has these keys, so no signature verifies with them.
        provider.passkeys = {{1, u"Blue key"_s, false, {.id = "a blue key that is lost"_ba}},
                             {3, u"Desk key"_s, true, {.id = "a desk key that is lost"_ba}}};
    ensureRecoveryCode();
}

void Account::ensureRecoveryCode()
{
    if (recoveryCode)
        return;
    recoveryCode = newRecoveryCode();
    moveRevisionDate();
}

bool Account::recover(const QString &code, Generation generation)
{
    if (!recoveryCode || withoutSpaces(code) != withoutSpaces(*recoveryCode))
        return false;
    providers.clear();
    moveRevisionDate();
    if (isVaultwarden(generation))
        recoveryCode.reset();
    else
        recoveryCode = newRecoveryCode();
    return true;
}

AccountBook::AccountBook(std::vector<Account> accounts)
    : m_accounts(std::move(accounts))
{
}

Account *AccountBook::byEmail(const QString &email)
{
    return firstWhere(m_accounts, [wanted = normalizedEmail(email)](const Account &account) {
        return account.email() == wanted;
    });
}

Account *AccountBook::byRole(const QString &role)
{
    return firstWhere(m_accounts, [&role](const Account &account) { return account.role == role; });
}

Account *AccountBook::byId(const QString &id)
{
    return firstWhere(m_accounts, [&id](const Account &account) { return account.id == id; });
}

} // namespace Sparekey
