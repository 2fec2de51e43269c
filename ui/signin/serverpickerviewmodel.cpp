// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/serverpickerviewmodel.h"

#include "core/environment/serverconfig.h"
#include "ui/messages/usermessage.h"

#include <QPointer>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

using Kind = ServerPickerViewModel::Kind;
using Field = ServerPickerViewModel::Field;

Field fieldOf(SelfHostedAddresses::Field field)
{
    switch (field) {
    case SelfHostedAddresses::Field::Base: return Field::BaseUrl;
    case SelfHostedAddresses::Field::WebVault: return Field::WebVault;
    case SelfHostedAddresses::Field::Api: return Field::Api;
    case SelfHostedAddresses::Field::Identity: return Field::Identity;
    case SelfHostedAddresses::Field::CertificateAuthority: return Field::CertificateAuthority;
    }
    Q_UNREACHABLE();
}

/// "Bitwarden 2026.8.0"; official servers do not name themselves.
QString softwareOf(const ServerConfig &config)
{
    if (config.version.isEmpty())
        return config.product;
    return (config.product.isEmpty() ? u"Bitwarden"_s : config.product) + u' ' + config.version;
}

} // namespace

ServerPickerViewModel::ServerPickerViewModel(Settings &settings, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_environment(settings.environment())
    , m_selfHosted(settings.selfHosted())
{
}

ServerPickerViewModel::~ServerPickerViewModel()
{
    cancelCheck();
}

void ServerPickerViewModel::preselect(const SelfHostedAddresses &addresses)
{
    const auto environment = selfHostedEnvironment(addresses);
    if (!environment)
        return;
    m_selfHosted = addresses;
    m_environment = *environment;
    m_softwareText.clear();
    Q_EMIT serverChanged();
}

void ServerPickerViewModel::use(const Environment &environment)
{
    if (environment == m_environment)
        return;
    cancelCheck();
    if (environment.region == Environment::Region::SelfHosted) {
        m_selfHosted = {.base = environment.webVault.toString(),
                        .webVault = environment.webVault.toString(),
                        .api = environment.api.toString(),
                        .identity = environment.identity.toString(),
                        .certificateAuthorityFile = environment.certificateAuthorityFile};
    }
    m_environment = environment;
    m_softwareText.clear();
    Q_EMIT serverChanged();
}

QString ServerPickerViewModel::hostForms(const QString &baseUrl)
{
    const auto environment = selfHostedEnvironment({.base = baseUrl});
    if (!environment)
        return {};
    const QString plain = environment->webVault.host(QUrl::EncodeUnicode);
    const QString own = QUrl::fromAce(plain.toLatin1(), QUrl::IgnoreIDNWhitelist);
    // An IP address has no other form.
    if (own.isEmpty() || own == plain)
        return {};
    return tr("The name of this server is “%1”. In the letters a to z it is “%2”.").arg(own, plain);
}

Kind ServerPickerViewModel::kind() const
{
    switch (m_environment.region) {
    case Environment::Region::UnitedStates: return Kind::UnitedStates;
    case Environment::Region::EuropeanUnion: return Kind::EuropeanUnion;
    case Environment::Region::SelfHosted: return Kind::SelfHosted;
    }
    Q_UNREACHABLE();
}

void ServerPickerViewModel::selectCloud(Kind kind)
{
    if (kind == Kind::SelfHosted)
        return;
    select(Environment::cloud(kind == Kind::EuropeanUnion ? Environment::Region::EuropeanUnion
                                                          : Environment::Region::UnitedStates));
}

void ServerPickerViewModel::checkSelfHosted(const QString &baseUrl, const QString &webVaultUrl,
                                            const QString &apiUrl, const QString &identityUrl,
                                            const QString &certificateAuthorityFile)
{
    if (isBusy())
        return;
    check({.base = baseUrl.trimmed(),
           .webVault = webVaultUrl.trimmed(),
           .api = apiUrl.trimmed(),
           .identity = identityUrl.trimmed(),
           .certificateAuthorityFile = certificateAuthorityFile.trimmed()});
}

void ServerPickerViewModel::cancelCheck()
{
    if (m_transport)
        m_transport->abort();
    m_transport.reset();
    report(Field::None, {});
}

QCoro::Task<void> ServerPickerViewModel::check(SelfHostedAddresses entered)
{
    const QPointer self(this);
    const auto environment = selfHostedEnvironment(entered);
    if (!environment) {
        report(fieldOf(environment.error().field), userMessage(environment.error().error));
        co_return;
    }

    const auto transport = std::make_shared<HttpTransport>(environment->certificateAuthorities);
    m_transport = transport;
    report(Field::None, {});
    const auto config = co_await fetchServerConfig(transport, environment->api,
                                                   environment->identity);
    if (!self || m_transport != transport)
        co_return;
    m_transport.reset();
    if (!config) {
        const Error &error = config.error();
        report(Field::BaseUrl,
               error.kind == ErrorKind::RateLimited
                   ? tr("This server was asked too often. Try again in %n second(s).", nullptr,
                        static_cast<int>(error.retryAfter.count()))
                   : userMessage(error));
        co_return;
    }

    m_selfHosted = entered;
    m_settings.setSelfHosted(entered);
    select(*environment, softwareOf(*config));
    report(Field::None, {});
    Q_EMIT accepted();
}

void ServerPickerViewModel::select(const Environment &environment, const QString &softwareText)
{
    m_environment = environment;
    m_softwareText = softwareText;
    m_settings.setEnvironment(environment);
    Q_EMIT serverChanged();
}

void ServerPickerViewModel::report(Field field, const QString &text)
{
    m_errorField = field;
    m_errorText = text;
    Q_EMIT checkChanged();
}

} // namespace Sparekey
