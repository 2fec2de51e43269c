// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/servicecatalog/servicetemplate.h"

#include "core/otp/otpauth.h"
#include "core/otp/otpauthkey.h"
#include "core/text/codepoints.h"

#include <QChar>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr int MostWords = 16;
// A setup key that is entered without its URI has at least 80 bits (RFC 4226 wants 128).
constexpr qsizetype ShortestSetupKey = 16;
constexpr unsigned BlockDigits = 6;
constexpr unsigned BlockEnd = 720'896;

char inCase(char c, LetterCase letters)
{
    if (letters == LetterCase::Lower && c >= 'A' && c <= 'Z')
        return static_cast<char>(c - 'A' + 'a');
    if (letters == LetterCase::Upper && c >= 'a' && c <= 'z')
        return static_cast<char>(c - 'a' + 'A');
    return c;
}

// Characters that pages and editors insert and nobody sees: soft hyphen, zero width space, byte
// order mark.
bool isInvisibleFiller(char32_t code)
{
    return code == 0xAD || code == 0x200B || code == 0xFEFF;
}

// A BitLocker block is a 16-bit number times 11.
bool areBitLockerBlocks(QByteArrayView digits)
{
    for (qsizetype i = 0; i + qsizetype{BlockDigits} <= digits.size(); i += BlockDigits) {
        unsigned block = 0;
        for (const char digit : digits.sliced(i, BlockDigits))
            block = block * 10 + static_cast<unsigned>(digit - '0');
        if (block % 11 != 0 || block >= BlockEnd)
            return false;
    }
    return true;
}

std::optional<SecureBuffer> normalizedCharacters(const ServiceTemplate &service,
                                                 QByteArrayView entered)
{
    SecureBuffer code;
    CodePoints points(entered);
    while (!points.atEnd()) {
        const auto point = points.next();
        if (!point)
            return std::nullopt;
        if (isInvisibleFiller(*point))
            continue;
        if (QChar::isSpace(*point) && service.removesSpaces)
            continue;
        if (QChar::category(*point) == QChar::Punctuation_Dash && service.removesHyphens)
            continue;
        if (*point > 0x7F || code.size() == service.longest)
            return std::nullopt;
        const char c = inCase(static_cast<char>(*point), service.letters);
        if (!service.characters.contains(c))
            return std::nullopt;
        code.append(QByteArrayView(&c, 1));
    }
    if (code.size() < service.shortest
        || (service.bitLockerBlocks && !areBitLockerBlocks(code.view())))
        return std::nullopt;
    return code;
}

// Spaces of any kind between words as one, none around them.
std::optional<SecureBuffer> normalizedText(const ServiceTemplate &service, QByteArrayView entered)
{
    SecureBuffer text;
    int characters = 0;
    int words = 0;
    bool gap = true;
    CodePoints points(entered);
    while (!points.atEnd()) {
        const auto point = points.next();
        if (!point)
            return std::nullopt;
        if (isInvisibleFiller(*point))
            continue;
        if (QChar::isSpace(*point)) {
            gap = true;
            continue;
        }
        const auto category = QChar::category(*point);
        if (category == QChar::Other_Control || category == QChar::Other_Format)
            return std::nullopt;
        if (gap) {
            if (!text.isEmpty()) {
                text.append(" ");
                ++characters;
            }
            ++words;
            gap = false;
        }
        text.append(points.octets());
        if (++characters > service.longest)
            return std::nullopt;
    }
    if (characters < service.shortest
        || (service.content == CodeContent::Line && words > MostWords))
        return std::nullopt;
    return text;
}

std::optional<SecureBuffer> normalizedSetupKey(const ServiceTemplate &service,
                                               QByteArrayView entered)
{
    auto key = otpauthKeyFrom(entered);
    if (!key) {
        SecureBuffer bare = authenticatorKeyFrom(entered);
        if (bare.size() < ShortestSetupKey)
            return std::nullopt;
        key = OtpauthKey{.issuer = service.isGeneric() ? QString() : service.name,
                         .key = std::move(bare)};
    }
    SecureBuffer uri = otpauthUri(*key);
    if (uri.size() > OtpauthKey::longestUri)
        return std::nullopt;
    return uri;
}

} // namespace

bool ServiceTemplate::isGeneric() const
{
    return id == "list"_L1 || id == "single"_L1 || id == "setupKey"_L1;
}

std::optional<SecureBuffer> normalizedCode(const ServiceTemplate &service, QByteArrayView entered)
{
    switch (service.content) {
    case CodeContent::Characters: return normalizedCharacters(service, entered);
    case CodeContent::Line:
    case CodeContent::Text: return normalizedText(service, entered);
    case CodeContent::SetupKey: return normalizedSetupKey(service, entered);
    }
    return std::nullopt;
}

SecureBuffer displayCode(const ServiceTemplate &service, QByteArrayView normalized)
{
    if (service.content == CodeContent::SetupKey) {
        const auto key = otpauthKeyFrom(normalized);
        return key ? inGroupsOfFour(key->key) : SecureBuffer::copyOf(normalized);
    }
    if (service.content != CodeContent::Characters || !normalizedCode(service, normalized))
        return SecureBuffer::copyOf(normalized);
    SecureBuffer shown;
    for (qsizetype i = 0; i < normalized.size(); ++i) {
        if (service.groupSize > 0 && i > 0 && i % service.groupSize == 0)
            shown.append(service.separator);
        const char c = inCase(normalized[i], service.shownLetters);
        shown.append(QByteArrayView(&c, 1));
    }
    return shown;
}

} // namespace Sparekey
