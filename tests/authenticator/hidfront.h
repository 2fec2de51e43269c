// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/authenticator/softwarekey.h"

#include <array>
#include <condition_variable>
#include <deque>
#include <fido.h>
#include <functional>
#include <thread>
#include <vector>

namespace Sparekey {

/// A software key in a USB port: CTAPHID (CTAP 2.1, section 11.2) in frames of 64 bytes. Commands
/// run on a thread of its own, with keep-alive messages while it waits for a touch. All functions
/// are thread-safe; the port must not be destroyed while somebody is in `send` or `receive`.
class HidFront
{
public:
    using Frame = std::array<unsigned char, 64>;
    enum class Received {
        Frame,
        TimedOut,
        Gone,
    };
    /// Gets the CTAPHID command and a whole answer; gives what shall go out instead, or nothing to
    /// swallow it.
    using ReplyFilter =
        std::function<std::optional<QByteArray>(quint8 command, const QByteArray &reply)>;

    enum class Begin { PluggedIn, Unplugged };

    explicit HidFront(std::shared_ptr<SoftwareKey> key, Begin begin = Begin::PluggedIn);
    ~HidFront();
    HidFront(const HidFront &) = delete;
    HidFront &operator=(const HidFront &) = delete;
    HidFront(HidFront &&) = delete;
    HidFront &operator=(HidFront &&) = delete;

    [[nodiscard]] SoftwareKey &key() { return *m_key; }

    // ------------------------------------------------ the host's side
    /// One program at a time. False if the key is not there or somebody has it.
    [[nodiscard]] bool open();
    void close();
    [[nodiscard]] bool send(const Frame &frame);
    [[nodiscard]] Received receive(Frame &frame, std::optional<std::chrono::milliseconds> timeout);

    /// What `ioFunctions` knows this port by.
    [[nodiscard]] const QByteArray &path() const { return m_path; }
    /// For `fido_dev_set_io_functions`, before `fido_dev_open(device, path())`.
    [[nodiscard]] static fido_dev_io_t ioFunctions();

    // ------------------------------------------------ the person
    /// From now on every operation gets its touch after @p delay; that is how a port begins, with
    /// no delay.
    void touchAfter(std::chrono::milliseconds delay);
    void neverTouch();
    void declineTouch();
    /// Touches once: the operation that waits, if there is one, gets it.
    void touch();
    /// The light blinks: an operation waits for a touch. False if that did not come about.
    [[nodiscard]] bool waitForBlinking(std::chrono::milliseconds timeout);
    [[nodiscard]] bool isBlinking() const;
    /// After that long without a touch the key itself gives up; at first 30 s.
    void giveUpAfter(std::chrono::milliseconds time);

    void unplug();
    void plugIn();
    [[nodiscard]] bool isPluggedIn() const;
    /// Counts how often it was plugged in, from 1 on; nothing while it is not.
    [[nodiscard]] std::optional<int> session() const;
    /// The key is pulled out once @p count more frames have gone in either direction.
    void unplugAfterFrames(int count);
    /// Frames that have gone so far, in both directions.
    [[nodiscard]] int frameCount() const;
    /// Another program has the key open, and shares it with nobody.
    void setHeld(bool held);
    /// The key works for another program, which does share it but for the time of an answer.
    void setBusyElsewhere(bool busy);

    void setReplyFilter(ReplyFilter filter);
    /// Is called when the key was plugged in or out, the light has changed or a command is done: by
    /// any thread, which has the port locked, so it must do no more than wake another one. There as
    /// long as the port.
    void addListener(std::function<void()> listener);

private:
    class Person;
    struct Message
    {
        quint32 channel = 0;
        quint8 command = 0;
        QByteArray data;
    };

    void run();
    void receivedFrame(const Frame &frame);
    void begin(quint32 channel, quint8 command, const Frame &frame);
    void dispatch(const Message &message);
    void initialize(const Message &message);
    void sendMessage(quint32 channel, quint8 command, const QByteArray &data);
    void sendError(quint32 channel, quint8 code);
    void putFrame(const Frame &frame);
    bool countFrame();
    void pullOut();
    void changed();

    const std::shared_ptr<SoftwareKey> m_key;
    const QByteArray m_path;

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Frame> m_outgoing;
    bool m_pluggedIn;
    int m_session; ///< Of those that have begun, the last.
    bool m_held = false;
    bool m_busyElsewhere = false;
    bool m_opened = false;
    bool m_stopping = false;
    int m_commands = 0;
    int m_frames = 0;
    std::optional<int> m_framesLeft;
    ReplyFilter m_filter;

    /// What a listener has been told of.
    struct State
    {
        int session = 0; ///< 0: not plugged in.
        bool blinking = false;
        int commands = 0; ///< Done so far.
        bool operator==(const State &) const = default;
    };
    State m_state;
    std::vector<std::function<void()>> m_listeners;

    quint32 m_lastChannel = 0;
    std::optional<Message> m_assembling;
    qsizetype m_expected = 0;
    int m_nextSequence = 0;
    std::optional<Message> m_current; ///< What the key works on.
    bool m_started = false;           ///< The thread has taken it.
    bool m_canceled = false;

    std::optional<std::chrono::milliseconds> m_touchDelay{0};
    bool m_declines = false;
    bool m_touchNow = false;
    bool m_blinking = false;
    std::optional<std::chrono::steady_clock::time_point> m_askedForTouch; ///< By U2F.
    std::chrono::milliseconds m_timeout{30'000};

    std::thread m_thread;
};

} // namespace Sparekey
