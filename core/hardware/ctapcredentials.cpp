// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// authenticatorCredentialManagement (CTAP 2.1, 6.8).

#include "core/hardware/ctapdevice.h"
#include "core/hardware/fidohandles.h"
#include "core/hardware/keytext.h"
#include "core/hardware/userverification.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

Result<DiscoverableCredentials> CtapDevice::credentials(const SecureBuffer &pin)
{
    const auto info = capabilities();
    if (!info)
        return fail(info.error());
    if (!info->managesCredentials)
        return failureOfKind(ErrorKind::KeyLacksOption);
    const SecureBuffer pinText = pinForKey(pin);

    DiscoverableCredentials found;
    const Fido::Metadata metadata(fido_credman_metadata_new());
    const Fido::RelyingParties parties(fido_credman_rp_new());
    if (!metadata || !parties)
        return failureOfKind(ErrorKind::KeyFailure, u"no memory"_s);
    int result = callWithoutTouch([&] {
        return fido_credman_get_dev_metadata(m_device.get(), metadata.get(), pinPointer(pinText));
    });
    if (result != FIDO_OK)
        return proofFailure(result);
    found.remainingSlots = Fido::limited(fido_credman_rk_remaining(metadata.get()));
    result = callWithoutTouch([&] {
        return fido_credman_get_dev_rp(m_device.get(), parties.get(), pinPointer(pinText));
    });
    if (result == FIDO_ERR_NO_CREDENTIALS)
        return found;
    if (result != FIDO_OK)
        return proofFailure(result);

    for (std::size_t i = 0; i < fido_credman_rp_count(parties.get()); ++i) {
        const char *rpId = fido_credman_rp_id(parties.get(), i);
        const Fido::ResidentCredentials resident(fido_credman_rk_new());
        if (!rpId || !resident)
            return failureOfKind(ErrorKind::KeyAnswerInvalid, u"a credential for nobody"_s);
        result = callWithoutTouch([&] {
            return fido_credman_get_dev_rk(m_device.get(), rpId, resident.get(),
                                           pinPointer(pinText));
        });
        if (result == FIDO_ERR_NO_CREDENTIALS)
            continue;
        if (result != FIDO_OK)
            return proofFailure(result);
        for (std::size_t j = 0; j < fido_credman_rk_count(resident.get()); ++j) {
            const fido_cred_t *credential = fido_credman_rk(resident.get(), j);
            found.credentials.append(DiscoverableCredential{
                .rpId = shownKeyText(rpId),
                .rpName = shownKeyText(fido_credman_rp_name(parties.get(), i)),
                .credentialId = Fido::bytes(fido_cred_id_ptr(credential),
                                            fido_cred_id_len(credential)),
                .userId = Fido::bytes(fido_cred_user_id_ptr(credential),
                                      fido_cred_user_id_len(credential)),
                .userName = shownKeyText(fido_cred_user_name(credential)),
                .userDisplayName = shownKeyText(fido_cred_display_name(credential)),
            });
        }
    }
    return found;
}

Result<void> CtapDevice::deleteCredential(const QByteArray &id, const SecureBuffer &pin)
{
    const auto info = capabilities();
    if (!info)
        return fail(info.error());
    if (!info->managesCredentials)
        return failureOfKind(ErrorKind::KeyLacksOption);
    const SecureBuffer pinText = pinForKey(pin);
    const int result = callWithoutTouch([&] {
        return fido_credman_del_dev_rk(m_device.get(), Fido::data(id), Fido::size(id),
                                       pinPointer(pinText));
    });
    if (result != FIDO_OK)
        return proofFailure(result);
    return {};
}

} // namespace Sparekey
