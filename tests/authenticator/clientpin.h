// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/authenticator/ctap.h"
#include "tests/authenticator/keycrypto.h"

#include <QCborMap>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Sparekey {

/// A key's PIN and fingerprint: their tries, the two protocols and the tokens (CTAP 2.1, section
/// 6.5). Refuses by throwing `CtapRefusal`.
class ClientPin
{
public:
    static constexpr int MostTries = 8;
    static constexpr int TriesInOneSession = 3;
    static constexpr int MostFingerTries = 3;

    struct Rules
    {
        QList<int> protocols;
        bool permissions = true;
        int shortest = 4;
        QStringList refused = {};
        bool fingerprint = false;
    };

    explicit ClientPin(Rules rules);

    [[nodiscard]] bool isSet() const { return !m_pinHash.isEmpty(); }
    [[nodiscard]] int triesLeft() const { return m_retries; }
    [[nodiscard]] int shortest() const { return m_rules.shortest; }

    /// As a person would have set it elsewhere; empty for none.
    void set(const QString &pin);
    /// As if that many were left of eight.
    void setTriesLeft(int tries) { m_retries = tries; }
    /// The PIN proves nothing until it is changed (forcePINChange).
    void forceChange() { m_changeForced = true; }
    [[nodiscard]] bool isChangeForced() const { return m_changeForced; }
    void setFingerIsKnown(bool known) { m_fingerIsKnown = known; }
    void refuseProofs(int count) { m_proofsToRefuse = count; }
    /// The three tries in a row start again, and tokens die.
    void powerCycle();
    void reset();

    /// The command 0x06. @p alwaysUv forbids the tokens of CTAP 2.0 nothing, but tells getInfo.
    [[nodiscard]] QCborMap handle(const QCborMap &request);

    /// Checks a `pinUvAuthParam` made with the token: it must be right, have @p permission and be
    /// for @p rpId, to which it gets bound now if it is bound to none. An empty @p rpId stands for
    /// a command that concerns all.
    void check(int protocol, const QByteArray &parameter, const QByteArray &message, int permission,
               const QString &rpId);
    /// A credential was made or used: a token is good for one of them.
    void useUp();
    [[nodiscard]] bool supports(int protocol) const { return m_rules.protocols.contains(protocol); }

    [[nodiscard]] bool hasFingerTries() const { return m_fingerTries > 0; }
    /// A finger is laid on; a wrong one costs a try, the right one or a PIN gives all back.
    [[nodiscard]] bool tryFinger();

private:
    struct Secret; ///< The shared secret of one request.

    [[nodiscard]] Secret secretFor(const QCborMap &request) const;
    void store(const QByteArray &padded);
    void tryPin(const Secret &secret, const QByteArray &encryptedHash);
    void refuseIfChangeIsForced() const;
    [[nodiscard]] QCborMap newToken(const Secret &secret, int permissions, const QString &rpId);
    void newAgreementKey();

    const Rules m_rules;

    QByteArray m_pinHash; ///< LEFT(SHA-256(PIN), 16)
    int m_retries = MostTries;
    int m_failuresInARow = 0;
    int m_fingerTries = MostFingerTries;
    bool m_changeForced = false;
    bool m_fingerIsKnown = true;
    int m_proofsToRefuse = 0;
    KeyPair m_agreementKey;
    QByteArray m_token;
    int m_tokenPermissions = 0;
    QString m_tokenRpId;
};

} // namespace Sparekey
