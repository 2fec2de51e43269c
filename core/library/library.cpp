// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/library/library.h"

#include "core/secret/wipedstack.h"

#include <QCoroFuture>

#include <QDateTime>
#include <QtConcurrentRun>

#include <algorithm>
#include <new>
#include <utility>

namespace Sparekey {

namespace {

// The outcome of a job. It is shared with the thread that does it, which no longer uses it once the
// future has finished, because a future of a move-only result cannot be awaited.
template<class T>
struct Job
{
    Result<T> result = fail(ErrorKind::Canceled);
    QList<LibraryEntry> entries = {};
    LibraryAccess access = LibraryAccess::Writable;
};

void onWipedStack(Error &error, const std::function<void()> &work)
{
    try {
        callOnWipedStack(work);
    } catch (const std::bad_alloc &) {
        error = {.kind = ErrorKind::Cryptography, .detail = QStringLiteral("not enough memory")};
    }
}

// Runs `work(job)` on the worker.
template<class T, class Work>
QFuture<void> start(QThreadPool &worker, const std::shared_ptr<Job<T>> &job, Work work)
{
    return QtConcurrent::run(&worker, [job, work = std::move(work)]() mutable {
        Error error;
        onWipedStack(error, [&] { work(*job); });
        if (error.kind != ErrorKind::Canceled)
            job->result = fail(error);
    });
}

} // namespace

Library::Library(std::function<VariantDictionary()> chooseKdf, QObject *parent)
    : QObject(parent)
    , m_chooseKdf(std::move(chooseKdf))
{
    m_worker.setMaxThreadCount(1);
}

Library::~Library()
{
    m_worker.waitForDone();
}

const LibraryEntry *Library::find(const QUuid &id) const
{
    const auto found = std::ranges::find(m_entries, id, &LibraryEntry::id);
    return found == m_entries.cend() ? nullptr : &*found;
}

void Library::choose(const QString &path)
{
    lock();
    m_path = path;
    setState(path.isEmpty() ? State::None : State::Locked);
}

QCoro::Task<Result<void>> Library::create(QString path, LibraryKey key)
{
    const auto shared = std::make_shared<const LibraryKey>(std::move(key));
    std::function<Opened()> work = [path, shared, chooseKdf = m_chooseKdf] {
        return LibraryFile::create(path, *shared, chooseKdf());
    };
    const QString before = m_path;
    const auto ticket = m_tasks.ticket();
    auto created = co_await openWith(std::move(path), std::move(work));
    if (!created && ticket.ownerExists() && m_state == State::Locked) {
        m_path = before;
        setState(before.isEmpty() ? State::None : State::Locked);
    }
    co_return created;
}

QCoro::Task<Result<void>> Library::open(QString path, LibraryKey key)
{
    const auto shared = std::make_shared<const LibraryKey>(std::move(key));
    std::function<Opened()> work = [path, shared] {
        return LibraryFile::open(path, *shared);
    };
    return openWith(std::move(path), std::move(work));
}

QCoro::Task<Result<void>> Library::openWithDerivedKey(QString path, SecureBuffer derivedKey)
{
    const auto shared = std::make_shared<SecureBuffer>(std::move(derivedKey));
    std::function<Opened()> work = [path, shared] {
        return LibraryFile::openWithDerivedKey(path, std::move(*shared));
    };
    return openWith(std::move(path), std::move(work));
}

QCoro::Task<Result<void>> Library::openWith(QString path, std::function<Opened()> work)
{
    lock();
    const auto ticket = m_tasks.renew();
    m_path = std::move(path);
    setState(State::Opening);
    const auto job = std::make_shared<Job<std::unique_ptr<LibraryFile>>>();
    auto running = start(m_worker, job, [work = std::move(work)](auto &done) mutable {
        done.result = std::exchange(work, {})();
        if (done.result) {
            done.access = (*done.result)->access();
            done.entries = (*done.result)->entries();
        }
    });
    co_await running;
    if (!ticket)
        co_return fail(ErrorKind::Canceled);
    if (!job->result) {
        setState(State::Locked);
        co_return fail(job->result.error());
    }
    m_file = std::move(*job->result);
    m_access = job->access;
    m_entries = std::move(job->entries);
    setState(State::Open);
    Q_EMIT entriesChanged();
    co_return Result<void>();
}

QCoro::Task<Result<void>> Library::put(LibraryEntry entry)
{
    return change([entry = std::move(entry)](LibraryFile &file) {
        return file.put(entry, QDateTime::currentDateTimeUtc());
    });
}

QCoro::Task<Result<void>> Library::putAll(QList<LibraryEntry> entries)
{
    return change([entries = std::move(entries)](LibraryFile &file) {
        return file.putAll(entries, QDateTime::currentDateTimeUtc());
    });
}

QCoro::Task<Result<void>> Library::remove(QUuid id)
{
    return change(
        [id](LibraryFile &file) { return file.remove(id, QDateTime::currentDateTimeUtc()); });
}

QCoro::Task<Result<void>> Library::changeKey(LibraryKey before, LibraryKey after)
{
    const auto keys = std::make_shared<const std::pair<LibraryKey, LibraryKey>>(std::move(before),
                                                                                std::move(after));
    return change([keys, chooseKdf = m_chooseKdf](LibraryFile &file) {
        return file.changeKey(keys->first, keys->second, chooseKdf());
    });
}

QCoro::Task<Result<void>> Library::reload()
{
    return change([](LibraryFile &file) { return file.reload(); });
}

QCoro::Task<Result<void>> Library::change(std::function<Result<KdbxMerge>(LibraryFile &)> work)
{
    if (!m_file)
        co_return fail(ErrorKind::Canceled);
    const auto ticket = m_tasks.ticket();
    const auto job = std::make_shared<Job<KdbxMerge>>();
    auto running = start(m_worker, job,
                         [file = m_file, work = std::move(work)](auto &done) mutable {
                             done.result = work(*file);
                             if (done.result)
                                 done.entries = file->entries();
                             done.access = file->access();
                             // Wiped here, and not by who waits, if it was locked meanwhile.
                             work = {};
                             file.reset();
                         });
    co_await running;
    if (!job->result)
        co_return fail(job->result.error());
    if (!ticket)
        co_return Result<void>();
    setAccess(job->access);
    setEntries(std::move(job->entries));
    if (job->result->adopted > 0 || !job->result->conflicts.isEmpty())
        Q_EMIT merged(job->result->adopted, job->result->conflicts);
    co_return Result<void>();
}

QCoro::Task<Result<bool>> Library::provesKey(LibraryKey key)
{
    if (!m_file)
        co_return fail(ErrorKind::Canceled);
    const auto ticket = m_tasks.ticket();
    auto shared = std::make_shared<const LibraryKey>(std::move(key));
    const auto job = std::make_shared<Job<bool>>();
    auto running = start(m_worker, job, [file = m_file, shared](auto &done) mutable {
        done.result = file->provesKey(*shared);
        shared.reset();
        file.reset();
    });
    co_await running;
    if (!ticket)
        co_return fail(ErrorKind::Canceled);
    co_return std::move(job->result);
}

QCoro::Task<Result<SecureBuffer>> Library::derivedKey()
{
    if (!m_file)
        co_return fail(ErrorKind::Canceled);
    const auto ticket = m_tasks.ticket();
    const auto job = std::make_shared<Job<SecureBuffer>>();
    auto running = start(m_worker, job, [file = m_file](auto &done) mutable {
        done.result = file->derivedKey();
        file.reset();
    });
    co_await running;
    if (!ticket)
        co_return fail(ErrorKind::Canceled);
    co_return std::move(job->result);
}

QCoro::Task<Result<QStringList>> Library::moveTo(QString path)
{
    if (!m_file)
        co_return fail(ErrorKind::Canceled);
    const auto ticket = m_tasks.ticket();
    const QString before = m_path;
    const auto job = std::make_shared<Job<QStringList>>();
    auto running = start(m_worker, job, [file = m_file, path](auto &done) mutable {
        done.result = file->moveTo(path);
        file.reset();
    });
    co_await running;
    if (!job->result)
        co_return fail(job->result.error());
    // The file has moved, even if it was locked meanwhile.
    if (ticket.ownerExists() && m_path == before) {
        m_path = path;
        Q_EMIT stateChanged();
    }
    co_return std::move(job->result);
}

QCoro::Task<QList<OlderVersion>> Library::olderVersions()
{
    const auto job = std::make_shared<Job<QList<OlderVersion>>>();
    auto running = start(m_worker, job,
                         [path = m_path](auto &done) { done.result = olderVersionsOf(path); });
    co_await running;
    co_return job->result.value_or(QList<OlderVersion>());
}

QCoro::Task<Result<QString>> Library::restore(QString older)
{
    if (m_state != State::Locked)
        co_return fail(ErrorKind::Canceled);
    const auto job = std::make_shared<Job<QString>>();
    auto running = start(m_worker, job, [path = m_path, older](auto &done) {
        done.result = restoreOlderVersion(path, older);
    });
    co_await running;
    co_return std::move(job->result);
}

QCoro::Task<QStringList> Library::removeOlderVersions()
{
    const auto job = std::make_shared<Job<QStringList>>();
    auto running = start(m_worker, job, [path = m_path](auto &done) {
        done.result = removeOlderVersionsOf(path);
    });
    co_await running;
    co_return job->result.value_or(QStringList());
}

void Library::lock()
{
    m_tasks.cancel();
    m_file.reset();
    m_access = LibraryAccess::Writable;
    const bool hadEntries = !m_entries.isEmpty();
    m_entries.clear();
    if (m_state == State::Open || m_state == State::Opening)
        setState(State::Locked);
    if (hadEntries)
        Q_EMIT entriesChanged();
}

void Library::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

void Library::setAccess(LibraryAccess access)
{
    if (m_access == access)
        return;
    m_access = access;
    Q_EMIT stateChanged();
}

void Library::setEntries(QList<LibraryEntry> entries)
{
    if (m_entries == entries)
        return;
    m_entries = std::move(entries);
    Q_EMIT entriesChanged();
}

} // namespace Sparekey
