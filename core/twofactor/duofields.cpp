// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/twofactor/duofields.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr auto hostStart = "api-"_L1;
constexpr std::array domains{"duosecurity.com"_L1, "duofederal.com"_L1};

bool isHostLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-';
}

/// The part of a host between "api-" and the first dot, and what comes after the dot.
struct Parts
{
    QStringView name;
    QStringView domain;
    bool dotted = false;
};

Parts partsOf(QStringView host)
{
    const QStringView rest = host.sliced(hostStart.size());
    const qsizetype dot = rest.indexOf(u'.');
    if (dot < 0)
        return {.name = rest, .domain = {}, .dotted = false};
    return {.name = rest.first(dot), .domain = rest.sliced(dot + 1), .dotted = true};
}

bool isName(QStringView name)
{
    return std::all_of(name.begin(), name.end(), isHostLetter);
}

} // namespace

bool hasOnlyDuoCharacters(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9');
    });
}

QString duoHostFrom(const QString &entered)
{
    QString host = entered.trimmed().toLower();
    constexpr auto scheme = "https://"_L1;
    if (host.startsWith(scheme))
        host.remove(0, scheme.size());
    while (host.endsWith(u'/'))
        host.chop(1);
    return host;
}

bool isDuoHost(QStringView host)
{
    // A label of a host name has 63 characters at most (RFC 1035 §2.3.4).
    constexpr qsizetype longestLabel = 63;
    if (!host.startsWith(hostStart))
        return false;
    const Parts parts = partsOf(host);
    return parts.dotted && !parts.name.isEmpty() && isName(parts.name)
        && hostStart.size() + parts.name.size() <= longestLabel
        && std::any_of(domains.begin(), domains.end(),
                       [&parts](QLatin1StringView domain) { return parts.domain == domain; });
}

bool isDuoHostPrefix(QStringView beginning)
{
    if (beginning.size() < hostStart.size())
        return hostStart.startsWith(beginning) || "https://"_L1.startsWith(beginning);
    if ("https://"_L1.startsWith(beginning))
        return true;
    if (!beginning.startsWith(hostStart))
        return false;
    const Parts parts = partsOf(beginning);
    if (!isName(parts.name))
        return false;
    return !parts.dotted
        || (!parts.name.isEmpty()
            && std::any_of(domains.begin(), domains.end(), [&parts](QLatin1StringView domain) {
                   return domain.startsWith(parts.domain);
               }));
}

} // namespace Sparekey
