// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/authenticator/simulatedkeys.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

class PortLink : public HidLink
{
public:
    explicit PortLink(std::shared_ptr<HidFront> port)
        : m_port(std::move(port))
    {
    }
    ~PortLink() override { m_port->close(); }

    bool send(const Frame &frame) override { return m_port->send(frame); }
    Received receive(Frame &frame, std::optional<std::chrono::milliseconds> timeout) override
    {
        switch (m_port->receive(frame, timeout)) {
        case HidFront::Received::Frame: return Received::Frame;
        case HidFront::Received::TimedOut: return Received::TimedOut;
        case HidFront::Received::Gone: break;
        }
        return Received::Gone;
    }

private:
    std::shared_ptr<HidFront> m_port;
};

} // namespace

KeyDevice SimulatedKeys::add(Place place, KeyDevice::Connection connection, const QString &name)
{
    const std::scoped_lock lock(m_mutex);
    place.device.id = u"simulated:%1"_s.arg(m_places.size());
    place.device.name = name;
    place.device.connection = connection;
    place.device.simulated = true;
    m_places.push_back(std::move(place));
    tell();
    return m_places.back().device;
}

KeyDevice SimulatedKeys::plugIn(std::shared_ptr<HidFront> port, const QString &name)
{
    Place place;
    place.port = std::move(port);
    return add(std::move(place), KeyDevice::Connection::Usb, name);
}

KeyDevice SimulatedKeys::addReader(const QString &name)
{
    Place place;
    place.device.state = KeyDevice::State::NoCard;
    return add(std::move(place), KeyDevice::Connection::Nfc, name);
}

void SimulatedKeys::change(const KeyDevice &device, const std::function<void(Place &)> &how)
{
    const std::scoped_lock lock(m_mutex);
    for (Place &place : m_places) {
        if (place.device.id == device.id)
            how(place);
    }
    tell();
}

void SimulatedKeys::pullOut(const KeyDevice &device)
{
    change(device, [](Place &place) {
        place.port->unplug();
        place.listed = false;
    });
}

void SimulatedKeys::plugInAgain(const KeyDevice &device)
{
    change(device, [](Place &place) {
        place.port->plugIn();
        place.listed = true;
    });
}

void SimulatedKeys::forbid(const KeyDevice &device)
{
    change(device, [](Place &place) { place.device.state = KeyDevice::State::NoPermission; });
}

void SimulatedKeys::layOn(const KeyDevice &reader, Card card)
{
    change(reader, [&card](Place &place) {
        place.card = std::move(card);
        place.device.state = KeyDevice::State::Ready;
        place.device.tap = ++place.taps;
    });
}

void SimulatedKeys::lift(const KeyDevice &reader)
{
    change(reader, [](Place &place) {
        place.card = nullptr;
        place.device.state = KeyDevice::State::NoCard;
        place.device.tap = 0;
    });
}

void SimulatedKeys::removeReader(const KeyDevice &reader)
{
    change(reader, [](Place &place) {
        place.card = nullptr;
        place.listed = false;
    });
}

int SimulatedKeys::connections() const
{
    const std::scoped_lock lock(m_mutex);
    return m_connections;
}

void SimulatedKeys::startWatching(Listener listener)
{
    const std::scoped_lock lock(m_mutex);
    m_listener = std::move(listener);
    tell();
}

void SimulatedKeys::stopWatching()
{
    const std::scoped_lock lock(m_mutex);
    m_listener = nullptr;
}

void SimulatedKeys::tell()
{
    if (!m_listener)
        return;
    KeyTransportReport report;
    for (const Place &place : m_places) {
        if (place.listed)
            report.devices.append(place.device);
    }
    m_listener(std::move(report));
}

Result<KeyConnection> SimulatedKeys::connect(const KeyDevice &device)
{
    const std::scoped_lock lock(m_mutex);
    ++m_connections;
    const auto refused = [&device](ErrorKind kind) {
        return fail(Error{.kind = kind, .subject = device.name});
    };
    for (const Place &place : m_places) {
        if (place.device.id != device.id)
            continue;
        if (place.port) {
            if (!place.port->open())
                return refused(place.port->isPluggedIn() ? ErrorKind::KeyInUse
                                                         : ErrorKind::KeyRemoved);
            return std::unique_ptr<HidLink>(std::make_unique<PortLink>(place.port));
        }
        return place.card ? Result<KeyConnection>(place.card())
                          : Result<KeyConnection>(refused(ErrorKind::KeyCardMoved));
    }
    return refused(ErrorKind::KeyRemoved);
}

} // namespace Sparekey
