// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

namespace Sparekey {

/// The answers' first byte (CTAP 2.1, section 8.2).
enum class CtapStatus : quint8 {
    Ok = 0x00,
    InvalidCommand = 0x01,
    InvalidParameter = 0x02,
    Timeout = 0x05,
    ChannelBusy = 0x06,
    CborUnexpectedType = 0x11,
    InvalidCbor = 0x12,
    MissingParameter = 0x14,
    LimitExceeded = 0x15,
    CredentialExcluded = 0x19,
    UnsupportedAlgorithm = 0x26,
    OperationDenied = 0x27,
    KeyStoreFull = 0x28,
    UnsupportedOption = 0x2b,
    InvalidOption = 0x2c,
    KeepaliveCancel = 0x2d,
    NoCredentials = 0x2e,
    UserActionTimeout = 0x2f,
    NotAllowed = 0x30,
    PinInvalid = 0x31,
    PinBlocked = 0x32,
    PinAuthInvalid = 0x33,
    PinAuthBlocked = 0x34,
    PinNotSet = 0x35,
    PinRequired = 0x36,
    PinPolicyViolation = 0x37,
    RequestTooLarge = 0x39,
    ActionTimeout = 0x3a,
    UvBlocked = 0x3c,
    InvalidSubcommand = 0x3e,
    UvInvalid = 0x3f,
    UnauthorizedPermission = 0x40,
};

/// The commands' first byte (CTAP 2.1, section 6).
enum class CtapCommand : quint8 {
    MakeCredential = 0x01,
    GetAssertion = 0x02,
    GetInfo = 0x04,
    ClientPin = 0x06,
    Reset = 0x07,
    GetNextAssertion = 0x08,
    CredentialManagement = 0x0a,
    Selection = 0x0b,
    CredentialManagementPreview = 0x41,
};

/// Ends a command with a status. Thrown and caught within the key; it never leaves it.
struct CtapRefusal
{
    CtapStatus status;
};

/// What a token of a PIN may be used for (CTAP 2.1, section 6.5.5.7).
namespace Permission {
constexpr int MakeCredential = 0x01;
constexpr int GetAssertion = 0x02;
constexpr int CredentialManagement = 0x04;
} // namespace Permission

/// COSE algorithm numbers.
namespace Cose {
constexpr int Es256 = -7;
constexpr int EdDsa = -8;
} // namespace Cose

/// The person at the key, as one operation sees them.
class Presence
{
public:
    enum class Answer {
        Touched,
        Declined,
        TooLate,
        Canceled,
    };

    Presence() = default;
    virtual ~Presence() = default;
    Presence(const Presence &) = delete;
    Presence &operator=(const Presence &) = delete;
    Presence(Presence &&) = delete;
    Presence &operator=(Presence &&) = delete;

    /// Blocks until the person has touched the key or will not.
    [[nodiscard]] virtual Answer await() = 0;
    /// U2F asks again and again instead of waiting: whether there is a touch to use up.
    [[nodiscard]] virtual bool isTouched() = 0;
};

} // namespace Sparekey
