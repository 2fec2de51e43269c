// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Whole KDBX files. The input is a header and the payload behind it; keys, HMACs and encryption are
// added here, as the fuzzer cannot guess them. What opens can be written and opened again.

#include "core/kdbx/ciphers.h"
#include "core/kdbx/digests.h"
#include "core/kdbx/hmacblocks.h"
#include "core/kdbx/kdbx.h"
#include "core/secret/wipedstack.h"

#include <cstdint>
#include <cstdlib>

using namespace Sparekey;

namespace {

// A header as short as the fuzzer's inputs, with the cheapest key derivation.
KdbxHeader headerFor(quint8 choice)
{
    KdbxHeader header;
    header.cipher = (choice & 1U) != 0 ? KdbxCipher::ChaCha20 : KdbxCipher::Aes256Cbc;
    header.compressed = (choice & 2U) != 0;
    header.masterSeed = QByteArray(32, 'm');
    header.encryptionIv = QByteArray(ivSize(header.cipher), 'i');
    header.kdf = argon2idParameters(quint64{8} * 1024, 1, 1);
    header.kdf.setBytes("S", QByteArray(32, 's'));
    return header;
}

QByteArray sealed(const KdbxHeader &header, const SecureBuffer &derivedKey, QByteArrayView payload)
{
    const SecureBuffer key = sha256({header.masterSeed, derivedKey.view()});
    QByteArray ciphertext(payload.size(), '\0');
    if (header.cipher == KdbxCipher::Aes256Cbc) {
        ciphertext = encryptAesCbc(key.view(), header.encryptionIv, payload);
    } else {
        ChaCha20(key.view(), header.encryptionIv)
            .apply(payload, reinterpret_cast<unsigned char *>(ciphertext.data()));
    }
    const QByteArray octets = outerHeaderOctets(header);
    const SecureBuffer hmacKey = hmacKeyOf(header.masterSeed, derivedKey);
    return octets + sha256({octets}).view().toByteArray()
        + headerHmac(octets, hmacKey).view().toByteArray() + hmacBlocks(ciphertext, hmacKey);
}

KdbxLimits cheapLimits()
{
    KdbxLimits limits;
    limits.kdfMemory = quint64{64} * 1024;
    limits.kdfWork = quint64{128} * 1024;
    limits.kdfLanes = 2;
    limits.aesRounds = 1000;
    limits.payload = qsizetype{1024} * 1024;
    return limits;
}

void run(QByteArrayView octets)
{
    const auto limits = cheapLimits();
    CompositeKey key;
    if (!key.setPassphrase(SecureBuffer::copyOf("passphrase")))
        std::abort();
    (void)openKdbx(octets, key, limits);

    const auto header = headerFor(static_cast<quint8>(octets.front()));
    static const auto derivedKey = deriveKdbxKey(header.kdf, key);
    const auto opened = openKdbxWith(sealed(header, *derivedKey, octets.sliced(1)), *derivedKey,
                                     limits);
    if (!opened)
        return;
    const auto file = writeKdbxWith(*opened, *derivedKey);
    const auto again = file ? openKdbxWith(*file, *derivedKey, limits)
                            : KdbxResult<KdbxDatabase>(tl::unexpected(file.error()));
    if (!again || again->root != opened->root || again->binaries != opened->binaries
        || again->otherInnerFields != opened->otherInnerFields)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    // One wiped stack for all calls, as making them takes longer than the rest.
    if (size > 0)
        callOnWipedStack([&] { run(QByteArrayView(data, qsizetype(size))); });
    return 0;
}
