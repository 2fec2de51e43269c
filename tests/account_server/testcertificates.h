// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSslConfiguration>
#include <QString>

#include <optional>

namespace Sparekey {

/// The kind of the server's certificate.
enum class CertificateKind {
    Good,       ///< "good": for localhost and 127.0.0.1, signed by the test CA.
    WrongHost,  ///< "wrong-host": signed by the test CA, for another name.
    Expired,    ///< "expired": signed by the test CA, expired yesterday.
    SelfSigned, ///< "self-signed": for the right names, not signed by a CA.
};

[[nodiscard]] std::optional<CertificateKind> certificateKindFromName(const QString &name);

/// A certificate authority and a server certificate, created at each start, so that no private key
/// is stored in a file.
struct TestCertificates
{
    QByteArray authorityPem; ///< The certificate that clients have to trust.
    QSslConfiguration server;
};

/// @return nothing if OpenSSL fails.
[[nodiscard]] std::optional<TestCertificates> makeTestCertificates(CertificateKind kind);

} // namespace Sparekey
