// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// Whether the last thing that was done to a window of ours was done by a key or by pointer or
/// touch. Whoever works by keyboard has to see where the focus is, also where a dialog or a page
/// has put it; whoever clicks need not. What a screen reader does counts as neither.
///
/// One for each QML engine; listens from its making on. GUI thread; needs a QGuiApplication.
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
