// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Compares core's key derivations with the plain libraries, alternating in one process.

#include "core/crypto/kdf.h"
#include "tests/bench/pairs.h"

#include <QCryptographicHash>

#include <argon2.h>
#include <array>
#include <cstdlib>
#include <openssl/evp.h>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

using Key = std::array<unsigned char, 32>;

const QByteArray password = "violet kettle harbour seven"_ba;
const QString salt = u"demo@sparekey.example"_s;

SecureBuffer derived(const KdfSettings &settings)
{
    auto key = deriveMasterKey(SecureBuffer::copyOf(password), salt, settings);
    if (!key)
        std::abort();
    return std::move(*key);
}

/// A fast result must also be correct.
void mustBeEqual(const SecureBuffer &ours, const Key &reference)
{
    if (ours.equals(QByteArrayView(reference.data(), qsizetype(reference.size()))))
        return;
    std::fputs("The key differs from the reference's.\n", stderr);
    std::exit(1);
}

void comparePbkdf2()
{
    const KdfSettings settings{.type = KdfType::Pbkdf2Sha256, .iterations = 600'000};
    const QByteArray saltBytes = salt.toUtf8();
    Key reference{};
    const auto theirs = [&] {
        PKCS5_PBKDF2_HMAC(password.constData(), int(password.size()),
                          reinterpret_cast<const unsigned char *>(saltBytes.constData()),
                          int(saltBytes.size()), 600'000, EVP_sha256(), int(reference.size()),
                          reference.data());
    };
    SecureBuffer key;
    const auto ours = [&] {
        key = derived(settings);
    };
    comparePairs(u"pbkdf2-600000"_s, ours, theirs);
    mustBeEqual(key, reference);
}

void compareArgon2()
{
    const KdfSettings settings{.type = KdfType::Argon2id,
                               .iterations = 3,
                               .memoryMiB = 64,
                               .parallelism = 4};
    const QByteArray saltHash = QCryptographicHash::hash(salt.toUtf8(), QCryptographicHash::Sha256);
    Key reference{};
    const auto theirs = [&] {
        argon2id_hash_raw(3, 64 * 1024, 4, password.constData(), std::size_t(password.size()),
                          saltHash.constData(), std::size_t(saltHash.size()), reference.data(),
                          reference.size());
    };
    SecureBuffer key;
    const auto ours = [&] {
        key = derived(settings);
    };
    comparePairs(u"argon2id-3-64-4"_s, ours, theirs);
    mustBeEqual(key, reference);
}

} // namespace

int main()
{
    comparePbkdf2();
    compareArgon2();
    return 0;
}
