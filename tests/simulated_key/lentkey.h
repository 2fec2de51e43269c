// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/keytransport.h"

#include <QByteArray>

#include <array>
#include <memory>
#include <thread>

namespace Sparekey {

/// A software key of another process, which is lent in a folder (see `PortSocket`): a transport for
/// `HardwareKeys` with at most two devices, the key in its port and the reader it can be laid on.
/// Both say by their names that they are simulated.
///
/// While it watches, one thread sleeps until the folder changes.
class LentKey : public KeyTransport
{
public:
    /// @param folder must exist
    /// @param number tells several apart; the first, 1, is not numbered
    explicit LentKey(const QString &folder, int number = 1);
    ~LentKey() override;

    void startWatching(Listener listener) override;
    void stopWatching() override;
    [[nodiscard]] Result<KeyConnection> connect(const KeyDevice &device) override;

private:
    class Watch;
    /// A file that is there or not, and another one each time.
    struct Seen
    {
        const char *name;
        bool there = false;
        int count = 0;
        QByteArray identity = {}; ///< Of the last one.
    };

    [[nodiscard]] QByteArray fileOf(const char *name) const;
    [[nodiscard]] QByteArray identityOf(const char *name) const;
    void updateCounts();
    void take(QByteArrayView name, bool came);
    [[nodiscard]] KeyTransportReport report() const;

    const QByteArray m_folder;
    const QString m_keyName;
    const QString m_readerName;

    // Of the thread that watches, or of nobody.
    std::array<Seen, 3> m_seen;

    std::shared_ptr<Watch> m_watch;
    std::thread m_thread;
};

} // namespace Sparekey
