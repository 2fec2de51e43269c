// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/pdf/pdfdocument.h"

namespace Sparekey {

PdfDocument::PdfDocument()
    : m_qpdf(qpdf_init())
{
    qpdf_silence_errors(m_qpdf);
    qpdf_set_suppress_warnings(m_qpdf, QPDF_TRUE);
}

PdfDocument::~PdfDocument()
{
    qpdf_cleanup(&m_qpdf);
}

void PdfDocument::open(QByteArrayView bytes, const char *password)
{
    qpdf_read_memory(m_qpdf, "sheet", bytes.data(), static_cast<unsigned long long>(bytes.size()),
                     password);
}

Result<void> PdfDocument::problem()
{
    if (!qpdf_has_error(m_qpdf))
        return {};
    const qpdf_error error = qpdf_get_error(m_qpdf);
    const bool password = qpdf_get_error_code(m_qpdf, error) == qpdf_e_password;
    return fail(Error{.kind = password ? ErrorKind::PassphraseRefused : ErrorKind::Cryptography,
                      .detail = QString::fromUtf8(qpdf_get_error_full_text(m_qpdf, error))});
}

void PdfDocument::prepareWriting()
{
    qpdf_init_write_memory(m_qpdf);
}

Result<SecureBuffer> PdfDocument::written()
{
    qpdf_write(m_qpdf);
    if (const auto done = problem(); !done)
        return fail(done.error());
    return SecureBuffer::copyOf({reinterpret_cast<const char *>(qpdf_get_buffer(m_qpdf)),
                                 static_cast<qsizetype>(qpdf_get_buffer_length(m_qpdf))});
}

} // namespace Sparekey
