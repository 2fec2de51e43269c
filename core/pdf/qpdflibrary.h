// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/latelibrary/latelibrary.h"

// The C API, because clang rejects the headers of the C++ API in C++20.
#include <qpdf/qpdf-c.h>

namespace Sparekey {

/// qpdf, loaded when a PDF is first made. Inside our namespace these names refer to its functions;
/// call `qpdfLibrary.load()` before the first call.
inline constexpr LateLibrary qpdfLibrary("qpdf", SPAREKEY_QPDF_VERSION);

inline const LateFunction<decltype(::qpdf_cleanup)> qpdf_cleanup(qpdfLibrary, "qpdf_cleanup");
inline const LateFunction<decltype(::qpdf_get_buffer)> qpdf_get_buffer(qpdfLibrary,
                                                                       "qpdf_get_buffer");
inline const LateFunction<decltype(::qpdf_get_buffer_length)>
    qpdf_get_buffer_length(qpdfLibrary, "qpdf_get_buffer_length");
inline const LateFunction<decltype(::qpdf_get_error)> qpdf_get_error(qpdfLibrary, "qpdf_get_error");
inline const LateFunction<decltype(::qpdf_get_error_code)>
    qpdf_get_error_code(qpdfLibrary, "qpdf_get_error_code");
inline const LateFunction<decltype(::qpdf_get_error_full_text)>
    qpdf_get_error_full_text(qpdfLibrary, "qpdf_get_error_full_text");
inline const LateFunction<decltype(::qpdf_get_num_pages)> qpdf_get_num_pages(qpdfLibrary,
                                                                             "qpdf_get_num_pages");
inline const LateFunction<decltype(::qpdf_get_page_n)> qpdf_get_page_n(qpdfLibrary,
                                                                       "qpdf_get_page_n");
inline const LateFunction<decltype(::qpdf_get_object_by_id)>
    qpdf_get_object_by_id(qpdfLibrary, "qpdf_get_object_by_id");
inline const LateFunction<decltype(::qpdf_get_trailer)> qpdf_get_trailer(qpdfLibrary,
                                                                         "qpdf_get_trailer");
inline const LateFunction<decltype(::qpdf_has_error)> qpdf_has_error(qpdfLibrary, "qpdf_has_error");
inline const LateFunction<decltype(::qpdf_init)> qpdf_init(qpdfLibrary, "qpdf_init");
inline const LateFunction<decltype(::qpdf_init_write_memory)>
    qpdf_init_write_memory(qpdfLibrary, "qpdf_init_write_memory");
inline const LateFunction<decltype(::qpdf_oh_get_key)> qpdf_oh_get_key(qpdfLibrary,
                                                                       "qpdf_oh_get_key");
inline const LateFunction<decltype(::qpdf_oh_get_key_if_dict)>
    qpdf_oh_get_key_if_dict(qpdfLibrary, "qpdf_oh_get_key_if_dict");
inline const LateFunction<decltype(::qpdf_oh_get_name)> qpdf_oh_get_name(qpdfLibrary,
                                                                         "qpdf_oh_get_name");
inline const LateFunction<decltype(::qpdf_oh_get_page_content_data)>
    qpdf_oh_get_page_content_data(qpdfLibrary, "qpdf_oh_get_page_content_data");
inline const LateFunction<decltype(::qpdf_oh_get_value_as_int)>
    qpdf_oh_get_value_as_int(qpdfLibrary, "qpdf_oh_get_value_as_int");
inline const LateFunction<decltype(::qpdf_oh_get_stream_data)>
    qpdf_oh_get_stream_data(qpdfLibrary, "qpdf_oh_get_stream_data");
inline const LateFunction<decltype(::qpdf_oh_has_key)> qpdf_oh_has_key(qpdfLibrary,
                                                                       "qpdf_oh_has_key");
inline const LateFunction<decltype(::qpdf_oh_is_dictionary)>
    qpdf_oh_is_dictionary(qpdfLibrary, "qpdf_oh_is_dictionary");
inline const LateFunction<decltype(::qpdf_oh_is_name)> qpdf_oh_is_name(qpdfLibrary,
                                                                       "qpdf_oh_is_name");
inline const LateFunction<decltype(::qpdf_oh_is_name_and_equals)>
    qpdf_oh_is_name_and_equals(qpdfLibrary, "qpdf_oh_is_name_and_equals");
inline const LateFunction<decltype(::qpdf_oh_is_stream)> qpdf_oh_is_stream(qpdfLibrary,
                                                                           "qpdf_oh_is_stream");
inline const LateFunction<decltype(::qpdf_oh_new_null)> qpdf_oh_new_null(qpdfLibrary,
                                                                         "qpdf_oh_new_null");
inline const LateFunction<decltype(::qpdf_oh_replace_stream_data)>
    qpdf_oh_replace_stream_data(qpdfLibrary, "qpdf_oh_replace_stream_data");
inline const LateFunction<decltype(::qpdf_read_memory)> qpdf_read_memory(qpdfLibrary,
                                                                         "qpdf_read_memory");
inline const LateFunction<decltype(::qpdf_set_r6_encryption_parameters2)>
    qpdf_set_r6_encryption_parameters2(qpdfLibrary, "qpdf_set_r6_encryption_parameters2");
inline const LateFunction<decltype(::qpdf_set_suppress_warnings)>
    qpdf_set_suppress_warnings(qpdfLibrary, "qpdf_set_suppress_warnings");
inline const LateFunction<decltype(::qpdf_silence_errors)>
    qpdf_silence_errors(qpdfLibrary, "qpdf_silence_errors");
inline const LateFunction<decltype(::qpdf_write)> qpdf_write(qpdfLibrary, "qpdf_write");

} // namespace Sparekey
