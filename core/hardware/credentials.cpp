// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/credentials.h"

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

} // namespace Sparekey
