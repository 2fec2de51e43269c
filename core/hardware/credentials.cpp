// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/credentials.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace Sparekey {

bool CredentialPublicKey::isWellFormed() const
{
    switch (static_cast<CoseAlgorithm>(algorithm)) {
    case CoseAlgorithm::Es256: return bytes.size() == 64;
    case CoseAlgorithm::EdDsa: return bytes.size() == 32;
    case CoseAlgorithm::Es384: return bytes.size() == 96;
    case CoseAlgorithm::Rs256: return bytes.size() == 259;
    }
    return false;
}

QStringList standardTransports(const QStringList &reported)
{
    static const QStringList known{u"ble"_s, u"hybrid"_s,     u"internal"_s,
                                   u"nfc"_s, u"smart-card"_s, u"usb"_s};
    QStringList transports;
    std::ranges::copy_if(known, std::back_inserter(transports),
                         [&reported](const QString &name) { return reported.contains(name); });
    return transports;
}

} // namespace Sparekey
