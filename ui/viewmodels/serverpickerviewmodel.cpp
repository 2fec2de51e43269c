// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewmodels/serverpickerviewmodel.h"

#include "core/environment/serverconfig.h"
#include "ui/messages/usermessage.h"

#include <QPointer>

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
    Q_EMIT serverChanged();
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

QCoro::Task<void> ServerPickerViewModel::check(SelfHostedAddresses typed)
{
    const QPointer self(this);
    const auto environment = selfHostedEnvironment(typed);
    if (!environment) {
        report(fieldOf(environment.error().field), userMessage(environment.error().error));
        co_return;
    }

    const auto transport = std::make_shared<HttpTransport>(environment->certificateAuthorities);
    m_transport = transport;
    report(Field::None, {});
    const auto config = co_await fetchServerConfig(transport, environment->api);
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

    m_selfHosted = typed;
    m_settings.setSelfHosted(typed);
    select(*environment);
    report(Field::None, {});
    Q_EMIT accepted();
}

void ServerPickerViewModel::select(const Environment &environment)
{
    m_environment = environment;
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
