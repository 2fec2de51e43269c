// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/pdf/qpdflibrary.h"
#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QByteArrayView>

namespace Sparekey {

/// A PDF in memory, read and written by qpdf. Every function of qpdf leaves its error in the object
/// until it is asked for. `qpdfLibrary.load()` must have succeeded. For core/pdf only.
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

    /// What has gone wrong since the last call. Errors: `PassphraseRefused`, `Cryptography`.
    [[nodiscard]] Result<void> problem();

    /// Before the settings for writing.
    void prepareWriting();
    /// The document with its changes. Error: `Cryptography`.
    [[nodiscard]] Result<SecureBuffer> written();

private:
    qpdf_data m_qpdf;
};

} // namespace Sparekey
