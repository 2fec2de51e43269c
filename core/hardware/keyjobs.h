// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/credentials.h"
#include "core/hardware/keyinfo.h"
#include "core/hardware/keyworker.h"
#include "core/secret/securebuffer.h"

#include <memory>

namespace Sparekey {

/// The result of looking at a key.
struct KeyInspection
{
    KeyInfo info;
    HeldCredentials held;
    /// The key did not say which credentials it holds, because it wants a PIN for that.
    bool silent = false;
};

/// What distinguishes a key from others.
struct KeyIdentity
{
    /// What the key reported about itself. Model, firmware, PIN state and free space must be the
    /// same; another key of that model may match too.
    KeyInfo seen;
    /// Credentials that the key proves to hold without a PIN. Empty if none is known; then only
    /// `seen` identifies the key.
    QList<KnownCredential> held;
};

// The jobs of a worker. Each returns the type in its comment, in an `std::any`, and has the errors
// of the matching operation of `HardwareKeys`.

/// Shared, because a job may be copied. Wiped with the last copy.
using SharedPin = std::shared_ptr<const SecureBuffer>;

[[nodiscard]] KeyWorker::Job infoJob(); ///< KeyInfo
[[nodiscard]] KeyWorker::Job
makeCredentialJob(MakeCredentialRequest request, ///< MakeCredentialReply
                  SharedPin pin);
[[nodiscard]] KeyWorker::Job getAssertionJob(GetAssertionRequest request, ///< GetAssertionReply
                                             SharedPin pin);
/// GetAssertionReply, without a PIN. A key that holds none of the credentials does not blink.
[[nodiscard]] KeyWorker::Job getAssertionIfHeldJob(GetAssertionRequest request);
[[nodiscard]] KeyWorker::Job recognizeJob(QList<KnownCredential> candidates, ///< HeldCredentials
                                          SharedPin pin);
[[nodiscard]] KeyWorker::Job inspectionJob(QList<KnownCredential> candidates,
                                           SharedPin pin); ///< KeyInspection
[[nodiscard]] KeyWorker::Job touchJob();                   ///< KeyDevice: the one that was touched
[[nodiscard]] KeyWorker::Job setPinJob(SharedPin newPin, SharedPin oldPin); ///< nothing
[[nodiscard]] KeyWorker::Job credentialsJob(SharedPin pin); ///< DiscoverableCredentials
[[nodiscard]] KeyWorker::Job deleteCredentialJob(QByteArray id, SharedPin pin); ///< nothing
[[nodiscard]] KeyWorker::Job resetJob(KeyIdentity identity);                    ///< nothing
[[nodiscard]] KeyWorker::Job otpJob(); ///< std::shared_ptr<SecureBuffer>

} // namespace Sparekey
