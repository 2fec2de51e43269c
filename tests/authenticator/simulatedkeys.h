// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/keytransport.h"
#include "tests/authenticator/hidfront.h"
#include "tests/authenticator/keycard.h"

#include <QList>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace Sparekey {

/// Software keys in place of those of the computer: a transport for `HardwareKeys`. Keys are
/// plugged in and out, and laid on readers and lifted, from any thread and at any time.
class SimulatedKeys : public KeyTransport
{
public:
    /// Makes the connection to a card; called on the thread that will use it.
    using Card = std::function<std::unique_ptr<SmartCard>()>;

    /// Puts a key into a port. @return what it is listed as
    KeyDevice plugIn(std::shared_ptr<HidFront> port, const QString &name);
    /// Pulls the key out; what waits for it is told so.
    void pullOut(const KeyDevice &device);
    /// Puts it back into the same port.
    void plugInAgain(const KeyDevice &device);
    /// The user may not open it, as where a rule of udev is missing.
    void forbid(const KeyDevice &device);

    /// @return what it is listed as, without a card
    KeyDevice addReader(const QString &name);
    void placeOn(const KeyDevice &reader, Card card);
    /// A key's own card, powered up by each connection. It is lifted by itself once it has
    /// answered @p answers commands, if that is given.
    void placeOn(const KeyDevice &reader, std::shared_ptr<KeyCard> card,
                 std::optional<int> answers = {});
    void lift(const KeyDevice &reader);
    /// Unplugs the reader.
    void removeReader(const KeyDevice &reader);

    /// How often something connected to a key or card.
    [[nodiscard]] int connections() const;

    void startWatching(Listener listener) override;
    void stopWatching() override;
    [[nodiscard]] Result<KeyConnection> connect(const KeyDevice &device) override;

private:
    /// Shared with all connections to one card until it is lifted.
    using AnswersLeft = std::shared_ptr<std::atomic<int>>;
    struct Place
    {
        KeyDevice device;
        std::shared_ptr<HidFront> port;
        Card card;
        AnswersLeft answersLeft; ///< Only where the card is a key's.
        int taps = 0;
        bool listed = true;
    };

    KeyDevice add(Place place, KeyDevice::Connection connection, const QString &name);
    void change(const KeyDevice &device, const std::function<void(Place &)> &how);
    void put(const KeyDevice &reader, Card card, AnswersLeft answersLeft);
    static void takeOff(Place &place);
    void tell();

    mutable std::mutex m_mutex;
    Listener m_listener;
    std::vector<Place> m_places;
    int m_connections = 0;
};

} // namespace Sparekey
