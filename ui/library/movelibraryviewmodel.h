// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/library/library.h"
#include "core/task/taskguard.h"

#include <QObject>
#include <QString>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// Renames or moves the file of the open library. GUI thread.
class MoveLibraryViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by LibraryViewModel")
    Q_PROPERTY(bool open READ isOpen NOTIFY changed FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    /// Where the file is now.
    Q_PROPERTY(QString path READ path NOTIFY changed FINAL)
    Q_PROPERTY(QString pathErrorText READ pathErrorText NOTIFY changed FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)

public:
    /// `library` must outlive this object.
    explicit MoveLibraryViewModel(Library &library, QObject *parent = nullptr);

    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString path() const { return m_library.path(); }
    [[nodiscard]] QString pathErrorText() const { return m_pathErrorText; }
    [[nodiscard]] QString errorText() const { return m_errorText; }

    Q_INVOKABLE void begin();
    Q_INVOKABLE void close();
    /// To `path`, as entered.
    Q_INVOKABLE void move(const QString &path);

Q_SIGNALS:
    void changed();
    /// `left`: how many older versions could not be moved.
    void moved(const QString &from, const QString &to, int left);

private:
    QCoro::Task<void> run(QString to);

    Library &m_library;
    bool m_open = false;
    bool m_busy = false;
    QString m_pathErrorText;
    QString m_errorText;
    TaskGuard m_tasks;
};

} // namespace Sparekey
