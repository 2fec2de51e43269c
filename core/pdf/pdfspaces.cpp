// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/pdf/pdfspaces.h"

#include "core/pdf/pdfdocument.h"

#include <QByteArrayList>

#include <cstdlib>

namespace Sparekey {

namespace {

// Lines such as "<0001> <0010> [<0048> <0009>]" or "<0001> <0001> <0009>": first and last glyph,
// then the code points.
QByteArray withSpaces(QByteArrayView table)
{
    QByteArray changed;
    bool inRanges = false;
    const QByteArrayList lines = table.toByteArray().split('\n');
    for (QByteArray line : lines) {
        if (line.endsWith("beginbfrange"))
            inRanges = true;
        else if (line.startsWith("endbfrange"))
            inRanges = false;
        const qsizetype codePoints = line.indexOf('>', line.indexOf('>') + 1) + 1;
        if (inRanges && line.startsWith('<') && codePoints > 0)
            line = line.first(codePoints) + line.sliced(codePoints).replace("<0009>", "<0020>");
        changed += line + '\n';
    }
    return changed;
}

void mapSpacesOf(const PdfDocument &document, qpdf_oh font)
{
    const qpdf_data pdf = document.get();
    const qpdf_oh stream = qpdf_oh_get_key(pdf, font, "/ToUnicode");
    if (!qpdf_oh_is_stream(pdf, stream))
        return;
    unsigned char *data = nullptr;
    std::size_t size = 0;
    qpdf_oh_get_stream_data(pdf, stream, qpdf_dl_all, nullptr, &data, &size);
    if (!data)
        return;
    const QByteArray table = withSpaces(
        {reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)});
    std::free(data);
    const qpdf_oh none = qpdf_oh_new_null(pdf);
    qpdf_oh_replace_stream_data(pdf, stream,
                                reinterpret_cast<const unsigned char *>(table.constData()),
                                static_cast<std::size_t>(table.size()), none, none);
}

} // namespace

Result<SecureBuffer> mapSpaces(const SecureBuffer &pdf)
{
    if (!qpdfLibrary.load())
        return fail({.kind = ErrorKind::Cryptography, .detail = QStringLiteral("no libqpdf")});
    PdfDocument document;
    document.open(pdf.view(), nullptr);
    if (const auto opened = document.problem(); !opened)
        return fail(opened.error());
    int objects = 0;
    (void)qpdf_oh_get_value_as_int(document.get(),
                                   qpdf_oh_get_key(document.get(), qpdf_get_trailer(document.get()),
                                                   "/Size"),
                                   &objects);
    for (int id = 1; id < objects; ++id) {
        const qpdf_oh object = qpdf_get_object_by_id(document.get(), id, 0);
        if (qpdf_oh_is_dictionary(document.get(), object)
            && qpdf_oh_has_key(document.get(), object, "/ToUnicode"))
            mapSpacesOf(document, object);
    }
    if (const auto changed = document.problem(); !changed)
        return fail(changed.error());
    document.prepareWriting();
    return document.written();
}

} // namespace Sparekey
