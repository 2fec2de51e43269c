// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Whatever a server asks of a key: it is either refused or something that a key can be asked, for
// the account's own server.

#include "core/webauthn/credentialids.h"
#include "core/webauthn/passkeyassertion.h"
#include "core/webauthn/passkeyregistration.h"

#include <QJsonDocument>

#include <cstdint>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

const QUrl vault(u"https://vault.example.com"_s);

void insist(bool ok)
{
    if (!ok)
        qFatal("a promise of core/webauthn is broken");
}

bool isOwn(const QString &rpId)
{
    return rpId.compare("vault.example.com"_L1, Qt::CaseInsensitive) == 0
        || rpId.compare("example.com"_L1, Qt::CaseInsensitive) == 0;
}

void insistOnClientData(const QByteArray &json)
{
    const QJsonObject data = QJsonDocument::fromJson(json).object();
    insist(data.value("origin"_L1) == u"https://vault.example.com"_s);
    insist(data.value("challenge"_L1).toString().size() >= 22);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto bytes = SecureBuffer::copyOf(QByteArrayView(data, static_cast<qsizetype>(size)));
    const auto fields = JsonFields::parse(bytes);
    if (!fields)
        return 0;
    if (const auto registration = passkeyRegistrationFrom(*fields, vault)) {
        const MakeCredentialRequest &request = registration->request;
        insist(isOwn(request.rpId));
        insistOnClientData(request.clientDataJson);
        insist(!request.userId.isEmpty() && request.userId.size() <= 64);
        insist(request.rpName.toUtf8().size() <= 64);
        insist(request.userName.toUtf8().size() <= 64);
        insist(request.userDisplayName.toUtf8().size() <= 64);
        insist(!request.algorithms.isEmpty() && request.algorithms.size() <= 64);
        insist(request.excludeCredentials.size() <= MostCredentials);
    }
    if (const auto assertion = passkeyAssertionFrom(*fields, vault)) {
        insist(isOwn(assertion->request.rpId));
        insistOnClientData(assertion->request.clientDataJson);
        insist(!assertion->request.allowCredentials.isEmpty());
    }
    return 0;
}
