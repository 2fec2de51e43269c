// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/secondstep.h"

#include "core/json/jsonfields.h"
#include "core/text/enteredtext.h"

#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

struct MethodRank
{
    ProviderType type;
    int rank; ///< The method with the highest rank is the default.
};

// In the order in which a chooser lists them.
constexpr std::array methodRanks{
    MethodRank{ProviderType::OrganizationDuo, 10}, MethodRank{ProviderType::Authenticator, 1},
    MethodRank{ProviderType::YubicoOtp, 3},        MethodRank{ProviderType::Duo, 2},
    MethodRank{ProviderType::Passkey, 4},          MethodRank{ProviderType::Email, 0},
};

SecureBuffer yubicoCode(QStringView entered)
{
    SecureBuffer code;
    for (const QChar character : entered) {
        if (character.isSpace())
            continue;
        const QChar lower = character.toLower();
        if (!isModhex(QStringView(&lower, 1)))
            return {};
        const char letter = lower.toLatin1();
        code.append(QByteArrayView(&letter, 1));
    }
    if (code.size() < 32 || code.size() > 48)
        return {};
    return code;
}

SecureBuffer recoveryCode(QStringView entered)
{
    SecureBuffer code;
    for (const QChar character : entered) {
        if (isGap(character))
            continue;
        const QChar lower = character.toLower();
        const SecureBuffer utf8 = SecureBuffer::fromText(QStringView(&lower, 1));
        code.append(utf8.view());
    }
    return code;
}

} // namespace

bool isSupportedAtSignIn(ProviderType type)
{
    return std::ranges::any_of(methodRanks,
                               [type](const MethodRank &method) { return method.type == type; });
}

QList<ProviderType> inChooserOrder(const QList<ProviderType> &offered)
{
    QList<ProviderType> ordered;
    for (const MethodRank &method : methodRanks) {
        if (offered.contains(method.type))
            ordered.append(method.type);
    }
    return ordered;
}

std::optional<ProviderType> defaultMethod(const QList<ProviderType> &offered,
                                          std::optional<ProviderType> lastTime)
{
    if (lastTime && offered.contains(*lastTime) && isSupportedAtSignIn(*lastTime))
        return lastTime;
    const MethodRank *best = nullptr;
    for (const MethodRank &method : methodRanks) {
        if (offered.contains(method.type) && (!best || method.rank > best->rank))
            best = &method;
    }
    return best ? std::optional(best->type) : std::nullopt;
}

SecureBuffer normalizedCode(ProviderType type, QStringView entered)
{
    switch (type) {
    case ProviderType::Authenticator: return authenticatorCodeFrom(entered);
    case ProviderType::Email: return emailedCodeFrom(entered);
    case ProviderType::YubicoOtp: return yubicoCode(entered);
    case ProviderType::RecoveryCode: return recoveryCode(entered);
    case ProviderType::Duo:
    case ProviderType::OrganizationDuo:
    case ProviderType::U2f:
    case ProviderType::Remember:
    case ProviderType::Passkey: return {};
    }
    Q_UNREACHABLE();
}

std::optional<QUrl> duoAddress(const QString &authUrl)
{
    static const QRegularExpression host(
        u"^api-[a-z0-9-]+\\.(duosecurity\\.com|duofederal\\.com)$"_s);
    QUrl url(authUrl, QUrl::StrictMode);
    if (!url.isValid() || url.scheme() != "https"_L1 || !url.userInfo().isEmpty()
        || url.port() != -1 || !host.match(url.host()).hasMatch())
        return std::nullopt;
    return url;
}

QString duoState(const QUrl &duoAddress)
{
    const QUrlQuery query(duoAddress);
    const QString state = query.queryItemValue(u"state"_s, QUrl::FullyDecoded);
    if (!state.isEmpty())
        return state;
    // Read only to tell our answer from others; Duo and the server verify it.
    const auto parts = query.queryItemValue(u"request"_s, QUrl::FullyDecoded).toLatin1().split('.');
    const auto claims = QByteArray::fromBase64Encoding(parts.value(1),
                                                       QByteArray::Base64UrlEncoding);
    if (parts.size() != 3 || !claims)
        return {};
    const auto fields = JsonFields::parse(SecureBuffer::copyOf(*claims));
    return fields ? fields->text(u"state") : QString();
}

DuoAnswer duoAnswer(QStringView address, const QUrl &webVault, const QString &expectedState)
{
    constexpr qsizetype longest = 8192;
    if (address.size() > longest)
        return {};
    const QUrl url(address.trimmed().toString(), QUrl::StrictMode);
    if (!url.isValid() || url.scheme() != webVault.scheme() || url.host() != webVault.host()
        || url.port() != webVault.port() || !url.userInfo().isEmpty())
        return {};
    const QUrlQuery query(url);
    const QString code = query.queryItemValue(u"code"_s, QUrl::FullyDecoded);
    const QString state = query.queryItemValue(u"state"_s, QUrl::FullyDecoded);
    if (code.isEmpty() || state.isEmpty())
        return {};
    if (!expectedState.isEmpty() && state != expectedState)
        return {.isForOtherRequest = true};
    DuoAnswer answer{.token = SecureBuffer::fromText(code)};
    answer.token.append("|");
    answer.token.append(SecureBuffer::fromText(state).view());
    return answer;
}

} // namespace Sparekey
