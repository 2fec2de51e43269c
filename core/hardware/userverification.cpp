// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/userverification.h"

#include "core/hardware/keytext.h"

#include <fido/err.h>

namespace Sparekey {

namespace {

bool usesPin(const KeyInfo &info, bool required)
{
    return info.pin == KeyInfo::Pin::Set || (info.pin == KeyInfo::Pin::NotSet && required);
}

} // namespace

const char *pinPointer(const SecureBuffer &forKey)
{
    // The buffer ends with a zero byte.
    return forKey.size() > 1 ? reinterpret_cast<const char *>(forKey.data()) : nullptr;
}

bool asksForPin(int status, KeyInfo::Pin state)
{
    return status == FIDO_ERR_PIN_REQUIRED
        || (status == FIDO_ERR_MISSING_PARAMETER && state == KeyInfo::Pin::Set);
}

VerificationPlan::VerificationPlan(const KeyInfo &info, UserVerification wanted,
                                   const SecureBuffer &pin)
    : m_state(info.pin)
    , m_changeForced(info.pinChangeForced)
    , m_required(wanted == UserVerification::Required)
{
    if (usesPin(info, m_required))
        m_pin = pinForKey(pin);
    if (!this->pin() && wanted != UserVerification::Discouraged)
        m_usesBuiltIn = info.builtInVerification;
}

std::optional<ErrorKind> VerificationPlan::problem() const
{
    // Until this PIN is changed, the key does not accept it (CTAP 2.1, 6.5.5.7.2).
    if (m_state == KeyInfo::Pin::Set && m_changeForced && (pin() || (m_required && !m_usesBuiltIn)))
        return ErrorKind::KeyPinChangeRequired;
    if (!m_required || pin() || m_usesBuiltIn)
        return {};
    return m_state == KeyInfo::Pin::Set ? ErrorKind::KeyPinRequired : ErrorKind::KeyPinNotSet;
}

const char *VerificationPlan::pin() const
{
    return pinPointer(m_pin);
}

std::optional<ErrorKind> VerificationPlan::pinProblem(int status) const
{
    if (status == FIDO_ERR_PIN_REQUIRED && m_state == KeyInfo::Pin::NotSet)
        return ErrorKind::KeyPinNotSet;
    if (pin() || !asksForPin(status, m_state))
        return {};
    return m_changeForced ? ErrorKind::KeyPinChangeRequired : ErrorKind::KeyPinRequired;
}

} // namespace Sparekey
