// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCoro/QCoroTask>

#include <QEventLoop>
#include <QTimer>

#include <chrono>
#include <optional>

namespace Sparekey {

/// A task that is under way and what it came to. Must live until the task is done.
template<class T>
class Outcome
{
public:
    explicit Outcome(QCoro::Task<T> task)
        : m_collecting(collect(std::move(task), this))
    {
    }
    Outcome(const Outcome &) = delete;
    Outcome &operator=(const Outcome &) = delete;

    [[nodiscard]] bool isThere() const { return m_value.has_value(); }

    /// Runs the event loop until the task is done; a test that waits in vain ends here.
    [[nodiscard]] T &wait()
    {
        if (!m_value) {
            QTimer limit;
            limit.setSingleShot(true);
            QObject::connect(&limit, &QTimer::timeout, &limit,
                             [] { qFatal("a task did not end within a minute"); });
            limit.start(std::chrono::seconds(60));
            m_loop.exec();
        }
        return *m_value;
    }

private:
    static QCoro::Task<void> collect(QCoro::Task<T> task, Outcome *self)
    {
        self->m_value.emplace(co_await std::move(task));
        self->m_loop.quit();
    }

    QEventLoop m_loop;
    std::optional<T> m_value;
    QCoro::Task<void> m_collecting;
};

template<class T>
T outcomeOf(QCoro::Task<T> task)
{
    Outcome<T> outcome(std::move(task));
    return std::move(outcome.wait());
}

} // namespace Sparekey
