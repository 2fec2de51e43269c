// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/simulated_key/simulatedkeyviewmodel.h"

#include <atomic>

namespace Sparekey {

namespace {

constexpr qsizetype LongestPin = 63; // bytes of UTF-8 (CTAP 2.1, 6.5.1)

} // namespace

class SimulatedKeyViewModel::Bell : public QObject
{
    Q_OBJECT

public:
    /// Any thread. Many times within one turn of the event loop are one.
    void ring()
    {
        if (!m_ringing.exchange(true))
            QMetaObject::invokeMethod(this, &Bell::answer, Qt::QueuedConnection);
    }

Q_SIGNALS:
    void rung();

private:
    void answer()
    {
        m_ringing = false;
        Q_EMIT rung();
    }

    std::atomic<bool> m_ringing{false};
};

SimulatedKeyViewModel::SimulatedKeyViewModel(const QString &folder, std::optional<quint16> vpcd)
    : m_bell(std::make_shared<Bell>())
    , m_lender(std::make_unique<KeyLender>(folder, vpcd, [bell = m_bell] { bell->ring(); }))
{
    connect(m_bell.get(), &Bell::rung, this, &SimulatedKeyViewModel::changed);
}

SimulatedKeyViewModel::~SimulatedKeyViewModel() = default;

bool SimulatedKeyViewModel::isPluggedIn() const
{
    return m_lender->place() == KeyLender::Place::Port;
}

bool SimulatedKeyViewModel::isOnReader() const
{
    return m_lender->place() == KeyLender::Place::Reader;
}

bool SimulatedKeyViewModel::isBlinking() const
{
    return m_lender->port().isBlinking();
}

bool SimulatedKeyViewModel::hasPin() const
{
    return m_lender->key().hasPin();
}

int SimulatedKeyViewModel::pinRetriesLeft() const
{
    return m_lender->key().pinRetriesLeft();
}

int SimulatedKeyViewModel::shortestPin() const
{
    return m_lender->key().traits().shortestPin;
}

int SimulatedKeyViewModel::credentials() const
{
    return m_lender->key().credentialCount();
}

void SimulatedKeyViewModel::plugIn()
{
    m_lender->plugIn();
    Q_EMIT changed();
}

void SimulatedKeyViewModel::placeOnReader()
{
    (void)
        m_lender->placeOnReader(); // a reader that is missing is seen by the place where the key is
    Q_EMIT changed();
}

void SimulatedKeyViewModel::putAside()
{
    m_lender->putAside();
    Q_EMIT changed();
}

void SimulatedKeyViewModel::touch()
{
    m_lender->port().touch();
}

bool SimulatedKeyViewModel::setPin(const QString &entered)
{
    const QString pin = entered.normalized(QString::NormalizationForm_C); // as keys are given it
    if (pin.toUcs4().size() < shortestPin() || pin.toUtf8().size() > LongestPin)
        return false;
    m_lender->key().setPin(pin);
    Q_EMIT changed();
    return true;
}

} // namespace Sparekey

#include "simulatedkeyviewmodel.moc"
