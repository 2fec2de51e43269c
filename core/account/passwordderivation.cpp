// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/passwordderivation.h"

#include <QCoroFuture>

#include <QtConcurrentRun>

namespace Sparekey {

QCoro::Task<Result<SecureBuffer>> derivePasswordHash(SecureBuffer password, Prelogin prelogin)
{
    // A future of a move-only result cannot be awaited, so password and result are shared with
    // the worker, which is done with them when the future is.
    struct Work
    {
        SecureBuffer password;
        Result<SecureBuffer> hash;
    };
    const auto work = std::make_shared<Work>();
    work->password = std::move(password);
    auto derived = QtConcurrent::run([work, prelogin] {
        const auto masterKey = deriveMasterKey(work->password, prelogin.salt, prelogin.kdf);
        if (masterKey)
            work->hash = masterPasswordHash(*masterKey, work->password);
        else
            work->hash = fail(masterKey.error());
        work->password.clear();
    });
    co_await derived;
    co_return std::move(work->hash);
}

} // namespace Sparekey
