// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/otp/otpauthkey.h"

#include "core/otp/otpauth.h"
#include "core/text/foreigntext.h"

#include <QUrl>

#include <limits>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr QByteArrayView Scheme = "otpauth://";

bool equalsIgnoringCase(QByteArrayView a, QByteArrayView b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

// A plus sign is itself, not a space: apps write labels percent-encoded.
QString decoded(QByteArrayView encoded)
{
    return ForeignText(QUrl::fromPercentEncoding(encoded.toByteArray()).trimmed()).text();
}

std::optional<qint64> numberFrom(QByteArrayView digits, qint64 least, qint64 most)
{
    bool ok = false;
    const qint64 number = digits.toLongLong(&ok);
    if (!ok || number < least || number > most)
        return std::nullopt;
    return number;
}

std::optional<OtpAlgorithm> algorithmFrom(QByteArrayView name)
{
    if (equalsIgnoringCase(name, "SHA1") || equalsIgnoringCase(name, "HmacSHA1"))
        return OtpAlgorithm::Sha1;
    if (equalsIgnoringCase(name, "SHA256") || equalsIgnoringCase(name, "HmacSHA256"))
        return OtpAlgorithm::Sha256;
    if (equalsIgnoringCase(name, "SHA512") || equalsIgnoringCase(name, "HmacSHA512"))
        return OtpAlgorithm::Sha512;
    return std::nullopt;
}

QByteArrayView nameOf(OtpAlgorithm algorithm)
{
    if (algorithm == OtpAlgorithm::Sha512)
        return "SHA512";
    return algorithm == OtpAlgorithm::Sha256 ? "SHA256" : "SHA1";
}

// The key with what is percent-encoded in it: padding and spaces.
SecureBuffer keyFromQuery(QByteArrayView value)
{
    SecureBuffer plain;
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (value.sliced(i).startsWith("%20") || value.sliced(i).startsWith("%3D")
            || value.sliced(i).startsWith("%3d"))
            i += 2;
        else if (value[i] != '+')
            plain.append(value.sliced(i, 1));
    }
    return setupKeyFrom(plain.view());
}

// False if the value is impossible.
bool readParameter(OtpauthKey &key, QByteArrayView name, QByteArrayView value)
{
    std::optional<qint64> number = 0;
    if (equalsIgnoringCase(name, "secret")) {
        key.key = keyFromQuery(value);
    } else if (equalsIgnoringCase(name, "issuer")) {
        if (const QString issuer = decoded(value); !issuer.isEmpty())
            key.issuer = issuer;
    } else if (equalsIgnoringCase(name, "algorithm")) {
        const auto algorithm = algorithmFrom(value);
        key.algorithm = algorithm.value_or(OtpAlgorithm::Sha1);
        return algorithm.has_value();
    } else if (equalsIgnoringCase(name, "digits")) {
        number = numberFrom(value, 1, OtpauthKey::mostDigits);
        key.digits = static_cast<int>(number.value_or(0));
    } else if (equalsIgnoringCase(name, "period")) {
        number = numberFrom(value, 1, OtpauthKey::longestPeriod);
        key.period = static_cast<int>(number.value_or(0));
    } else if (equalsIgnoringCase(name, "counter")) {
        number = numberFrom(value, 0, std::numeric_limits<qint64>::max());
        key.counter = number.value_or(0);
    } else if (equalsIgnoringCase(name, "encoder")) {
        key.steam = equalsIgnoringCase(value, "steam");
    }
    return number.has_value();
}

void readLabel(OtpauthKey &key, QByteArrayView encoded)
{
    const QString label = decoded(encoded);
    const auto colon = label.indexOf(u':');
    if (colon >= 0)
        key.issuer = label.first(colon).trimmed();
    key.account = label.sliced(colon + 1).trimmed();
}

} // namespace

std::optional<OtpauthKey> otpauthKeyFrom(QByteArrayView uri)
{
    uri = uri.trimmed();
    if (uri.size() > OtpauthKey::longestUri || uri.size() < Scheme.size()
        || !equalsIgnoringCase(uri.first(Scheme.size()), Scheme))
        return std::nullopt;
    uri = uri.sliced(Scheme.size());
    const auto query = uri.indexOf('?');
    const auto path = uri.indexOf('/');
    if (query < 0 || path < 0 || path > query)
        return std::nullopt;

    OtpauthKey key;
    const auto type = uri.first(path);
    if (equalsIgnoringCase(type, "hotp"))
        key.type = OtpType::Hotp;
    else if (equalsIgnoringCase(type, "steam"))
        key.steam = true;
    else if (!equalsIgnoringCase(type, "totp"))
        return std::nullopt;
    readLabel(key, uri.sliced(path + 1, query - path - 1));

    auto rest = uri.sliced(query + 1);
    while (!rest.isEmpty()) {
        const auto end = rest.indexOf('&');
        const auto pair = end < 0 ? rest : rest.first(end);
        rest = end < 0 ? QByteArrayView() : rest.sliced(end + 1);
        const auto equals = pair.indexOf('=');
        if (equals > 0 && !readParameter(key, pair.first(equals), pair.sliced(equals + 1)))
            return std::nullopt;
    }
    if (key.key.isEmpty())
        return std::nullopt;
    key.issuer = key.issuer.replace(u':', u' ').simplified();
    // Without an account the label is the issuer.
    if (key.account == key.issuer)
        key.account.clear();
    return key;
}

SecureBuffer otpauthUri(const OtpauthKey &key)
{
    SecureBuffer uri;
    if (!isSetupKey(key.key.view()))
        return uri;
    // A colon in the label ends the issuer, also when it is percent-encoded.
    const QByteArray issuer = QUrl::toPercentEncoding(
        QString(key.issuer).replace(u':', u' ').simplified());
    uri.append(Scheme);
    uri.append(key.type == OtpType::Hotp ? "hotp/" : "totp/");
    uri.append(issuer);
    if (!issuer.isEmpty() && !key.account.isEmpty())
        uri.append(":");
    QString account = key.account;
    if (issuer.isEmpty())
        account.replace(u':', u' ');
    uri.append(QUrl::toPercentEncoding(account.simplified()));
    uri.append("?secret=");
    // Padding is left out: '=' has a meaning of its own in a query.
    auto letters = key.key.view();
    while (letters.endsWith('='))
        letters.chop(1);
    uri.append(letters);
    const auto add = [&uri](QByteArrayView name, QByteArrayView value) {
        uri.append("&");
        uri.append(name);
        uri.append("=");
        uri.append(value);
    };
    if (!issuer.isEmpty())
        add("issuer", issuer);
    if (key.algorithm != OtpAlgorithm::Sha1)
        add("algorithm", nameOf(key.algorithm));
    if (key.digits != 6)
        add("digits", QByteArray::number(key.digits));
    if (key.type == OtpType::Hotp)
        add("counter", QByteArray::number(key.counter));
    else if (key.period != 30)
        add("period", QByteArray::number(key.period));
    if (key.steam)
        add("encoder", "steam");
    return uri;
}

SecureBuffer setupKeyFrom(QByteArrayView entered)
{
    SecureBuffer key(entered.size());
    qsizetype size = 0;
    for (char c : entered) {
        if (c == ' ' || c == '-' || c == '=' || c == '\t')
            continue;
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
        key.data()[size++] = static_cast<unsigned char>(c);
    }
    key.truncate(size);
    if (!isSetupKey(key.view()))
        key.clear();
    return key;
}

} // namespace Sparekey
