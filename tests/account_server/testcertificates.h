// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSslConfiguration>
#include <QString>

#include <optional>

namespace Sparekey {

/// What the certificate of the server is like.
enum class CertificateKind {
    Good,       ///< "good": for localhost and 127.0.0.1, signed by the test CA.
    WrongHost,  ///< "wrong-host": signed by the test CA, for another name.
    Expired,    ///< "expired": signed by the test CA, out of date since yesterday.
    SelfSigned, ///< "self-signed": for the right names, signed by nobody.
};

[[nodiscard]] std::optional<CertificateKind> certificateKindFromName(const QString &name);

/// A certificate authority and a server certificate, made anew at each start, so that no private
/// key ever lies in a file.
struct TestCertificates
{
    QByteArray authorityPem; ///< What a client has to trust.
    QSslConfiguration server;
};

/// @return nothing if OpenSSL fails.
[[nodiscard]] std::optional<TestCertificates> makeTestCertificates(CertificateKind kind);

} // namespace Sparekey
