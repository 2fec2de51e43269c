// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QString>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// Texts for the time that the user has to wait before another attempt, for C++ and QML. All take
/// the remaining whole seconds (`Countdown`).
class WaitTexts : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON

public:
    using QObject::QObject;

    /// Why a button does nothing now; empty once the time is over.
    [[nodiscard]] Q_INVOKABLE static QString blocked(int seconds);
    /// The text below a field after too many attempts; empty once the time is over.
    [[nodiscard]] Q_INVOKABLE static QString tooManyAttempts(int seconds);
    /// The text of the button that requests another code by email.
    [[nodiscard]] Q_INVOKABLE static QString resendCode(int seconds);
};

} // namespace Sparekey
