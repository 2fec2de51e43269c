// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Whatever a server says about a provider is read as such, or refused. The first byte chooses the
// status, the rest is the body.

#include "core/otp/otpauth.h"
#include "core/twofactor/providerdetails.h"
#include "core/twofactor/providererrors.h"
#include "tests/fuzz/require.h"

#include <array>
#include <cstdint>

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

    if (const auto details = authenticatorFrom(answer)) {
        if (isSetupKey(details->key.view())) {
            require(!authenticatorUri(u"a@b.example"_s, details->key).isEmpty());
            require(!inGroupsOfFour(details->key).isEmpty());
        }
    }
    (void)emailFrom(answer);
    (void)duoFrom(answer);
    (void)yubicoOtpFrom(answer);
    if (const auto details = passkeysFrom(answer)) {
        // Two keys with one number could not be told apart when one is removed.
        for (qsizetype i = 0; i < details->keys.size(); ++i) {
            for (qsizetype j = i + 1; j < details->keys.size(); ++j)
                require(details->keys[i].id != details->keys[j].id);
        }
    }
    (void)verificationTokenFrom(answer);
    (void)readErrorFrom(answer);
    (void)writeErrorFrom(answer);
    return 0;
}
