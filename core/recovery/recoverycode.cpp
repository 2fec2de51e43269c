// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/recovery/recoverycode.h"

#include "core/recovery/enteredcode.h"
#include "core/recovery/visibletext.h"

#include <algorithm>

namespace Sparekey {

namespace {

bool isLetterOrDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

} // namespace

RecoveryCode::RecoveryCode(QByteArrayView sent)
{
    SecureBuffer characters = withoutGaps(sent);
    const QByteArrayView text = characters.view();
    m_usual = text.size() == usualSize && std::all_of(text.begin(), text.end(), isLetterOrDigit);
    if (m_usual)
        m_text = std::move(characters);
    else if (!characters.isEmpty())
        m_text = SecureBuffer::copyOf(sent);
}

RecoveryCode::RecoveryCode(const SecureBuffer &sent)
    : RecoveryCode(sent.view())
{
}

RecoveryCode RecoveryCode::clone() const
{
    RecoveryCode copy;
    copy.m_text = m_text.clone();
    copy.m_usual = m_usual;
    return copy;
}

qsizetype RecoveryCode::groupCount() const noexcept
{
    return m_usual ? usualSize / groupSize : 0;
}

QByteArrayView RecoveryCode::group(qsizetype index) const
{
    Q_ASSERT(index >= 0 && index < groupCount());
    return m_text.view().sliced(index * groupSize, groupSize);
}

SecureBuffer RecoveryCode::displayText() const
{
    if (!m_usual)
        return visibleText(m_text.view());
    SecureBuffer out;
    for (qsizetype i = 0; i < groupCount(); ++i) {
        if (i > 0)
            out.append(" ");
        out.append(group(i));
    }
    return out;
}

} // namespace Sparekey
