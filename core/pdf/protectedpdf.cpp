// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/pdf/protectedpdf.h"

#include "core/passphrase/passphrase.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <exception>
#include <qpdf/Buffer.hh>
// Before QPDF.hh, which uses it incomplete; clang refuses that.
#include <qpdf/JSON.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <string>

namespace Sparekey {

namespace {

// qpdf takes passwords as std::string only; this one is wiped when it goes. Its size is reserved
// at once, so that no smaller buffer is left behind.
class WipedString
{
public:
    explicit WipedString(QByteArrayView bytes)
        : m_text(bytes.data(), static_cast<std::size_t>(bytes.size()))
    {
    }
    ~WipedString() { OPENSSL_cleanse(m_text.data(), m_text.size()); }
    WipedString(const WipedString &) = delete;
    WipedString &operator=(const WipedString &) = delete;

    [[nodiscard]] const char *c_str() const { return m_text.c_str(); }

private:
    std::string m_text;
};

void open(QPDF &pdf, QByteArrayView bytes, const char *password)
{
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile("sheet", bytes.data(), static_cast<std::size_t>(bytes.size()), password);
}

Failure failure(const std::exception &exception)
{
    const auto *pdf = dynamic_cast<const QPDFExc *>(&exception);
    const bool password = pdf && pdf->getErrorCode() == qpdf_e_password;
    return fail(Error{.kind = password ? ErrorKind::PassphraseRefused : ErrorKind::Cryptography,
                      .detail = QString::fromUtf8(exception.what())});
}

// The encryption dictionary says how the file is protected; qpdf reads much older ways as well.
bool isAes256Revision6(QPDF &pdf)
{
    int revision = 0;
    int permissions = 0;
    int version = 0;
    QPDF::encryption_method_e streams = QPDF::e_unknown;
    QPDF::encryption_method_e strings = QPDF::e_unknown;
    QPDF::encryption_method_e files = QPDF::e_unknown;
    return pdf.isEncrypted(revision, permissions, version, streams, strings, files)
        && revision == 6 && streams == QPDF::e_aesv3 && strings == QPDF::e_aesv3;
}

bool opensWithoutPassphrase(QByteArrayView bytes)
{
    try {
        QPDF pdf;
        open(pdf, bytes, "");
        return true;
    } catch (const std::exception &) {
        return false;
    }
}

} // namespace

Result<SecureBuffer> protectPdf(QByteArrayView pdf, const SecureBuffer &passphrase)
{
    if (const Result<void> usable = checkOwnPassphrase(passphrase); !usable)
        return fail(usable.error());
    SecureBuffer random(32);
    if (RAND_priv_bytes(random.data(), static_cast<int>(random.size())) != 1)
        return fail(ErrorKind::Cryptography);
    // Letters, because a password must not have a zero byte; four bits of randomness in each.
    SecureBuffer ownerPassword(random.size() * 2);
    for (qsizetype i = 0; i < random.size(); ++i) {
        const unsigned byte = random.data()[i];
        ownerPassword.data()[i * 2] = static_cast<unsigned char>('a' + byte / 16);
        ownerPassword.data()[i * 2 + 1] = static_cast<unsigned char>('a' + byte % 16);
    }

    try {
        QPDF document;
        open(document, pdf, nullptr);
        QPDFWriter writer(document);
        const WipedString user(passphrase.view());
        const WipedString owner(ownerPassword.view());
        writer.setOutputMemory();
        writer.setR6EncryptionParameters(user.c_str(), owner.c_str(), true, true, true, true, true,
                                         true, qpdf_r3p_full, true);
        writer.write();
        const auto written = writer.getBufferSharedPointer();
        SecureBuffer out = SecureBuffer::copyOf(
            {reinterpret_cast<const char *>(written->getBuffer()),
             static_cast<qsizetype>(written->getSize())});
        return out;
    } catch (const std::exception &exception) {
        return failure(exception);
    }
}

Result<void> verifyOpens(QByteArrayView pdf, const SecureBuffer &passphrase)
{
    if (opensWithoutPassphrase(pdf))
        return fail(ErrorKind::Cryptography);
    try {
        const WipedString password(passphrase.view());
        QPDF document;
        open(document, pdf, password.c_str());
        if (!isAes256Revision6(document))
            return fail(ErrorKind::Cryptography);
        const auto pages = QPDFPageDocumentHelper(document).getAllPages();
        if (pages.empty())
            return fail(ErrorKind::Cryptography);
        // Decrypts the painting of each page, which the password alone does not prove.
        for (QPDFPageObjectHelper page : pages) {
            for (QPDFObjectHandle &content : page.getPageContents()) {
                const auto data = content.getStreamData();
                const bool empty = data->getSize() == 0;
                OPENSSL_cleanse(data->getBuffer(), data->getSize());
                if (empty)
                    return fail(ErrorKind::Cryptography);
            }
        }
        return {};
    } catch (const std::exception &exception) {
        return failure(exception);
    }
}

} // namespace Sparekey
