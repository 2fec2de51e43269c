// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/keytransport.h"

#include <memory>

namespace Sparekey {

/// The error kind for a return code of winscard. Not for success.
[[nodiscard]] ErrorKind cardErrorKind(long code);

/// Readers for keys over NFC, through the PC/SC service (pcscd). Debian's libfido2 does not support
/// PC/SC, and few readers work with the kernel's NFC subsystem.
///
/// While watching, one thread waits inside the service until a reader or card is added or removed.
/// If the service does not run, the thread retries every two seconds and reports
/// `CardServiceMissing`.
class CardReaders : public KeyTransport
{
public:
    CardReaders();
    ~CardReaders() override;

    void startWatching(Listener listener) override;
    void stopWatching() override;
    [[nodiscard]] Result<KeyConnection> connect(const KeyDevice &device) override;

private:
    class Watch;

    std::shared_ptr<Watch> m_watch;
};

} // namespace Sparekey
