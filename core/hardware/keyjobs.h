// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/credentials.h"
#include "core/hardware/keyinfo.h"
#include "core/hardware/keyworker.h"
#include "core/secret/securebuffer.h"

#include <memory>

namespace Sparekey {

/// What a look at a key tells.
struct KeyLook
{
    KeyInfo info;
    HeldCredentials held;
    /// The key did not tell what it holds.
    bool silent = false;
};

/// What tells a key from others.
struct KeyIdentity
{
    /// What it said of itself. Model, firmware, whether it has a PIN, and the room that is left
    /// must be the same; another key of that model may be so too.
    KeyInfo seen;
    /// Credentials that it proves to hold without a PIN. Empty if none is known: then `seen` is
    /// all that keeps another key from being taken for it.
    QList<KnownCredential> held;
};

// What a worker does with a key: each gives what its comment says, in an `std::any`, and has the
// errors of the operation of `HardwareKeys` that it stands for.

/// Shared, as a job may be copied, and wiped with its last copy.
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
[[nodiscard]] KeyWorker::Job lookJob(QList<KnownCredential> candidates, SharedPin pin); ///< KeyLook
[[nodiscard]] KeyWorker::Job touchJob(); ///< KeyDevice: the one that was touched
[[nodiscard]] KeyWorker::Job setPinJob(SharedPin newPin, SharedPin oldPin); ///< nothing
[[nodiscard]] KeyWorker::Job credentialsJob(SharedPin pin); ///< DiscoverableCredentials
[[nodiscard]] KeyWorker::Job deleteCredentialJob(QByteArray id, SharedPin pin); ///< nothing
[[nodiscard]] KeyWorker::Job resetJob(KeyIdentity who);                         ///< nothing
[[nodiscard]] KeyWorker::Job otpJob(); ///< std::shared_ptr<SecureBuffer>

} // namespace Sparekey
