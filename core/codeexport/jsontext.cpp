// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codeexport/jsontext.h"

namespace Sparekey {

void appendJsonText(SecureBuffer &json, QByteArrayView text)
{
    constexpr char digits[] = "0123456789abcdef";
    json.append("\"");
    qsizetype copied = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto octet = static_cast<unsigned char>(text[i]);
        if (octet >= 0x20 && octet != '"' && octet != '\\')
            continue;
        json.append(text.sliced(copied, i - copied));
        copied = i + 1;
        const char escaped[] = {'\\', 'u', '0', '0', digits[octet >> 4U], digits[octet & 0xFU]};
        json.append(QByteArrayView(escaped, 6));
    }
    json.append(text.sliced(copied));
    json.append("\"");
}

} // namespace Sparekey
