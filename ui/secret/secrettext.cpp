// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/secret/secrettext.h"

namespace Sparekey {

void SecretText::set(SecureBuffer text)
{
    m_text = std::move(text);
    Q_EMIT changed();
}

void SecretText::clear()
{
    if (m_text.isEmpty())
        return;
    m_text.clear();
    Q_EMIT changed();
}

} // namespace Sparekey
