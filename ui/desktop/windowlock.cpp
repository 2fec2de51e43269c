// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desktop/windowlock.h"

#include <algorithm>
#include <utility>

namespace Sparekey {

WindowLock::WindowLock(QObject *parent)
    : QObject(parent)
{
}

WindowLock::~WindowLock() = default;

void WindowLock::add(Lockable &part)
{
    m_parts.push_back(&part);
    update();
}

void WindowLock::update()
{
    const bool unlocked = std::ranges::any_of(m_parts,
                                              [](Lockable *part) { return part->isUnlocked(); });
    if (unlocked && !m_autoLock) {
        m_autoLock = std::make_unique<AutoLock>();
        m_autoLock->setIdleLimit(m_idleLimit);
        connect(m_autoLock.get(), &AutoLock::lockWanted, this, &WindowLock::lockAll);
    }
    if (unlocked)
        m_autoLock->arm();
    else if (m_autoLock)
        m_autoLock->disarm();
    if (std::exchange(m_unlocked, unlocked) != unlocked)
        Q_EMIT changed();
}

void WindowLock::setIdleLimit(std::chrono::milliseconds limit)
{
    m_idleLimit = limit;
    if (m_autoLock)
        m_autoLock->setIdleLimit(limit);
}

void WindowLock::lockAll()
{
    for (Lockable *part : m_parts)
        part->lock();
    update();
    Q_EMIT locked();
}

} // namespace Sparekey
