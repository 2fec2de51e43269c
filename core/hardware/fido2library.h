// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/latelibrary/latelibrary.h"

#include <fido.h>
#include <fido/credman.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/es384.h>
#include <fido/rs256.h>

namespace Sparekey {

/// libfido2, loaded when a key is first used. Inside our namespace these names refer to its
/// functions; call `fido2Library.load()` before the first call.
inline constexpr LateLibrary fido2Library("fido2", SPAREKEY_FIDO2_VERSION);

inline const LateFunction<decltype(::eddsa_pk_free)> eddsa_pk_free(fido2Library, "eddsa_pk_free");
inline const LateFunction<decltype(::eddsa_pk_from_ptr)> eddsa_pk_from_ptr(fido2Library,
                                                                           "eddsa_pk_from_ptr");
inline const LateFunction<decltype(::eddsa_pk_new)> eddsa_pk_new(fido2Library, "eddsa_pk_new");
inline const LateFunction<decltype(::es256_pk_free)> es256_pk_free(fido2Library, "es256_pk_free");
inline const LateFunction<decltype(::es256_pk_from_ptr)> es256_pk_from_ptr(fido2Library,
                                                                           "es256_pk_from_ptr");
inline const LateFunction<decltype(::es256_pk_new)> es256_pk_new(fido2Library, "es256_pk_new");
inline const LateFunction<decltype(::es384_pk_free)> es384_pk_free(fido2Library, "es384_pk_free");
inline const LateFunction<decltype(::es384_pk_from_ptr)> es384_pk_from_ptr(fido2Library,
                                                                           "es384_pk_from_ptr");
inline const LateFunction<decltype(::es384_pk_new)> es384_pk_new(fido2Library, "es384_pk_new");
inline const LateFunction<decltype(::fido_assert_allow_cred)>
    fido_assert_allow_cred(fido2Library, "fido_assert_allow_cred");
inline const LateFunction<decltype(::fido_assert_authdata_len)>
    fido_assert_authdata_len(fido2Library, "fido_assert_authdata_len");
inline const LateFunction<decltype(::fido_assert_authdata_ptr)>
    fido_assert_authdata_ptr(fido2Library, "fido_assert_authdata_ptr");
inline const LateFunction<decltype(::fido_assert_count)> fido_assert_count(fido2Library,
                                                                           "fido_assert_count");
inline const LateFunction<decltype(::fido_assert_flags)> fido_assert_flags(fido2Library,
                                                                           "fido_assert_flags");
inline const LateFunction<decltype(::fido_assert_free)> fido_assert_free(fido2Library,
                                                                         "fido_assert_free");
inline const LateFunction<decltype(::fido_assert_id_len)> fido_assert_id_len(fido2Library,
                                                                             "fido_assert_id_len");
inline const LateFunction<decltype(::fido_assert_id_ptr)> fido_assert_id_ptr(fido2Library,
                                                                             "fido_assert_id_ptr");
inline const LateFunction<decltype(::fido_assert_new)> fido_assert_new(fido2Library,
                                                                       "fido_assert_new");
inline const LateFunction<decltype(::fido_assert_set_clientdata)>
    fido_assert_set_clientdata(fido2Library, "fido_assert_set_clientdata");
inline const LateFunction<decltype(::fido_assert_set_clientdata_hash)>
    fido_assert_set_clientdata_hash(fido2Library, "fido_assert_set_clientdata_hash");
inline const LateFunction<decltype(::fido_assert_set_rp)> fido_assert_set_rp(fido2Library,
                                                                             "fido_assert_set_rp");
inline const LateFunction<decltype(::fido_assert_set_up)> fido_assert_set_up(fido2Library,
                                                                             "fido_assert_set_up");
inline const LateFunction<decltype(::fido_assert_set_uv)> fido_assert_set_uv(fido2Library,
                                                                             "fido_assert_set_uv");
inline const LateFunction<decltype(::fido_assert_sig_len)>
    fido_assert_sig_len(fido2Library, "fido_assert_sig_len");
inline const LateFunction<decltype(::fido_assert_sig_ptr)>
    fido_assert_sig_ptr(fido2Library, "fido_assert_sig_ptr");
inline const LateFunction<decltype(::fido_assert_user_id_len)>
    fido_assert_user_id_len(fido2Library, "fido_assert_user_id_len");
inline const LateFunction<decltype(::fido_assert_user_id_ptr)>
    fido_assert_user_id_ptr(fido2Library, "fido_assert_user_id_ptr");
inline const LateFunction<decltype(::fido_assert_verify)> fido_assert_verify(fido2Library,
                                                                             "fido_assert_verify");
inline const LateFunction<decltype(::fido_cbor_info_aaguid_len)>
    fido_cbor_info_aaguid_len(fido2Library, "fido_cbor_info_aaguid_len");
inline const LateFunction<decltype(::fido_cbor_info_aaguid_ptr)>
    fido_cbor_info_aaguid_ptr(fido2Library, "fido_cbor_info_aaguid_ptr");
inline const LateFunction<decltype(::fido_cbor_info_algorithm_cose)>
    fido_cbor_info_algorithm_cose(fido2Library, "fido_cbor_info_algorithm_cose");
inline const LateFunction<decltype(::fido_cbor_info_algorithm_count)>
    fido_cbor_info_algorithm_count(fido2Library, "fido_cbor_info_algorithm_count");
inline const LateFunction<decltype(::fido_cbor_info_extensions_len)>
    fido_cbor_info_extensions_len(fido2Library, "fido_cbor_info_extensions_len");
inline const LateFunction<decltype(::fido_cbor_info_extensions_ptr)>
    fido_cbor_info_extensions_ptr(fido2Library, "fido_cbor_info_extensions_ptr");
inline const LateFunction<decltype(::fido_cbor_info_free)>
    fido_cbor_info_free(fido2Library, "fido_cbor_info_free");
inline const LateFunction<decltype(::fido_cbor_info_fwversion)>
    fido_cbor_info_fwversion(fido2Library, "fido_cbor_info_fwversion");
inline const LateFunction<decltype(::fido_cbor_info_maxcredcntlst)>
    fido_cbor_info_maxcredcntlst(fido2Library, "fido_cbor_info_maxcredcntlst");
inline const LateFunction<decltype(::fido_cbor_info_maxcredidlen)>
    fido_cbor_info_maxcredidlen(fido2Library, "fido_cbor_info_maxcredidlen");
inline const LateFunction<decltype(::fido_cbor_info_maxmsgsiz)>
    fido_cbor_info_maxmsgsiz(fido2Library, "fido_cbor_info_maxmsgsiz");
inline const LateFunction<decltype(::fido_cbor_info_minpinlen)>
    fido_cbor_info_minpinlen(fido2Library, "fido_cbor_info_minpinlen");
inline const LateFunction<decltype(::fido_cbor_info_new)> fido_cbor_info_new(fido2Library,
                                                                             "fido_cbor_info_new");
inline const LateFunction<decltype(::fido_cbor_info_new_pin_required)>
    fido_cbor_info_new_pin_required(fido2Library, "fido_cbor_info_new_pin_required");
inline const LateFunction<decltype(::fido_cbor_info_options_len)>
    fido_cbor_info_options_len(fido2Library, "fido_cbor_info_options_len");
inline const LateFunction<decltype(::fido_cbor_info_options_name_ptr)>
    fido_cbor_info_options_name_ptr(fido2Library, "fido_cbor_info_options_name_ptr");
inline const LateFunction<decltype(::fido_cbor_info_options_value_ptr)>
    fido_cbor_info_options_value_ptr(fido2Library, "fido_cbor_info_options_value_ptr");
inline const LateFunction<decltype(::fido_cbor_info_rk_remaining)>
    fido_cbor_info_rk_remaining(fido2Library, "fido_cbor_info_rk_remaining");
inline const LateFunction<decltype(::fido_cbor_info_transports_len)>
    fido_cbor_info_transports_len(fido2Library, "fido_cbor_info_transports_len");
inline const LateFunction<decltype(::fido_cbor_info_transports_ptr)>
    fido_cbor_info_transports_ptr(fido2Library, "fido_cbor_info_transports_ptr");
inline const LateFunction<decltype(::fido_cbor_info_versions_len)>
    fido_cbor_info_versions_len(fido2Library, "fido_cbor_info_versions_len");
inline const LateFunction<decltype(::fido_cbor_info_versions_ptr)>
    fido_cbor_info_versions_ptr(fido2Library, "fido_cbor_info_versions_ptr");
inline const LateFunction<decltype(::fido_cred_attstmt_len)>
    fido_cred_attstmt_len(fido2Library, "fido_cred_attstmt_len");
inline const LateFunction<decltype(::fido_cred_attstmt_ptr)>
    fido_cred_attstmt_ptr(fido2Library, "fido_cred_attstmt_ptr");
inline const LateFunction<decltype(::fido_cred_authdata_raw_len)>
    fido_cred_authdata_raw_len(fido2Library, "fido_cred_authdata_raw_len");
inline const LateFunction<decltype(::fido_cred_authdata_raw_ptr)>
    fido_cred_authdata_raw_ptr(fido2Library, "fido_cred_authdata_raw_ptr");
inline const LateFunction<decltype(::fido_cred_display_name)>
    fido_cred_display_name(fido2Library, "fido_cred_display_name");
inline const LateFunction<decltype(::fido_cred_exclude)> fido_cred_exclude(fido2Library,
                                                                           "fido_cred_exclude");
inline const LateFunction<decltype(::fido_cred_flags)> fido_cred_flags(fido2Library,
                                                                       "fido_cred_flags");
inline const LateFunction<decltype(::fido_cred_fmt)> fido_cred_fmt(fido2Library, "fido_cred_fmt");
inline const LateFunction<decltype(::fido_cred_free)> fido_cred_free(fido2Library,
                                                                     "fido_cred_free");
inline const LateFunction<decltype(::fido_cred_id_len)> fido_cred_id_len(fido2Library,
                                                                         "fido_cred_id_len");
inline const LateFunction<decltype(::fido_cred_id_ptr)> fido_cred_id_ptr(fido2Library,
                                                                         "fido_cred_id_ptr");
inline const LateFunction<decltype(::fido_cred_new)> fido_cred_new(fido2Library, "fido_cred_new");
inline const LateFunction<decltype(::fido_cred_pubkey_len)>
    fido_cred_pubkey_len(fido2Library, "fido_cred_pubkey_len");
inline const LateFunction<decltype(::fido_cred_pubkey_ptr)>
    fido_cred_pubkey_ptr(fido2Library, "fido_cred_pubkey_ptr");
inline const LateFunction<decltype(::fido_cred_set_clientdata)>
    fido_cred_set_clientdata(fido2Library, "fido_cred_set_clientdata");
inline const LateFunction<decltype(::fido_cred_set_rk)> fido_cred_set_rk(fido2Library,
                                                                         "fido_cred_set_rk");
inline const LateFunction<decltype(::fido_cred_set_rp)> fido_cred_set_rp(fido2Library,
                                                                         "fido_cred_set_rp");
inline const LateFunction<decltype(::fido_cred_set_type)> fido_cred_set_type(fido2Library,
                                                                             "fido_cred_set_type");
inline const LateFunction<decltype(::fido_cred_set_user)> fido_cred_set_user(fido2Library,
                                                                             "fido_cred_set_user");
inline const LateFunction<decltype(::fido_cred_set_uv)> fido_cred_set_uv(fido2Library,
                                                                         "fido_cred_set_uv");
inline const LateFunction<decltype(::fido_cred_type)> fido_cred_type(fido2Library,
                                                                     "fido_cred_type");
inline const LateFunction<decltype(::fido_cred_user_id_len)>
    fido_cred_user_id_len(fido2Library, "fido_cred_user_id_len");
inline const LateFunction<decltype(::fido_cred_user_id_ptr)>
    fido_cred_user_id_ptr(fido2Library, "fido_cred_user_id_ptr");
inline const LateFunction<decltype(::fido_cred_user_name)>
    fido_cred_user_name(fido2Library, "fido_cred_user_name");
inline const LateFunction<decltype(::fido_cred_verify)> fido_cred_verify(fido2Library,
                                                                         "fido_cred_verify");
inline const LateFunction<decltype(::fido_cred_verify_self)>
    fido_cred_verify_self(fido2Library, "fido_cred_verify_self");
inline const LateFunction<decltype(::fido_cred_x5c_ptr)> fido_cred_x5c_ptr(fido2Library,
                                                                           "fido_cred_x5c_ptr");
inline const LateFunction<decltype(::fido_credman_del_dev_rk)>
    fido_credman_del_dev_rk(fido2Library, "fido_credman_del_dev_rk");
inline const LateFunction<decltype(::fido_credman_get_dev_metadata)>
    fido_credman_get_dev_metadata(fido2Library, "fido_credman_get_dev_metadata");
inline const LateFunction<decltype(::fido_credman_get_dev_rk)>
    fido_credman_get_dev_rk(fido2Library, "fido_credman_get_dev_rk");
inline const LateFunction<decltype(::fido_credman_get_dev_rp)>
    fido_credman_get_dev_rp(fido2Library, "fido_credman_get_dev_rp");
inline const LateFunction<decltype(::fido_credman_metadata_free)>
    fido_credman_metadata_free(fido2Library, "fido_credman_metadata_free");
inline const LateFunction<decltype(::fido_credman_metadata_new)>
    fido_credman_metadata_new(fido2Library, "fido_credman_metadata_new");
inline const LateFunction<decltype(::fido_credman_rk)> fido_credman_rk(fido2Library,
                                                                       "fido_credman_rk");
inline const LateFunction<decltype(::fido_credman_rk_count)>
    fido_credman_rk_count(fido2Library, "fido_credman_rk_count");
inline const LateFunction<decltype(::fido_credman_rk_free)>
    fido_credman_rk_free(fido2Library, "fido_credman_rk_free");
inline const LateFunction<decltype(::fido_credman_rk_new)>
    fido_credman_rk_new(fido2Library, "fido_credman_rk_new");
inline const LateFunction<decltype(::fido_credman_rk_remaining)>
    fido_credman_rk_remaining(fido2Library, "fido_credman_rk_remaining");
inline const LateFunction<decltype(::fido_credman_rp_count)>
    fido_credman_rp_count(fido2Library, "fido_credman_rp_count");
inline const LateFunction<decltype(::fido_credman_rp_free)>
    fido_credman_rp_free(fido2Library, "fido_credman_rp_free");
inline const LateFunction<decltype(::fido_credman_rp_id)> fido_credman_rp_id(fido2Library,
                                                                             "fido_credman_rp_id");
inline const LateFunction<decltype(::fido_credman_rp_name)>
    fido_credman_rp_name(fido2Library, "fido_credman_rp_name");
inline const LateFunction<decltype(::fido_credman_rp_new)>
    fido_credman_rp_new(fido2Library, "fido_credman_rp_new");
inline const LateFunction<decltype(::fido_dev_build)> fido_dev_build(fido2Library,
                                                                     "fido_dev_build");
inline const LateFunction<decltype(::fido_dev_cancel)> fido_dev_cancel(fido2Library,
                                                                       "fido_dev_cancel");
inline const LateFunction<decltype(::fido_dev_close)> fido_dev_close(fido2Library,
                                                                     "fido_dev_close");
inline const LateFunction<decltype(::fido_dev_flags)> fido_dev_flags(fido2Library,
                                                                     "fido_dev_flags");
inline const LateFunction<decltype(::fido_dev_free)> fido_dev_free(fido2Library, "fido_dev_free");
inline const LateFunction<decltype(::fido_dev_get_assert)>
    fido_dev_get_assert(fido2Library, "fido_dev_get_assert");
inline const LateFunction<decltype(::fido_dev_get_cbor_info)>
    fido_dev_get_cbor_info(fido2Library, "fido_dev_get_cbor_info");
inline const LateFunction<decltype(::fido_dev_get_retry_count)>
    fido_dev_get_retry_count(fido2Library, "fido_dev_get_retry_count");
inline const LateFunction<decltype(::fido_dev_get_touch_begin)>
    fido_dev_get_touch_begin(fido2Library, "fido_dev_get_touch_begin");
inline const LateFunction<decltype(::fido_dev_get_touch_status)>
    fido_dev_get_touch_status(fido2Library, "fido_dev_get_touch_status");
inline const LateFunction<decltype(::fido_dev_has_pin)> fido_dev_has_pin(fido2Library,
                                                                         "fido_dev_has_pin");
inline const LateFunction<decltype(::fido_dev_has_uv)> fido_dev_has_uv(fido2Library,
                                                                       "fido_dev_has_uv");
inline const LateFunction<decltype(::fido_dev_io_handle)> fido_dev_io_handle(fido2Library,
                                                                             "fido_dev_io_handle");
inline const LateFunction<decltype(::fido_dev_is_fido2)> fido_dev_is_fido2(fido2Library,
                                                                           "fido_dev_is_fido2");
inline const LateFunction<decltype(::fido_dev_major)> fido_dev_major(fido2Library,
                                                                     "fido_dev_major");
inline const LateFunction<decltype(::fido_dev_make_cred)> fido_dev_make_cred(fido2Library,
                                                                             "fido_dev_make_cred");
inline const LateFunction<decltype(::fido_dev_minor)> fido_dev_minor(fido2Library,
                                                                     "fido_dev_minor");
inline const LateFunction<decltype(::fido_dev_new)> fido_dev_new(fido2Library, "fido_dev_new");
inline const LateFunction<decltype(::fido_dev_open)> fido_dev_open(fido2Library, "fido_dev_open");
inline const LateFunction<decltype(::fido_dev_reset)> fido_dev_reset(fido2Library,
                                                                     "fido_dev_reset");
inline const LateFunction<decltype(::fido_dev_set_io_functions)>
    fido_dev_set_io_functions(fido2Library, "fido_dev_set_io_functions");
inline const LateFunction<decltype(::fido_dev_set_pin)> fido_dev_set_pin(fido2Library,
                                                                         "fido_dev_set_pin");
inline const LateFunction<decltype(::fido_dev_set_timeout)>
    fido_dev_set_timeout(fido2Library, "fido_dev_set_timeout");
inline const LateFunction<decltype(::fido_dev_set_transport_functions)>
    fido_dev_set_transport_functions(fido2Library, "fido_dev_set_transport_functions");
inline const LateFunction<decltype(::fido_dev_supports_credman)>
    fido_dev_supports_credman(fido2Library, "fido_dev_supports_credman");
inline const LateFunction<decltype(::fido_dev_supports_pin)>
    fido_dev_supports_pin(fido2Library, "fido_dev_supports_pin");
inline const LateFunction<decltype(::fido_init)> fido_init(fido2Library, "fido_init");
inline const LateFunction<decltype(::fido_strerr)> fido_strerr(fido2Library, "fido_strerr");
inline const LateFunction<decltype(::rs256_pk_free)> rs256_pk_free(fido2Library, "rs256_pk_free");
inline const LateFunction<decltype(::rs256_pk_from_ptr)> rs256_pk_from_ptr(fido2Library,
                                                                           "rs256_pk_from_ptr");
inline const LateFunction<decltype(::rs256_pk_new)> rs256_pk_new(fido2Library, "rs256_pk_new");

} // namespace Sparekey
