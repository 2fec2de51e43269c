// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/sheet/servicesheet.h"

namespace Sparekey {

/// Codes and subjects of other services, for tests of their sheets.
namespace ServiceCodes {

inline SheetCode code(const QByteArray &display, const QByteArray &normalized,
                      SheetCodeState state = SheetCodeState::Unused)
{
    return {.display = SecureBuffer::copyOf(display),
            .normalized = SecureBuffer::copyOf(normalized),
            .state = state};
}

/// "1000 0007", "1001 0014", …: all different, as Google writes them.
inline std::vector<SheetCode> numbers(int count)
{
    std::vector<SheetCode> codes;
    for (int i = 0; i < count; ++i) {
        const QByteArray left = QByteArray::number(1000 + i);
        const QByteArray right = QByteArray::number(7 * (i + 1)).rightJustified(4, '0');
        codes.push_back(code(left + ' ' + right, left + right));
    }
    return codes;
}

inline ServiceSheetSubject google()
{
    return {.serviceId = QStringLiteral("google"),
            .service = QStringLiteral("Google"),
            .account = QStringLiteral("me@example.org"),
            .useAddress = QStringLiteral("https://accounts.google.com/"),
            .newCodesAddress = QStringLiteral(
                "https://myaccount.google.com/two-step-verification/backup-codes"),
            .obtained = QDate(2026, 5, 4),
            .made = QDateTime(QDate(2026, 11, 22), QTime(8, 0))};
}

inline ServiceSheetSubject microsoft()
{
    return {.serviceId = QStringLiteral("microsoft"),
            .service = QStringLiteral("Microsoft"),
            .account = QStringLiteral("me@example.org"),
            .useAddress = QStringLiteral("https://account.live.com/password/reset"),
            .newCodesAddress = QStringLiteral("https://account.microsoft.com/security"),
            .made = QDateTime(QDate(2026, 11, 22), QTime(8, 0))};
}

inline SheetCode microsoftCode()
{
    return code("A1B2C-D3E4F-G5H6J-K7L8M-N9P0Q", "A1B2CD3E4FG5H6JK7L8MN9P0Q");
}

inline ServiceSheetSubject apple()
{
    return {.serviceId = QStringLiteral("apple"),
            .service = QStringLiteral("Apple"),
            .account = QStringLiteral("me@example.org"),
            .useAddress = QStringLiteral("https://iforgot.apple.com/"),
            .reusable = true,
            .made = QDateTime(QDate(2026, 11, 22), QTime(8, 0))};
}

inline SheetCode appleKey()
{
    return code("A1B2-C3D4-E5F6-G7H8-J9K0-L1M2-N3P4", "A1B2C3D4E5F6G7H8J9K0L1M2N3P4");
}

inline ServiceSheetSubject onePassword()
{
    return {.serviceId = QStringLiteral("1password"),
            .service = QStringLiteral("1Password"),
            .account = QStringLiteral("me@example.org"),
            .reusable = true,
            .made = QDateTime(QDate(2026, 11, 22), QTime(8, 0))};
}

inline QByteArray setupUri()
{
    return "otpauth://totp/1Password:me%40example.org?secret=JBSWY3DPEHPK3PXPJBSWY3DPEH"
           "&issuer=1Password";
}

} // namespace ServiceCodes

} // namespace Sparekey
