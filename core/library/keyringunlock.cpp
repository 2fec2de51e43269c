// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/library/keyringunlock.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey {

namespace {

// A timer stands still while the computer sleeps.
constexpr auto LongestTimer = std::chrono::milliseconds(1min);
// An entry is a version, the seconds since 1970 at which it expires, and the key.
constexpr unsigned char EntryVersion = 1;
constexpr qsizetype HeadSize = 1 + qsizetype{sizeof(qint64)};

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

// Not later than it could have been set, in case the clock was set back.
bool isCurrent(const QDateTime &expiry)
{
    return expiry > now() && expiry <= now() + KeyringUnlock::Lifetime;
}

QString entryOf(const QString &path)
{
    constexpr qsizetype octets = 10;
    const QByteArray digest = QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha256);
    return u"library/"_s + QString::fromLatin1(digest.first(octets).toHex());
}

SecureBuffer written(const QDateTime &expiry, const SecureBuffer &key)
{
    SecureBuffer entry(HeadSize);
    entry.data()[0] = EntryVersion;
    qToBigEndian(expiry.toSecsSinceEpoch(), entry.data() + 1);
    entry.append(key.view());
    return entry;
}

std::optional<SecureBuffer> keyIn(const SecureBuffer &entry)
{
    if (entry.size() <= HeadSize || entry.data()[0] != EntryVersion)
        return {};
    const auto seconds = qFromBigEndian<qint64>(entry.data() + 1);
    if (!isCurrent(QDateTime::fromSecsSinceEpoch(seconds)))
        return {};
    return SecureBuffer::copyOf(entry.view().sliced(HeadSize));
}

} // namespace

KeyringUnlock::KeyringUnlock(KnownLibraries &known, Keyring &keyring, QObject *parent)
    : QObject(parent)
    , m_known(known)
    , m_keyring(keyring)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &KeyringUnlock::removeExpired);
}

KeyringUnlock::~KeyringUnlock() = default;

std::optional<QDateTime> KeyringUnlock::until(const QString &path) const
{
    const QDateTime expiry = m_known.keyringEntries().value(path);
    if (!expiry.isValid() || !isCurrent(expiry))
        return {};
    return expiry;
}

QCoro::Task<Result<void>> KeyringUnlock::keep(QString path, SecureBuffer derivedKey,
                                              std::chrono::milliseconds lifetime)
{
    const auto ticket = m_tasks.ticket();
    const QDateTime expiry = now() + lifetime;
    SecureBuffer entry = written(expiry, derivedKey);
    derivedKey.clear();
    setExpiry(path, expiry);
    const auto kept = co_await m_keyring.write(entryOf(path), std::move(entry));
    if (!ticket)
        co_return fail(ErrorKind::Canceled);
    if (!kept) {
        setExpiry(path, {});
        co_return fail(kept.error());
    }
    // If it was forgotten meanwhile, the keyring removes it after this write.
    if (!until(path))
        co_return fail(ErrorKind::Canceled);
    co_return Result<void>();
}

QCoro::Task<Result<SecureBuffer>> KeyringUnlock::read(QString path)
{
    const auto ticket = m_tasks.ticket();
    if (!until(path))
        co_return fail(ErrorKind::KeyringUnavailable);
    const auto entry = co_await m_keyring.read(entryOf(path));
    if (!ticket || !entry)
        co_return fail(entry ? Error() : entry.error());
    auto key = keyIn(*entry);
    if (!key || !until(path))
        co_return fail(ErrorKind::KeyringUnavailable);
    co_return std::move(*key);
}

void KeyringUnlock::forget(const QString &path)
{
    if (m_known.keyringEntries().contains(path))
        remove(path);
}

void KeyringUnlock::forgetAll()
{
    const QStringList paths = m_known.keyringEntries().keys();
    for (const QString &path : paths)
        remove(path);
}

void KeyringUnlock::removeExpired()
{
    const auto entries = m_known.keyringEntries();
    for (const auto &[path, expiry] : entries.asKeyValueRange()) {
        if (!isCurrent(expiry))
            remove(path);
    }
    startTimer();
}

QCoro::Task<void> KeyringUnlock::remove(QString path)
{
    const auto ticket = m_tasks.ticket();
    const auto expired = QDateTime::fromSecsSinceEpoch(0);
    setExpiry(path, expired);
    const auto removed = co_await m_keyring.remove(entryOf(path));
    // Unless it was kept again meanwhile.
    if (ticket && removed && m_known.keyringEntries().value(path) == expired)
        setExpiry(path, {});
}

void KeyringUnlock::setExpiry(const QString &path, std::optional<QDateTime> expiry)
{
    auto entries = m_known.keyringEntries();
    if (expiry)
        entries.insert(path, *expiry);
    else
        entries.remove(path);
    m_known.setKeyringEntries(entries);
    startTimer();
    Q_EMIT changed();
}

void KeyringUnlock::startTimer()
{
    std::optional<QDateTime> next;
    const auto entries = m_known.keyringEntries();
    for (const QDateTime &expiry : entries) {
        if (isCurrent(expiry) && (!next || expiry < *next))
            next = expiry;
    }
    if (!next)
        return;
    const auto left = std::chrono::milliseconds(now().msecsTo(*next) + 1);
    m_timer.start(std::clamp(left, 1ms, LongestTimer));
}

} // namespace Sparekey
