// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/webauthn/passkeyrequest.h"

#include "core/webauthn/base64url.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey {

Error invalidRequest(const QString &why)
{
    return {.kind = ErrorKind::PasskeyRequestInvalid, .detail = why};
}

Error invalidReply(const QString &why)
{
    return {.kind = ErrorKind::KeyAnswerInvalid, .detail = why};
}

std::optional<Error> refusalIn(const JsonFields &options)
{
    const QString status = options.text(u"status");
    if (status.isEmpty() || status.compare("ok"_L1, Qt::CaseInsensitive) == 0)
        return {};
    return invalidRequest(u"the server says that it made no options"_s);
}

Result<QByteArray> challengeOf(const JsonFields &options)
{
    constexpr qsizetype Shortest = 16;
    constexpr qsizetype Longest = 1024;
    const auto challenge = fromBase64Url(options.text(u"challenge"));
    if (!challenge)
        return fail(invalidRequest(u"no challenge"_s));
    if (challenge->size() < Shortest || challenge->size() > Longest)
        return fail(invalidRequest(u"a challenge of a wrong size"_s));
    return *challenge;
}

UserVerification userVerificationOf(const JsonFields &fields)
{
    const QString wanted = fields.text(u"userVerification");
    if (wanted == "required"_L1)
        return UserVerification::Required;
    if (wanted == "discouraged"_L1)
        return UserVerification::Discouraged;
    return UserVerification::Preferred;
}

std::chrono::milliseconds timeoutOf(const JsonFields &options)
{
    const auto wanted = options.number(u"timeout");
    if (!wanted)
        return 60s;
    return std::clamp(std::chrono::milliseconds(*wanted), std::chrono::milliseconds(30s),
                      std::chrono::milliseconds(10min));
}

} // namespace Sparekey
