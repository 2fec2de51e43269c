// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/fidoio.h"

#include <algorithm>
#include <chrono>
#include <fido/param.h>
#include <utility>

namespace Sparekey {

namespace {

using std::chrono::milliseconds;

// How long a cancel message waits until the current message is sent.
constexpr milliseconds sendTime(100);

thread_local void *beingOpened = nullptr;

void *openHandle(const char *)
{
    return beingOpened;
}

void closeHandle(void *) {}

// libfido2 requires these, but does not call them if there are transport functions.
int readNothing(void *, unsigned char *, std::size_t, int)
{
    return -1;
}

int writeNothing(void *, const unsigned char *, std::size_t)
{
    return -1;
}

} // namespace

HidIo::HidIo(std::unique_ptr<HidLink> link)
    : m_link(std::move(link))
{
}

int HidIo::attachTo(fido_dev_t *device)
{
    static constexpr fido_dev_io_t functions{openHandle, closeHandle, read, write};
    return fido_dev_set_io_functions(device, &functions);
}

int HidIo::read(void *handle, unsigned char *buffer, std::size_t size, int ms)
{
    return static_cast<HidIo *>(handle)->receive({buffer, size}, ms);
}

int HidIo::write(void *handle, const unsigned char *buffer, std::size_t size)
{
    return static_cast<HidIo *>(handle)->send({buffer, size});
}

int HidIo::receive(std::span<unsigned char> buffer, int ms)
{
    HidLink::Frame frame;
    if (buffer.size() != frame.size())
        return -1;
    const auto timeout = ms < 0 ? std::nullopt : std::optional(milliseconds(ms));
    const auto received = m_link->receive(frame, timeout);
    if (received == HidLink::Received::Gone)
        m_gone = true;
    if (received != HidLink::Received::Frame)
        return -1;
    constexpr std::size_t commandAt = 4;
    constexpr std::size_t firstDataAt = 7;
    constexpr unsigned char errorFrame = CTAP_FRAME_INIT | 0x3f; // CTAP 2.1, 11.2.9.1.6
    m_busy = frame[commandAt] == errorFrame && frame[firstDataAt] == FIDO_ERR_CHANNEL_BUSY;
    std::copy(frame.begin(), frame.end(), buffer.begin());
    return static_cast<int>(frame.size());
}

int HidIo::send(std::span<const unsigned char> report)
{
    HidLink::Frame frame;
    if (report.size() != frame.size() + 1)
        return -1;
    std::copy(report.begin() + 1, report.end(), frame.begin()); // without the report ID
    std::unique_lock lock(m_mutex);
    constexpr std::size_t commandAt = 4;
    if (frame[commandAt] == (CTAP_FRAME_INIT | CTAP_CMD_CANCEL)) {
        // The canceling thread sends this frame. It must not come between the frames of another
        // message.
        if (!m_messageSent.wait_for(lock, sendTime, [this] { return m_toSend <= 0; }))
            return -1;
    } else if ((frame[commandAt] & CTAP_FRAME_INIT) != 0) {
        constexpr int inFirst = CTAP_MAX_REPORT_LEN - CTAP_INIT_HEADER_LEN;
        m_toSend = (frame[commandAt + 1] << 8 | frame[commandAt + 2]) - inFirst;
    } else {
        m_toSend -= CTAP_MAX_REPORT_LEN - CTAP_CONT_HEADER_LEN;
    }
    const bool sent = m_link->send(frame);
    if (!sent) {
        m_gone = true;
        m_toSend = 0;
    }
    m_messageSent.notify_all();
    return sent ? static_cast<int>(report.size()) : -1;
}

CardIo::CardIo(std::unique_ptr<SmartCard> card)
    : m_card(std::move(card))
{
}

int CardIo::attachTo(fido_dev_t *device)
{
    static constexpr fido_dev_io_t functions{openHandle, closeHandle, readNothing, writeNothing};
    static constexpr fido_dev_transport_t transport{receive, send};
    const int result = fido_dev_set_io_functions(device, &functions);
    return result == FIDO_OK ? fido_dev_set_transport_functions(device, &transport) : result;
}

int CardIo::receive(fido_dev_t *device, uint8_t command, unsigned char *buffer, std::size_t size,
                    int)
{
    auto *self = static_cast<CardIo *>(fido_dev_io_handle(device));
    return self->m_card.receive(command, {buffer, size});
}

int CardIo::send(fido_dev_t *device, uint8_t command, const unsigned char *buffer, std::size_t size)
{
    auto *self = static_cast<CardIo *>(fido_dev_io_handle(device));
    return self->m_card.send(command, {buffer, size}) ? 0 : -1;
}

Opening::Opening(void *io)
{
    beingOpened = io;
}

Opening::~Opening()
{
    beingOpened = nullptr;
}

} // namespace Sparekey
