// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/authenticator/hidfront.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>
#include <map>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey {

namespace {

constexpr quint32 Broadcast = 0xffffffff;
constexpr qsizetype LargestMessage = 7609;
constexpr qsizetype FirstData = 57;
constexpr qsizetype NextData = 59;

namespace HidCommand {
constexpr quint8 Ping = 0x01;
constexpr quint8 Message = 0x03;
constexpr quint8 Init = 0x06;
constexpr quint8 Wink = 0x08;
constexpr quint8 Cbor = 0x10;
constexpr quint8 Cancel = 0x11;
constexpr quint8 KeepAlive = 0x3b;
constexpr quint8 Error = 0x3f;
} // namespace HidCommand

namespace HidError {
constexpr quint8 InvalidCommand = 0x01;
constexpr quint8 InvalidLength = 0x03;
constexpr quint8 InvalidSequence = 0x04;
constexpr quint8 ChannelBusy = 0x06;
constexpr quint8 InvalidChannel = 0x0b;
} // namespace HidError

// Ports by the path that libfido2 opens.
struct Ports
{
    std::mutex mutex;
    std::map<QByteArray, HidFront *> byPath;
    int made = 0;
};

Ports &ports()
{
    static Ports all;
    return all;
}

QByteArray newPath()
{
    const std::scoped_lock lock(ports().mutex);
    return "software-key:" + QByteArray::number(++ports().made);
}

void *openPort(const char *path)
{
    const std::scoped_lock lock(ports().mutex);
    const auto found = ports().byPath.find(QByteArray(path));
    if (found == ports().byPath.end() || !found->second->open())
        return nullptr;
    return found->second;
}

void closePort(void *handle)
{
    static_cast<HidFront *>(handle)->close();
}

int readPort(void *handle, unsigned char *buffer, size_t size, int timeout)
{
    HidFront::Frame frame{};
    if (size != frame.size())
        return -1;
    const auto limit = timeout < 0 ? std::optional<std::chrono::milliseconds>()
                                   : std::chrono::milliseconds(timeout);
    if (static_cast<HidFront *>(handle)->receive(frame, limit) != HidFront::Received::Frame)
        return -1;
    std::memcpy(buffer, frame.data(), frame.size());
    return static_cast<int>(frame.size());
}

int writePort(void *handle, const unsigned char *buffer, size_t size)
{
    HidFront::Frame frame{};
    // A report number goes in front of the frame.
    if (size != frame.size() + 1)
        return -1;
    std::memcpy(frame.data(), buffer + 1, frame.size());
    return static_cast<HidFront *>(handle)->send(frame) ? static_cast<int>(size) : -1;
}

} // namespace

/// Waits for the finger on behalf of the key, and keeps the host informed meanwhile.
class HidFront::Person : public Presence
{
public:
    Person(HidFront &port, quint32 channel)
        : m_port(port)
        , m_channel(channel)
    {
    }

    Answer await() override
    {
        std::unique_lock lock(m_port.m_mutex);
        const auto started = std::chrono::steady_clock::now();
        m_port.m_blinking = true;
        m_port.changed();
        std::optional<Answer> answer;
        while (!answer) {
            const auto waited = std::chrono::steady_clock::now() - started;
            if (m_port.m_canceled || m_port.m_stopping || !m_port.m_pluggedIn)
                answer = Answer::Canceled;
            else if (m_port.m_declines)
                answer = Answer::Declined;
            else if (m_port.m_touchNow || (m_port.m_touchDelay && waited >= *m_port.m_touchDelay))
                answer = Answer::Touched;
            else if (waited >= m_port.m_timeout)
                answer = Answer::TooLate;
            if (answer)
                break;
            m_port.sendMessage(m_channel, HidCommand::KeepAlive, "\x02"_ba);
            auto next = std::chrono::steady_clock::now() + 100ms;
            if (m_port.m_touchDelay)
                next = std::min(next, started + *m_port.m_touchDelay);
            next = std::min(next, started + m_port.m_timeout);
            m_port.m_changed.wait_until(lock, next);
        }
        m_port.m_touchNow = false;
        m_port.m_blinking = false;
        m_port.changed();
        return *answer;
    }

    bool isTouched() override
    {
        const std::scoped_lock lock(m_port.m_mutex);
        const auto now = std::chrono::steady_clock::now();
        if (!m_port.m_askedForTouch)
            m_port.m_askedForTouch = now;
        const bool touched = !m_port.m_declines
            && (m_port.m_touchNow
                || (m_port.m_touchDelay && now - *m_port.m_askedForTouch >= *m_port.m_touchDelay));
        m_port.m_blinking = !touched;
        if (touched) {
            m_port.m_touchNow = false;
            m_port.m_askedForTouch.reset();
        }
        m_port.changed();
        return touched;
    }

private:
    HidFront &m_port;
    quint32 m_channel;
};

HidFront::HidFront(std::shared_ptr<SoftwareKey> key, Begin begin)
    : m_key(std::move(key))
    , m_path(newPath())
    , m_pluggedIn(begin == Begin::PluggedIn)
    , m_session(m_pluggedIn ? 1 : 0)
    , m_state{m_session, false, 0}
{
    m_thread = std::thread([this] { run(); });
    const std::scoped_lock lock(ports().mutex);
    ports().byPath.emplace(m_path, this);
}

HidFront::~HidFront()
{
    {
        const std::scoped_lock lock(ports().mutex);
        ports().byPath.erase(m_path);
    }
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
        m_pluggedIn = false;
        changed();
    }
    m_thread.join();
}

fido_dev_io_t HidFront::ioFunctions()
{
    return {openPort, closePort, readPort, writePort};
}

// ---------------------------------------------------------------- the host's side

bool HidFront::open()
{
    const std::scoped_lock lock(m_mutex);
    if (!m_pluggedIn || m_held || m_opened)
        return false;
    m_opened = true;
    m_outgoing.clear();
    m_assembling.reset();
    return true;
}

void HidFront::close()
{
    const std::scoped_lock lock(m_mutex);
    m_opened = false;
    changed();
}

bool HidFront::send(const Frame &frame)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_opened || !countFrame())
        return false;
    receivedFrame(frame);
    return true;
}

HidFront::Received HidFront::receive(Frame &frame, std::optional<std::chrono::milliseconds> timeout)
{
    std::unique_lock lock(m_mutex);
    const auto ready = [this] {
        return !m_opened || !m_pluggedIn || !m_outgoing.empty();
    };
    if (!timeout)
        m_changed.wait(lock, ready);
    else if (!m_changed.wait_for(lock, *timeout, ready))
        return Received::TimedOut;
    if (!m_opened || !countFrame())
        return Received::Gone;
    frame = m_outgoing.front();
    m_outgoing.pop_front();
    return Received::Frame;
}

bool HidFront::countFrame()
{
    if (m_framesLeft && *m_framesLeft == 0)
        pullOut();
    if (!m_pluggedIn)
        return false;
    ++m_frames;
    if (m_framesLeft)
        --*m_framesLeft;
    return true;
}

// ---------------------------------------------------------------- the person

void HidFront::touchAfter(std::chrono::milliseconds delay)
{
    const std::scoped_lock lock(m_mutex);
    m_touchDelay = delay;
    m_declines = false;
    changed();
}

void HidFront::neverTouch()
{
    const std::scoped_lock lock(m_mutex);
    m_touchDelay.reset();
    m_declines = false;
}

void HidFront::declineTouch()
{
    const std::scoped_lock lock(m_mutex);
    m_declines = true;
    changed();
}

void HidFront::touch()
{
    const std::scoped_lock lock(m_mutex);
    m_touchNow = m_blinking;
    changed();
}

bool HidFront::waitForBlinking(std::chrono::milliseconds timeout)
{
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, timeout, [this] { return m_blinking; });
}

bool HidFront::isBlinking() const
{
    const std::scoped_lock lock(m_mutex);
    return m_blinking;
}

void HidFront::giveUpAfter(std::chrono::milliseconds time)
{
    const std::scoped_lock lock(m_mutex);
    m_timeout = time;
}

void HidFront::unplug()
{
    const std::scoped_lock lock(m_mutex);
    pullOut();
}

void HidFront::pullOut()
{
    m_pluggedIn = false;
    m_framesLeft.reset();
    m_outgoing.clear();
    m_assembling.reset();
    m_askedForTouch.reset();
    m_blinking = false;
    changed();
}

void HidFront::plugIn()
{
    std::unique_lock lock(m_mutex);
    // What the key was doing has to end without power first.
    m_changed.wait(lock, [this] { return !m_current; });
    lock.unlock();
    m_key->powerCycle();
    lock.lock();
    m_pluggedIn = true;
    m_opened = false;
    ++m_session;
    changed();
}

bool HidFront::isPluggedIn() const
{
    return session().has_value();
}

std::optional<int> HidFront::session() const
{
    const std::scoped_lock lock(m_mutex);
    return m_pluggedIn ? std::optional(m_session) : std::nullopt;
}

void HidFront::unplugAfterFrames(int count)
{
    const std::scoped_lock lock(m_mutex);
    m_framesLeft = count;
}

int HidFront::frameCount() const
{
    const std::scoped_lock lock(m_mutex);
    return m_frames;
}

void HidFront::setHeld(bool held)
{
    const std::scoped_lock lock(m_mutex);
    m_held = held;
}

void HidFront::addListener(std::function<void()> listener)
{
    const std::scoped_lock lock(m_mutex);
    m_listeners.push_back(std::move(listener));
}

void HidFront::changed()
{
    m_changed.notify_all();
    const State state{m_pluggedIn ? m_session : 0, m_blinking, m_commands};
    if (std::exchange(m_state, state) == state)
        return;
    for (const auto &listener : m_listeners)
        listener();
}

void HidFront::setBusyElsewhere(bool busy)
{
    const std::scoped_lock lock(m_mutex);
    m_busyElsewhere = busy;
}

void HidFront::setReplyFilter(ReplyFilter filter)
{
    const std::scoped_lock lock(m_mutex);
    m_filter = std::move(filter);
}

// ---------------------------------------------------------------- the key's side

void HidFront::receivedFrame(const Frame &frame)
{
    const auto channel = qFromBigEndian<quint32>(frame.data());
    const quint8 kind = frame[4];
    if ((kind & 0x80) != 0) {
        begin(channel, kind & 0x7f, frame);
        return;
    }
    // A continuation that belongs to nothing is ignored.
    if (!m_assembling || m_assembling->channel != channel)
        return;
    if (kind != m_nextSequence) {
        m_assembling.reset();
        sendError(channel, HidError::InvalidSequence);
        return;
    }
    ++m_nextSequence;
    const qsizetype missing = m_expected - m_assembling->data.size();
    m_assembling->data.append(reinterpret_cast<const char *>(frame.data()) + 5,
                              std::min(missing, NextData));
    if (m_assembling->data.size() == m_expected) {
        const Message message = *m_assembling;
        m_assembling.reset();
        dispatch(message);
    }
}

void HidFront::begin(quint32 channel, quint8 command, const Frame &frame)
{
    const qsizetype size = (frame[5] << 8) | frame[6];
    if (command == HidCommand::Cancel) {
        if (m_current && m_current->channel == channel) {
            m_canceled = true;
            changed();
        }
        return;
    }
    if (command != HidCommand::Init) {
        if (channel == 0 || channel == Broadcast || channel > m_lastChannel) {
            sendError(channel, HidError::InvalidChannel);
            return;
        }
        const bool othersMessage = m_assembling && m_assembling->channel != channel;
        if (m_busyElsewhere || m_current || othersMessage) {
            sendError(channel, HidError::ChannelBusy);
            return;
        }
        if (m_assembling) {
            m_assembling.reset();
            sendError(channel, HidError::InvalidSequence);
            return;
        }
    }
    if (size > LargestMessage) {
        sendError(channel, HidError::InvalidLength);
        return;
    }
    Message message{channel, command, {}};
    message.data.append(reinterpret_cast<const char *>(frame.data()) + 7,
                        std::min(size, FirstData));
    if (message.data.size() == size) {
        dispatch(message);
        return;
    }
    m_assembling = message;
    m_expected = size;
    m_nextSequence = 0;
}

void HidFront::dispatch(const Message &message)
{
    switch (message.command) {
    case HidCommand::Init: initialize(message); return;
    case HidCommand::Ping: sendMessage(message.channel, HidCommand::Ping, message.data); return;
    case HidCommand::Wink: sendMessage(message.channel, HidCommand::Wink, {}); return;
    case HidCommand::Cbor:
    case HidCommand::Message:
        m_current = message;
        m_started = false;
        m_canceled = false;
        changed();
        return;
    default: sendError(message.channel, HidError::InvalidCommand);
    }
}

void HidFront::initialize(const Message &message)
{
    if (message.data.size() != 8) {
        sendError(message.channel, HidError::InvalidLength);
        return;
    }
    quint32 channel = message.channel;
    if (channel == Broadcast) {
        channel = ++m_lastChannel;
    } else {
        // On its own channel it means: forget what was going on.
        if (m_assembling && m_assembling->channel == channel)
            m_assembling.reset();
        if (m_current && m_current->channel == channel) {
            m_canceled = true;
            changed();
        }
    }
    constexpr quint8 CanWink = 0x01;
    constexpr quint8 KnowsCbor = 0x04;
    constexpr quint8 KnowsNoU2f = 0x08;
    const SoftwareKeyTraits &traits = m_key->traits();
    const auto capabilities = static_cast<char>(CanWink | (traits.ctap2 ? KnowsCbor : 0)
                                                | (traits.u2f ? 0 : KnowsNoU2f));
    QByteArray reply = message.data;
    reply.resize(12);
    qToBigEndian(channel, reply.data() + 8);
    reply += "\x02\x05\x07\x00"_ba; // protocol and version of the device
    reply += capabilities;
    sendMessage(message.channel, HidCommand::Init, reply);
}

void HidFront::sendError(quint32 channel, quint8 code)
{
    sendMessage(channel, HidCommand::Error, QByteArray(1, static_cast<char>(code)));
}

void HidFront::sendMessage(quint32 channel, quint8 command, const QByteArray &data)
{
    QByteArray rest = data;
    if (m_filter) {
        const auto filtered = m_filter(command, data);
        if (!filtered)
            return;
        rest = filtered->left(LargestMessage);
    }
    Frame frame{};
    qToBigEndian(channel, frame.data());
    frame[4] = command | 0x80;
    frame[5] = static_cast<unsigned char>(rest.size() >> 8);
    frame[6] = static_cast<unsigned char>(rest.size() & 0xff);
    const QByteArray first = rest.left(FirstData);
    std::memcpy(frame.data() + 7, first.constData(), static_cast<std::size_t>(first.size()));
    putFrame(frame);
    rest = rest.mid(FirstData);
    for (unsigned char sequence = 0; !rest.isEmpty(); ++sequence) {
        frame.fill(0);
        qToBigEndian(channel, frame.data());
        frame[4] = sequence;
        const QByteArray part = rest.left(NextData);
        std::memcpy(frame.data() + 5, part.constData(), static_cast<std::size_t>(part.size()));
        putFrame(frame);
        rest = rest.mid(NextData);
    }
}

void HidFront::putFrame(const Frame &frame)
{
    // Nobody listens to a port that no program has open.
    if (m_pluggedIn && m_opened)
        m_outgoing.push_back(frame);
    changed();
}

void HidFront::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_stopping || (m_current && !m_started); });
        if (m_stopping)
            return;
        m_started = true;
        const Message message = *m_current;
        lock.unlock();
        Person person(*this, message.channel);
        const QByteArray reply = message.command == HidCommand::Cbor
            ? m_key->ctap2(message.data, person)
            : m_key->u2f(message.data, person);
        lock.lock();
        m_current.reset();
        ++m_commands;
        sendMessage(message.channel, message.command, reply);
        changed();
    }
}

} // namespace Sparekey
