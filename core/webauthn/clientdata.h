// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

namespace Sparekey {

/// What the signature is for (WebAuthn Level 2, 5.8.1).
enum class Ceremony {
    Create, ///< webauthn.create
    Get,    ///< webauthn.get
};

/// The client data, byte for byte as browsers write it (5.8.1.1): members in the order of the
/// specification, no white space, `crossOrigin` false. The key signs its SHA-256, so the very same
/// bytes have to go to the server.
[[nodiscard]] QByteArray clientDataJson(Ceremony ceremony, const QByteArray &challenge,
                                        const QString &origin);

} // namespace Sparekey
