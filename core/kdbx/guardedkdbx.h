// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/kdbxerror.h"
#include "core/kdbx/opensslfunctions.h"
#include "core/secret/wipedstack.h"

#include <new>
#include <type_traits>

namespace Sparekey {

/// Calls `work` on a stack that is wiped afterwards, and turns its exceptions into `Cryptography`.
/// Every function that handles keys or plain text and that other folders call uses this.
template<class Work>
auto guardedKdbx(Work work) -> std::invoke_result_t<Work>
{
    std::invoke_result_t<Work> result = kdbxFailure(KdbxErrorKind::Cryptography);
    try {
        callOnWipedStack([&] { result = work(); });
    } catch (const CryptoFailure &failure) {
        return kdbxFailure(KdbxErrorKind::Cryptography, QString::fromLatin1(failure.what()));
    } catch (const std::bad_alloc &) {
        return kdbxFailure(KdbxErrorKind::Cryptography, QStringLiteral("not enough memory"));
    }
    return result;
}

} // namespace Sparekey
