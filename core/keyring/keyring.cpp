// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/keyring/keyring.h"

#include <QCoroSignal>

#include <memory>
#include <qt6keychain/keychain.h>

namespace Sparekey {

namespace {

Result<void> resultOf(const QKeychain::Job &job)
{
    switch (job.error()) {
    case QKeychain::NoError:
    case QKeychain::EntryNotFound: return {};
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError: break;
    }
    return fail({.kind = ErrorKind::KeyringUnavailable, .detail = job.errorString()});
}

} // namespace

Keyring::Keyring(QString service, QObject *parent)
    : QObject(parent)
    , m_service(std::move(service))
{
}

QCoro::Task<Result<SecureBuffer>> Keyring::read(QString key)
{
    const auto job = std::make_unique<QKeychain::ReadPasswordJob>(m_service);
    const auto done = co_await run(job.get(), std::move(key));
    if (!done)
        co_return fail(done.error());
    QByteArray bytes = job->binaryData();
    SecureBuffer secret = SecureBuffer::copyOf(bytes);
    wipe(bytes);
    co_return secret;
}

QCoro::Task<Result<void>> Keyring::write(QString key, SecureBuffer secret)
{
    const auto job = std::make_unique<QKeychain::WritePasswordJob>(m_service);
    job->setBinaryData(secret.view().toByteArray());
    secret.clear();
    co_return co_await run(job.get(), std::move(key));
}

QCoro::Task<Result<void>> Keyring::remove(QString key)
{
    const auto job = std::make_unique<QKeychain::DeletePasswordJob>(m_service);
    co_return co_await run(job.get(), std::move(key));
}

QCoro::Task<Result<void>> Keyring::run(QKeychain::Job *job, QString key)
{
    if (m_service.isEmpty())
        co_return fail(ErrorKind::KeyringUnavailable);
    const auto ticket = m_calls.ticket();
    // Each call is several messages on the bus, and those of two calls would interleave.
    while (m_busy) {
        co_await qCoro(this, &Keyring::freed);
        if (!ticket)
            co_return fail(ErrorKind::Canceled);
    }
    m_busy = true;
    job->setAutoDelete(false);
    // The fallback would write secrets into a plain file.
    job->setInsecureFallback(false);
    job->setKey(key);
    job->start();
    co_await qCoro(job, &QKeychain::Job::finished);
    if (!ticket)
        co_return fail(ErrorKind::Canceled);
    m_busy = false;
    auto result = resultOf(*job);
    Q_EMIT freed();
    co_return result;
}

} // namespace Sparekey
