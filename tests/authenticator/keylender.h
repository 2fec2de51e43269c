// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/authenticator/cardslot.h"
#include "tests/authenticator/hidsocket.h"

#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace Sparekey {

/// A software key that is lent to another process, as a person has it at hand: it lies aside, is
/// plugged into a USB port, or lies on a reader. It lies aside at first, and nobody touches it.
/// One thread.
class KeyLender
{
public:
    enum class Place { Aside, Port, Reader };

    /// Is lent through sockets in @p folder (see `PortSocket`). The reader is one of vpcd's if its
    /// port @p vpcd is given, else one in that folder.
    /// @param listener is called by any thread when something may have changed that this class or
    /// its key tells; must only wake another one
    explicit KeyLender(const QString &folder, std::optional<quint16> vpcd = {},
                       std::function<void()> listener = {});

    [[nodiscard]] SoftwareKey &key() { return *m_key; }
    /// For the person's finger; `plugIn` and `unplug` are to be had here.
    [[nodiscard]] HidFront &port() { return m_port; }

    [[nodiscard]] Place place() const;
    void plugIn();
    /// False if there is no reader; then it lies aside.
    [[nodiscard]] bool placeOnReader();
    void putAside();
    /// What a reader is told besides: a Yubico one-time password. Puts the key aside.
    void setOneTimePassword(const QByteArray &code);
    [[nodiscard]] int cardCommands() const { return m_slot->commandCount(); }

private:
    const std::shared_ptr<SoftwareKey> m_key;
    HidFront m_port;
    HidSocket m_socket;
    const std::shared_ptr<KeyCard> m_card;
    const std::unique_ptr<CardSlot> m_slot;
    bool m_onReader = false;
};

} // namespace Sparekey
