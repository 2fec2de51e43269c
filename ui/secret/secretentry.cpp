// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/secret/secretentry.h"

namespace Sparekey {

SecureBuffer SecretEntry::take()
{
    return take(false);
}

SecureBuffer SecretEntry::takeTrimmed()
{
    return take(true);
}

void SecretEntry::look(const std::function<void(QStringView)> &at) const
{
    // Shares the field's own text, so there is no copy to wipe.
    const QString text = m_input ? m_input->property("text").toString() : QString();
    at(text);
}

SecureBuffer SecretEntry::take(bool trimmed)
{
    if (!m_input)
        return {};
    QString text = m_input->property("text").toString();
    auto secret = SecureBuffer::fromText(trimmed ? QStringView(text).trimmed() : text);
    // The field shares its text with ours; once it has let go, ours is the last and can be wiped.
    m_input->setProperty("text", QString());
    wipe(text);
    Q_EMIT taken();
    return secret;
}

SecureBuffer SecretEntry::copy() const
{
    SecureBuffer secret;
    look([&secret](QStringView text) { secret = SecureBuffer::fromText(text); });
    return secret;
}

void SecretEntry::setInput(QQuickItem *input)
{
    if (input == m_input)
        return;
    m_input = input;
    Q_EMIT inputChanged();
}

} // namespace Sparekey
