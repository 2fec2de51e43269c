// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCoro/QCoroTask>

#include <QEventLoop>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace Sparekey {

/// A task that is under way and what it came to.
template<class T>
class Outcome
{
public:
    explicit Outcome(QCoro::Task<T> task)
        : m_state(std::make_shared<State>())
    {
        collect(std::move(task), m_state);
    }

    [[nodiscard]] bool isThere() const { return m_state->value.has_value(); }

    /// Runs the event loop until the task is done; a test that waits in vain ends here.
    [[nodiscard]] T &wait()
    {
        if (!isThere()) {
            QTimer limit;
            limit.setSingleShot(true);
            QObject::connect(&limit, &QTimer::timeout, &limit,
                             [] { qFatal("a task did not end within a minute"); });
            limit.start(std::chrono::seconds(60));
            m_state->loop.exec();
        }
        return *m_state->value;
    }

private:
    // Shared with the task, which a test that fails does not wait for.
    struct State
    {
        QEventLoop loop;
        std::optional<T> value;
    };

    static QCoro::Task<void> collect(QCoro::Task<T> task, std::shared_ptr<State> state)
    {
        state->value.emplace(co_await std::move(task));
        state->loop.quit();
    }

    std::shared_ptr<State> m_state;
};

template<class T>
T outcomeOf(QCoro::Task<T> task)
{
    Outcome<T> outcome(std::move(task));
    return std::move(outcome.wait());
}

} // namespace Sparekey
