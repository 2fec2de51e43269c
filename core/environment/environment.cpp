// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/environment/environment.h"

#include <QDir>
#include <QFileInfo>
#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

Result<QUrl> serverUrl(const QString &entered)
{
    QString text = entered.trimmed();
    const auto invalid = fail({.kind = ErrorKind::InvalidAddress, .subject = text});
    if (!text.contains("://"_L1)) {
        // "https:/host" would become a host named "https".
        if (text.contains(":/"_L1))
            return invalid;
        // A server on this computer has no certificate from an authority: use plain HTTP.
        const bool here = isLoopback(QUrl("http://"_L1 + text));
        text.prepend(here ? "http://"_L1 : "https://"_L1);
    }
    // People copy the address of the page that they see: "https://vault.example.org/#/login".
    text = text.section(u'#', 0, 0).section(u'?', 0, 0);
    while (text.endsWith(u'/'))
        text.chop(1);

    const QUrl url(text, QUrl::StrictMode);
    const QString scheme = url.scheme();
    if (!url.isValid() || url.host().isEmpty() || url.authority().contains(u'@')
        || (scheme != "https"_L1 && scheme != "http"_L1))
        return invalid;
    if (scheme == "http"_L1 && !isLoopback(url))
        return fail({.kind = ErrorKind::InsecureAddress, .subject = url.host()});
    return url;
}

QUrl below(const QUrl &base, QLatin1StringView part)
{
    QUrl url = base;
    url.setPath(base.path() + u'/' + part);
    return url;
}

} // namespace

Environment Environment::cloud(Region region)
{
    const QString domain = region == Region::EuropeanUnion ? u"bitwarden.eu"_s : u"bitwarden.com"_s;
    Environment environment;
    environment.region = region;
    environment.webVault = QUrl(u"https://vault."_s + domain);
    environment.api = QUrl(u"https://api."_s + domain);
    environment.identity = QUrl(u"https://identity."_s + domain);
    return environment;
}

QString Environment::title() const
{
    if (region == Region::UnitedStates)
        return u"bitwarden.com"_s;
    if (region == Region::EuropeanUnion)
        return u"bitwarden.eu"_s;
    QString title = webVault.authority() + webVault.path();
    return title;
}

QUrl Environment::recoveryPage() const
{
    QUrl page = webVault;
    page.setPath(webVault.path() + u'/');
    page.setFragment(u"/recover-2fa"_s);
    return page;
}

tl::expected<Environment, AddressProblem> selfHostedEnvironment(const SelfHostedAddresses &entered)
{
    using Field = SelfHostedAddresses::Field;
    const auto problem = [](Field field, Error error) {
        return tl::unexpected(AddressProblem{field, std::move(error)});
    };

    Environment environment;
    environment.region = Environment::Region::SelfHosted;
    const auto base = serverUrl(entered.base);
    if (!base)
        return problem(Field::Base, base.error());
    environment.webVault = *base;
    environment.api = below(*base, "api"_L1);
    environment.identity = below(*base, "identity"_L1);

    const struct
    {
        Field field;
        const QString &entered;
        QUrl &url;
    } single[] = {
        {Field::WebVault, entered.webVault, environment.webVault},
        {Field::Api, entered.api, environment.api},
        {Field::Identity, entered.identity, environment.identity},
    };
    for (const auto &entry : single) {
        if (entry.entered.trimmed().isEmpty())
            continue;
        const auto url = serverUrl(entry.entered);
        if (!url)
            return problem(entry.field, url.error());
        entry.url = *url;
    }

    QString file = entered.certificateAuthorityFile.trimmed();
    // Shells and file dialogs write the home folder like this.
    if (file == "~"_L1 || file.startsWith("~/"_L1))
        file.replace(0, 1, QDir::homePath());
    if (!file.isEmpty()) {
        environment.certificateAuthorityFile = file;
        // Qt would read a device or a huge file whole; no list of authorities is that large.
        const QFileInfo info(file);
        if (info.isFile() && info.size() <= 1024 * 1024)
            environment.certificateAuthorities = QSslCertificate::fromPath(
                file, QSsl::Pem, QSslCertificate::PatternSyntax::FixedString);
        if (environment.certificateAuthorities.isEmpty()) {
            return problem(Field::CertificateAuthority,
                           {.kind = ErrorKind::CertificateFileUnusable,
                            .subject = ForeignText::path(file)});
        }
    }
    return environment;
}

bool isLoopback(const QUrl &url)
{
    const QString host = url.host();
    return host == "localhost"_L1 || QHostAddress(host).isLoopback();
}

} // namespace Sparekey
