// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/webauthn/credentialids.h"

#include "core/webauthn/base64url.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

/// WebAuthn Level 2, 4: "at most 1023 bytes".
constexpr qsizetype LongestId = 1023;

} // namespace

QList<QByteArray> credentialIds(const JsonFields &options, QStringView member)
{
    QList<QByteArray> ids;
    const auto list = options.array(member);
    for (const QJsonValue &entry : list) {
        const JsonFields descriptor(entry.toObject());
        if (descriptor.text(u"type") != "public-key"_L1)
            continue;
        const auto id = fromBase64Url(descriptor.text(u"id"));
        if (id && id->size() <= LongestId && !ids.contains(*id))
            ids.append(*id);
    }
    return ids;
}

} // namespace Sparekey
