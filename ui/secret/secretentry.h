// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"

#include <QObject>
#include <QPointer>
#include <QQuickItem>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// A typed secret on its way from a text field to a view-model. QML hands over this object and
/// never the text: a JavaScript string would keep the secret until a garbage collection that may
/// never come. Part of a `PasswordField`; GUI thread only.
class SecretEntry : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    /// The TextInput that is typed into.
    Q_PROPERTY(QQuickItem *input READ input WRITE setInput NOTIFY inputChanged FINAL)

public:
    using QObject::QObject;

    /// The text as UTF-8. Afterwards the field is empty and its own copy wiped.
    [[nodiscard]] SecureBuffer take();

    [[nodiscard]] QQuickItem *input() const { return m_input; }
    void setInput(QQuickItem *input);

Q_SIGNALS:
    void inputChanged();
    /// The field has been emptied: cover what is typed next.
    void taken();

private:
    QPointer<QQuickItem> m_input;
};

} // namespace Sparekey
