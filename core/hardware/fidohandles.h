// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/fido2library.h"

#include <QByteArray>

#include <algorithm>
#include <memory>

namespace Sparekey::Fido {

// Owning pointers to libfido2's objects, and conversions of bytes to and from it. Use in the key's
// thread.

/// Deletes through a function of libfido2 that takes the address of the pointer.
template<class T, auto &FreeFunction>
struct FreeByAddress
{
    void operator()(T *pointer) const { FreeFunction(&pointer); }
};

template<class T, auto &FreeFunction>
using Handle = std::unique_ptr<T, FreeByAddress<T, FreeFunction>>;

using Device = Handle<fido_dev_t, fido_dev_free>;
using CborInfo = Handle<fido_cbor_info_t, fido_cbor_info_free>;
using Credential = Handle<fido_cred_t, fido_cred_free>;
using Assertion = Handle<fido_assert_t, fido_assert_free>;
using Metadata = Handle<fido_credman_metadata_t, fido_credman_metadata_free>;
using RelyingParties = Handle<fido_credman_rp_t, fido_credman_rp_free>;
using ResidentCredentials = Handle<fido_credman_rk_t, fido_credman_rk_free>;
using Es256Key = Handle<es256_pk_t, es256_pk_free>;
using Es384Key = Handle<es384_pk_t, es384_pk_free>;
using EdDsaKey = Handle<eddsa_pk_t, eddsa_pk_free>;
using Rs256Key = Handle<rs256_pk_t, rs256_pk_free>;

[[nodiscard]] inline QByteArray bytes(const unsigned char *data, std::size_t size)
{
    return data ? QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size))
                : QByteArray();
}

[[nodiscard]] inline const unsigned char *data(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

[[nodiscard]] inline std::size_t size(const QByteArray &bytes)
{
    return static_cast<std::size_t>(bytes.size());
}

/// Limits a number that a key reports, which may be any value.
[[nodiscard]] inline int limited(quint64 value)
{
    constexpr quint64 largest = 1 << 20;
    return static_cast<int>(std::min(value, largest));
}

} // namespace Sparekey::Fido
