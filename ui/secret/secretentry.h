// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"
#include "ui/secret/secretinput.h"

#include <QObject>
#include <QPointer>
#include <QtQml/qqmlregistration.h>

#include <functional>

namespace Sparekey {

/// Passes an entered secret from its field to a view-model. QML passes this object and never the
/// text, because a JavaScript string would stay in memory until a garbage collection, which may
/// never run. Part of a `SecretField`; GUI thread only.
class SecretEntry : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(Sparekey::SecretInput *input READ input WRITE setInput NOTIFY inputChanged FINAL)

public:
    using QObject::QObject;

    /// Returns the text as UTF-8 and clears the field.
    [[nodiscard]] SecureBuffer take();
    /// The same without surrounding spaces, which pasted text often has.
    [[nodiscard]] SecureBuffer takeTrimmed();
    /// Calls `at` with the text, which stays in the field. `at` must not keep it.
    void peek(const std::function<void(QStringView)> &at) const;
    /// Like `take`, but the field keeps its text: for a long secret copied from paper, which the
    /// user should not have to enter again after a mistake.
    [[nodiscard]] SecureBuffer copy() const;

    [[nodiscard]] SecretInput *input() const { return m_input; }
    void setInput(SecretInput *input);

Q_SIGNALS:
    void inputChanged();
    /// The field was cleared: cover the next input again.
    void taken();

private:
    SecureBuffer take(bool trimmed);

    QPointer<SecretInput> m_input;
};

} // namespace Sparekey
