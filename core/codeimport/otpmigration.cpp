// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codeimport/otpmigration.h"

#include "core/codeimport/base64secret.h"
#include "core/codeimport/setupkeys.h"
#include "core/otp/otpauthkey.h"

#include <optional>

namespace Sparekey {

namespace {

constexpr QByteArrayView Scheme = "otpauth-migration://";
// In bytes of the URI. A QR code holds at most 2 953.
constexpr qsizetype LongestUri = qsizetype{64} * 1024;

/// One field of a protobuf message (protobuf.dev, "Encoding"). Either a number or bytes.
struct Field
{
    quint64 number = 0;
    quint64 value = 0;
    QByteArrayView octets = {};
};

/// Reads the fields of a message one after another.
class Message
{
public:
    explicit Message(QByteArrayView octets)
        : m_rest(octets)
    {
    }

    [[nodiscard]] bool atEnd() const { return m_rest.isEmpty(); }

    /// Nothing if the message is damaged.
    std::optional<Field> next()
    {
        const auto tag = varint();
        if (!tag)
            return std::nullopt;
        Field field{.number = *tag >> 3U};
        switch (*tag & 7U) {
        case 0: {
            const auto value = varint();
            field.value = value.value_or(0);
            return value ? std::optional(field) : std::nullopt;
        }
        case 1: return take(8) ? std::optional(field) : std::nullopt;
        case 2: {
            const auto size = varint();
            const auto octets = size ? take(*size) : std::nullopt;
            field.octets = octets.value_or(QByteArrayView());
            return octets ? std::optional(field) : std::nullopt;
        }
        case 5: return take(4) ? std::optional(field) : std::nullopt;
        default: return std::nullopt;
        }
    }

private:
    std::optional<quint64> varint()
    {
        quint64 value = 0;
        for (unsigned shift = 0; shift < 64 && !m_rest.isEmpty(); shift += 7) {
            const auto octet = static_cast<unsigned char>(m_rest.front());
            m_rest = m_rest.sliced(1);
            value |= quint64{octet & 0x7FU} << shift;
            if ((octet & 0x80U) == 0)
                return value;
        }
        return std::nullopt;
    }

    std::optional<QByteArrayView> take(quint64 size)
    {
        if (size > static_cast<quint64>(m_rest.size()))
            return std::nullopt;
        const auto taken = m_rest.first(static_cast<qsizetype>(size));
        m_rest = m_rest.sliced(taken.size());
        return taken;
    }

    QByteArrayView m_rest;
};

/// Nothing if the message is damaged.
std::optional<std::optional<FoundCodes>> keyFrom(QByteArrayView octets)
{
    OtpauthKey key;
    QString name;
    bool known = true;
    Message message(octets);
    while (!message.atEnd()) {
        const auto field = message.next();
        if (!field)
            return std::nullopt;
        switch (field->number) {
        case 1: key.key = base32Of(field->octets); break;
        case 2: name = ForeignText(QString::fromUtf8(field->octets)); break;
        case 3: key.issuer = ForeignText(QString::fromUtf8(field->octets)); break;
        case 4:
            known = known && field->value <= 3;
            key.algorithm = field->value == 3 ? OtpAlgorithm::Sha512
                : field->value == 2           ? OtpAlgorithm::Sha256
                                              : OtpAlgorithm::Sha1;
            break;
        case 5: key.digits = field->value == 2 ? 8 : 6; break;
        case 6: key.type = field->value == 1 ? OtpType::Hotp : OtpType::Totp; break;
        case 7: key.counter = static_cast<qint64>(field->value & 0x7FFF'FFFF'FFFF'FFFFU); break;
        default: break;
        }
    }
    // The name often repeats the issuer in front of a colon.
    if (const auto colon = name.indexOf(u':'); colon >= 0) {
        if (key.issuer.isEmpty())
            key.issuer = name.first(colon).trimmed();
        name = name.sliced(colon + 1).trimmed();
    }
    key.account = name;
    return std::optional(known ? foundSetupKey(key) : std::nullopt);
}

// The value of the parameter `data`, without percent-encoding.
SecureBuffer dataOf(QByteArrayView uri)
{
    const auto query = uri.indexOf("data=");
    if (query < 0)
        return {};
    auto value = uri.sliced(query + 5);
    if (const auto end = value.indexOf('&'); end >= 0)
        value = value.first(end);
    SecureBuffer data;
    for (qsizetype i = 0; i < value.size(); ++i) {
        bool ok = false;
        const int code = value[i] == '%' && i + 2 < value.size()
            ? value.sliced(i + 1, 2).toInt(&ok, 16)
            : 0;
        const char c = ok ? static_cast<char>(code) : value[i];
        data.append(QByteArrayView(&c, 1));
        i += ok ? 2 : 0;
    }
    return data;
}

} // namespace

bool isOtpMigrationUri(QByteArrayView uri)
{
    return uri.size() > Scheme.size()
        && uri.first(Scheme.size()).compare(Scheme, Qt::CaseInsensitive) == 0;
}

Result<ImportResult> setupKeysFromMigration(QByteArrayView uri)
{
    if (!isOtpMigrationUri(uri) || uri.size() > LongestUri)
        return fail(ErrorKind::ImportDamaged);
    const auto payload = secretFromBase64(dataOf(uri).view());
    if (!payload)
        return fail(ErrorKind::ImportDamaged);
    ImportResult result;
    Message message(payload->view());
    while (!message.atEnd()) {
        const auto field = message.next();
        if (!field)
            return fail(ErrorKind::ImportDamaged);
        if (field->number != 1)
            continue;
        const auto key = keyFrom(field->octets);
        if (!key)
            return fail(ErrorKind::ImportDamaged);
        if (*key)
            result.found.append(**key);
        else
            ++result.skipped;
    }
    if (result.found.isEmpty())
        return fail(ErrorKind::ImportNothingFound);
    return result;
}

SecureBuffer base32Of(QByteArrayView octets)
{
    static constexpr char Letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    SecureBuffer text;
    unsigned bits = 0;
    unsigned count = 0;
    const auto put = [&text](unsigned index) {
        text.append(QByteArrayView(&Letters[index & 31U], 1));
    };
    for (const char octet : octets) {
        bits = bits << 8U | static_cast<unsigned char>(octet);
        for (count += 8; count >= 5; count -= 5)
            put(bits >> (count - 5));
    }
    if (count > 0)
        put(bits << (5 - count));
    return text;
}

} // namespace Sparekey
