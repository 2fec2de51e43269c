// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/webauthn/clientdata.h"

#include "core/webauthn/base64url.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

/// CCDToString of 5.8.1.1, on UTF-8.
QByteArray quoted(const QString &text)
{
    QByteArray json = "\""_ba;
    const QByteArray bytes = text.toUtf8();
    for (const char byte : bytes) {
        const auto code = static_cast<unsigned char>(byte);
        if (byte == '"' || byte == '\\') {
            json += '\\';
            json += byte;
        } else if (code < 0x20 || code == 0x7f) {
            json += "\\u00"_ba + QByteArray(1, byte).toHex();
        } else {
            json += byte;
        }
    }
    return json + '"';
}

} // namespace

QByteArray clientDataJson(Ceremony ceremony, const QByteArray &challenge, const QString &origin)
{
    const QString type = ceremony == Ceremony::Create ? u"webauthn.create"_s : u"webauthn.get"_s;
    return "{\"type\":"_ba + quoted(type) + ",\"challenge\":"_ba + quoted(toBase64Url(challenge))
        + ",\"origin\":"_ba + quoted(origin) + ",\"crossOrigin\":false}"_ba;
}

} // namespace Sparekey
