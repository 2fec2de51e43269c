// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/keydevice.h"
#include "core/result.h"

#include <QObject>

#include <functional>

namespace Sparekey {

class KeyRunner;

/// Reports the progress of an operation with a key, and cancels it. The caller creates it and may
/// use it for one operation after another. Its destruction cancels the operation. GUI thread.
class KeyOperation : public QObject
{
    Q_OBJECT

public:
    enum class Stage {
        Idle,          ///< Not started, or finished.
        WaitForKey,    ///< No usable key: plug one in, or place one on a reader.
        PlaceOnReader, ///< Place the key on the reader of `device()`.
        Replug,        ///< Remove the key and plug it in again, or place it on the reader again.
        Connect,       ///< Talks to the key; nothing for the user to do.
        Touch,         ///< The key blinks: touch it. It waits about 30 s.
        KeepOnReader,  ///< The key is working: leave it on the reader.
    };
    Q_ENUM(Stage)

    explicit KeyOperation(QObject *parent = nullptr);
    ~KeyOperation() override;

    [[nodiscard]] Stage stage() const { return m_stage; }
    /// The device that the stage or the result refers to; with several keys, the latest.
    [[nodiscard]] KeyDevice device() const { return m_device; }

    /// The operation ends with `Canceled` at once. The key is told to stop; it may keep blinking
    /// for a few tenths of a second.
    void cancel();

Q_SIGNALS:
    void stageChanged();
    /// With several keys: this one cannot be used, and the operation continues with the others.
    void deviceFailed(const Sparekey::KeyDevice &device, const Sparekey::Error &error);

private:
    friend class KeyRunner;
    void set(Stage stage, const KeyDevice &device);

    Stage m_stage = Stage::Idle;
    KeyDevice m_device;
    std::function<void()> m_stop;
};

} // namespace Sparekey
