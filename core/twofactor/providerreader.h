// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/session.h"
#include "core/api/provider.h"
#include "core/twofactor/lastreading.h"
#include "core/twofactor/openedprovider.h"
#include "core/twofactor/proof.h"
#include "core/twofactor/providerdetails.h"
#include "core/twofactor/providerrequests.h"

#include <memory>

namespace Sparekey {

template<class Details>
/// What a look right before a change has found.
struct SinceShown
{
    Details now;
    bool unchanged = false; ///< It is still as it was shown.
};

/// Reads the two-step login methods of one account, and answers the questions around a change: is
/// the method still as it was shown, and did the change take effect? Changes nothing. Lives in the
/// GUI thread; shared, because tasks keep it alive.
class ProviderReader : public std::enable_shared_from_this<ProviderReader>
{
public:
    virtual ~ProviderReader();

    [[nodiscard]] const std::shared_ptr<Session> &session() const { return m_requests.session(); }

    /// Makes the proof for every `open…`, from the master password, or from the emailed code if the
    /// account has no master password. Nothing is sent yet.
    [[nodiscard]] QCoro::Task<Result<SharedProof>> prove(SecureBuffer secret);

    // `POST /two-factor/get-…`. `WrongSecret` if the password was wrong, `PremiumRequired` if even
    // reading requires premium.
    [[nodiscard]] QCoro::Task<Result<OpenedProvider<AuthenticatorDetails>>>
    openAuthenticator(SharedProof proof);
    [[nodiscard]] QCoro::Task<Result<OpenedProvider<EmailDetails>>> openEmail(SharedProof proof);
    [[nodiscard]] QCoro::Task<Result<OpenedProvider<DuoDetails>>> openDuo(SharedProof proof);
    [[nodiscard]] QCoro::Task<Result<OpenedProvider<YubicoOtpDetails>>>
    openYubicoOtp(SharedProof proof);
    [[nodiscard]] QCoro::Task<Result<OpenedProvider<PasskeyDetails>>>
    openPasskeys(SharedProof proof);

    // Called right before a change, so that a change made elsewhere since `open…` is not
    // overwritten. `ProofExpired` if the check needs another proof.

    /// The method is still on or off, as it was shown. Also true if this cannot be checked without
    /// using up an emailed code.
    [[nodiscard]] QCoro::Task<Result<bool>> isUnchanged(SharedProof proof, ProviderType type,
                                                        bool on);
    [[nodiscard]] QCoro::Task<Result<SinceShown<YubicoOtpDetails>>>
    yubicoOtpSince(SharedProof proof, YubicoOtpDetails shown);
    [[nodiscard]] QCoro::Task<Result<SinceShown<PasskeyDetails>>>
    passkeysSince(SharedProof proof, PasskeyDetails shown);
    /// The current passkeys, after a change with an unknown outcome.
    [[nodiscard]] QCoro::Task<Result<PasskeyDetails>> passkeysNow(SharedProof proof);

protected:
    ProviderReader(std::shared_ptr<Session> session, const QString &organizationId);

    // Did a change take effect?
    QCoro::Task<Result<bool>> isInState(SharedProof proof, ProviderType type, bool on);
    QCoro::Task<Result<bool>> isEmailSetTo(SharedProof proof, QString address);
    QCoro::Task<Result<bool>> isDuoSetTo(SharedProof proof,
                                         std::shared_ptr<const DuoSettings> settings);
    /// The current details are written to `found`.
    QCoro::Task<Result<bool>> isYubicoOtpSetTo(SharedProof proof, YubicoOtpDetails::Keys keys,
                                               bool nfc, std::shared_ptr<YubicoOtpDetails> found);
    QCoro::Task<Result<bool>> isPasskeyThere(SharedProof proof, Passkey key);
    QCoro::Task<Result<bool>> isPasskeyGone(SharedProof proof, qint64 id);

    ProviderRequests m_requests;
    LastReading<YubicoOtpDetails> m_yubicoOtp{m_requests, ProviderType::YubicoOtp, yubicoOtpFrom};
    LastReading<PasskeyDetails> m_passkeys{m_requests, ProviderType::Passkey, passkeysFrom};

private:
    QCoro::Task<Result<bool>> isOn(SharedProof proof, ProviderType type);
};

} // namespace Sparekey
