// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/webauthn/base64url.h"

namespace Sparekey {

QString toBase64Url(QByteArrayView bytes)
{
    return QString::fromLatin1(bytes.toByteArray().toBase64(QByteArray::Base64UrlEncoding
                                                            | QByteArray::OmitTrailingEquals));
}

std::optional<QByteArray> fromBase64Url(const QString &text)
{
    QByteArray letters = text.toLatin1();
    for (int padding = 0; padding < 2 && letters.endsWith('='); ++padding)
        letters.chop(1);
    letters.replace('+', '-').replace('/', '_');
    const auto decoded = QByteArray::fromBase64Encoding(
        letters,
        QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals
            | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.isEmpty())
        return {};
    // A single character after the last group of four encodes no whole byte.
    if (letters.size() % 4 == 1)
        return {};
    return decoded.decoded;
}

} // namespace Sparekey
