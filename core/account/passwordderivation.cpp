// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/passwordderivation.h"

#include <QCoroFuture>

#include <QThreadPool>
#include <QtConcurrentRun>

#include <memory>
#include <utility>

namespace Sparekey {

namespace {

// A derivation cannot be stopped once it has begun. One thread, so that abandoned derivations do
// not pile up, each with its memory.
QThreadPool &oneAtATime()
{
    static QThreadPool pool;
    static const bool limited = [] {
        pool.setMaxThreadCount(1);
        return true;
    }();
    Q_UNUSED(limited)
    return pool;
}

} // namespace

QCoro::Task<Result<SecureBuffer>>
derivePasswordHash(SecureBuffer password, Prelogin prelogin,
                   std::shared_ptr<const std::atomic_bool> canceled)
{
    // A future of a move-only result cannot be awaited, so password and result are shared with the
    // worker, which no longer uses them once the future has finished.
    struct Work
    {
        SecureBuffer password;
        Result<SecureBuffer> hash;
    };
    const auto work = std::make_shared<Work>();
    work->password = std::move(password);
    auto derived = QtConcurrent::run(&oneAtATime(), [work, prelogin, canceled] {
        if (canceled && *canceled) {
            work->password.clear();
            work->hash = fail(ErrorKind::Canceled);
            return;
        }
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
