// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/recovery/visibletext.h"

#include "core/text/codepoints.h"

#include <QChar>

#include <array>
#include <charconv>

namespace Sparekey {

namespace {

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

SecureBuffer visibleText(QByteArrayView code)
{
    SecureBuffer out;
    CodePoints points(code);
    while (!points.atEnd()) {
        const auto point = points.next();
        if (!point)
            appendEscaped(out, 'x', static_cast<unsigned char>(points.octets().front()));
        else if (wouldDeceive(*point))
            appendEscaped(out, 'u', *point);
        else
            out.append(points.octets());
    }
    return out;
}

} // namespace Sparekey
