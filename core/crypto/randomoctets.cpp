// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/crypto/randomoctets.h"

#include "core/crypto/cryptolibraries.h"

namespace Sparekey {

Result<QByteArray> randomOctets(int count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    if (RAND_bytes(reinterpret_cast<unsigned char *>(bytes.data()), count) != 1)
        return fail(ErrorKind::Cryptography);
    return bytes;
}

} // namespace Sparekey
