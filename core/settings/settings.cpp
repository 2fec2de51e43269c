// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/settings/settings.h"

#include <QCryptographicHash>
#include <QLocale>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

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

std::optional<CopyKind> copyKind(const QString &name)
{
    for (const auto kind : {CopyKind::Printed, CopyKind::Pdf, CopyKind::ProtectedPdf,
                            CopyKind::Text, CopyKind::Elsewhere}) {
        if (name == copyKindName(kind))
            return kind;
    }
    return {};
}

} // namespace

QString accountKey(const Environment &environment, const QString &email)
{
    const QString text = environment.api.toString() + u'\n' + defaultSalt(email);
    const auto hash = QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.first(10).toHex());
}

Settings::Settings(const QString &file)
    : m_file(file, QSettings::IniFormat)
{
}

Environment Settings::environment() const
{
    const QString region = m_file.value("server/region"_L1).toString();
    if (region == "eu"_L1)
        return Environment::cloud(Environment::Region::EuropeanUnion);
    if (region == "self-hosted"_L1) {
        // A server whose addresses no longer hold must not turn silently into another one with
        // the same choice shown: the user sees the default region and chooses again.
        if (const auto environment = selfHostedEnvironment(selfHosted()))
            return *environment;
    }
    return Environment::cloud(Environment::Region::UnitedStates);
}

void Settings::setEnvironment(const Environment &environment)
{
    switch (environment.region) {
    case Environment::Region::UnitedStates: m_file.setValue("server/region"_L1, u"us"_s); break;
    case Environment::Region::EuropeanUnion: m_file.setValue("server/region"_L1, u"eu"_s); break;
    case Environment::Region::SelfHosted:
        m_file.setValue("server/region"_L1, u"self-hosted"_s);
        break;
    }
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
    m_file.setValue("server/base"_L1, addresses.base);
    m_file.setValue("server/webVault"_L1, addresses.webVault);
    m_file.setValue("server/api"_L1, addresses.api);
    m_file.setValue("server/identity"_L1, addresses.identity);
    m_file.setValue("server/certificateAuthority"_L1, addresses.certificateAuthorityFile);
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
        m_file.setValue("email"_L1, email);
}

ClientDevice Settings::device()
{
    QString identifier = m_file.value("device"_L1).toString();
    if (QUuid::fromString(identifier).isNull()) {
        identifier = QUuid::createUuid().toString(QUuid::WithoutBraces);
        m_file.setValue("device"_L1, identifier);
    }
    return {.identifier = identifier};
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
    m_file.setValue("accounts/"_L1 + accountKey + "/kdf"_L1,
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
    m_file.setValue("accounts/"_L1 + accountKey + "/method"_L1, static_cast<int>(method));
}

std::optional<CopyRecord> Settings::lastCopy(const QString &accountKey) const
{
    const QString group = "accounts/"_L1 + accountKey + "/copy/"_L1;
    const auto kind = copyKind(m_file.value(group + "kind"_L1).toString());
    const auto when = QDateTime::fromString(m_file.value(group + "when"_L1).toString(),
                                            Qt::ISODate);
    if (!kind || !when.isValid())
        return {};
    return CopyRecord{.kind = *kind,
                      .when = when,
                      .sheetId = m_file.value(group + "sheet"_L1).toString()};
}

void Settings::setLastCopy(const QString &accountKey, const CopyRecord &record)
{
    const QString group = "accounts/"_L1 + accountKey + "/copy/"_L1;
    m_file.setValue(group + "kind"_L1, copyKindName(record.kind));
    m_file.setValue(group + "when"_L1, record.when.toUTC().toString(Qt::ISODate));
    m_file.setValue(group + "sheet"_L1, record.sheetId);
}

void Settings::forgetLastCopy(const QString &accountKey)
{
    m_file.remove("accounts/"_L1 + accountKey + "/copy"_L1);
}

int Settings::copyReminders(const QString &accountKey) const
{
    return m_file.value("accounts/"_L1 + accountKey + "/copyReminders"_L1).toInt();
}

void Settings::setCopyReminders(const QString &accountKey, int count)
{
    const QString name = "accounts/"_L1 + accountKey + "/copyReminders"_L1;
    if (count > 0)
        m_file.setValue(name, count);
    else
        m_file.remove(name);
}

QString Settings::appearance() const
{
    return m_file.value("appearance"_L1, u"system"_s).toString();
}

void Settings::setAppearance(const QString &appearance)
{
    m_file.setValue("appearance"_L1, appearance);
}

bool Settings::letterPaper() const
{
    // Letter is the paper of North America and a few more; Qt knows their measurement systems.
    const bool usual = QLocale().measurementSystem() == QLocale::ImperialUSSystem;
    return m_file.value("letterPaper"_L1, usual).toBool();
}

void Settings::setLetterPaper(bool letter)
{
    m_file.setValue("letterPaper"_L1, letter);
}

} // namespace Sparekey
