// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codeimport/importedtext.h"

#include "core/text/codepoints.h"

#include <QChar>

#include <optional>

namespace Sparekey {

namespace {

enum class Encoding { Utf8, Utf16Le, Utf16Be, Latin1 };

/// Reads the code points of a text in any of the encodings.
class Decoder
{
public:
    Decoder(QByteArrayView bytes, Encoding encoding)
        : m_encoding(encoding)
        , m_rest(bytes)
        , m_utf8(encoding == Encoding::Utf8 ? bytes : QByteArrayView())
    {
    }

    /// Nothing at the end. What cannot be decoded is U+FFFD.
    std::optional<char32_t> next()
    {
        if (m_encoding == Encoding::Utf8)
            return m_utf8.atEnd() ? std::nullopt : std::optional(m_utf8.next().value_or(0xFFFD));
        if (m_encoding == Encoding::Latin1)
            return m_rest.isEmpty() ? std::nullopt : std::optional<char32_t>(octet());
        if (m_rest.size() < 2)
            return std::nullopt;
        const char16_t unit = unit16();
        if (!QChar::isHighSurrogate(unit) || m_rest.size() < 2)
            return QChar::isSurrogate(unit) ? 0xFFFD : char32_t{unit};
        const char16_t low = unit16();
        return QChar::isLowSurrogate(low) ? QChar::surrogateToUcs4(unit, low) : 0xFFFD;
    }

private:
    unsigned char octet()
    {
        const auto first = static_cast<unsigned char>(m_rest.front());
        m_rest = m_rest.sliced(1);
        return first;
    }

    char16_t unit16()
    {
        const unsigned first = octet();
        const unsigned second = octet();
        return static_cast<char16_t>(m_encoding == Encoding::Utf16Be ? first << 8U | second
                                                                     : second << 8U | first);
    }

    Encoding m_encoding;
    QByteArrayView m_rest;
    CodePoints m_utf8;
};

bool isUtf8(QByteArrayView bytes)
{
    CodePoints points(bytes);
    while (!points.atEnd()) {
        if (!points.next())
            return false;
    }
    return true;
}

// Texts of Latin letters have a zero in each unit of UTF-16, nearly always at the same place.
Encoding encodingOf(QByteArrayView bytes)
{
    qsizetype zeros[2] = {0, 0};
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        if (bytes[i] == '\0')
            ++zeros[i % 2];
    }
    const qsizetype units = bytes.size() / 2;
    if (bytes.size() % 2 == 0 && zeros[1] > units / 2 && zeros[0] <= units / 10)
        return Encoding::Utf16Le;
    if (bytes.size() % 2 == 0 && zeros[0] > units / 2 && zeros[1] <= units / 10)
        return Encoding::Utf16Be;
    return isUtf8(bytes) ? Encoding::Utf8 : Encoding::Latin1;
}

void appendUtf8(SecureBuffer &text, char32_t point)
{
    char octets[4];
    qsizetype size = 0;
    if (point < 0x80) {
        octets[size++] = static_cast<char>(point);
    } else {
        int more = 1;
        if (point >= 0x10000)
            more = 3;
        else if (point >= 0x800)
            more = 2;
        constexpr unsigned Lead[] = {0, 0xC0, 0xE0, 0xF0};
        octets[size++] = static_cast<char>(Lead[more] | (point >> static_cast<unsigned>(6 * more)));
        while (more-- > 0)
            octets[size++] = static_cast<char>(
                0x80U | ((point >> static_cast<unsigned>(6 * more)) & 0x3FU));
    }
    text.append(QByteArrayView(octets, size));
}

bool isLineEnd(char32_t point)
{
    return point == '\n' || point == '\f' || point == '\v' || point == 0x85 || point == 0x2028
        || point == 0x2029;
}

} // namespace

Result<ImportedText> decodeImportedText(QByteArrayView bytes)
{
    if (bytes.size() > longestImportedText)
        return fail(ErrorKind::ImportTooLarge);
    Encoding encoding = Encoding::Utf8;
    if (bytes.startsWith("\xEF\xBB\xBF")) {
        bytes = bytes.sliced(3);
    } else if (bytes.startsWith("\xFF\xFE")) {
        encoding = Encoding::Utf16Le;
        bytes = bytes.sliced(2);
    } else if (bytes.startsWith("\xFE\xFF")) {
        encoding = Encoding::Utf16Be;
        bytes = bytes.sliced(2);
    } else {
        encoding = encodingOf(bytes);
    }

    ImportedText text;
    qsizetype characters = 0;
    qsizetype controls = 0;
    bool afterReturn = false;
    Decoder decoder(bytes, encoding);
    while (const auto point = decoder.next()) {
        const bool closesReturn = afterReturn && *point == '\n';
        afterReturn = *point == '\r';
        if (closesReturn)
            continue;
        ++characters;
        if (*point == 0)
            return fail(ErrorKind::ImportNotReadable);
        const auto category = QChar::category(*point);
        if (*point == '\r' || isLineEnd(*point)) {
            text.utf8.append("\n");
        } else if (*point == '\t') {
            text.utf8.append("\t");
        } else if (QChar::isSpace(*point)) {
            text.utf8.append(" ");
        } else if (*point >= 0x335 && *point <= 0x338) {
            if (text.struck.isEmpty() || text.struck.constLast() != text.utf8.size())
                text.struck.append(text.utf8.size());
        } else if (category == QChar::Punctuation_Dash) {
            text.utf8.append("-");
        } else if (category == QChar::Other_Control) {
            ++controls;
            text.hadHiddenCharacters = true;
        } else if (category == QChar::Other_Format) {
            // A soft hyphen and a byte order mark inside are leftovers of editors.
            text.hadHiddenCharacters = text.hadHiddenCharacters
                || (*point != 0xAD && *point != 0xFEFF);
        } else {
            appendUtf8(text.utf8, *point);
        }
    }
    if (controls > characters / 10)
        return fail(ErrorKind::ImportNotReadable);
    return text;
}

} // namespace Sparekey
