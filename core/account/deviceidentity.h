// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/api/client.h"
#include "core/keyring/keyring.h"

#include <QObject>

namespace Sparekey {

/// By which identifier servers know this installation. Servers ask a device that they know for no
/// code for new devices, so the identifier lies in the keyring and nowhere else. Must outlive
/// whoever asks for it. GUI thread.
class DeviceIdentity : public QObject
{
    Q_OBJECT

public:
    /// The keyring's entry.
    static constexpr QLatin1StringView Entry{"device identifier"};

    /// `keyring` must outlive this object.
    explicit DeviceIdentity(Keyring &keyring, QObject *parent = nullptr);

    /// The keyring is asked with the first call, and all calls of a run have the same answer. A
    /// new identifier is made where the keyring has none, and for this run only where it cannot
    /// be read.
    [[nodiscard]] QCoro::Task<ClientDevice> device();
    /// False while the identifier is not known, or is one for this run only.
    [[nodiscard]] bool isKept() const { return m_kept; }

Q_SIGNALS:
    void decided();

private:
    QCoro::Task<Result<QString>> read();
    QCoro::Task<Result<QString>> readOrMake();

    Keyring &m_keyring;
    QString m_identifier; ///< Empty until it is decided.
    bool m_deciding = false;
    bool m_kept = false;
};

} // namespace Sparekey
