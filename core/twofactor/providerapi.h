// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/twofactor/providerreader.h"
#include "core/webauthn/passkeyregistration.h"

#include <functional>
#include <memory>

namespace Sparekey {

/// Reads and changes the two-step login methods of one account. Together with the other files of
/// this folder, this is the only place that knows how the generations of servers differ. It tells
/// them apart only by their answers:
/// - details flat or nested under the provider's name (`providerdetails.h`);
/// - `userVerificationToken` given or not: if it was, it is sent with every write (`Proof`);
/// - if a token no longer fits the state of the method, another look gets a fresh one, and the
///   change is sent once more;
/// - the two ways of turning off (`ProviderRequests`).
///
/// Before a change, a view-model asks whether the method is still as it was shown (`isUnchanged`,
/// `…Since`). If the answer to the change is lost or inconclusive, the state is read back, so that
/// the result is never a guess. If that fails too, the error is `OutcomeUnknown`; if it shows that
/// the change was not made, the error says so (`Error::nothingChanged`).
///
/// Lives in the GUI thread; shared, because tasks keep it alive.
class ProviderApi : public ProviderReader
{
public:
    explicit ProviderApi(std::shared_ptr<Session> session);
    /// For the Duo of an organization (`/organizations/{id}/two-factor`), the only method that
    /// organizations have: `openDuo`, `turnOnDuo` and `turnOff` of `OrganizationDuo`. The id is
    /// that of a `ManagedOrganization`.
    ProviderApi(std::shared_ptr<Session> session, const QString &organizationId);
    ~ProviderApi() override;

    /// `key` as `openAuthenticator` gave it, `code` six digits.
    [[nodiscard]] QCoro::Task<Result<void>> turnOnAuthenticator(SharedProof proof, SecureBuffer key,
                                                                QString code);

    /// Emails a code to `address`. Vaultwarden forgets the current address, if there is one, as
    /// soon as it gets this request (`Proof::mayDropAddress`). `AddressNotChangeable` if the method
    /// is on and has to be turned off first.
    [[nodiscard]] QCoro::Task<Result<void>> sendEmailCode(SharedProof proof, QString address);

    /// Turns it on, or changes the address.
    [[nodiscard]] QCoro::Task<Result<void>> turnOnEmail(SharedProof proof, QString address,
                                                        QString code);

    /// The server asks Duo whether the settings are right; `DuoRefused` if not, or if Duo cannot be
    /// reached.
    [[nodiscard]] QCoro::Task<Result<void>> turnOnDuo(SharedProof proof,
                                                      std::shared_ptr<const DuoSettings> settings);

    /// Replaces all five keys: a key's id keeps it, a fresh code of 44 characters adds it, an empty
    /// text removes it. A code can be used only once.
    [[nodiscard]] QCoro::Task<Result<YubicoOtpDetails>>
    writeYubicoOtp(SharedProof proof, YubicoOtpDetails::Keys keys, bool nfc);

    /// Gets the request for a new passkey, and voids an earlier challenge. Errors: the server's
    /// refusals, and those of `passkeyRegistrationFrom`.
    [[nodiscard]] QCoro::Task<Result<PasskeyRegistration>> beginPasskey(SharedProof proof);

    /// Registers the key that gave `response` (`deviceResponse`) as `key`, which is
    /// `PasskeyDetails::next` of `known`. The challenge is used up whatever the outcome. @return
    /// the keys after the change.
    [[nodiscard]] QCoro::Task<Result<PasskeyDetails>>
    addPasskey(SharedProof proof, PasskeyDetails known, Passkey key, QJsonObject response);

    /// Removes one passkey. If it is the last of `known` the whole method is turned off instead:
    /// official servers refuse to delete the last one, others would go on to ask for a key that no
    /// longer exists.
    [[nodiscard]] QCoro::Task<Result<void>> removePasskey(SharedProof proof, qint64 id,
                                                          PasskeyDetails known);

    /// Turns a method off. `setupKey` as `openAuthenticator` gave it, else empty.
    [[nodiscard]] QCoro::Task<Result<void>> turnOff(SharedProof proof, ProviderType type,
                                                    SecureBuffer setupKey = {});

private:
    using Send = std::function<ProviderRequests::Task()>;
    using ReadBack = std::function<QCoro::Task<Result<bool>>()>;

    [[nodiscard]] std::shared_ptr<ProviderApi> self();
    QCoro::Task<Result<HttpAnswer>> sendProven(SharedProof proof, ProviderType type, Send send);
    QCoro::Task<Result<void>> change(SharedProof proof, ProviderType type, Send send,
                                     ReadBack isDone);
    QCoro::Task<Result<void>> settle(Error error, ReadBack isDone);
};

} // namespace Sparekey
