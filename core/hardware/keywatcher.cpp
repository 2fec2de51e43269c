// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/keywatcher.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace Sparekey {

KeyWatcher::KeyWatcher(Transports transports, std::shared_ptr<Mailbox> mailbox)
    : m_mailbox(std::move(mailbox))
{
    for (auto &transport : transports)
        m_sources.push_back({.transport = std::move(transport), .report = {}});
}

KeyWatcher::~KeyWatcher()
{
    if (m_watches > 0)
        stopWatching();
}

KeyWatcher::Watch KeyWatcher::watch()
{
    if (m_watches++ == 0)
        startWatching();
    // The pointer itself is not used; its deleter ends the watch.
    return Watch(this, [self = QPointer(this)](KeyWatcher *) {
        if (self && --self->m_watches == 0)
            self->stopWatching();
    });
}

void KeyWatcher::startWatching()
{
    ++m_generation;
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
        m_sources[i].transport->startWatching(
            [this, i, generation = m_generation, mailbox = m_mailbox](KeyTransportReport report) {
                mailbox->post([this, i, generation, report = std::move(report)] {
                    applyReport(i, generation, report);
                });
            });
    }
}

void KeyWatcher::stopWatching()
{
    ++m_generation;
    for (Source &source : m_sources) {
        source.transport->stopWatching();
        source.report.reset();
    }
    m_devices.clear();
}

bool KeyWatcher::isKnown() const
{
    return std::all_of(m_sources.begin(), m_sources.end(),
                       [](const Source &source) { return source.report.has_value(); });
}

QList<Error> KeyWatcher::problems() const
{
    QList<Error> all;
    for (const Source &source : m_sources) {
        if (source.report && source.report->problem)
            all.append(*source.report->problem);
    }
    return all;
}

void KeyWatcher::applyReport(std::size_t source, int generation, KeyTransportReport report)
{
    if (generation != m_generation)
        return;
    m_sources[source].report = std::move(report);
    QList<KeyDevice> all;
    for (const Source &each : m_sources) {
        if (each.report)
            all += each.report->devices;
    }
    m_devices.clear();
    for (const KeyDevice &device : std::as_const(all)) {
        if (!device.isReader() || !isPartOfKey(device, all))
            m_devices.append(device);
    }
    Q_EMIT changed();
}

std::shared_ptr<KeyTransport> KeyWatcher::transportOf(const KeyDevice &device) const
{
    for (const Source &source : m_sources) {
        if (!source.report)
            continue;
        for (const KeyDevice &each : source.report->devices) {
            if (each.id == device.id)
                return source.transport;
        }
    }
    return {};
}

} // namespace Sparekey
