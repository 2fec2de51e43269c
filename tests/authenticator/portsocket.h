// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/authenticator/descriptor.h"

#include <QByteArray>

#include <tl/expected.hpp>

namespace Sparekey {

/// A Unix socket through which a key is lent to one program at a time. Its file is there as long as
/// this object. A program that connects gets one byte first: whether it is let in.
///
/// A key is lent in a folder, which makes it private to whom the folder belongs to. A program that
/// watches the folder sees what is there by its files' names.
class PortSocket
{
public:
    static constexpr const char *KeyFile = "usb"; ///< CTAPHID frames, while the key is plugged in.
    static constexpr const char *ReaderFile = "reader"; ///< An empty file: there is a reader.
    static constexpr const char *CardFile = "card";     ///< APDUs, while the key lies on it.

    /// Why a program was not let in.
    enum class Refusal {
        Gone,
        Held, ///< Another one has it.
    };

    /// Ends the program if there can be no socket at @p path.
    explicit PortSocket(QByteArray path);
    ~PortSocket();
    PortSocket(const PortSocket &) = delete;
    PortSocket &operator=(const PortSocket &) = delete;
    PortSocket(PortSocket &&) = delete;
    PortSocket &operator=(PortSocket &&) = delete;

    /// Can be read when a program knocks.
    [[nodiscard]] int descriptor() const { return m_listener.get(); }
    /// The next program that knocks; not open if it has gone again.
    [[nodiscard]] Descriptor accept() const;
    /// Tells it whether it is let in. Who is not has to be let go.
    static void answer(const Descriptor &connection, bool letIn);
    /// Whether the program has let go, even if not all that it sent has been read. Who finds that
    /// out before another one is turned away, lets a program in that has just let go itself.
    [[nodiscard]] static bool hasHungUp(const Descriptor &connection);

    /// The other side: knocks, and waits for the answer.
    [[nodiscard]] static tl::expected<Descriptor, Refusal> connectTo(const QByteArray &path);

private:
    QByteArray m_path;
    Descriptor m_listener;
};

} // namespace Sparekey
