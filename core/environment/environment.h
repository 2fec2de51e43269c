// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"

#include <QList>
#include <QSslCertificate>
#include <QString>
#include <QUrl>

namespace Sparekey {

/// Where an account lives: the addresses of one server and the certificate authorities trusted for
/// it. A value; all addresses are absolute, without trailing slash, and https (plain http only to
/// this computer itself).
struct Environment
{
    enum class Region {
        UnitedStates,
        EuropeanUnion,
        SelfHosted,
    };

    Region region = Region::UnitedStates;
    QUrl webVault;
    QUrl api;
    QUrl identity;
    /// The user's own certificate authority, on top of the system's.
    QString certificateAuthorityFile;
    QList<QSslCertificate> certificateAuthorities;

    [[nodiscard]] static Environment cloud(Region region);

    /// What a person calls it: "bitwarden.com", "bitwarden.eu", or host, port and path.
    [[nodiscard]] QString title() const;
    /// The page where a recovery code is used: `<web vault>/#/recover-2fa`.
    [[nodiscard]] QUrl recoveryPage() const;

    /// The same addresses and the same authorities.
    bool operator==(const Environment &) const = default;
};

/// What the user entered for a self-hosted server; every text but the base may be empty.
struct SelfHostedAddresses
{
    enum class Field {
        Base,
        WebVault,
        Api,
        Identity,
        CertificateAuthority,
    };

    QString base;
    QString webVault = {};
    QString api = {};
    QString identity = {};
    QString certificateAuthorityFile = {};
};

/// Which of the entered addresses is not usable, and why.
struct AddressProblem
{
    SelfHostedAddresses::Field field;
    Error error; ///< InvalidAddress, InsecureAddress or CertificateFileUnusable
};

/// Makes an environment from what was entered: `https://` is added, trailing slashes are removed,
/// the API is at `<base>/api` and the identity server at `<base>/identity` unless given.
[[nodiscard]] tl::expected<Environment, AddressProblem>
selfHostedEnvironment(const SelfHostedAddresses &entered);

/// This computer itself: `localhost`, 127.0.0.0/8 or ::1.
[[nodiscard]] bool isLoopback(const QUrl &url);

} // namespace Sparekey
