// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/simulated_key/lentkey.h"

#include "tests/authenticator/portsocket.h"
#include "tests/authenticator/wakeup.h"

#include <QFile>
#include <QtEndian>

#include <array>
#include <atomic>
#include <cerrno>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

QString numbered(const QString &name, int number)
{
    return number == 1 ? name : name + u' ' + QString::number(number);
}

/// CTAPHID frames over a socket.
class SocketLink : public HidLink
{
public:
    explicit SocketLink(Descriptor connection)
        : m_connection(std::move(connection))
    {
    }

    bool send(const Frame &frame) override
    {
        return ::send(m_connection.get(), frame.data(), frame.size(), MSG_NOSIGNAL)
            == static_cast<ssize_t>(frame.size());
    }

    Received receive(Frame &frame, std::optional<milliseconds> timeout) override
    {
        const auto deadline = timeout ? std::optional(Clock::now() + *timeout) : std::nullopt;
        for (;;) {
            pollfd waited{.fd = m_connection.get(), .events = POLLIN, .revents = 0};
            const int ready = ::poll(&waited, 1, millisecondsUntil(deadline));
            if (ready == 0)
                return Received::TimedOut;
            if (ready < 0 && errno == EINTR)
                continue;
            const ssize_t count = ready < 0 ? 0
                                            : ::recv(m_connection.get(), m_frame.data() + m_filled,
                                                     m_frame.size() - m_filled, 0);
            if (count <= 0)
                return Received::Gone;
            m_filled += static_cast<std::size_t>(count);
            if (m_filled == m_frame.size()) {
                m_filled = 0;
                frame = m_frame;
                return Received::Frame;
            }
        }
    }

private:
    static int millisecondsUntil(std::optional<Clock::time_point> deadline)
    {
        if (!deadline)
            return -1;
        const auto left = std::chrono::ceil<milliseconds>(*deadline - Clock::now());
        return static_cast<int>(std::max(left, milliseconds(0)).count());
    }

    Descriptor m_connection;
    // What has come of the next frame.
    Frame m_frame{};
    std::size_t m_filled = 0;
};

/// APDUs over a socket, each behind its length.
class SocketCard : public SmartCard
{
public:
    SocketCard(Descriptor connection, QString reader)
        : m_connection(std::move(connection))
        , m_reader(std::move(reader))
    {
    }

    Result<QByteArray> transmit(QByteArrayView command) override
    {
        QByteArray message(HeadSize, '\0');
        qToBigEndian(static_cast<quint16>(command.size()), message.data());
        message.append(command);
        if (::send(m_connection.get(), message.constData(),
                   static_cast<std::size_t>(message.size()), MSG_NOSIGNAL)
            != message.size())
            return moved();
        QByteArray head(HeadSize, '\0');
        if (!receiveAll(head))
            return moved();
        QByteArray answer(qFromBigEndian<quint16>(head.constData()), '\0');
        if (!receiveAll(answer))
            return moved();
        return answer;
    }

private:
    static constexpr qsizetype HeadSize = 2;

    [[nodiscard]] Failure moved() const
    {
        return fail(Error{.kind = ErrorKind::KeyCardMoved, .subject = m_reader});
    }

    bool receiveAll(QByteArray &bytes)
    {
        const auto size = static_cast<std::size_t>(bytes.size());
        return ::recv(m_connection.get(), bytes.data(), size, MSG_WAITALL) == bytes.size();
    }

    Descriptor m_connection;
    QString m_reader;
};

/// What wakes the thread when a file of the folder comes or goes.
class FolderEvents
{
public:
    explicit FolderEvents(const QByteArray &folder)
        : m_inotify(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK))
    {
        ::inotify_add_watch(m_inotify.get(), folder.constData(),
                            IN_CREATE | IN_MOVED_TO | IN_DELETE | IN_ONLYDIR);
    }

    [[nodiscard]] int descriptor() const { return m_inotify.get(); }
    /// Calls `take(name, came)` for each, in the order in which they happened.
    template<class Take>
    void takeAll(Take take) const
    {
        alignas(inotify_event) std::array<char, 4096> buffer;
        ssize_t size = 0;
        while ((size = ::read(m_inotify.get(), buffer.data(), buffer.size())) > 0) {
            for (ssize_t at = 0; at < size;) {
                const auto *event = reinterpret_cast<const inotify_event *>(buffer.data() + at);
                const char *name = event->name;
                if (event->len > 0)
                    take(QByteArrayView(name), (event->mask & IN_DELETE) == 0);
                at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
            }
        }
    }

private:
    Descriptor m_inotify;
};

} // namespace

class LentKey::Watch
{
public:
    explicit Watch(Listener listener)
        : m_listener(std::move(listener))
    {
    }

    void run(LentKey &key)
    {
        const FolderEvents events(key.m_folder);
        key.updateCounts();
        tell(key.report());
        while (!m_stopping) {
            m_wakeUp.sleep(std::array{events.descriptor()});
            // One after the other, so that nobody misses that a key was gone for a moment.
            events.takeAll([&](QByteArrayView name, bool came) {
                key.take(name, came);
                tell(key.report());
            });
        }
    }

    void stop()
    {
        m_stopping = true;
        m_wakeUp.wake();
    }

private:
    void tell(KeyTransportReport report)
    {
        if (m_stopping || m_told == report)
            return;
        m_told = report;
        m_listener(std::move(report));
    }

    Listener m_listener;
    std::optional<KeyTransportReport> m_told;
    std::atomic<bool> m_stopping{false};
    WakeUp m_wakeUp;
};

LentKey::LentKey(const QString &folder, int number)
    : m_folder(QFile::encodeName(folder))
    , m_keyName(numbered(u"Simulated key"_s, number))
    , m_readerName(numbered(u"Simulated reader"_s, number))
    , m_seen{{{PortSocket::KeyFile}, {PortSocket::ReaderFile}, {PortSocket::CardFile}}}
{
}

LentKey::~LentKey()
{
    stopWatching();
}

void LentKey::startWatching(Listener listener)
{
    m_watch = std::make_shared<Watch>(std::move(listener));
    m_thread = std::thread([this, watch = m_watch] { watch->run(*this); });
}

void LentKey::stopWatching()
{
    if (!m_thread.joinable())
        return;
    m_watch->stop();
    m_thread.join(); // it waits for nothing else
    m_watch.reset();
}

QByteArray LentKey::fileOf(const char *name) const
{
    return m_folder + '/' + name;
}

/// Differs from those of all files that had this name before; empty without one.
QByteArray LentKey::identityOf(const char *name) const
{
    struct stat entry;
    if (::stat(fileOf(name).constData(), &entry) != 0)
        return {};
    return QByteArray::number(static_cast<qulonglong>(entry.st_ino)) + ' '
        + QByteArray::number(static_cast<qlonglong>(entry.st_mtim.tv_sec)) + ' '
        + QByteArray::number(static_cast<qlonglong>(entry.st_mtim.tv_nsec));
}

/// At the beginning of a watch: what is still there keeps its number.
void LentKey::updateCounts()
{
    for (Seen &seen : m_seen) {
        const QByteArray identity = identityOf(seen.name);
        seen.there = !identity.isEmpty();
        if (!seen.there || identity == seen.identity)
            continue;
        seen.identity = identity;
        ++seen.count;
    }
}

void LentKey::take(QByteArrayView name, bool came)
{
    for (Seen &seen : m_seen) {
        // What had come when the watch began may be told once more.
        if (name != QByteArrayView(seen.name) || seen.there == came)
            continue;
        seen.there = came;
        if (came) {
            seen.identity = identityOf(seen.name);
            ++seen.count;
        }
    }
}

KeyTransportReport LentKey::report() const
{
    const auto &[key, reader, card] = m_seen;
    const QString prefix = u"simulated:"_s + QFile::decodeName(m_folder) + u'/';
    KeyTransportReport told;
    if (key.there) {
        told.devices.append(KeyDevice{.id = prefix + u"usb"_s + QString::number(key.count),
                                      .name = m_keyName,
                                      .connection = KeyDevice::Connection::Usb,
                                      .simulated = true});
    }
    if (reader.there) {
        told.devices.append(
            KeyDevice{.id = prefix + u"reader"_s,
                      .name = m_readerName,
                      .connection = KeyDevice::Connection::Nfc,
                      .state = card.there ? KeyDevice::State::Ready : KeyDevice::State::NoCard,
                      .simulated = true,
                      .cardNumber = card.there ? card.count : 0});
    }
    return told;
}

Result<KeyConnection> LentKey::connect(const KeyDevice &device)
{
    const bool isReader = device.connection == KeyDevice::Connection::Nfc;
    auto connection = PortSocket::connectTo(
        fileOf(isReader ? PortSocket::CardFile : PortSocket::KeyFile));
    if (!connection) {
        const bool held = connection.error() == PortSocket::Refusal::Held;
        const ErrorKind gone = isReader ? ErrorKind::KeyCardMoved : ErrorKind::KeyRemoved;
        const ErrorKind inUse = isReader ? ErrorKind::CardReaderInUse : ErrorKind::KeyInUse;
        return fail(Error{.kind = held ? inUse : gone, .subject = device.name});
    }
    if (isReader) {
        return std::unique_ptr<SmartCard>(
            std::make_unique<SocketCard>(*std::move(connection), device.name));
    }
    return std::unique_ptr<HidLink>(std::make_unique<SocketLink>(*std::move(connection)));
}

} // namespace Sparekey
