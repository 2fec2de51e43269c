// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Whatever the server calls a recovery code is shown and put on a sheet, or refused.

#include "core/recovery/recoverycode.h"
#include "core/sheet/recoverysheet.h"

#include <cstdint>
#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace Sparekey;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const RecoveryCode code(QByteArrayView(data, qsizetype(size)));
    const SecureBuffer shown = code.displayText();
    for (const char c : shown.view()) {
        // A control character could make the screen show another code than the one that was sent.
        if (static_cast<unsigned char>(c) < 0x20)
            std::abort();
    }
    for (qsizetype i = 0; i < code.groupCount(); ++i)
        (void)code.group(i);
    // An account without a code gets no sheet; the caller asks first.
    if (code.isEmpty())
        return 0;
    SheetSubject subject;
    subject.serverAddress = u"https://vault.example"_s;
    subject.accountEmail = u"a@b.example"_s;
    if (const auto sheet = makeRecoverySheet(code, subject, SheetOptions{})) {
        for (const SheetLine &line : sheet->lines) {
            for (const SheetGroup &group : line.groups) {
                if (group.offset < 0 || group.offset + group.size > sheet->secret.size())
                    std::abort();
            }
        }
        (void)toPlainText(*sheet);
    }
    return 0;
}
