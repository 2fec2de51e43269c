// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/pdf/protectedpdf.h"

#include "core/crypto/cryptolibraries.h"
#include "core/passphrase/passphrase.h"
#include "core/pdf/pdfdocument.h"

#include <cstdlib>
#include <cstring>

namespace Sparekey {

namespace {

// qpdf takes passwords as C strings.
SecureBuffer terminated(const SecureBuffer &password)
{
    SecureBuffer text = password.clone();
    text.append(QByteArrayView("", 1));
    return text;
}

// The encryption dictionary (ISO 32000-2, 7.6) says how the file is protected; qpdf also reads much
// older methods.
bool isAes256Revision6(const PdfDocument &document)
{
    const qpdf_data pdf = document.get();
    const qpdf_oh encryption = qpdf_oh_get_key(pdf, qpdf_get_trailer(pdf), "/Encrypt");
    if (!qpdf_oh_is_dictionary(pdf, encryption))
        return false;
    int revision = 0;
    if (!qpdf_oh_get_value_as_int(pdf, qpdf_oh_get_key(pdf, encryption, "/R"), &revision))
        return false;
    const auto isAes256 = [&](const char *use) {
        const qpdf_oh filterName = qpdf_oh_get_key(pdf, encryption, use);
        if (!qpdf_oh_is_name(pdf, filterName))
            return false;
        const qpdf_oh filters = qpdf_oh_get_key(pdf, encryption, "/CF");
        const qpdf_oh filter = qpdf_oh_get_key_if_dict(pdf, filters,
                                                       qpdf_oh_get_name(pdf, filterName));
        const qpdf_oh method = qpdf_oh_get_key_if_dict(pdf, filter, "/CFM");
        return qpdf_oh_is_name_and_equals(pdf, method, "/AESV3") == QPDF_TRUE;
    };
    return revision == 6 && isAes256("/StmF") && isAes256("/StrF");
}

// Decrypts the content of a page, because an accepted password alone does not prove that this
// works.
bool pageHasContent(const PdfDocument &document, int index)
{
    const qpdf_oh page = qpdf_get_page_n(document.get(), static_cast<std::size_t>(index));
    unsigned char *content = nullptr;
    std::size_t size = 0;
    qpdf_oh_get_page_content_data(document.get(), page, &content, &size);
    if (!content)
        return false;
    explicit_bzero(content, size);
    std::free(content);
    return size > 0;
}

bool opensWithoutPassphrase(QByteArrayView bytes)
{
    PdfDocument document;
    document.open(bytes, "");
    return document.problem().has_value();
}

// Letters, because a password must not have a zero byte; four bits of randomness in each.
Result<SecureBuffer> randomPassword()
{
    SecureBuffer random(32);
    if (RAND_priv_bytes(random.data(), static_cast<int>(random.size())) != 1)
        return fail(ErrorKind::Cryptography);
    SecureBuffer password(random.size() * 2);
    for (qsizetype i = 0; i < random.size(); ++i) {
        const unsigned byte = random.data()[i];
        password.data()[i * 2] = static_cast<unsigned char>('a' + byte / 16);
        password.data()[i * 2 + 1] = static_cast<unsigned char>('a' + byte % 16);
    }
    return password;
}

} // namespace

Result<SecureBuffer> protectPdf(QByteArrayView pdf, const SecureBuffer &passphrase)
{
    if (const Result<void> usable = checkOwnPassphrase(passphrase); !usable)
        return fail(usable.error());
    if (!qpdfLibrary.load())
        return fail({.kind = ErrorKind::Cryptography, .detail = QStringLiteral("no libqpdf")});
    const auto ownerPassword = randomPassword();
    if (!ownerPassword)
        return fail(ownerPassword.error());

    PdfDocument document;
    document.open(pdf, nullptr);
    if (const auto opened = document.problem(); !opened)
        return fail(opened.error());
    const SecureBuffer user = terminated(passphrase);
    const SecureBuffer owner = terminated(*ownerPassword);
    document.prepareWriting();
    qpdf_set_r6_encryption_parameters2(document.get(), user.view().data(), owner.view().data(),
                                       QPDF_TRUE, QPDF_TRUE, QPDF_TRUE, QPDF_TRUE, QPDF_TRUE,
                                       QPDF_TRUE, qpdf_r3p_full, QPDF_TRUE);
    return document.written();
}

Result<void> verifyOpens(QByteArrayView pdf, const SecureBuffer &passphrase)
{
    if (!qpdfLibrary.load())
        return fail({.kind = ErrorKind::Cryptography, .detail = QStringLiteral("no libqpdf")});
    if (opensWithoutPassphrase(pdf))
        return fail(ErrorKind::Cryptography);
    const SecureBuffer password = terminated(passphrase);
    PdfDocument document;
    document.open(pdf, password.view().data());
    if (const auto opened = document.problem(); !opened)
        return opened;
    if (!isAes256Revision6(document))
        return fail(ErrorKind::Cryptography);
    const int pages = qpdf_get_num_pages(document.get());
    for (int i = 0; i < pages; ++i) {
        if (!pageHasContent(document, i))
            return fail(ErrorKind::Cryptography);
    }
    if (pages < 1)
        return fail(ErrorKind::Cryptography);
    return document.problem();
}

} // namespace Sparekey
