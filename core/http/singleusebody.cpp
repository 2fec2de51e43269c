// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/http/singleusebody.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace Sparekey {

SingleUseBody::SingleUseBody(SecureBuffer bytes)
    : m_bytes(std::move(bytes))
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 SingleUseBody::bytesAvailable() const
{
    return m_bytes.size() - m_read + QIODevice::bytesAvailable();
}

qint64 SingleUseBody::readData(char *data, qint64 size)
{
    const qint64 length = std::min<qint64>(size, m_bytes.size() - m_read);
    if (length == 0 && size > 0)
        return -1;
    if (length > 0)
        std::memcpy(data, m_bytes.data() + m_read, static_cast<std::size_t>(length));
    m_read += length;
    return length;
}

} // namespace Sparekey
