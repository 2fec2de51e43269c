// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/secret/secrettext.h"

#include <QPointer>
#include <QQuickPaintedItem>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// A QR code of a `SecretText`, encoded locally and drawn directly from locked memory. Black on
/// white in every theme, with the quiet zone that scanners need. GUI thread only.
class QrCodeItem : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(Sparekey::SecretText *secret READ secret WRITE setSecret NOTIFY secretChanged FINAL)
    /// There is a text, but it cannot be encoded.
    Q_PROPERTY(bool failed READ hasFailed NOTIFY failedChanged FINAL)

public:
    explicit QrCodeItem(QQuickItem *parent = nullptr);

    [[nodiscard]] SecretText *secret() const { return m_secret; }
    void setSecret(SecretText *secret);
    [[nodiscard]] bool hasFailed() const { return m_failed; }

    void paint(QPainter *painter) override;

Q_SIGNALS:
    void secretChanged();
    void failedChanged();

private:
    void refresh();

    QPointer<SecretText> m_secret;
    bool m_failed = false;
};

} // namespace Sparekey
