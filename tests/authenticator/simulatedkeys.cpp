// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/authenticator/simulatedkeys.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr int NoLimit = -1;

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

/// A card as long as it lies on its reader.
class CardLink : public SmartCard
{
public:
    /// @p mayAnswer is asked before each command.
    CardLink(std::shared_ptr<KeyCard> card, std::function<bool()> mayAnswer)
        : m_card(std::move(card))
        , m_mayAnswer(std::move(mayAnswer))
    {
        m_card->powerUp();
    }

    Result<QByteArray> transmit(QByteArrayView command) override
    {
        if (!m_mayAnswer())
            return fail(Error{.kind = ErrorKind::KeyCardMoved});
        return m_card->transmit(command.toByteArray());
    }

private:
    std::shared_ptr<KeyCard> m_card;
    std::function<bool()> m_mayAnswer;
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

void SimulatedKeys::placeOn(const KeyDevice &reader, Card card)
{
    put(reader, std::move(card), nullptr);
}

void SimulatedKeys::placeOn(const KeyDevice &reader, std::shared_ptr<KeyCard> card,
                            std::optional<int> answers)
{
    const auto left = std::make_shared<std::atomic<int>>(answers.value_or(NoLimit));
    const auto mayAnswer = [this, reader, left] {
        if (*left == NoLimit)
            return true;
        if (*left > 0) {
            --*left;
            return true;
        }
        change(reader, [&left](Place &place) {
            if (place.answersLeft == left)
                takeOff(place);
        });
        return false;
    };
    const auto link = [card, mayAnswer] {
        return std::make_unique<CardLink>(card, mayAnswer);
    };
    put(reader, link, left);
}

void SimulatedKeys::put(const KeyDevice &reader, Card card, AnswersLeft answersLeft)
{
    change(reader, [&](Place &place) {
        takeOff(place);
        place.card = std::move(card);
        place.answersLeft = std::move(answersLeft);
        place.device.state = KeyDevice::State::Ready;
        place.device.cardNumber = ++place.taps;
    });
}

void SimulatedKeys::takeOff(Place &place)
{
    if (place.answersLeft)
        *place.answersLeft = 0;
    place.answersLeft = nullptr;
    place.card = nullptr;
    place.device.state = KeyDevice::State::NoCard;
    place.device.cardNumber = 0;
}

void SimulatedKeys::lift(const KeyDevice &reader)
{
    change(reader, takeOff);
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
