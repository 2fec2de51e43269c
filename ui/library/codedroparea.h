// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/library/libraryviewmodel.h"

#include <QQuickItem>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// Takes files, pictures and texts that are dropped on it to the library. Qt's own DropArea would
/// hand a text with codes to QML, where nothing wipes it. GUI thread.
class CodeDropArea : public QQuickItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        Sparekey::LibraryViewModel *viewModel MEMBER m_viewModel NOTIFY viewModelChanged FINAL)
    /// Something is held over it that could be dropped.
    Q_PROPERTY(bool hovered READ isHovered NOTIFY hoveredChanged FINAL)

public:
    explicit CodeDropArea(QQuickItem *parent = nullptr);

    [[nodiscard]] bool isHovered() const { return m_hovered; }

Q_SIGNALS:
    void viewModelChanged();
    void hoveredChanged();

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void setHovered(bool hovered);

    LibraryViewModel *m_viewModel = nullptr;
    bool m_hovered = false;
};

} // namespace Sparekey
