// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/settings/settings.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QLocale>

#include <array>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

QString regionName(Environment::Region region)
{
    switch (region) {
    case Environment::Region::UnitedStates: return u"us"_s;
    case Environment::Region::EuropeanUnion: return u"eu"_s;
    case Environment::Region::SelfHosted: return u"self-hosted"_s;
    }
    Q_UNREACHABLE();
}

QString copyKindName(CopyKind kind)
{
    switch (kind) {
    case CopyKind::Printed: return u"printed"_s;
    case CopyKind::Pdf: return u"pdf"_s;
    case CopyKind::ProtectedPdf: return u"protected-pdf"_s;
    case CopyKind::Text: return u"text"_s;
    case CopyKind::Elsewhere: return u"elsewhere"_s;
    }
    Q_UNREACHABLE();
}

constexpr std::array copyKinds{CopyKind::Printed, CopyKind::Pdf, CopyKind::ProtectedPdf,
                               CopyKind::Text, CopyKind::Elsewhere};

QString copyGroup(const QString &accountKey, CopyKind kind)
{
    return "accounts/"_L1 + accountKey + "/copies/"_L1 + copyKindName(kind) + u'/';
}

} // namespace

QString accountKey(const Environment &environment, const QString &email)
{
    const QString text = environment.api.toString() + u'\n' + defaultSalt(email);
    const auto hash = QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.first(10).toHex());
}

Settings::Settings(const QString &file)
    : m_file(file)
{
}

Environment Settings::environment() const
{
    const QString region = m_file.value("server/region"_L1).toString();
    if (region == "eu"_L1)
        return Environment::cloud(Environment::Region::EuropeanUnion);
    if (region == "self-hosted"_L1) {
        // If its addresses are no longer valid, use the default region, so that the user sees it
        // and chooses again. Another server must not silently appear as "self-hosted".
        if (const auto environment = selfHostedEnvironment(selfHosted()))
            return *environment;
    }
    return Environment::cloud(Environment::Region::UnitedStates);
}

void Settings::setEnvironment(const Environment &environment)
{
    m_file.set("server/region"_L1, regionName(environment.region));
}

SelfHostedAddresses Settings::selfHosted() const
{
    return {.base = m_file.value("server/base"_L1).toString(),
            .webVault = m_file.value("server/webVault"_L1).toString(),
            .api = m_file.value("server/api"_L1).toString(),
            .identity = m_file.value("server/identity"_L1).toString(),
            .certificateAuthorityFile = m_file.value("server/certificateAuthority"_L1).toString()};
}

void Settings::setSelfHosted(const SelfHostedAddresses &addresses)
{
    m_file.set("server/base"_L1, addresses.base);
    m_file.set("server/webVault"_L1, addresses.webVault);
    m_file.set("server/api"_L1, addresses.api);
    m_file.set("server/identity"_L1, addresses.identity);
    m_file.set("server/certificateAuthority"_L1, addresses.certificateAuthorityFile);
}

QString Settings::deviceIdentifier() const
{
    return m_file.value("device"_L1).toString();
}

void Settings::setDeviceIdentifier(const QString &identifier)
{
    m_file.set("device"_L1, identifier);
}

QString Settings::rememberedEmail() const
{
    return m_file.value("email"_L1).toString();
}

void Settings::setRememberedEmail(const QString &email)
{
    if (email.isEmpty())
        m_file.remove("email"_L1);
    else
        m_file.set("email"_L1, email);
}

std::optional<KdfSettings> Settings::knownKdf(const QString &accountKey) const
{
    const QStringList values = m_file.value("accounts/"_L1 + accountKey + "/kdf"_L1).toStringList();
    if (values.size() != 4)
        return {};
    KdfSettings kdf;
    kdf.type = values[0] == "1"_L1 ? KdfType::Argon2id : KdfType::Pbkdf2Sha256;
    kdf.iterations = values[1].toLongLong();
    kdf.memoryMiB = values[2].toLongLong();
    kdf.parallelism = values[3].toLongLong();
    return kdf;
}

void Settings::setKnownKdf(const QString &accountKey, const KdfSettings &kdf)
{
    m_file.set("accounts/"_L1 + accountKey + "/kdf"_L1,
               QStringList{QString::number(static_cast<int>(kdf.type)),
                           QString::number(kdf.iterations), QString::number(kdf.memoryMiB),
                           QString::number(kdf.parallelism)});
}

std::optional<ProviderType> Settings::lastMethod(const QString &accountKey) const
{
    bool isNumber = false;
    const auto number =
        m_file.value("accounts/"_L1 + accountKey + "/method"_L1).toLongLong(&isNumber);
    return isNumber ? providerType(number) : std::nullopt;
}

void Settings::setLastMethod(const QString &accountKey, ProviderType method)
{
    m_file.set("accounts/"_L1 + accountKey + "/method"_L1, static_cast<int>(method));
}

QList<AccountRecord> Settings::accounts() const
{
    QList<AccountRecord> accounts;
    const auto keys = m_file.value("knownAccounts"_L1).toStringList();
    for (const QString &key : keys) {
        const auto value = [&](QLatin1StringView name) {
            return m_file.value("accounts/"_L1 + key + u'/' + name).toString();
        };
        const QString region = value("region"_L1);
        AccountRecord account{.environment = Environment::cloud(
                                  region == "eu"_L1 ? Environment::Region::EuropeanUnion
                                                    : Environment::Region::UnitedStates),
                              .email = value("email"_L1),
                              .name = value("name"_L1),
                              .hasMasterPassword = value("masterPassword"_L1) != "false"_L1,
                              .listed = value("listed"_L1) != "false"_L1};
        if (region == "self-hosted"_L1) {
            auto environment = selfHostedEnvironment(
                {.base = value("webVault"_L1),
                 .webVault = value("webVault"_L1),
                 .api = value("api"_L1),
                 .identity = value("identity"_L1),
                 .certificateAuthorityFile = value("certificateAuthority"_L1)});
            if (!environment)
                continue;
            account.environment = std::move(*environment);
        }
        if (account.key() == key)
            accounts.append(std::move(account));
    }
    return accounts;
}

bool Settings::hasAccount(const QString &accountKey) const
{
    return m_file.value("knownAccounts"_L1).toStringList().contains(accountKey);
}

void Settings::keepAccount(const AccountRecord &account)
{
    const QString key = account.key();
    const auto set = [&](QLatin1StringView name, const QString &value) {
        m_file.set("accounts/"_L1 + key + u'/' + name, value);
    };
    const Environment &environment = account.environment;
    set("region"_L1, regionName(environment.region));
    set("email"_L1, account.email);
    set("name"_L1, account.name);
    set("masterPassword"_L1, account.hasMasterPassword ? u"true"_s : u"false"_s);
    set("listed"_L1, account.listed ? u"true"_s : u"false"_s);
    if (environment.region == Environment::Region::SelfHosted) {
        set("webVault"_L1, environment.webVault.toString());
        set("api"_L1, environment.api.toString());
        set("identity"_L1, environment.identity.toString());
        set("certificateAuthority"_L1, environment.certificateAuthorityFile);
    }
    auto keys = m_file.value("knownAccounts"_L1).toStringList();
    if (!keys.contains(key))
        m_file.set("knownAccounts"_L1, keys << key);
}

void Settings::dropAccount(const QString &accountKey)
{
    auto keys = m_file.value("knownAccounts"_L1).toStringList();
    if (keys.removeAll(accountKey) == 0)
        return;
    m_file.set("knownAccounts"_L1, keys);
    for (const auto name : {"region"_L1, "email"_L1, "name"_L1, "masterPassword"_L1, "listed"_L1,
                            "webVault"_L1, "api"_L1, "identity"_L1, "certificateAuthority"_L1})
        m_file.remove("accounts/"_L1 + accountKey + u'/' + name);
}

QString Settings::lastAccount() const
{
    return m_file.value("lastAccount"_L1).toString();
}

void Settings::setLastAccount(const QString &accountKey)
{
    m_file.set("lastAccount"_L1, accountKey);
}

std::optional<QDateTime> Settings::rememberedUntil(const QString &accountKey) const
{
    const auto until = QDateTime::fromString(
        m_file.value("accounts/"_L1 + accountKey + "/rememberedUntil"_L1).toString(), Qt::ISODate);
    return until.isValid() ? std::optional(until) : std::nullopt;
}

void Settings::setRememberedUntil(const QString &accountKey, std::optional<QDateTime> until)
{
    const QString name = "accounts/"_L1 + accountKey + "/rememberedUntil"_L1;
    if (until)
        m_file.set(name, until->toUTC().toString(Qt::ISODate));
    else
        m_file.remove(name);
}

bool Settings::staysSignedIn(const QString &accountKey) const
{
    return m_file.value("accounts/"_L1 + accountKey + "/staysSignedIn"_L1).toBool();
}

void Settings::setStaysSignedIn(const QString &accountKey, bool stays)
{
    const QString name = "accounts/"_L1 + accountKey + "/staysSignedIn"_L1;
    if (stays)
        m_file.set(name, true);
    else
        m_file.remove(name);
}

QList<CopyRecord> Settings::copies(const QString &accountKey) const
{
    QList<CopyRecord> copies;
    for (const CopyKind kind : copyKinds) {
        const QString group = copyGroup(accountKey, kind);
        const auto when = QDateTime::fromString(m_file.value(group + "when"_L1).toString(),
                                                Qt::ISODate);
        if (when.isValid()) {
            copies.append({.kind = kind,
                           .when = when,
                           .sheetId = m_file.value(group + "sheet"_L1).toString()});
        }
    }
    return copies;
}

void Settings::addCopy(const QString &accountKey, const CopyRecord &record)
{
    const QString group = copyGroup(accountKey, record.kind);
    m_file.set(group + "when"_L1, record.when.toUTC().toString(Qt::ISODate));
    m_file.set(group + "sheet"_L1, record.sheetId);
}

void Settings::forgetCopies(const QString &accountKey)
{
    m_file.removeAll("accounts/"_L1 + accountKey + "/copies/"_L1);
}

int Settings::copyReminders(const QString &accountKey) const
{
    return m_file.value("accounts/"_L1 + accountKey + "/copyReminders"_L1).toInt();
}

void Settings::setCopyReminders(const QString &accountKey, int count)
{
    const QString name = "accounts/"_L1 + accountKey + "/copyReminders"_L1;
    if (count > 0)
        m_file.set(name, count);
    else
        m_file.remove(name);
}

QString Settings::appearance() const
{
    const QString appearance = m_file.value("appearance"_L1).toString();
    const bool known = appearance == "light"_L1 || appearance == "dark"_L1;
    return known ? appearance : u"system"_s;
}

void Settings::setAppearance(const QString &appearance)
{
    m_file.set("appearance"_L1, appearance);
}

std::chrono::minutes Settings::lockAfter() const
{
    constexpr int usual = 5;
    bool isNumber = false;
    const int minutes = m_file.value("lockAfterMinutes"_L1).toInt(&isNumber);
    return std::chrono::minutes(isNumber && minutes >= 0 ? minutes : usual);
}

void Settings::setLockAfter(std::chrono::minutes minutes)
{
    m_file.set("lockAfterMinutes"_L1, static_cast<int>(minutes.count()));
}

bool Settings::letterPaper() const
{
    if (m_file.contains("letterPaper"_L1))
        return m_file.value("letterPaper"_L1).toBool();
    // Letter is the paper size of North America and a few other countries. Qt knows only their
    // measurement systems.
    return QLocale::system().measurementSystem() == QLocale::ImperialUSSystem;
}

void Settings::setLetterPaper(bool letter)
{
    m_file.set("letterPaper"_L1, letter);
}

} // namespace Sparekey
