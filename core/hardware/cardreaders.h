// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/keytransport.h"

#include <memory>

namespace Sparekey {

/// What a return code of winscard means to a person. Not for success.
[[nodiscard]] ErrorKind cardErrorKind(long code);

/// Readers that a key can be laid on, through the PC/SC service (pcscd). Debian's libfido2 cannot
/// use it, and few readers work with the kernel's own NFC.
///
/// While it watches, one thread sleeps inside the service until a reader or card comes or goes.
/// Without the service it looks for it every two seconds, and reports `CardServiceMissing`.
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
