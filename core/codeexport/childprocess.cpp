// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codeexport/childprocess.h"

#include <QDeadlineTimer>
#include <QFile>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

namespace Sparekey {

namespace {

constexpr auto timeout = 60s;
constexpr qsizetype MostOutput = qsizetype{256} * 1024 * 1024;

// A pair of sockets of which the child gets one. Unlike a pipe, a socket whose reader has gone does
// not end this process by a signal.
class Channel
{
public:
    Channel()
    {
        std::array<int, 2> ends{};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
            return;
        m_ours = ends[0];
        // Above the descriptors of the child, which are set one after another.
        m_childs = ::fcntl(ends[1], F_DUPFD_CLOEXEC, childSecretDescriptor + 1);
        ::close(ends[1]);
    }
    ~Channel()
    {
        closeOurs();
        closeChilds();
    }
    Channel(const Channel &) = delete;
    Channel &operator=(const Channel &) = delete;

    [[nodiscard]] bool isOpen() const { return m_ours >= 0 && m_childs >= 0; }
    [[nodiscard]] int ours() const { return m_ours; }
    [[nodiscard]] int childs() const { return m_childs; }
    void closeOurs() { close(m_ours); }
    void closeChilds() { close(m_childs); }

private:
    static void close(int &descriptor)
    {
        if (descriptor >= 0)
            ::close(std::exchange(descriptor, -1));
    }

    int m_ours = -1;
    int m_childs = -1;
};

// Sends what the socket takes now; closes it when all is sent, or when nobody reads any more.
void send(Channel &channel, QByteArrayView &bytes)
{
    const ssize_t sent = bytes.isEmpty()
        ? 0
        : ::send(channel.ours(), bytes.data(), static_cast<size_t>(bytes.size()),
                 MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno != EAGAIN && errno != EINTR)
        bytes = {};
    else if (sent > 0)
        bytes = bytes.sliced(sent);
    if (bytes.isEmpty())
        channel.closeOurs();
}

// Reads what is there now; closes the socket at the end.
template<class Append>
void receive(Channel &channel, SecureBuffer &chunk, const Append &append)
{
    const ssize_t size = ::recv(channel.ours(), chunk.data(), static_cast<size_t>(chunk.size()),
                                MSG_DONTWAIT);
    if (size > 0)
        append(chunk.view().first(size));
    else if (size == 0 || (errno != EAGAIN && errno != EINTR))
        channel.closeOurs();
}

struct Channels
{
    Channel input;
    Channel output;
    Channel diagnostics;
    Channel secret;
};

std::optional<pid_t> startChild(const QString &program, const QList<QByteArray> &arguments,
                                const Channels &channels)
{
    const QByteArray name = QFile::encodeName(program);
    std::vector<char *> argv{const_cast<char *>(name.constData())};
    for (const QByteArray &argument : arguments)
        argv.push_back(const_cast<char *>(argument.constData()));
    argv.push_back(nullptr);

    posix_spawn_file_actions_t actions;
    if (::posix_spawn_file_actions_init(&actions) != 0)
        return std::nullopt;
    const std::array<std::pair<int, int>, 4> descriptors{
        {{channels.input.childs(), STDIN_FILENO},
         {channels.output.childs(), STDOUT_FILENO},
         {channels.diagnostics.childs(), STDERR_FILENO},
         {channels.secret.childs(), childSecretDescriptor}}};
    bool isReady = true;
    for (const auto &[from, to] : descriptors)
        isReady = isReady && ::posix_spawn_file_actions_adddup2(&actions, from, to) == 0;
    pid_t child = -1;
    const bool isStarted = isReady
        && ::posix_spawn(&child, name.constData(), &actions, nullptr, argv.data(), environ) == 0;
    ::posix_spawn_file_actions_destroy(&actions);
    return isStarted ? std::optional(child) : std::nullopt;
}

// The exit code; nothing if it was killed.
std::optional<int> waitForEnd(pid_t child)
{
    int status = 0;
    while (::waitpid(child, &status, 0) < 0) {
        if (errno != EINTR)
            return std::nullopt;
    }
    return WIFEXITED(status) ? std::optional(WEXITSTATUS(status)) : std::nullopt;
}

// Until the child has closed its outputs. False if it takes too long or says too much.
bool exchange(Channels &channels, QByteArrayView input, QByteArrayView secret, ChildOutput &result)
{
    constexpr qsizetype ChunkSize = qsizetype{64} * 1024;
    SecureBuffer chunk(ChunkSize);
    const QDeadlineTimer deadline(timeout);
    while (channels.output.ours() >= 0 || channels.diagnostics.ours() >= 0) {
        // A closed one is -1, which poll leaves out.
        std::array<pollfd, 4> polled{
            {{.fd = channels.input.ours(), .events = POLLOUT, .revents = 0},
             {.fd = channels.secret.ours(), .events = POLLOUT, .revents = 0},
             {.fd = channels.output.ours(), .events = POLLIN, .revents = 0},
             {.fd = channels.diagnostics.ours(), .events = POLLIN, .revents = 0}}};
        const int ready = ::poll(polled.data(), polled.size(),
                                 static_cast<int>(deadline.remainingTime()));
        if (ready == 0 || (ready < 0 && errno != EINTR))
            return false;
        if (ready < 0)
            continue;
        if (polled[0].revents != 0)
            send(channels.input, input);
        if (polled[1].revents != 0)
            send(channels.secret, secret);
        if (polled[2].revents != 0)
            receive(channels.output, chunk,
                    [&](QByteArrayView bytes) { result.output.append(bytes); });
        if (polled[3].revents != 0)
            receive(channels.diagnostics, chunk,
                    [&](QByteArrayView bytes) { result.diagnostics.append(bytes); });
        if (result.output.size() + result.diagnostics.size() > MostOutput)
            return false;
    }
    return true;
}

} // namespace

std::optional<ChildOutput> runChildProcess(const QString &program,
                                           const QList<QByteArray> &arguments, QByteArrayView input,
                                           QByteArrayView secret)
{
    Channels channels;
    for (const Channel *channel :
         {&channels.input, &channels.output, &channels.diagnostics, &channels.secret}) {
        if (!channel->isOpen())
            return std::nullopt;
    }
    const auto child = startChild(program, arguments, channels);
    if (!child)
        return std::nullopt;
    for (Channel *channel :
         {&channels.input, &channels.output, &channels.diagnostics, &channels.secret})
        channel->closeChilds();
    ChildOutput result;
    const bool isComplete = exchange(channels, input, secret, result);
    if (!isComplete)
        ::kill(*child, SIGKILL);
    const auto exitCode = waitForEnd(*child);
    if (!isComplete || !exitCode)
        return std::nullopt;
    result.exitCode = *exitCode;
    return result;
}

} // namespace Sparekey
