// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/webauthn/relyingparty.h"

#include "core/environment/environment.h"

#include <QHostAddress>
#include <QNetworkCookie>
#include <QNetworkCookieJar>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

QString hostOf(const QUrl &url)
{
    return url.host(QUrl::FullyEncoded).toLower();
}

/// An RP ID, normalized as browsers do before they compare it. Empty if it cannot be a host.
QString hostOf(const QString &rpId)
{
    QUrl url;
    url.setHost(rpId, QUrl::DecodedMode);
    return hostOf(url);
}

/// The rule for cookies of a parent domain is the same, and Qt keeps the list of public suffixes
/// for them.
bool isRegistrableSuffix(const QString &domain, const QString &host)
{
    if (!host.endsWith(QString(u'.' + domain)))
        return false;
    QNetworkCookie cookie("a"_ba, "b"_ba);
    cookie.setDomain(QString(u'.' + domain));
    QUrl site;
    site.setScheme(u"https"_s);
    site.setHost(host);
    site.setPath(u"/"_s);
    QNetworkCookieJar jar;
    return jar.setCookiesFromUrl({cookie}, site);
}

bool isBareAddress(const QString &host)
{
    return !QHostAddress(host).isNull();
}

bool isOwnDomain(const QString &domain, const QString &host)
{
    if (domain.isEmpty() || host.isEmpty())
        return false;
    return domain == host || (!isBareAddress(host) && isRegistrableSuffix(domain, host));
}

/// RFC 1035, 2.3.4.
constexpr qsizetype LongestDomain = 253;

/// RFC 6454, 6.2: the default port of the scheme is left out.
QString originOf(const QUrl &url)
{
    const QString scheme = url.scheme();
    QString host = hostOf(url);
    if (host.contains(u':'))
        host = u'[' + host + u']';
    const int usual = scheme == "https"_L1 ? 443 : 80;
    const int port = url.port(usual);
    QString origin = scheme + u"://"_s + host;
    if (port != usual)
        origin += u':' + QString::number(port);
    return origin;
}

} // namespace

Result<RelyingParty> relyingPartyFor(const QUrl &webVault, const QString &rpId)
{
    const QString host = hostOf(webVault);
    if (webVault.scheme() != "https"_L1 && !isLoopback(webVault))
        return fail({.kind = ErrorKind::InsecureAddress, .subject = host});
    const QString wanted = hostOf(rpId);
    if (!isOwnDomain(wanted, host)) {
        return fail(
            {.kind = ErrorKind::OtherRelyingParty,
             .subject = {rpId, LongestDomain},
             .counterpart = webVault.toString(QUrl::RemoveUserInfo | QUrl::StripTrailingSlash)});
    }
    if (isBareAddress(host) && !isLoopback(webVault))
        return fail({.kind = ErrorKind::ServerHasNoDomainName, .subject = host});
    return RelyingParty{wanted, originOf(webVault)};
}

QString appIdOf(const QUrl &webVault)
{
    return originOf(webVault) + "/app-id.json"_L1;
}

bool isOwnAppId(const QUrl &webVault, const QString &appId)
{
    constexpr qsizetype Longest = 512;
    if (appId.isEmpty() || appId.size() > Longest)
        return false;
    const QUrl url(appId, QUrl::StrictMode);
    if (!url.isValid() || url.authority().contains(u'@'))
        return false;
    if (url.scheme() != "https"_L1 && !(url.scheme() == "http"_L1 && isLoopback(url)))
        return false;
    return isOwnDomain(hostOf(url), hostOf(webVault));
}

} // namespace Sparekey
