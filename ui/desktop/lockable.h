// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace Sparekey {

/// A part of the window that shows or holds secrets. The interface that `WindowLock` needs to lock
/// it.
class Lockable
{
public:
    Lockable() = default;
    virtual ~Lockable() = default;
    Q_DISABLE_COPY_MOVE(Lockable)

    /// True if there is something to lock.
    [[nodiscard]] virtual bool isUnlocked() const = 0;
    /// Locks this part and wipes its secrets before it returns. Never blocks.
    virtual void lock() = 0;
};

} // namespace Sparekey
