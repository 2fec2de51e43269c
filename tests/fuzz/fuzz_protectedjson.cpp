// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Password-protected exports of Bitwarden, with the passphrase of the seeds. Expensive key
// derivations are left out: they would take all the time.

#include "core/codeimport/protectedjson.h"
#include "tests/fuzz/require.h"

#include <cstdint>

using namespace Sparekey;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    constexpr qint64 MostIterations = 5000;
    const auto file = JsonFields::parse(
        SecureBuffer::copyOf(QByteArrayView(data, qsizetype(size))));
    if (!file || file->number(u"kdfType").value_or(0) != 0
        || file->number(u"kdfIterations").value_or(0) > MostIterations)
        return 0;
    const auto plain = openProtectedJson(*file, SecureBuffer::copyOf("passphrase"));
    if (plain)
        return 0;
    const ErrorKind kind = plain.error().kind;
    require(kind == ErrorKind::ImportDamaged || kind == ErrorKind::PassphraseRefused
            || kind == ErrorKind::ImportKdfTooLarge);
    return 0;
}
