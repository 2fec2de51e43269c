// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"

#include <QCoroTask>

#include <memory>
#include <utility>

namespace Sparekey {

/// For `KeyPromptViewModel`, which asks for no more than success: what a key answers is put into
/// `reply`.
template<class T>
[[nodiscard]] QCoro::Task<Result<void>> keepReply(QCoro::Task<Result<T>> asked,
                                                  std::shared_ptr<T> reply)
{
    auto result = co_await asked;
    if (!result)
        co_return fail(result.error());
    *reply = *std::move(result);
    co_return Result<void>();
}

} // namespace Sparekey
