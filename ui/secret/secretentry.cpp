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

void SecretEntry::peek(const std::function<void(QStringView)> &at) const
{
    if (!m_input) {
        at({});
        return;
    }
    // A copy, because `at` may clear the field.
    const QStringView text = m_input->text();
    const auto units = SecureBuffer::copyOf(
        {reinterpret_cast<const char *>(text.data()), text.size() * qsizetype(sizeof(QChar))});
    at({reinterpret_cast<const QChar *>(units.data()), text.size()});
}

SecureBuffer SecretEntry::take(bool trimmed)
{
    if (!m_input)
        return {};
    const QStringView text = m_input->text();
    auto secret = SecureBuffer::fromText(trimmed ? text.trimmed() : text);
    m_input->clear();
    Q_EMIT taken();
    return secret;
}

SecureBuffer SecretEntry::copy() const
{
    SecureBuffer secret;
    peek([&secret](QStringView text) { secret = SecureBuffer::fromText(text); });
    return secret;
}

void SecretEntry::setInput(SecretInput *input)
{
    if (input == m_input)
        return;
    m_input = input;
    Q_EMIT inputChanged();
}

} // namespace Sparekey
