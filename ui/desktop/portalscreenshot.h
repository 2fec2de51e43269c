// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QString>
#include <QVariantMap>

namespace Sparekey {

/// A picture of the screen, or of a region that the user chooses in a dialog of the desktop
/// (`org.freedesktop.portal.Screenshot`, with `interactive`). The desktop writes it into a file,
/// which the receiver of `taken` has to delete. Nothing waits: the answer comes when the user has
/// chosen. GUI thread.
class PortalScreenshot : public QObject
{
    Q_OBJECT

public:
    explicit PortalScreenshot(QObject *parent = nullptr);
    ~PortalScreenshot() override;

    /// Asks once whether the desktop has the portal; `availableChanged` says when it has.
    void find();
    [[nodiscard]] bool isAvailable() const { return m_available; }

    /// The desktop's dialog is open.
    [[nodiscard]] bool isOpen() const { return !m_request.isEmpty(); }
    /// Opens the desktop's dialog, unless it is open.
    void take();
    /// Closes the dialog.
    void cancel();

Q_SIGNALS:
    void availableChanged();
    void taken(const QString &path);
    /// The user has closed the dialog.
    void canceled();
    void failed();

private Q_SLOTS:
    void answer(uint response, const QVariantMap &results);

private:
    void listenTo(const QString &request);

    QString m_request; ///< D-Bus path of the open dialog; empty if there is none.
    bool m_looked = false;
    bool m_available = false;
};

} // namespace Sparekey
