// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/twofactor/unsupportedproviders.h"

#include "core/api/serveranswer.h"
#include "core/environment/serverconfig.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

QCoro::Task<Result<ProviderSet>> fetchUnsupportedProviders(std::shared_ptr<Session> session)
{
    const Environment &environment = session->account().environment;
    if (environment.region != Environment::Region::SelfHosted)
        co_return ProviderSet();
    const auto config = serverConfigFrom(
        co_await session->sendAnonymously(apiGet(environment.api, u"config", ClientDevice())));
    if (!config)
        co_return fail(config.error());
    if (config->product != "Vaultwarden"_L1)
        co_return ProviderSet();
    const auto sheet = co_await session->sendAnonymously(
        apiGet(environment.webVault, u"css/vaultwarden.css", ClientDevice()));
    if (!sheet)
        co_return fail(sheet.error());
    if (!sheet->isSuccess())
        co_return fail(errorFrom(*sheet));
    co_return unsupportedProvidersFrom(sheet->body.view());
}

ProviderSet unsupportedProvidersFrom(QByteArrayView styleSheet)
{
    const QByteArray sheet = QByteArray::fromRawData(styleSheet.data(), styleSheet.size());
    static constexpr QByteArrayView selector(".providers-2fa-");
    ProviderSet missing;
    for (qsizetype at = sheet.indexOf(selector); at >= 0; at = sheet.indexOf(selector, at)) {
        at += selector.size();
        qsizetype end = at;
        while (end < sheet.size() && sheet[end] >= '0' && sheet[end] <= '9')
            ++end;
        bool isNumber = false;
        const int number = sheet.mid(at, end - at).toInt(&isNumber);
        if (const auto type = isNumber ? providerType(number) : std::nullopt)
            missing.insert(*type);
    }
    return missing;
}

} // namespace Sparekey
