// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/http/formbody.h"

#include <utility>

namespace Sparekey {

FormBody &FormBody::add(QByteArrayView name, QByteArrayView value)
{
    if (!m_body.isEmpty())
        m_body.append("&");
    appendEncoded(name);
    m_body.append("=");
    appendEncoded(value);
    return *this;
}

SecureBuffer FormBody::take()
{
    return std::exchange(m_body, {});
}

void FormBody::appendEncoded(QByteArrayView text)
{
    static constexpr char hex[] = "0123456789ABCDEF";
    for (const char character : text) {
        const auto byte = static_cast<unsigned char>(character);
        const bool unreserved = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')
            || (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_'
            || byte == '~';
        if (unreserved) {
            m_body.append({&character, 1});
        } else {
            const char encoded[] = {'%', hex[byte >> 4], hex[byte & 15]};
            m_body.append({encoded, sizeof encoded});
        }
    }
}

} // namespace Sparekey
