// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codeimport/protectedjson.h"

#include "core/codeimport/base64secret.h"
#include "core/crypto/kdf.h"
#include "core/crypto/randomoctets.h"
#include "core/kdbx/ciphers.h"
#include "core/kdbx/digests.h"
#include "core/kdbx/guardedkdbx.h"

#include <QJsonDocument>
#include <QUuid>

#include <optional>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

/// The two keys of an EncString of type 2.
struct ExportKeys
{
    SecureBuffer encryption;
    SecureBuffer mac;
};

// HKDF-Expand (RFC 5869 §2.3) for one block, as the clients stretch a key.
SecureBuffer expanded(const SecureBuffer &key, QByteArrayView info)
{
    return hmacSha256(key.view(), {info, "\x01"});
}

enum class DecryptionFault { Form, Mac };

// "2.<iv>|<ciphertext>|<mac>", each in base64: AES-256-CBC, then HMAC-SHA-256 over IV and
// ciphertext.
tl::expected<SecureBuffer, DecryptionFault> decrypted(QByteArrayView text, const ExportKeys &keys)
{
    const auto first = text.indexOf('|');
    const auto second = text.indexOf('|', first + 1);
    if (!text.startsWith("2.") || first < 0 || second < 0)
        return tl::unexpected(DecryptionFault::Form);
    const auto iv = secretFromBase64(text.sliced(2, first - 2));
    const auto ciphertext = secretFromBase64(text.sliced(first + 1, second - first - 1));
    const auto mac = secretFromBase64(text.sliced(second + 1));
    if (!iv || !ciphertext || !mac || iv->size() != 16 || mac->size() != 32 || ciphertext->isEmpty()
        || ciphertext->size() % 16 != 0)
        return tl::unexpected(DecryptionFault::Form);
    if (!hmacSha256(keys.mac.view(), {iv->view(), ciphertext->view()}).equals(mac->view()))
        return tl::unexpected(DecryptionFault::Mac);
    auto plain = decryptAesCbc(keys.encryption.view(), iv->view(), ciphertext->view());
    if (!plain)
        return tl::unexpected(DecryptionFault::Form);
    return *std::move(plain);
}

// Throws `CryptoFailure`.
Result<QByteArray> encrypted(QByteArrayView plain, const ExportKeys &keys)
{
    const auto iv = randomOctets(16);
    if (!iv)
        return fail(iv.error());
    const QByteArray ciphertext = encryptAesCbc(keys.encryption.view(), *iv, plain);
    const SecureBuffer mac = hmacSha256(keys.mac.view(), {*iv, ciphertext});
    return "2." + iv->toBase64() + '|' + ciphertext.toBase64() + '|'
        + mac.view().toByteArray().toBase64();
}

ExportKeys keysFrom(const SecureBuffer &key)
{
    return {.encryption = expanded(key, "enc"), .mac = expanded(key, "mac")};
}

std::optional<KdfSettings> kdfOf(const JsonFields &file)
{
    const auto type = file.number(u"kdfType");
    const auto iterations = file.number(u"kdfIterations");
    if (!type || !iterations || *type < 0 || *type > 1)
        return std::nullopt;
    return KdfSettings{.type = static_cast<KdfType>(*type),
                       .iterations = *iterations,
                       .memoryMiB = file.number(u"kdfMemory").value_or(0),
                       .parallelism = file.number(u"kdfParallelism").value_or(0)};
}

// What a file may ask for; the clients themselves write 600 000 rounds, or 3 passes of 64 MiB.
bool isAffordable(const KdfSettings &kdf)
{
    if (assess(kdf) == KdfVerdict::TooLarge)
        return false;
    return kdf.type == KdfType::Pbkdf2Sha256 ? kdf.iterations <= 2'000'000 : kdf.iterations <= 10;
}

} // namespace

Result<SecureBuffer> openProtectedJson(const JsonFields &file, const SecureBuffer &passphrase)
{
    const auto kdf = kdfOf(file);
    const QString salt = file.text(u"salt");
    if (!kdf || salt.isEmpty())
        return fail(ErrorKind::ImportDamaged);
    if (!isAffordable(*kdf))
        return fail({.kind = ErrorKind::ImportKdfTooLarge, .subject = describe(*kdf)});
    if (passphrase.isEmpty())
        return fail(ErrorKind::ImportPassphraseRequired);
    const auto key = deriveMasterKey(passphrase, salt, *kdf);
    if (!key) {
        const auto kind = key.error().kind == ErrorKind::KdfTooLarge ? ErrorKind::ImportKdfTooLarge
                                                                     : key.error().kind;
        return fail({.kind = kind, .subject = key.error().subject});
    }
    Result<SecureBuffer> data = fail(ErrorKind::ImportDamaged);
    const QByteArray check = file.text(u"encKeyValidation_DO_NOT_EDIT").toLatin1();
    const QByteArray text = file.text(u"data").toLatin1();
    const auto done = guardedKdbx([&]() -> KdbxResult<void> {
        const ExportKeys keys = keysFrom(*key);
        const auto checked = decrypted(check, keys);
        if (!checked) {
            if (checked.error() == DecryptionFault::Mac)
                data = fail(ErrorKind::PassphraseRefused);
            return {};
        }
        if (auto plain = decrypted(text, keys))
            data = *std::move(plain);
        return {};
    });
    if (!done)
        return fail({.kind = ErrorKind::Cryptography, .detail = done.error().detail});
    return data;
}

Result<QByteArray> sealProtectedJson(const SecureBuffer &plain, const SecureBuffer &passphrase)
{
    const KdfSettings kdf{.type = KdfType::Pbkdf2Sha256, .iterations = 600'000};
    const auto saltOctets = randomOctets(16);
    if (!saltOctets)
        return fail(saltOctets.error());
    const QString salt = QString::fromLatin1(saltOctets->toBase64());
    const auto key = deriveMasterKey(passphrase, salt, kdf);
    if (!key)
        return fail(key.error());
    const QByteArray check = QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    Result<QByteArray> sealedCheck = fail(ErrorKind::Cryptography);
    Result<QByteArray> sealed = fail(ErrorKind::Cryptography);
    const auto done = guardedKdbx([&]() -> KdbxResult<void> {
        const ExportKeys keys = keysFrom(*key);
        sealedCheck = encrypted(check, keys);
        sealed = encrypted(plain.view(), keys);
        return {};
    });
    if (!done || !sealedCheck || !sealed)
        return fail(ErrorKind::Cryptography);
    const QJsonObject file{
        {u"encrypted"_s, true},
        {u"passwordProtected"_s, true},
        {u"salt"_s, salt},
        {u"kdfType"_s, static_cast<int>(kdf.type)},
        {u"kdfIterations"_s, kdf.iterations},
        {u"encKeyValidation_DO_NOT_EDIT"_s, QString::fromLatin1(*sealedCheck)},
        {u"data"_s, QString::fromLatin1(*sealed)},
    };
    return QJsonDocument(file).toJson();
}

} // namespace Sparekey
