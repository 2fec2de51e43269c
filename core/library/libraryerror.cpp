// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/library/libraryerror.h"

namespace Sparekey {

namespace {

ErrorKind kindOf(KdbxErrorKind kind)
{
    switch (kind) {
    case KdbxErrorKind::NotKdbx: return ErrorKind::LibraryNotKdbx;
    case KdbxErrorKind::OlderFormat: return ErrorKind::LibraryFormatOlder;
    case KdbxErrorKind::NewerFormat: return ErrorKind::LibraryFormatNewer;
    case KdbxErrorKind::UnknownCipher:
    case KdbxErrorKind::UnknownKdf:
    case KdbxErrorKind::UnknownCompression:
    case KdbxErrorKind::UnknownInnerStream: return ErrorKind::LibraryFormatUnsupported;
    case KdbxErrorKind::WrongKey:
    case KdbxErrorKind::NoKey: return ErrorKind::LibraryKeyWrong;
    case KdbxErrorKind::KeyFileDamaged:
    case KdbxErrorKind::KeyFileNotReadable: return ErrorKind::LibraryKeyFileUnusable;
    case KdbxErrorKind::KdfTooLarge: return ErrorKind::LibraryKdfTooLarge;
    case KdbxErrorKind::TooLarge: return ErrorKind::LibraryTooLarge;
    case KdbxErrorKind::HeaderDamaged:
    case KdbxErrorKind::Damaged: return ErrorKind::LibraryDamaged;
    case KdbxErrorKind::NotWritable: return ErrorKind::LibraryTextUnusable;
    case KdbxErrorKind::Cryptography: return ErrorKind::Cryptography;
    }
    Q_UNREACHABLE();
}

} // namespace

Error libraryError(const KdbxError &error, const QString &path)
{
    return {.kind = kindOf(error.kind),
            .subject = error.subject.isEmpty() ? ForeignText::path(path) : error.subject,
            .detail = error.detail};
}

} // namespace Sparekey
