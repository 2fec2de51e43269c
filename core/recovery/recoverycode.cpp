// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/recovery/recoverycode.h"

#include "core/recovery/typedcode.h"

#include <QChar>

#include <algorithm>
#include <array>
#include <charconv>

namespace Sparekey {

namespace {

bool isLetterOrDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

struct CodePoint
{
    char32_t value;
    qsizetype bytes;
    bool valid;
};

// One character of UTF-8 (RFC 3629), decoded by hand because a QString in between could not be
// wiped.
CodePoint decodeFirst(QByteArrayView bytes)
{
    const auto at = [&](qsizetype i) {
        return static_cast<unsigned char>(bytes[i]);
    };
    const unsigned char lead = at(0);
    if (lead < 0x80)
        return {lead, 1, true};
    const qsizetype length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || bytes.size() < length)
        return {lead, 1, false};
    char32_t value = lead & (0xffU >> (length + 1));
    for (qsizetype i = 1; i < length; ++i) {
        if ((at(i) & 0xc0) != 0x80)
            return {lead, 1, false};
        value = (value << 6) | (at(i) & 0x3fU);
    }
    constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = value >= 0xd800 && value <= 0xdfff;
    if (value < smallest.at(static_cast<std::size_t>(length)) || value > 0x10ffff || surrogate)
        return {lead, 1, false};
    return {value, length, true};
}

bool wouldDeceive(char32_t value)
{
    switch (QChar::category(value)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph: return true;
    default: return false;
    }
}

void appendEscaped(SecureBuffer &out, char kind, char32_t value)
{
    std::array<char, 12> text{'\\', kind, '{'};
    char *const digits = text.data() + 3;
    char *end =
        std::to_chars(digits, text.data() + text.size() - 1, static_cast<unsigned>(value), 16).ptr;
    for (char *c = digits; c != end; ++c) {
        if (*c >= 'a')
            *c = static_cast<char>(*c - 'a' + 'A');
    }
    *end++ = '}';
    out.append({text.data(), end});
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
    SecureBuffer out;
    if (m_usual) {
        for (qsizetype i = 0; i < groupCount(); ++i) {
            if (i > 0)
                out.append(" ");
            out.append(group(i));
        }
        return out;
    }
    QByteArrayView rest = m_text.view();
    while (!rest.isEmpty()) {
        const CodePoint point = decodeFirst(rest);
        if (!point.valid)
            appendEscaped(out, 'x', point.value);
        else if (wouldDeceive(point.value))
            appendEscaped(out, 'u', point.value);
        else
            out.append(rest.first(point.bytes));
        rest = rest.sliced(point.bytes);
    }
    return out;
}

} // namespace Sparekey
