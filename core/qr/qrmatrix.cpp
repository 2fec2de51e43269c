// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/qr/qrmatrix.h"

#include <QString>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <qrencode.h>

using namespace Qt::StringLiterals;

#include <cstring>

namespace Sparekey {

namespace {

struct FreeInput
{
    void operator()(QRinput *input) const { QRinput_free(input); }
};

struct FreeCode
{
    void operator()(QRcode *code) const
    {
        explicit_bzero(code->data,
                       static_cast<std::size_t>(code->width)
                           * static_cast<std::size_t>(code->width));
        QRcode_free(code);
    }
};

// The alphanumeric mode of ISO/IEC 18004: 5.5 bits a character.
bool isAlphanumeric(QByteArrayView content)
{
    return std::all_of(content.begin(), content.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')
            || QByteArrayView(" $%*+-./:").contains(c);
    });
}

QRecLevel levelOf(QrErrorLevel level)
{
    switch (level) {
    case QrErrorLevel::Low: return QR_ECLEVEL_L;
    case QrErrorLevel::Medium: return QR_ECLEVEL_M;
    case QrErrorLevel::Quartile: return QR_ECLEVEL_Q;
    case QrErrorLevel::High: return QR_ECLEVEL_H;
    }
    Q_UNREACHABLE();
}

Failure failure(int error)
{
    const ErrorKind kind = error == ENOMEM ? ErrorKind::Cryptography : ErrorKind::CodeTooLong;
    return fail(Error{.kind = kind, .detail = u"qrencode failed, errno %1"_s.arg(error)});
}

} // namespace

Result<QrMatrix> QrMatrix::encode(QByteArrayView content, QrErrorLevel level)
{
    if (content.isEmpty() || content.size() > 4296) // the most that any QR code holds
        return failure(ERANGE);
    const std::unique_ptr<QRinput, FreeInput> input(QRinput_new2(0, levelOf(level)));
    if (!input)
        return failure(ENOMEM);
    const QRencodeMode mode = isAlphanumeric(content) ? QR_MODE_AN : QR_MODE_8;
    const auto *bytes = reinterpret_cast<const unsigned char *>(content.data());
    if (QRinput_append(input.get(), mode, static_cast<int>(content.size()), bytes) != 0)
        return failure(errno);
    const std::unique_ptr<QRcode, FreeCode> code(QRcode_encodeInput(input.get()));
    if (!code)
        return failure(errno);

    QrMatrix matrix;
    matrix.m_size = code->width;
    matrix.m_modules = SecureBuffer(qsizetype(code->width) * code->width);
    std::transform(code->data, code->data + matrix.m_modules.size(), matrix.m_modules.data(),
                   [](unsigned char module) { return static_cast<unsigned char>(module & 1U); });
    return matrix;
}

bool QrMatrix::isDark(int row, int column) const
{
    Q_ASSERT(row >= 0 && row < m_size && column >= 0 && column < m_size);
    return m_modules.data()[qsizetype(row) * m_size + column] != 0;
}

} // namespace Sparekey
