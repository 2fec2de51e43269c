// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace Sparekey {

/// A part of the window that shows or holds secrets. It is added to a `WindowLock`, which knows
/// nothing else of it.
class Lockable
{
public:
    Lockable() = default;
    virtual ~Lockable() = default;
    Q_DISABLE_COPY_MOVE(Lockable)

    /// There is something that a lock would close.
    [[nodiscard]] virtual bool isUnlocked() const = 0;
    /// Closes it and wipes what was shown, before it returns. Never waits.
    virtual void lock() = 0;
};

} // namespace Sparekey
