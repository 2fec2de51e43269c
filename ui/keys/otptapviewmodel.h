// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/hardwarekeys.h"
#include "core/secret/securebuffer.h"
#include "core/task/taskguard.h"

#include <QCoroTask>
#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <functional>

namespace Sparekey {

/// Reads one-time passwords (Yubico OTP) from keys on a card reader, as long as a page wants them.
/// GUI thread.
class OtpTapViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the view-model that takes the codes")
    /// A page wants codes. Readers are watched only then.
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY changed FINAL)
    /// What to do; empty if there is no reader.
    Q_PROPERTY(QString text READ text NOTIFY changed FINAL)
    /// Why the key on the reader gives no code; else empty.
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)

public:
    /// Takes each code: 44 letters, lower case.
    using Handler = std::function<void(SecureBuffer code)>;

    /// `keys` must outlive this object.
    OtpTapViewModel(HardwareKeys &keys, Handler handler, QObject *parent = nullptr);
    ~OtpTapViewModel() override;

    [[nodiscard]] bool isActive() const { return m_active; }
    void setActive(bool active);
    [[nodiscard]] QString text() const;
    [[nodiscard]] QString errorText() const { return m_errorText; }

Q_SIGNALS:
    void changed();

private:
    QCoro::Task<void> readAll();
    void updateDevices();

    HardwareKeys &m_keys;
    KeyOperation m_operation;
    Handler m_handler;
    QString m_errorText;
    TaskGuard m_reading;
    bool m_active = false;
};

} // namespace Sparekey
