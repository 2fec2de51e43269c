// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codeimport/base64secret.h"

namespace Sparekey {

namespace {

// -1 if it is not of the alphabet.
int valueOf(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '+' || c == '-')
        return 62;
    return c == '/' || c == '_' ? 63 : -1;
}

} // namespace

std::optional<SecureBuffer> secretFromBase64(QByteArrayView text)
{
    for (int padding = 0; padding < 2 && text.endsWith('='); ++padding)
        text.chop(1);
    if (text.size() % 4 == 1)
        return std::nullopt;
    SecureBuffer octets(text.size() * 3 / 4);
    qsizetype size = 0;
    unsigned bits = 0;
    unsigned count = 0;
    for (const char c : text) {
        const int value = valueOf(c);
        if (value < 0)
            return std::nullopt;
        bits = bits << 6U | static_cast<unsigned>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            octets.data()[size++] = static_cast<unsigned char>(bits >> count);
        }
    }
    octets.truncate(size);
    return octets;
}

} // namespace Sparekey
