// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/hardwarekeys.h"
#include "tests/authenticator/simulatedport.h"
#include "tests/core/outcome.h"
#include "tests/hardware/requests.h"

namespace Sparekey {

using Stage = KeyOperation::Stage;

inline KnownCredential known(const Result<MakeCredentialReply> &made, const QString &site = rpId)
{
    return {.rpId = site, .id = made->credentialId, .publicKey = made->publicKey};
}

inline QList<QByteArray> unknownIds(int count, int size = 64)
{
    QList<QByteArray> ids;
    for (int i = 0; i < count; ++i)
        ids.append(QByteArray(size, static_cast<char>(i)));
    return ids;
}

using Port = SimulatedPort;

/// Keys of software, and the program's way to them.
struct Bench
{
    std::shared_ptr<SimulatedKeys> transport = std::make_shared<SimulatedKeys>();
    HardwareKeys keys{HardwareKeys::Transports{transport}};
    KeyOperation operation;

    Result<MakeCredentialReply> add(const KeyDevice &device,
                                    const MakeCredentialRequest &request = registration(),
                                    const char *pinText = "")
    {
        return outcomeOf(keys.makeCredential(&operation, device, request, pin(pinText)));
    }
    /// Under way, and nobody touches the key.
    Outcome<Result<MakeCredentialReply>> addUntouched(const Port &port)
    {
        port.front->neverTouch();
        return Outcome(keys.makeCredential(&operation, port.device, registration(), pin("")));
    }
    /// As a look at it tells.
    KeyIdentity identity(const KeyDevice &device, const QList<KnownCredential> &held = {})
    {
        return {.seen = *outcomeOf(keys.info(&operation, device)), .held = held};
    }
    Result<GetAssertionReply> use(const KeyDevice &device, const GetAssertionRequest &request,
                                  const char *pinText = "")
    {
        return outcomeOf(keys.getAssertion(&operation, device, request, pin(pinText)));
    }
};

} // namespace Sparekey
