// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QString>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// What is said while somebody has to wait before another attempt, for C++ and for QML. All take
/// the whole seconds that are left (`Countdown`).
class WaitTexts : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON

public:
    using QObject::QObject;

    /// Why a button does nothing now; empty once the time is over.
    [[nodiscard]] Q_INVOKABLE static QString blocked(int seconds);
    /// Below the field whose content was sent too often; empty once the time is over.
    [[nodiscard]] Q_INVOKABLE static QString tooManyAttempts(int seconds);
    /// On the button that has a code sent by email once more.
    [[nodiscard]] Q_INVOKABLE static QString resendCode(int seconds);
};

} // namespace Sparekey
