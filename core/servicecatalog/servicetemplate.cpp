// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/servicecatalog/servicetemplate.h"

#include "core/otp/otpauth.h"
#include "core/otp/otpauthkey.h"
#include "core/text/codepoints.h"

#include <QChar>

#include <algorithm>
#include <array>
#include <cstring>

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

/// The characters of a code while it is read, wiped at the end. Most texts that are tried do not
/// fit, and a `SecureBuffer` costs a page each.
class Scratch
{
public:
    Scratch() = default;
    ~Scratch() { explicit_bzero(m_octets.data(), m_octets.size()); }
    Scratch(const Scratch &) = delete;
    Scratch &operator=(const Scratch &) = delete;

    // False if there is no room left.
    bool append(QByteArrayView octets)
    {
        if (octets.size() > static_cast<qsizetype>(m_octets.size()) - m_size)
            return false;
        std::ranges::copy(octets, m_octets.begin() + m_size);
        m_size += octets.size();
        return true;
    }
    [[nodiscard]] QByteArrayView view() const { return {m_octets.data(), m_size}; }

private:
    std::array<char, size_t{4} * ServiceTemplate::longestCode> m_octets;
    qsizetype m_size = 0;
};

std::optional<SecureBuffer> normalizedCharacters(const ServiceTemplate &service,
                                                 QByteArrayView entered)
{
    Scratch code;
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
        if (*point > 0x7F || code.view().size() == service.longest)
            return std::nullopt;
        const char c = inCase(static_cast<char>(*point), service.letters);
        if (!service.characters.contains(c) || !code.append(QByteArrayView(&c, 1)))
            return std::nullopt;
    }
    if (code.view().size() < service.shortest
        || (service.bitLockerBlocks && !areBitLockerBlocks(code.view())))
        return std::nullopt;
    return SecureBuffer::copyOf(code.view());
}

// Spaces of any kind between words as one, none around them.
std::optional<SecureBuffer> normalizedText(const ServiceTemplate &service, QByteArrayView entered)
{
    Scratch text;
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
            if (characters > 0) {
                text.append(" ");
                ++characters;
            }
            ++words;
            gap = false;
        }
        if (!text.append(points.octets()) || ++characters > service.longest)
            return std::nullopt;
    }
    if (characters < service.shortest
        || (service.content == CodeContent::Line && words > MostWords))
        return std::nullopt;
    return SecureBuffer::copyOf(text.view());
}

std::optional<SecureBuffer> normalizedSetupKey(const ServiceTemplate &service,
                                               QByteArrayView entered)
{
    auto key = otpauthKeyFrom(entered);
    if (!key) {
        SecureBuffer bare = setupKeyFrom(entered);
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
