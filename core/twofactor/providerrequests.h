// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/session.h"
#include "core/api/provider.h"
#include "core/twofactor/proof.h"
#include "core/twofactor/providerdetails.h"

#include <QJsonObject>
#include <QSet>

#include <memory>

namespace Sparekey {

/// The requests of two-step login: paths and bodies, and which of the two endpoints for turning off
/// this server has. Does not interpret the answers. Lives in the GUI thread; its owner keeps it
/// alive while a task runs.
class ProviderRequests
{
public:
    using Task = QCoro::Task<Result<HttpAnswer>>;

    /// For the providers of the account or, with an id, for the Duo of that organization.
    explicit ProviderRequests(std::shared_ptr<Session> session, const QString &organizationId = {});

    [[nodiscard]] const std::shared_ptr<Session> &session() const { return m_session; }
    [[nodiscard]] bool isForOrganization() const { return m_forOrganization; }

    /// `POST …/get-<provider>`.
    [[nodiscard]] Task readDetails(ProviderType type, const Proof &proof) const;

    /// `PUT /two-factor/authenticator`
    [[nodiscard]] Task turnOnAuthenticator(const Proof &proof, const SecureBuffer &key,
                                           const QString &code) const;
    /// `POST /two-factor/send-email`
    [[nodiscard]] Task sendEmailCode(const Proof &proof, const QString &address) const;
    /// `PUT /two-factor/email`
    [[nodiscard]] Task turnOnEmail(const Proof &proof, const QString &address,
                                   const QString &code) const;
    /// `PUT …/duo`
    [[nodiscard]] Task turnOnDuo(const Proof &proof, const DuoSettings &settings) const;
    /// `PUT /two-factor/yubikey`
    [[nodiscard]] Task writeYubicoOtp(const Proof &proof, const YubicoOtpDetails::Keys &keys,
                                      bool nfc) const;
    /// `POST /two-factor/get-webauthn-challenge`
    [[nodiscard]] Task beginPasskey(const Proof &proof) const;
    /// `PUT /two-factor/webauthn`
    [[nodiscard]] Task addPasskey(const Proof &proof, const Passkey &key,
                                  const QJsonObject &response) const;
    /// `DELETE /two-factor/webauthn`
    [[nodiscard]] Task removePasskey(const Proof &proof, qint64 id) const;

    /// By the provider's own DELETE if there is a token, by `PUT …/disable` if there is none. After
    /// 404 or 405 the other one is tried, and the result is remembered. `setupKey` may be
    /// null.
    [[nodiscard]] Task turnOff(SharedProof proof, ProviderType type,
                               std::shared_ptr<const SecureBuffer> setupKey);

private:
    [[nodiscard]] Task send(HttpMethod method, QStringView path, SecretJson body) const;
    [[nodiscard]] Task sendTurnOff(bool byDelete, const Proof &proof, ProviderType type,
                                   const SecureBuffer *setupKey) const;

    std::shared_ptr<Session> m_session;
    QString m_root; ///< What all paths begin with.
    bool m_forOrganization = false;
    QSet<ProviderType> m_deleteMissing; ///< Providers whose DELETE this server does not have.
    bool m_disableMissing = false;      ///< The server has no `PUT /two-factor/disable`.
};

} // namespace Sparekey
