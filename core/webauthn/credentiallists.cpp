// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/webauthn/credentiallists.h"

#include "core/webauthn/base64url.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

/// WebAuthn Level 2, 4: "at most 1023 bytes".
constexpr qsizetype LongestId = 1023;

/// {"id": bytes, "type": "public-key"} in CBOR.
qsizetype encodedSize(const QByteArray &id)
{
    constexpr qsizetype WithoutId = 20;
    constexpr qsizetype LongestHead = 3;
    return WithoutId + LongestHead + id.size();
}

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

QList<QList<QByteArray>> credentialBatches(const QList<QByteArray> &ids,
                                           const CredentialListLimits &limits)
{
    const qsizetype room = limits.messageSize - limits.otherBytes;
    QList<QList<QByteArray>> batches;
    qsizetype used = 0;
    for (const QByteArray &id : ids) {
        const qsizetype size = encodedSize(id);
        if (size > room || (limits.idLength > 0 && id.size() > limits.idLength))
            continue;
        const bool fits = !batches.isEmpty() && used + size <= room
            && batches.constLast().size() < limits.inList;
        if (!fits) {
            batches.append(QList<QByteArray>());
            used = 0;
        }
        batches.last().append(id);
        used += size;
    }
    return batches;
}

} // namespace Sparekey
