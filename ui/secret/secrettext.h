// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// Passes a secret from a view-model to the item that draws it. QML can only see whether there is a
/// secret, but cannot read it. Owned by the view-model; GUI thread only.
class SecretText : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by a view-model")
    Q_PROPERTY(bool empty READ isEmpty NOTIFY changed FINAL)

public:
    using QObject::QObject;

    /// UTF-8; groups (or words) are separated by single spaces, lines by line feeds.
    void set(SecureBuffer text);
    /// Wipes the text.
    void clear();

    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); }
    [[nodiscard]] const SecureBuffer &text() const { return m_text; }

Q_SIGNALS:
    void changed();

private:
    SecureBuffer m_text;
};

} // namespace Sparekey
