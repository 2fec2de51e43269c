// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/keys/otptapviewmodel.h"

#include "ui/messages/usermessage.h"

#include <algorithm>
#include <utility>

namespace Sparekey {

OtpTapViewModel::OtpTapViewModel(HardwareKeys &keys, Handler handler, QObject *parent)
    : QObject(parent)
    , m_keys(keys)
    , m_handler(std::move(handler))
{
    connect(&m_keys, &HardwareKeys::devicesChanged, this, &OtpTapViewModel::updateDevices);
    connect(&m_operation, &KeyOperation::deviceFailed, this,
            [this](const KeyDevice &, const Error &error) {
                m_errorText = userMessage(error);
                Q_EMIT changed();
            });
}

OtpTapViewModel::~OtpTapViewModel()
{
    blockSignals(true);
}

void OtpTapViewModel::setActive(bool active)
{
    if (active == m_active)
        return;
    m_active = active;
    m_reading.cancel();
    m_errorText.clear();
    m_operation.cancel();
    if (active)
        readAll();
    Q_EMIT changed();
}

QString OtpTapViewModel::text() const
{
    const QList<KeyDevice> devices = m_active ? m_keys.devices() : QList<KeyDevice>();
    const bool hasReader = std::ranges::any_of(devices, &KeyDevice::isReader);
    return hasReader ? tr("Or place a YubiKey with NFC on the reader.") : QString();
}

QCoro::Task<void> OtpTapViewModel::readAll()
{
    const auto ticket = m_reading.ticket();
    while (true) {
        auto code = co_await m_keys.readOtp(&m_operation);
        if (!ticket || !code)
            co_return;
        m_errorText.clear();
        Q_EMIT changed();
        m_handler(std::move(*code));
        if (!ticket)
            co_return;
    }
}

void OtpTapViewModel::updateDevices()
{
    if (!m_active)
        return;
    const QList<KeyDevice> devices = m_keys.devices();
    const bool hasCard = std::ranges::any_of(devices, [](const KeyDevice &device) {
        return device.isReader() && device.state == KeyDevice::State::Ready;
    });
    if (!hasCard)
        m_errorText.clear();
    Q_EMIT changed();
}

} // namespace Sparekey
