// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/session.h"
#include "core/api/provider.h"
#include "core/twofactor/proof.h"
#include "core/twofactor/providerdetails.h"
#include "core/webauthn/passkeyregistration.h"

#include <QDateTime>
#include <QSet>

#include <functional>
#include <memory>
#include <optional>

namespace Sparekey {

/// What a provider's settings are, and what the server wants to see with a change of them.
template<class Details>
struct OpenedProvider
{
    Details details;
    SharedProof proof;
    QDateTime serverTime; ///< The server's clock when it answered; invalid if it did not say.
};

/// Reads and changes the two-step login methods of one account. The only place that knows how the
/// generations of servers differ; it tells them apart by their answers alone:
/// - details flat or nested under the provider's name (`providerdetails.h`);
/// - `userVerificationToken` given or not: it goes along with every write when it was (`Proof`);
/// - turned off by a DELETE of its own where there is a token, by `PUT /two-factor/disable` where
///   there is none; after 404 or 405 the other way once, which is remembered.
///
/// A change whose answer was lost, or says nothing, is never guessed at: the state is read back.
/// If that fails too the error is `OutcomeUnknown`; if it shows that the change was not made,
/// the error says so (`Error::nothingChanged`). Lives in the GUI thread; shared, because tasks
/// keep it alive.
class ProviderApi : public std::enable_shared_from_this<ProviderApi>
{
public:
    explicit ProviderApi(std::shared_ptr<Session> session);
    /// For the Duo of an organization (`/organizations/{id}/two-factor`), which is all that
    /// organizations have: `openDuo`, `turnOnDuo` and `turnOff` of `OrganizationDuo`. The id is
    /// that of a `ManagedOrganization`.
    ProviderApi(std::shared_ptr<Session> session, const QString &organizationId);

    [[nodiscard]] const std::shared_ptr<Session> &session() const { return m_session; }

    /// The proof that every `open…` starts with: of the master password, or of the mailed code
    /// where the account has no master password. Nothing is sent yet.
    [[nodiscard]] QCoro::Task<Result<SharedProof>> prove(SecureBuffer secret);

    // `POST /two-factor/get-…`. `WrongSecret` if the password was wrong, `PremiumNeeded` where
    // even looking needs premium.
    [[nodiscard]] QCoro::Task<Result<OpenedProvider<AuthenticatorDetails>>>
    openAuthenticator(SharedProof proof);
    [[nodiscard]] QCoro::Task<Result<OpenedProvider<EmailDetails>>> openEmail(SharedProof proof);
    [[nodiscard]] QCoro::Task<Result<OpenedProvider<DuoDetails>>> openDuo(SharedProof proof);
    [[nodiscard]] QCoro::Task<Result<OpenedProvider<YubicoOtpDetails>>>
    openYubicoOtp(SharedProof proof);
    [[nodiscard]] QCoro::Task<Result<OpenedProvider<PasskeyDetails>>>
    openPasskeys(SharedProof proof);

    // The settings right before a change, so that what was changed elsewhere since `open…` is not
    // overwritten. `ProofExpired` if it takes another proof to tell.
    //
    // To look again with a mailed code is not possible where the first look has used it up
    // (official servers since 2026.7.2, whose `get-…` take no token). There the account's revision
    // date tells for nothing whether what was last seen with this proof still holds.
    [[nodiscard]] QCoro::Task<Result<YubicoOtpDetails>> yubicoOtpNow(SharedProof proof);
    [[nodiscard]] QCoro::Task<Result<PasskeyDetails>> passkeysNow(SharedProof proof);

    /// `PUT /two-factor/authenticator`. `key` as `openAuthenticator` gave it, `code` six digits.
    [[nodiscard]] QCoro::Task<Result<void>> turnOnAuthenticator(SharedProof proof, SecureBuffer key,
                                                                QString code);

    /// `POST /two-factor/send-email`: mails a code to `address`. Vaultwarden forgets the address
    /// in use, if there is one, as soon as this is asked for.
    [[nodiscard]] QCoro::Task<Result<void>> sendEmailCode(SharedProof proof, QString address);

    /// `PUT /two-factor/email`: turns it on, or changes the address.
    [[nodiscard]] QCoro::Task<Result<void>> turnOnEmail(SharedProof proof, QString address,
                                                        QString code);

    /// What a person types. The secret is in locked memory. All are empty to use what the
    /// administrator has set up (`DuoDetails::setUpForAll`); anywhere else that is no setting.
    struct DuoSettings
    {
        QString clientId;          ///< 20 letters and digits.
        SecureBuffer clientSecret; ///< 40 letters and digits.
        QString host;              ///< api-….duosecurity.com
    };
    /// `PUT /two-factor/duo`. The server asks Duo whether the settings are right.
    [[nodiscard]] QCoro::Task<Result<void>> turnOnDuo(SharedProof proof,
                                                      std::shared_ptr<const DuoSettings> settings);

    /// `PUT /two-factor/yubikey` replaces all five: a key's id to keep it, a fresh code of 44
    /// characters to add it, nothing to drop it. Codes are good for one try.
    [[nodiscard]] QCoro::Task<Result<YubicoOtpDetails>>
    writeYubicoOtp(SharedProof proof, std::array<QString, YubicoOtpDetails::Slots> keys, bool nfc);

    /// `POST /two-factor/get-webauthn-challenge`: what a new key shall be asked. An earlier
    /// challenge is void from then on. Besides the server's refusals it fails as
    /// `passkeyRegistrationFrom`.
    [[nodiscard]] QCoro::Task<Result<PasskeyRegistration>> beginPasskey(SharedProof proof);

    /// `PUT /two-factor/webauthn`: registers the key that gave `response` (`deviceResponse`), under
    /// the lowest number that none of `known` has. The challenge is used up, whatever comes of it.
    [[nodiscard]] QCoro::Task<Result<void>> addPasskey(SharedProof proof, PasskeyDetails known,
                                                       QString name, QJsonObject response);

    /// Removes one passkey (`DELETE /two-factor/webauthn`). If it is the last of `known` the whole
    /// method is turned off instead: official servers refuse to delete the last one, others would
    /// ask for a key that nobody has.
    [[nodiscard]] QCoro::Task<Result<void>> removePasskey(SharedProof proof, qint64 id,
                                                          PasskeyDetails known);

    /// Turns a method off. `authenticatorKey` as `openAuthenticator` gave it, else empty.
    [[nodiscard]] QCoro::Task<Result<void>> turnOff(SharedProof proof, ProviderType type,
                                                    SecureBuffer authenticatorKey = {});

private:
    using ReadBack = std::function<QCoro::Task<Result<bool>>()>;

    /// How a method is looked at, and what was seen last where that has used a mailed code up.
    template<class Details>
    struct Look
    {
        QString resource;
        Result<Details> (*read)(const HttpAnswer &);
        std::weak_ptr<const Proof> proof = {}; ///< That the look has given.
        Details details = {};
        std::optional<qint64> revision = {}; ///< Nothing if the server did not say.
        /// Of the look, or of the last change that the server has confirmed. Nothing once a change
        /// has been sent, so that what became of it is never taken from here.
        std::optional<Proof::Clock::time_point> time = {};
    };

    [[nodiscard]] HttpRequest request(HttpMethod method, QStringView path, SecureBuffer body) const;
    QCoro::Task<Result<HttpAnswer>> open(QString name, SharedProof proof);
    // `look` is a member of this.
    template<class Details>
    QCoro::Task<Result<OpenedProvider<Details>>> look(Look<Details> *look, SharedProof proof);
    template<class Details>
    QCoro::Task<Result<Details>> lookAgain(Look<Details> *look, SharedProof proof);
    /// A change of ours has led to `details`.
    template<class Details>
    QCoro::Task<void> noteChange(Look<Details> *look, SharedProof proof, Details details);
    QCoro::Task<std::optional<qint64>> revisionDate();
    QCoro::Task<Result<HttpAnswer>> sendTurnOff(bool byDelete, SharedProof proof, ProviderType type,
                                                SecureBuffer authenticatorKey);
    QCoro::Task<Result<void>> settle(Error error, ReadBack isDone);
    QCoro::Task<Result<bool>> isInState(SharedProof proof, ProviderType type, bool on);
    QCoro::Task<Result<bool>> isOn(SharedProof proof, ProviderType type);
    QCoro::Task<Result<bool>> emailIs(SharedProof proof, QString address);
    QCoro::Task<Result<bool>> passkeyIsThere(SharedProof proof, qint64 id);
    QCoro::Task<Result<bool>> passkeyIsGone(SharedProof proof, qint64 id);

    std::shared_ptr<Session> m_session;
    Look<YubicoOtpDetails> m_yubicoOtp{.resource = QStringLiteral("yubikey"),
                                       .read = yubicoOtpFrom};
    Look<PasskeyDetails> m_passkeys{.resource = QStringLiteral("webauthn"), .read = passkeysFrom};
    QString m_root;                     ///< What all paths begin with.
    QString m_organizationId = {};      ///< Empty for the account's own providers.
    QSet<ProviderType> m_deleteMissing; ///< Providers whose DELETE this server does not have.
    bool m_disableMissing = false;      ///< The server has no `PUT /two-factor/disable`.
};

} // namespace Sparekey
