// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/authenticator/clientpin.h"
#include "tests/authenticator/credentialstore.h"
#include "tests/authenticator/ctap.h"

#include <QCborArray>
#include <QElapsedTimer>
#include <QStringList>

#include <chrono>
#include <map>
#include <mutex>
#include <optional>

namespace Sparekey {

/// What kind of key it is. Fixed when the key is made.
struct SoftwareKeyTraits
{
    enum class Attestation {
        None,              ///< fmt `none`
        PackedSelf,        ///< fmt `packed`, signed with the new key itself
        PackedCertificate, ///< fmt `packed` with x5c
    };

    bool ctap2 = true; ///< false: a key of the time of U2F.
    bool u2f = true;
    QList<int> algorithms{Cose::Es256, Cose::EdDsa};
    bool tellsAlgorithms = true; ///< In getInfo, which keys before CTAP 2.1 do not.
    Attestation attestation = Attestation::PackedSelf;
    QByteArray aaguid = QByteArray("sparekey-soft-01", 16);

    bool clientPin = true; ///< Can have a PIN.
    QList<int> pinProtocols{2, 1};
    bool permissions = true; ///< Option `pinUvAuthToken`: tokens of CTAP 2.1.
    bool makeCredUvNotRqd = true;
    bool alwaysUv = false;
    int shortestPin = 4;
    QStringList refusedPins;  ///< Forbidden by rules that the key does not tell.
    bool fingerprint = false; ///< Has a reader, and one is enrolled.

    bool discoverable = true; ///< Option `rk`.
    int discoverableSlots = 25;
    bool credentialManagement = true;
    bool credentialManagementPreview = false; ///< As before CTAP 2.1: not the command 0x0a.

    QStringList transports{QStringLiteral("nfc"), QStringLiteral("usb")};
    int maxMessageSize = 1200;
    int maxCredentialsInList = 8;
    int maxCredentialIdLength = 128;
    int credentialIdLength = 64;
    int firmwareVersion = 0x00050700;
    std::chrono::milliseconds resetWindow{10'000};
};

/// A security key in software: CTAP 2.1 and U2F on credentials in memory. It speaks in whole
/// messages; `HidFront` and `KeyCard` bring them to it as a USB key and as an NFC key would. It
/// refuses what a real key refuses, so that tests see our mistakes.
///
/// Thread-safe. One operation at a time is the front's care; while one waits for a touch, tests
/// may look at the key and change it.
class SoftwareKey
{
public:
    explicit SoftwareKey(SoftwareKeyTraits traits = {});

    [[nodiscard]] const SoftwareKeyTraits &traits() const { return m_traits; }

    /// A CTAP2 message: command and CBOR. @return status and CBOR.
    [[nodiscard]] QByteArray ctap2(const QByteArray &message, Presence &presence);
    /// A U2F request as an extended-length APDU. @return the answer with its status word.
    [[nodiscard]] QByteArray u2f(const QByteArray &apdu, Presence &presence);
    /// Pulled out and plugged in again: tries in a row and the reset window start again.
    void powerCycle();

    // What a person did with the key elsewhere.
    void setPin(const QString &pin);
    void setPinRetries(int tries);
    void setAlwaysUv(bool on);
    /// Wants its PIN changed before it is used for anything else.
    void forcePinChange();
    /// Whether fingers that are laid on from now on are the one that is enrolled, as at first.
    void setFingerIsKnown(bool known);
    /// From now on it is a false key: it says yes to whatever credential it is asked for, and signs
    /// for it with a key of its own.
    void setFalse();
    void rewindCounters(); ///< As on a copy of the key that was never used.
    /// The next @p count proofs of a PIN are refused as stale, right ones too.
    void refuseProofs(int count);
    /// The next command of this kind is refused, whatever it asks for.
    void refuseNext(CtapCommand command, CtapStatus status);
    /// How long the key computes on each new credential and signature, after the touch; at first
    /// not at all.
    void setWorkingTime(std::chrono::milliseconds time);
    /// As if the key had been in the port for that long.
    void age(std::chrono::milliseconds time);

    [[nodiscard]] int pinRetriesLeft() const;
    [[nodiscard]] bool hasPin() const;
    [[nodiscard]] int credentialCount() const;
    [[nodiscard]] int discoverableCount() const;
    /// How many commands of this kind have come, refused ones too.
    [[nodiscard]] int commandCount(CtapCommand command) const;

private:
    using Lock = std::unique_lock<std::mutex>;

    struct Assertion
    {
        QByteArray credentialId;
        QByteArray clientDataHash;
        quint8 flags = 0;
        bool includesUser = false;
    };

    QCborMap getInfo() const;
    QCborMap makeCredential(const QCborMap &request, Presence &presence, Lock &lock);
    QCborMap getAssertion(const QCborMap &request, Presence &presence, Lock &lock);
    QCborMap getNextAssertion();
    QCborMap manageCredentials(const QByteArray &encoded);
    void reset(Presence &presence, Lock &lock);
    static void wait(Presence &presence, Lock &lock);
    void work(Lock &lock) const;
    void refuseIfToldSo(CtapCommand command);
    void refuseIfOnlyTouchIsAsked(const QCborMap &request, int parameter, Presence &presence,
                                  Lock &lock) const;
    bool verifyUser(const QCborMap &request, int parameter, int permission, const QString &rpId);
    bool verifyByFinger(const QCborMap &request, int parameter, int optionsParameter);
    [[nodiscard]] QCborMap sign(const Assertion &assertion, int total);
    [[nodiscard]] std::vector<StoredCredential *>
    applicable(const QByteArray &rpIdHash, const QCborArray &allowed, bool userVerified);
    [[nodiscard]] QCborMap attest(const StoredCredential &credential, const QByteArray &authData,
                                  const QByteArray &clientDataHash) const;
    void pretendToHold(const QByteArray &id, const QByteArray &rpIdHash);
    [[nodiscard]] QByteArray register1(const QByteArray &data, Presence &presence);
    [[nodiscard]] QByteArray authenticate1(quint8 control, const QByteArray &data,
                                           Presence &presence);

    mutable std::mutex m_mutex;
    const SoftwareKeyTraits m_traits;
    bool m_alwaysUv;
    bool m_false = false;
    ClientPin m_pin;
    CredentialStore m_store;
    const KeyPair m_attestationKey;
    const QByteArray m_certificate;
    QElapsedTimer m_sincePower;
    std::chrono::milliseconds m_extraAge{0};
    std::map<CtapCommand, int> m_commandCounts;
    std::map<CtapCommand, CtapStatus> m_toRefuse;
    std::chrono::milliseconds m_workingTime{0};

    QList<Assertion> m_nextAssertions;
    QList<QByteArray> m_nextRpIdHashes;
    QList<QByteArray> m_nextCredentialIds;
};

} // namespace Sparekey
