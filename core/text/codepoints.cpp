// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/text/codepoints.h"

namespace Sparekey {

namespace {

// How many bytes the code point has that begins with this one; 0 if none begins so.
qsizetype sizeFrom(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead < 0xE0)
        return 2;
    if (lead >= 0xE0 && lead < 0xF0)
        return 3;
    return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
}

// Without the longer forms of what fits into fewer bytes, and without surrogates.
bool isScalarValue(char32_t code, qsizetype size)
{
    constexpr char32_t Least[] = {0, 0, 0x80, 0x800, 0x10000};
    return code >= Least[size] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
}

} // namespace

std::optional<char32_t> CodePoints::next()
{
    if (m_rest.isEmpty())
        return std::nullopt;
    const auto lead = static_cast<unsigned char>(m_rest.front());
    const qsizetype size = sizeFrom(lead);
    char32_t code = size == 1 ? lead : lead & (0xFFU >> (size + 1));
    bool good = size > 0 && size <= m_rest.size();
    for (qsizetype i = 1; good && i < size; ++i) {
        const auto octet = static_cast<unsigned char>(m_rest[i]);
        good = (octet & 0xC0U) == 0x80;
        code = code << 6U | (octet & 0x3FU);
    }
    good = good && isScalarValue(code, size);
    m_octets = m_rest.first(good ? size : 1);
    m_rest = m_rest.sliced(m_octets.size());
    if (!good)
        return std::nullopt;
    return code;
}

} // namespace Sparekey
