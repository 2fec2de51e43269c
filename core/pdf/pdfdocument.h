// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/pdf/qpdflibrary.h"
#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QByteArrayView>

namespace Sparekey {

/// A PDF in memory, read and written by qpdf. The functions of qpdf store their error in the
/// object, and `problem` returns it. `qpdfLibrary.load()` must have succeeded. For core/pdf only.
class PdfDocument
{
public:
    PdfDocument();
    ~PdfDocument();
    PdfDocument(const PdfDocument &) = delete;
    PdfDocument &operator=(const PdfDocument &) = delete;

    [[nodiscard]] qpdf_data get() const { return m_qpdf; }

    /// `bytes` must outlive the document. `password` may be null.
    void open(QByteArrayView bytes, const char *password);

    /// The error since the last call. Errors: `PassphraseRefused`, `Cryptography`.
    [[nodiscard]] Result<void> problem();

    /// Call this before setting options for writing.
    void prepareWriting();
    /// The document with its changes. Error: `Cryptography`.
    [[nodiscard]] Result<SecureBuffer> written();

private:
    qpdf_data m_qpdf;
};

} // namespace Sparekey
