// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Whatever a server sends, every reader of answers returns. The first byte chooses the status,
// the rest is the body.

#include "core/account/identityapi.h"
#include "core/account/policies.h"
#include "core/account/profile.h"
#include "core/account/secondstep.h"
#include "core/api/serveranswer.h"
#include "core/environment/serverconfig.h"
#include "core/twofactor/twofactorapi.h"
#include "core/twofactor/unsupportedproviders.h"

#include <array>
#include <cstdint>
#include <utility>

using namespace Qt::StringLiterals;
using namespace Sparekey;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    constexpr std::array statuses{200, 400, 401, 403, 404, 429, 500};
    HttpAnswer answer;
    answer.status = statuses[data[0] % statuses.size()];
    answer.host = u"vault.example"_s;
    answer.body = SecureBuffer::copyOf(QByteArrayView(data + 1, qsizetype(size - 1)));

    (void)errorFrom(answer);
    (void)jsonFrom(answer);
    (void)profileFrom(answer);
    (void)revisionDateFrom(answer);
    (void)twoStepRequiredFrom(answer, {u"a"_s});
    (void)unsupportedProvidersFrom(answer.body.view());
    (void)passwordGrantFrom(answer);
    const auto granted = passwordGrantFrom(answer, true);
    if (const auto *challenge = granted ? std::get_if<SecondStepChallenge>(&*granted) : nullptr) {
        (void)inChooserOrder(challenge->offered);
        (void)defaultMethod(challenge->offered);
        (void)duoAddress(challenge->duoAuthUrl);
        (void)duoState(QUrl(challenge->duoAuthUrl));
        (void)duoAnswer(challenge->organizationDuoAuthUrl, QUrl(), {});
    }
    (void)apiKeyGrantFrom(answer);
    (void)refreshFrom(answer);
    (void)providerStatesFrom(answer);
    (void)recoveryCodeFrom(answer);
    if (const auto prelogin = preloginFrom(answer, u"a@b.example"_s)) {
        (void)assess(prelogin->kdf);
        (void)describe(prelogin->kdf);
    }
    (void)serverConfigFrom(std::move(answer)); // takes it as it came
    return 0;
}
