// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/credentials.h"
#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QTest>

namespace Sparekey {

// What the tests of keys ask of one; each changes what matters to it.

inline const QString rpId = QStringLiteral("vault.sparekey.example");

[[nodiscard]] inline MakeCredentialRequest registration()
{
    return {.clientDataJson = QByteArrayLiteral(R"({"type":"webauthn.create"})"),
            .rpId = rpId,
            .rpName = QStringLiteral("Vault"),
            .userId = QByteArrayLiteral("user-1"),
            .userName = QStringLiteral("demo@sparekey.example"),
            .userDisplayName = QStringLiteral("Demo"),
            .algorithms = {static_cast<int>(CoseAlgorithm::Es256),
                           static_cast<int>(CoseAlgorithm::Rs256)}};
}

[[nodiscard]] inline GetAssertionRequest signIn(const QList<QByteArray> &credentials)
{
    return {.clientDataJson = QByteArrayLiteral(R"({"type":"webauthn.get"})"),
            .rpId = rpId,
            .allowCredentials = credentials};
}

[[nodiscard]] inline SecureBuffer pin(const char *text)
{
    return SecureBuffer::copyOf(text);
}

#define COMPARE_ERROR(result, expected)                                                            \
    do {                                                                                           \
        QVERIFY(!(result));                                                                        \
        QCOMPARE((result).error().kind, expected);                                                 \
    } while (false)

} // namespace Sparekey
