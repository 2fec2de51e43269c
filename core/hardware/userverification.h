// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/credentials.h"
#include "core/hardware/keyinfo.h"
#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <optional>

namespace Sparekey {

/// How one request verifies the user (WebAuthn Level 2, 5.8.6; CTAP 2.1, 6.1.2 and 6.2.2): with the
/// given PIN, else with the key's built-in verification such as a fingerprint reader, else not at
/// all.
class VerificationPlan
{
public:
    /// `pin` is UTF-8, and empty if none is given. It is ignored if the key has no PIN and the
    /// request does not require verification, because it may have been entered before it was known
    /// which key is used.
    VerificationPlan(const KeyInfo &info, UserVerification wanted, const SecureBuffer &pin);

    /// What is missing: `KeyPinRequired`, `KeyPinNotSet`, or `KeyPinChangeRequired`.
    [[nodiscard]] std::optional<ErrorKind> problem() const;
    /// As libfido2 expects it: null if none is used.
    [[nodiscard]] const char *pin() const;
    [[nodiscard]] bool isRequired() const { return m_required; }
    /// Uses the key's built-in verification. If the key refuses it, the request is repeated without
    /// it, unless verification is required.
    [[nodiscard]] bool usesBuiltIn() const { return m_usesBuiltIn; }
    /// What a status of libfido2 means for a request with this plan. Nothing if the status is not
    /// about a missing PIN.
    [[nodiscard]] std::optional<ErrorKind> pinProblem(int status) const;

private:
    KeyInfo::Pin m_state;
    bool m_changeForced;
    bool m_required;
    bool m_usesBuiltIn = false;
    SecureBuffer m_pin;
};

/// The result of `pinForKey` as libfido2 expects it: null if the PIN is empty.
[[nodiscard]] const char *pinPointer(const SecureBuffer &forKey);

/// Whether a status means that the key has a PIN and the request needs it. CTAP 2.1 has
/// PIN_REQUIRED for that; some keys return MISSING_PARAMETER.
[[nodiscard]] bool asksForPin(int status, KeyInfo::Pin state);

} // namespace Sparekey
