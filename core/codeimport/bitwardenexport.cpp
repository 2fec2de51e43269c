// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codeimport/jsonexports.h"

#include "core/codeimport/base64secret.h"
#include "core/codeimport/vaultitem.h"
#include "core/crypto/kdf.h"
#include "core/kdbx/ciphers.h"
#include "core/kdbx/digests.h"
#include "core/kdbx/guardedkdbx.h"

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

Result<SecureBuffer> decryptedExport(const JsonFields &file, const SecureBuffer &passphrase)
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
        const ExportKeys keys{.encryption = expanded(*key, "enc"), .mac = expanded(*key, "mac")};
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

SecretBytes secretOf(const JsonFields &fields, QStringView name)
{
    return SecretBytes(fields.secret(name).view());
}

VaultItem itemOf(const JsonFields &item)
{
    const JsonFields login = item.object(u"login");
    VaultItem vaultItem{
        .title = item.text(u"name"),
        .account = login.text(u"username"),
        .address = JsonFields(login.array(u"uris").at(0).toObject()).text(u"uri"),
        .fields = {},
        .setupKey = secretOf(login, u"totp"),
        .notes = secretOf(item, u"notes"),
    };
    for (const QJsonValue &value : item.array(u"fields")) {
        const JsonFields field(value.toObject());
        vaultItem.fields.append({.name = field.text(u"name"), .value = secretOf(field, u"value")});
    }
    return vaultItem;
}

Result<ImportResult> importItems(const JsonFields &file)
{
    ImportResult result;
    for (const QJsonValue &item : file.array(u"items")) {
        const auto found = foundInVaultItem(itemOf(JsonFields(item.toObject())));
        result.found.append(found);
        if (found.isEmpty())
            ++result.skipped;
    }
    if (result.found.isEmpty())
        return fail(ErrorKind::ImportNothingFound);
    return result;
}

} // namespace

bool isBitwardenExport(const JsonFields &file)
{
    return file.has(u"encKeyValidation_DO_NOT_EDIT")
        || (file.has(u"encrypted") && (file.has(u"items") || file.has(u"data")));
}

Result<ImportResult> importBitwarden(const JsonFields &file, const SecureBuffer &passphrase)
{
    if (!file.boolean(u"encrypted").value_or(false))
        return importItems(file);
    if (!file.boolean(u"passwordProtected").value_or(false))
        return fail(ErrorKind::ImportAccountBound);
    const auto data = decryptedExport(file, passphrase);
    if (!data)
        return fail(data.error());
    const auto plain = JsonFields::parse(*data);
    if (!plain)
        return fail(ErrorKind::ImportDamaged);
    return importItems(*plain);
}

} // namespace Sparekey
