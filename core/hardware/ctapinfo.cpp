// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a key reports about itself: authenticatorGetInfo (CTAP 2.1, 6.4) and its PIN retries
// (6.5.5.2).

#include "core/hardware/ctapdevice.h"
#include "core/hardware/fidohandles.h"
#include "core/hardware/keytext.h"

#include <algorithm>
#include <fido/param.h>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

QStringList texts(char **all, std::size_t count)
{
    QStringList list;
    for (std::size_t i = 0; i < count; ++i)
        list += shownKeyText(all[i]);
    return list;
}

} // namespace

Result<KeyInfo> CtapDevice::capabilities()
{
    if (m_capabilities)
        return *m_capabilities;
    KeyInfo info;
    info.fido2 = fido_dev_is_fido2(m_device.get());
    if (!m_card) {
        info.deviceVersion = u"%1.%2.%3"_s.arg(fido_dev_major(m_device.get()))
                                 .arg(fido_dev_minor(m_device.get()))
                                 .arg(fido_dev_build(m_device.get()));
    }
    if (!info.fido2) {
        info.versions = {u"U2F_V2"_s};
        info.algorithms = {COSE_ES256};
        m_capabilities = info;
        return info;
    }
    const Fido::CborInfo cbor(fido_cbor_info_new());
    if (!cbor)
        return failureOfKind(ErrorKind::KeyFailure, u"no memory"_s);
    const int result = callWithoutTouch(
        [&] { return fido_dev_get_cbor_info(m_device.get(), cbor.get()); });
    if (result != FIDO_OK)
        return failure(result);

    info.versions = texts(fido_cbor_info_versions_ptr(cbor.get()),
                          fido_cbor_info_versions_len(cbor.get()));
    if (info.versions.isEmpty())
        return failureOfKind(ErrorKind::KeyAnswerInvalid, u"no versions"_s);
    info.extensions = texts(fido_cbor_info_extensions_ptr(cbor.get()),
                            fido_cbor_info_extensions_len(cbor.get()));
    info.transports = texts(fido_cbor_info_transports_ptr(cbor.get()),
                            fido_cbor_info_transports_len(cbor.get()));
    info.aaguid = Fido::bytes(fido_cbor_info_aaguid_ptr(cbor.get()),
                              fido_cbor_info_aaguid_len(cbor.get()));
    info.firmware = fido_cbor_info_fwversion(cbor.get());
    char **names = fido_cbor_info_options_name_ptr(cbor.get());
    const bool *values = fido_cbor_info_options_value_ptr(cbor.get());
    for (std::size_t i = 0; i < fido_cbor_info_options_len(cbor.get()); ++i) {
        const QByteArrayView name(names[i]);
        if (name == "clientPin"_ba)
            info.pin = values[i] ? KeyInfo::Pin::Set : KeyInfo::Pin::NotSet;
        else if (name == "uv"_ba)
            info.builtInVerification = values[i];
        else if (name == "alwaysUv"_ba)
            info.alwaysVerifies = values[i];
        else if (name == "makeCredUvNotRqd"_ba)
            info.verifiesForRegistration = !values[i];
        else if (name == "credMgmt"_ba || name == "credentialMgmtPreview"_ba)
            info.managesCredentials = info.managesCredentials || values[i];
    }
    info.pinChangeForced = fido_cbor_info_new_pin_required(cbor.get());
    if (const quint64 least = fido_cbor_info_minpinlen(cbor.get()))
        info.minPinLength = std::clamp(Fido::limited(least), 4, static_cast<int>(LongestPin));
    if (const qint64 remaining = fido_cbor_info_rk_remaining(cbor.get()); remaining >= 0)
        info.remainingSlots = Fido::limited(static_cast<quint64>(remaining));
    for (std::size_t i = 0; i < fido_cbor_info_algorithm_count(cbor.get()); ++i)
        info.algorithms += fido_cbor_info_algorithm_cose(cbor.get(), i);
    if (info.algorithms.isEmpty())
        info.algorithms = {COSE_ES256};
    info.maxMessageSize = Fido::limited(fido_cbor_info_maxmsgsiz(cbor.get()));
    info.maxCredentialsInList = Fido::limited(fido_cbor_info_maxcredcntlst(cbor.get()));
    info.maxCredentialIdLength = Fido::limited(fido_cbor_info_maxcredidlen(cbor.get()));
    m_capabilities = info;
    return info;
}

Result<KeyInfo> CtapDevice::info()
{
    auto info = capabilities();
    if (!info || info->pin != KeyInfo::Pin::Set)
        return info;
    int tries = 0;
    const int result = callWithoutTouch(
        [&] { return fido_dev_get_retry_count(m_device.get(), &tries); });
    if (result == FIDO_OK)
        info->pinRetries = tries;
    else if (result < 0)
        return failure(result);
    return info;
}

} // namespace Sparekey
