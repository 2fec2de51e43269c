// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/accountcodekeeper.h"

#include "ui/library/entrysheet.h"
#include "ui/library/entrytexts.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// A code that is not usual is kept as it is.
SecretBytes normalized(const ServiceTemplate &service, const SecureBuffer &code)
{
    const auto fitting = normalizedCode(service, code.view());
    return SecretBytes(fitting ? fitting->view() : code.view());
}

bool isCurrent(const LibraryEntry &entry, const SecureBuffer &code)
{
    const CodeSet *set = entry.current();
    return set && set->codes.size() == 1
        && set->codes.first().value == normalized(serviceOf(entry), code);
}

LibraryEntry newEntry(const FollowedAccount &account, const QDateTime &now)
{
    const ServiceTemplate &service =
        ServiceCatalog::shipped().findOrGeneric(u"bitwarden", SecretForm::SingleCode);
    LibraryEntry entry = LibraryEntry::create(service.id, serviceName(service), now);
    entry.account = account.email;
    entry.serverAccount = account.key;
    entry.signInAddress = account.signInAddress;
    entry.recoveryAddress = account.recoveryAddress;
    return entry;
}

} // namespace

AccountCodeKeeper::AccountCodeKeeper(Library &library, LibraryEvents &events, QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_events(library, events)
{
    connect(&library, &Library::stateChanged, this, &AccountCodeKeeper::keepWaiting);
}

AccountCodeKeeper::~AccountCodeKeeper() = default;

const LibraryEntry *AccountCodeKeeper::entryOf(const QString &accountKey) const
{
    const auto &entries = m_library.entries();
    const auto found = std::ranges::find(entries, accountKey, &LibraryEntry::serverAccount);
    return found == entries.end() ? nullptr : &*found;
}

AccountCodeKeeper::Kept AccountCodeKeeper::kept(const QString &accountKey,
                                                const SecureBuffer &code) const
{
    const LibraryEntry *entry = entryOf(accountKey);
    if (!entry)
        return Kept::Nothing;
    return isCurrent(*entry, code) ? Kept::ThisCode : Kept::OtherCode;
}

QString AccountCodeKeeper::setWith(const QString &accountKey, const SecureBuffer &code) const
{
    const LibraryEntry *entry = entryOf(accountKey);
    return entry && isCurrent(*entry, code) ? currentSetOf(*entry) : QString();
}

QCoro::Task<Result<void>> AccountCodeKeeper::keep(FollowedAccount account, SecureBuffer code,
                                                  QList<EarlierCopy> copies)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const LibraryEntry *known = entryOf(account.key);
    LibraryEntry entry = known ? *known : newEntry(account, now);
    if (!isCurrent(entry, code)) {
        const QList<LibraryCode> codes{{.value = normalized(serviceOf(entry), code)}};
        startNewSet(entry, codes, CodeSource::Server, now.toLocalTime().date(),
                    VoidReason::ServerChanged, now);
    }
    for (const EarlierCopy &copy : std::as_const(copies)) {
        const LibraryCopy made = libraryCopy(copy.record, copy.path, entry.current()->number);
        if (!entry.copies.contains(made))
            entry.copies.append(made);
    }
    m_events.forgetUse(account.key);
    return m_library.put(std::move(entry));
}

QCoro::Task<Result<void>> AccountCodeKeeper::recordCopy(QString accountKey, EarlierCopy copy)
{
    const LibraryEntry *known = entryOf(accountKey);
    const CodeSet *set = known ? known->current() : nullptr;
    if (!set)
        co_return Result<void>();
    LibraryEntry entry = *known;
    entry.copies.append(libraryCopy(copy.record, copy.path, set->number));
    auto saved = co_await m_library.put(std::move(entry));
    co_return std::move(saved);
}

void AccountCodeKeeper::recordUse(const QString &accountKey)
{
    m_events.record({.kind = LibraryEvent::Kind::CodeUsed,
                     .subject = accountKey,
                     .when = QDateTime::currentDateTimeUtc()});
}

void AccountCodeKeeper::recordPrint(const QString &set, const QDateTime &when,
                                    const QString &sheetId)
{
    m_events.record(
        {.kind = LibraryEvent::Kind::Printed, .subject = set, .when = when, .sheetId = sheetId});
}

void AccountCodeKeeper::keepWhenOpen(const FollowedAccount &account, SecureBuffer code,
                                     const QList<EarlierCopy> &copies)
{
    m_tasks.cancel();
    m_waiting = Waiting{.account = account, .code = std::move(code), .copies = copies};
    Q_EMIT waitingChanged();
    Q_EMIT libraryWanted();
    keepWaiting();
}

void AccountCodeKeeper::lock()
{
    m_tasks.cancel();
    if (!m_waiting)
        return;
    m_waiting.reset();
    Q_EMIT waitingChanged();
}

QCoro::Task<void> AccountCodeKeeper::keepWaiting()
{
    if (!m_waiting || m_library.state() != Library::State::Open)
        co_return;
    Waiting waiting = std::move(*m_waiting);
    m_waiting.reset();
    const auto ticket = m_tasks.renew();
    Q_EMIT waitingChanged();
    const QString key = waiting.account.key;
    const QString email = waiting.account.email;
    const auto saved = co_await keep(waiting.account, std::move(waiting.code), waiting.copies);
    if (!ticket)
        co_return;
    if (!saved) {
        Q_EMIT notKept(saved.error());
        co_return;
    }
    if (const LibraryEntry *entry = entryOf(key))
        Q_EMIT keptLate(entry->id, email);
}

} // namespace Sparekey
