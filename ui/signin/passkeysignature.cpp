// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/passkeysignature.h"

#include "ui/keys/keepreply.h"

#include <utility>

namespace Sparekey {

QCoro::Task<Result<SecureBuffer>> signWithKey(KeyPromptViewModel *prompt, HardwareKeys *keys,
                                              PasskeyAssertion assertion)
{
    const auto reply = std::make_shared<GetAssertionReply>();
    const GetAssertionRequest request = assertion.request;
    std::function<QCoro::Task<Result<void>>(KeyOperation *)> any =
        [keys, request, reply](KeyOperation *operation) {
            return keepReply(keys->getAssertionFromAny(operation, request), reply);
        };
    KeyPromptViewModel::Action action;
    action.pin = KeyPromptViewModel::pinUseFor(request.userVerification);
    action.run = [keys, request, reply](KeyOperation *operation, KeyDevice key, SecureBuffer pin) {
        return keepReply(keys->getAssertion(operation, std::move(key), request, std::move(pin)),
                         reply);
    };
    const auto done = co_await prompt->performWithAny(std::move(any), std::move(action));
    if (!done)
        co_return fail(done.error());
    co_return passkeyToken(assertion, *reply);
}

} // namespace Sparekey
