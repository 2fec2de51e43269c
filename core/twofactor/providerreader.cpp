// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/twofactor/providerreader.h"

#include "core/twofactor/providererrors.h"
#include "core/twofactor/twofactorapi.h"

#include <algorithm>

namespace Sparekey {

namespace {

template<class Details>
Result<bool> enabledIn(const Result<OpenedProvider<Details>> &opened)
{
    if (!opened)
        return fail(opened.error());
    return opened->details.enabled;
}

} // namespace

ProviderReader::ProviderReader(std::shared_ptr<Session> session, const QString &organizationId)
    : m_requests(std::move(session), organizationId)
{
}

ProviderReader::~ProviderReader() = default;

QCoro::Task<Result<SharedProof>> ProviderReader::prove(SecureBuffer secret)
{
    return Sparekey::prove(session(), std::move(secret));
}

QCoro::Task<Result<OpenedProvider<AuthenticatorDetails>>>
ProviderReader::openAuthenticator(SharedProof proof)
{
    const auto self = shared_from_this();
    const auto answer = co_await m_requests.readDetails(ProviderType::Authenticator, *proof);
    co_return withProofForChanges<AuthenticatorDetails>(answer, authenticatorFrom, proof);
}

QCoro::Task<Result<OpenedProvider<EmailDetails>>> ProviderReader::openEmail(SharedProof proof)
{
    const auto self = shared_from_this();
    const auto answer = co_await m_requests.readDetails(ProviderType::Email, *proof);
    co_return withProofForChanges<EmailDetails>(answer, emailFrom, proof);
}

QCoro::Task<Result<OpenedProvider<DuoDetails>>> ProviderReader::openDuo(SharedProof proof)
{
    const auto self = shared_from_this();
    const auto answer = co_await m_requests.readDetails(ProviderType::Duo, *proof);
    co_return withProofForChanges<DuoDetails>(answer, duoFrom, proof);
}

QCoro::Task<Result<OpenedProvider<YubicoOtpDetails>>>
ProviderReader::openYubicoOtp(SharedProof proof)
{
    const auto self = shared_from_this();
    co_return co_await m_yubicoOtp.open(std::move(proof));
}

QCoro::Task<Result<OpenedProvider<PasskeyDetails>>> ProviderReader::openPasskeys(SharedProof proof)
{
    const auto self = shared_from_this();
    co_return co_await m_passkeys.open(std::move(proof));
}

QCoro::Task<Result<bool>> ProviderReader::isUnchanged(SharedProof proof, ProviderType type, bool on)
{
    const auto self = shared_from_this();
    // The second look would get a new token although the user was not asked for the password again.
    if (proof->isExpired())
        co_return fail(ErrorKind::ProofExpired);
    const bool byEmail = !proof->emailedCode.isEmpty();
    if (type == ProviderType::OrganizationDuo) {
        // Not everyone who may change it may read its list, and an emailed code allows no further
        // look.
        if (byEmail)
            co_return true;
    } else {
        // Reading the settings themselves creates a new setup key for an authenticator that is off.
        const auto states = co_await fetchProviderStates(session());
        if (!states)
            co_return fail(states.error());
        const bool told = proof->alwaysLists(type) || states->contains(type);
        const bool same = states->value(type, false) == on;
        if (told || (same && byEmail))
            co_return same;
    }
    const auto isOn = co_await this->isOn(proof, type);
    if (!isOn)
        co_return fail(asProofExpired(isOn.error()));
    co_return *isOn == on;
}

QCoro::Task<Result<SinceShown<YubicoOtpDetails>>>
ProviderReader::yubicoOtpSince(SharedProof proof, YubicoOtpDetails shown)
{
    const auto self = shared_from_this();
    const auto now = co_await m_yubicoOtp.now(proof);
    if (!now)
        co_return fail(now.error());
    co_return SinceShown<YubicoOtpDetails>{*now, now->hasSameKeys(shown)};
}

QCoro::Task<Result<SinceShown<PasskeyDetails>>> ProviderReader::passkeysSince(SharedProof proof,
                                                                              PasskeyDetails shown)
{
    const auto self = shared_from_this();
    const auto now = co_await m_passkeys.now(proof);
    if (!now)
        co_return fail(now.error());
    co_return SinceShown<PasskeyDetails>{*now, now->hasSameKeys(shown)};
}

QCoro::Task<Result<PasskeyDetails>> ProviderReader::passkeysNow(SharedProof proof)
{
    const auto self = shared_from_this();
    co_return co_await m_passkeys.now(std::move(proof));
}

QCoro::Task<Result<bool>> ProviderReader::isInState(SharedProof proof, ProviderType type, bool on)
{
    const auto self = shared_from_this();
    // Not every account that may change an organization's Duo may read its list.
    if (type != ProviderType::OrganizationDuo) {
        const auto states = co_await fetchProviderStates(session());
        if (!states)
            co_return fail(states.error());
        if (proof->alwaysLists(type) || states->contains(type))
            co_return states->value(type, false) == on;
    }
    const auto isOn = co_await this->isOn(proof, type);
    if (!isOn)
        co_return fail(isOn.error());
    co_return *isOn == on;
}

QCoro::Task<Result<bool>> ProviderReader::isOn(SharedProof proof, ProviderType type)
{
    switch (type) {
    case ProviderType::Authenticator: co_return enabledIn(co_await openAuthenticator(proof));
    case ProviderType::Email: co_return enabledIn(co_await openEmail(proof));
    case ProviderType::Duo:
    case ProviderType::OrganizationDuo: co_return enabledIn(co_await openDuo(proof));
    case ProviderType::YubicoOtp: co_return enabledIn(co_await openYubicoOtp(proof));
    case ProviderType::Passkey: co_return enabledIn(co_await openPasskeys(proof));
    case ProviderType::U2f:
    case ProviderType::Remember:
    case ProviderType::RecoveryCode: break;
    }
    co_return fail(ErrorKind::NotOffered);
}

QCoro::Task<Result<bool>> ProviderReader::isEmailSetTo(SharedProof proof, QString address)
{
    const auto opened = co_await openEmail(proof);
    if (!opened)
        co_return fail(opened.error());
    co_return opened->details.enabled
        && opened->details.address.compare(address, Qt::CaseInsensitive) == 0;
}

QCoro::Task<Result<bool>> ProviderReader::isDuoSetTo(SharedProof proof,
                                                     std::shared_ptr<const DuoSettings> settings)
{
    // The values can no longer be read; only whether Duo is on can be checked.
    if (proof->isCodeSpent()) {
        const auto type = m_requests.isForOrganization() ? ProviderType::OrganizationDuo
                                                         : ProviderType::Duo;
        co_return co_await isInState(proof, type, true);
    }
    const auto opened = co_await openDuo(proof);
    if (!opened)
        co_return fail(opened.error());
    co_return isResultOf(opened->details, *settings);
}

QCoro::Task<Result<bool>> ProviderReader::isYubicoOtpSetTo(SharedProof proof,
                                                           YubicoOtpDetails::Keys keys, bool nfc,
                                                           std::shared_ptr<YubicoOtpDetails> found)
{
    const auto now = co_await m_yubicoOtp.now(proof);
    if (!now)
        co_return fail(now.error());
    *found = *now;
    co_return now->isResultOf(keys, nfc);
}

QCoro::Task<Result<bool>> ProviderReader::isPasskeyThere(SharedProof proof, Passkey key)
{
    const auto now = co_await m_passkeys.now(proof);
    if (!now)
        co_return fail(now.error());
    co_return now->has(key);
}

QCoro::Task<Result<bool>> ProviderReader::isPasskeyGone(SharedProof proof, qint64 id)
{
    const auto now = co_await m_passkeys.now(proof);
    if (!now)
        co_return fail(now.error());
    co_return std::none_of(now->keys.cbegin(), now->keys.cend(),
                           [id](const Passkey &key) { return key.id == id; });
}

} // namespace Sparekey
