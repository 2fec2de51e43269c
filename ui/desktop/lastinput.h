// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// Whether the last input in this program's windows came from the keyboard or from a pointer or
/// touch. Keyboard users have to see where the focus is, even after a dialog or a page has moved
/// it; pointer users need not. Actions of a screen reader count as neither.
///
/// One per QML engine; listens from its creation on. GUI thread; needs a QGuiApplication.
class LastInput : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(bool byKey READ isByKey NOTIFY changed FINAL)

public:
    explicit LastInput(QObject *parent = nullptr);
    ~LastInput() override;

    [[nodiscard]] bool isByKey() const { return m_byKey; }

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setByKey(bool byKey);

    bool m_byKey = false;
};

} // namespace Sparekey
