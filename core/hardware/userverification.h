// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/credentials.h"
#include "core/hardware/keyinfo.h"
#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <optional>

namespace Sparekey {

/// How the key is made sure of its user in one request (WebAuthn Level 2, 5.8.6; CTAP 2.1, 6.1.2
/// and 6.2.2): by the PIN that was given, else by its fingerprint reader or the like, else not.
class VerificationPlan
{
public:
    /// `pin` is UTF-8, and empty if none is given. Any is left out where the key has no PIN and the
    /// request does not require verification: somebody may have entered it before it was known
    /// which key it is for.
    VerificationPlan(const KeyInfo &info, UserVerification wanted, const SecureBuffer &pin);

    /// What is missing: `KeyPinRequired`, `KeyPinNotSet`, or `KeyPinChangeRequired`.
    [[nodiscard]] std::optional<ErrorKind> problem() const;
    /// As libfido2 takes it: null if none is used.
    [[nodiscard]] const char *pin() const;
    [[nodiscard]] bool isRequired() const { return m_required; }
    /// Asks for the key's own way. A key may refuse that; unless it is required, it is asked again
    /// without.
    [[nodiscard]] bool usesBuiltIn() const { return m_usesBuiltIn; }
    /// What a status of libfido2 means for a request that was sent by this plan. Nothing if it does
    /// not speak of a missing PIN.
    [[nodiscard]] std::optional<ErrorKind> pinProblem(int status) const;

private:
    KeyInfo::Pin m_state;
    bool m_changeForced;
    bool m_required;
    bool m_usesBuiltIn = false;
    SecureBuffer m_pin;
};

/// As libfido2 takes what `pinForKey` gives: null if it is empty.
[[nodiscard]] const char *pinPointer(const SecureBuffer &forKey);

/// A status by which a key that has a PIN, and got none, asks for it. CTAP 2.1 has PIN_REQUIRED for
/// that; some keys say MISSING_PARAMETER.
[[nodiscard]] bool asksForPin(int status, KeyInfo::Pin state);

} // namespace Sparekey
