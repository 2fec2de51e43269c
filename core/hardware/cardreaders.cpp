// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/cardreaders.h"

#include "core/hardware/keytext.h"
#include "core/hardware/pcsclibrary.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

using namespace std::chrono_literals;

constexpr auto idPrefix = "nfc:"_L1;
constexpr const char *newReaders = R"(\\?PnP?\Notification)";
constexpr auto serviceRetry = 2s;
constexpr auto cancelRepeat = 20ms;
// Other programs probe a new card and lock it for a moment.
constexpr auto sharingRetry = 100ms;
constexpr int sharingTries = 10;
constexpr DWORD countShift = 16; // the upper half of a reader's state counts its cards

/// A connection to the PC/SC service. Each thread needs its own.
class Context
{
public:
    Context()
        : m_result(pcscLibrary.load()
                       ? SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &m_context)
                       : SCARD_E_NO_SERVICE)
    {
    }
    ~Context()
    {
        if (m_result == SCARD_S_SUCCESS)
            SCardReleaseContext(m_context);
    }
    Context(const Context &) = delete;
    Context &operator=(const Context &) = delete;

    [[nodiscard]] LONG result() const { return m_result; }
    [[nodiscard]] SCARDCONTEXT get() const { return m_context; }

private:
    SCARDCONTEXT m_context = 0;
    LONG m_result;
};

Failure cardFailure(LONG code, const QString &reader)
{
    return fail(
        Error{.kind = cardErrorKind(code),
              .subject = reader,
              .detail = u"winscard %1"_s.arg(static_cast<quint32>(code), 8, 16, QChar(u'0'))});
}

class PcscCard : public SmartCard
{
public:
    PcscCard(std::unique_ptr<Context> context, SCARDHANDLE card, DWORD protocol, QString reader)
        : m_context(std::move(context))
        , m_card(card)
        , m_protocol(protocol)
        , m_reader(std::move(reader))
    {
    }
    // The reset makes the card forget its session state, such as an accepted PIN.
    ~PcscCard() override { SCardDisconnect(m_card, SCARD_RESET_CARD); }

    Result<QByteArray> transmit(QByteArrayView command) override
    {
        const SCARD_IO_REQUEST protocol{m_protocol, sizeof(SCARD_IO_REQUEST)};
        std::array<BYTE, MAX_BUFFER_SIZE> answer;
        DWORD size = answer.size();
        const LONG result = SCardTransmit(m_card, &protocol,
                                          reinterpret_cast<const BYTE *>(command.data()),
                                          static_cast<DWORD>(command.size()), nullptr,
                                          answer.data(), &size);
        if (result != SCARD_S_SUCCESS)
            return cardFailure(result, m_reader);
        // Some readers return this when the card is removed during the exchange.
        if (size < 2)
            return cardFailure(SCARD_W_REMOVED_CARD, m_reader);
        return QByteArray(reinterpret_cast<const char *>(answer.data()),
                          static_cast<qsizetype>(size));
    }

private:
    std::unique_ptr<Context> m_context;
    SCARDHANDLE m_card;
    DWORD m_protocol;
    QString m_reader;
};

std::vector<QByteArray> readerNames(SCARDCONTEXT context, LONG &result)
{
    DWORD size = 0;
    result = SCardListReaders(context, nullptr, nullptr, &size);
    std::vector<char> text(size);
    if (result == SCARD_S_SUCCESS)
        result = SCardListReaders(context, nullptr, text.data(), &size);
    if (result == SCARD_E_NO_READERS_AVAILABLE) {
        result = SCARD_S_SUCCESS;
        return {};
    }
    std::vector<QByteArray> names;
    if (result != SCARD_S_SUCCESS)
        return names;
    // A list of zero-terminated names that ends with an empty name.
    for (auto begin = text.begin(); begin != text.end() && *begin != '\0';) {
        const auto end = std::find(begin, text.end(), '\0');
        names.emplace_back(&*begin, end - begin);
        begin = end == text.end() ? end : end + 1;
    }
    return names;
}

KeyDevice deviceOf(const QByteArray &name, DWORD state)
{
    const bool present = (state & SCARD_STATE_PRESENT) != 0 && (state & SCARD_STATE_MUTE) == 0;
    return {.id = idPrefix + QString::fromUtf8(name),
            .name = shownKeyText(name),
            .connection = KeyDevice::Connection::Nfc,
            .state = present ? KeyDevice::State::Ready : KeyDevice::State::NoCard,
            .cardNumber = present ? static_cast<int>(state >> countShift & 0xFFFF) : 0};
}

} // namespace

ErrorKind cardErrorKind(long code)
{
    switch (code) {
    case SCARD_E_SHARING_VIOLATION: return ErrorKind::CardReaderInUse;
    case SCARD_E_NO_SERVICE:
    case SCARD_E_SERVICE_STOPPED:
    case SCARD_E_INVALID_HANDLE: // the service was restarted
    case SCARD_F_COMM_ERROR: return ErrorKind::CardServiceMissing;
    case SCARD_E_NO_SMARTCARD:
    case SCARD_E_NOT_TRANSACTED:
    case SCARD_W_REMOVED_CARD:
    case SCARD_W_RESET_CARD:
    case SCARD_W_UNPOWERED_CARD:
    case SCARD_W_UNRESPONSIVE_CARD: return ErrorKind::KeyCardMoved;
    case SCARD_E_PROTO_MISMATCH:
    case SCARD_E_UNSUPPORTED_FEATURE:
    case SCARD_W_UNSUPPORTED_CARD: return ErrorKind::CardIsNoKey;
    default: return ErrorKind::CardReaderFailure;
    }
}

class CardReaders::Watch
{
public:
    explicit Watch(Listener listener)
        : m_listener(std::move(listener))
    {
    }

    void run()
    {
        while (!isStopped()) {
            const LONG result = watchService();
            if (isStopped())
                break;
            if (result != SCARD_S_SUCCESS) {
                deliver({.devices = {}, .problem = Error{.kind = cardErrorKind(result)}});
                pause(serviceRetry);
            }
        }
        const std::lock_guard lock(m_mutex);
        m_ended = true;
        m_wake.notify_all();
    }

    void stop()
    {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
        m_listener = nullptr;
        m_wake.notify_all();
    }

    // Wakes the thread that waits in the service. Repeats that, because a call is lost if the
    // thread does not wait yet.
    void cancelUntilEnded()
    {
        std::unique_lock lock(m_mutex);
        while (!m_wake.wait_for(lock, cancelRepeat, [this] { return m_ended; })) {
            if (m_context)
                (void)SCardCancel(*m_context);
        }
    }

    void waitUntilEnded(std::chrono::milliseconds most)
    {
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, most, [this] { return m_ended; });
    }

private:
    bool isStopped()
    {
        const std::lock_guard lock(m_mutex);
        return m_stopped;
    }

    void pause(std::chrono::milliseconds time)
    {
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, time, [this] { return m_stopped; });
    }

    void deliver(KeyTransportReport report)
    {
        const std::lock_guard lock(m_mutex);
        if (!m_listener || m_told == report)
            return;
        m_told = report;
        m_listener(std::move(report));
    }

    // Runs until it is stopped (success) or the service fails.
    LONG watchService()
    {
        const Context context;
        if (context.result() != SCARD_S_SUCCESS)
            return context.result();
        {
            const std::lock_guard lock(m_mutex);
            m_context = context.get();
        }
        const LONG result = watchReaders(context.get());
        const std::lock_guard lock(m_mutex);
        m_context.reset();
        return result;
    }

    LONG watchReaders(SCARDCONTEXT context)
    {
        std::vector<QByteArray> names;
        std::vector<SCARD_READERSTATE> states;
        while (!isStopped()) {
            LONG result = SCARD_S_SUCCESS;
            std::vector<QByteArray> now = readerNames(context, result);
            if (result != SCARD_S_SUCCESS)
                return result;
            if (now != names || states.empty()) {
                names = std::move(now);
                states.assign(names.size() + 1, SCARD_READERSTATE{});
                for (std::size_t i = 0; i < names.size(); ++i)
                    states[i].szReader = names[i].constData();
                states.back().szReader = newReaders;
                states.back().dwCurrentState = static_cast<DWORD>(names.size()) << countShift;
                if (names.empty())
                    deliver({});
            }
            result = SCardGetStatusChange(context, INFINITE, states.data(),
                                          static_cast<DWORD>(states.size()));
            if (result == SCARD_E_CANCELLED || result == SCARD_E_TIMEOUT)
                continue;
            if (result == SCARD_E_UNKNOWN_READER || result == SCARD_E_READER_UNAVAILABLE) {
                states.clear();
                continue;
            }
            if (result != SCARD_S_SUCCESS)
                return result;
            KeyTransportReport report;
            for (std::size_t i = 0; i < names.size(); ++i) {
                SCARD_READERSTATE &state = states[i];
                state.dwCurrentState = state.dwEventState
                    & ~static_cast<DWORD>(SCARD_STATE_CHANGED);
                constexpr DWORD gone = SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE
                    | SCARD_STATE_IGNORE;
                if ((state.dwEventState & gone) == 0)
                    report.devices.append(deviceOf(names[i], state.dwEventState));
            }
            states.back().dwCurrentState = static_cast<DWORD>(names.size()) << countShift;
            deliver(std::move(report));
        }
        return SCARD_S_SUCCESS;
    }

    std::mutex m_mutex;
    std::condition_variable m_wake;
    Listener m_listener;
    std::optional<KeyTransportReport> m_told;
    std::optional<SCARDCONTEXT> m_context;
    bool m_stopped = false;
    bool m_ended = false;
};

CardReaders::CardReaders() = default;

CardReaders::~CardReaders()
{
    const auto watch = m_watch;
    stopWatching();
    // If the service hangs, so does the thread. It owns all it needs, so it may outlive this
    // object.
    if (watch)
        watch->waitUntilEnded(1s);
}

void CardReaders::startWatching(Listener listener)
{
    m_watch = std::make_shared<Watch>(std::move(listener));
    std::thread([watch = m_watch] { watch->run(); }).detach();
}

void CardReaders::stopWatching()
{
    if (!m_watch)
        return;
    m_watch->stop();
    std::thread([watch = std::exchange(m_watch, nullptr)] { watch->cancelUntilEnded(); }).detach();
}

Result<KeyConnection> CardReaders::connect(const KeyDevice &device)
{
    auto context = std::make_unique<Context>();
    if (context->result() != SCARD_S_SUCCESS)
        return cardFailure(context->result(), device.name);
    const QByteArray reader = device.id.sliced(idPrefix.size()).toUtf8();
    SCARDHANDLE card = 0;
    DWORD protocol = 0;
    LONG result = SCARD_E_SHARING_VIOLATION;
    for (int i = 0; i < sharingTries && result == SCARD_E_SHARING_VIOLATION; ++i) {
        if (i > 0)
            std::this_thread::sleep_for(sharingRetry);
        result = SCardConnect(context->get(), reader.constData(), SCARD_SHARE_EXCLUSIVE,
                              SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &card, &protocol);
    }
    if (result != SCARD_S_SUCCESS)
        return cardFailure(result, device.name);
    return std::unique_ptr<SmartCard>(
        std::make_unique<PcscCard>(std::move(context), card, protocol, device.name));
}

} // namespace Sparekey
