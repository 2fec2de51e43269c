// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/outbox.h"

#include <QJsonObject>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace Sparekey {

void Outbox::send(const QString &to, const QString &subject, const QString &code)
{
    m_emails.append(QJsonObject{{u"to"_s, to}, {u"subject"_s, subject}, {u"code"_s, code}});
}

QString EmailedCodes::make(const QString &purpose, std::chrono::seconds life, int attempts)
{
    const QString before = m_pending.value(purpose).code;
    QString code;
    do {
        code = u"%1"_s.arg(QRandomGenerator::system()->bounded(1'000'000), 6, 10, QChar(u'0'));
    } while (code == before);
    m_pending.insert(purpose,
                     {.code = code,
                      .made = std::chrono::steady_clock::now(),
                      .expiry = std::chrono::steady_clock::now() + life,
                      .attemptsLeft = attempts});
    return code;
}

bool EmailedCodes::accept(const QString &purpose, const QString &code)
{
    const auto pending = m_pending.find(purpose);
    if (pending == m_pending.end())
        return false;
    const bool expired = std::chrono::steady_clock::now() >= pending->expiry;
    const bool right = !expired && pending->code == code;
    if (right || expired || --pending->attemptsLeft <= 0)
        m_pending.erase(pending);
    return right;
}

bool EmailedCodes::matches(const QString &purpose, const QString &code) const
{
    const auto pending = m_pending.constFind(purpose);
    return pending != m_pending.constEnd() && pending->code == code
        && std::chrono::steady_clock::now() < pending->expiry;
}

std::optional<std::chrono::seconds> EmailedCodes::age(const QString &purpose) const
{
    const auto pending = m_pending.constFind(purpose);
    if (pending == m_pending.constEnd())
        return std::nullopt;
    return std::chrono::floor<std::chrono::seconds>(std::chrono::steady_clock::now()
                                                    - pending->made);
}

void EmailedCodes::expireAll()
{
    for (Pending &pending : m_pending)
        pending.expiry = {};
}

} // namespace Sparekey
