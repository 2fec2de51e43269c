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

/// An entered secret on its way from its field to a view-model. QML hands over this object and
/// never the text: a JavaScript string would keep the secret until a garbage collection that may
/// never come. Part of a `PasswordField`; GUI thread only.
class SecretEntry : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(Sparekey::SecretInput *input READ input WRITE setInput NOTIFY inputChanged FINAL)

public:
    using QObject::QObject;

    /// The text as UTF-8. Afterwards the field is empty.
    [[nodiscard]] SecureBuffer take();
    /// The same without the spaces around it, which pasting brings along.
    [[nodiscard]] SecureBuffer takeTrimmed();
    /// Lets `at` look at the text, which stays in the field. `at` must not keep it.
    void look(const std::function<void(QStringView)> &at) const;
    /// Like `take`, but the field keeps its text: for a long secret entered from paper, which stays
    /// until it was right.
    [[nodiscard]] SecureBuffer copy() const;

    [[nodiscard]] SecretInput *input() const { return m_input; }
    void setInput(SecretInput *input);

Q_SIGNALS:
    void inputChanged();
    /// The field has been emptied: cover what is entered next.
    void taken();

private:
    SecureBuffer take(bool trimmed);

    QPointer<SecretInput> m_input;
};

} // namespace Sparekey
