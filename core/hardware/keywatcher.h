// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/keydevice.h"
#include "core/hardware/keytransport.h"
#include "core/hardware/mailbox.h"
#include "core/result.h"

#include <QList>
#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace Sparekey {

/// The keys and readers of this computer, as its transports report them. GUI thread.
class KeyWatcher : public QObject
{
    Q_OBJECT

public:
    using Transports = std::vector<std::shared_ptr<KeyTransport>>;
    /// As long as a watch exists, `devices()` is kept up to date.
    using Watch = std::shared_ptr<void>;

    /// No transport is used before the first watch. Reports come through `mailbox`.
    KeyWatcher(Transports transports, std::shared_ptr<Mailbox> mailbox);
    ~KeyWatcher() override;

    [[nodiscard]] Watch watch();
    /// Whether every transport has reported since the watch began.
    [[nodiscard]] bool isKnown() const;
    /// Empty without a watch. A key's own smart card interface is left out.
    [[nodiscard]] QList<KeyDevice> devices() const { return m_devices; }
    /// Why devices may be missing, such as `CardServiceMissing`.
    [[nodiscard]] QList<Error> problems() const;
    /// Null if the device is not connected.
    [[nodiscard]] std::shared_ptr<KeyTransport> transportOf(const KeyDevice &device) const;

Q_SIGNALS:
    void changed();

private:
    struct Source
    {
        std::shared_ptr<KeyTransport> transport;
        std::optional<KeyTransportReport> report;
    };

    void startWatching();
    void stopWatching();
    void applyReport(std::size_t source, int generation, KeyTransportReport report);

    std::shared_ptr<Mailbox> m_mailbox;
    std::vector<Source> m_sources;
    QList<KeyDevice> m_devices;
    int m_watches = 0;
    int m_generation = 0; // counts starts and stops; older reports are dropped
};

} // namespace Sparekey
