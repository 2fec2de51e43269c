// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/ui/library/librarybench.h"

#include <QObject>

#include <memory>

namespace Sparekey {

/// Lets the tests in QML look at a library on the page Recovery codes.
class LibraryBed : public QObject
{
    Q_OBJECT
    Q_PROPERTY(Sparekey::LibraryViewModel *page READ page NOTIFY pageChanged FINAL)

public:
    using QObject::QObject;

    [[nodiscard]] LibraryViewModel *page() const { return m_bench ? m_bench->page.get() : nullptr; }

    /// A fresh library with an entry of this title that has two codes and a copy, and is shown.
    /// False if it cannot be made.
    Q_INVOKABLE bool start(const QString &title);
    /// Ends it. No item may use it any more.
    Q_INVOKABLE void stop();
    Q_INVOKABLE void lock();
    /// The title of the entry in the library.
    Q_INVOKABLE QString storedTitle() const;

Q_SIGNALS:
    void pageChanged();

private:
    std::unique_ptr<LibraryBench> m_bench;
};

} // namespace Sparekey
