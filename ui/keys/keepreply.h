// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"

#include <QCoroTask>

#include <memory>
#include <utility>

namespace Sparekey {

/// Adapts a task to `KeyPromptViewModel`, which needs only success or an error: the answer of the
/// key is stored in `reply`.
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
