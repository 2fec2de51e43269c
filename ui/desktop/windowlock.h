// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/desktop/autolock.h"
#include "ui/desktop/lockable.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <vector>

namespace Sparekey {

/// Locks all parts that were added: on request, and when `AutoLock` signals it. GUI thread; needs a
/// QGuiApplication.
class WindowLock : public QObject
{
    Q_OBJECT

public:
    explicit WindowLock(QObject *parent = nullptr);
    ~WindowLock() override;

    /// `part` must outlive this object.
    void add(Lockable &part);
    /// Call after a part was unlocked or locked.
    void update();
    /// How long the window may stay idle; 0 for no limit.
    void setIdleLimit(std::chrono::milliseconds limit);

    /// Something can be locked.
    [[nodiscard]] bool isUnlocked() const { return m_unlocked; }
    void lockAll();

Q_SIGNALS:
    void changed();
    /// All parts are locked.
    void locked();

private:
    std::vector<Lockable *> m_parts;
    std::unique_ptr<AutoLock> m_autoLock; ///< Null until something is unlocked for the first time.
    std::chrono::milliseconds m_idleLimit{0};
    bool m_unlocked = false;
};

} // namespace Sparekey
