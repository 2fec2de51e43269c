// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/otp/otpauth.h"

#include "core/otp/otpauthkey.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

QByteArrayView withoutPadding(QByteArrayView key)
{
    while (key.endsWith('='))
        key.chop(1);
    return key;
}

} // namespace

bool isSetupKey(QByteArrayView key)
{
    const QByteArrayView letters = withoutPadding(key);
    return !letters.isEmpty() && key.size() <= 128
        && std::all_of(letters.begin(), letters.end(),
                       [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7'); });
}

SecureBuffer authenticatorUri(const QString &email, const SecureBuffer &key)
{
    return otpauthUri({.issuer = u"Bitwarden"_s, .account = email, .key = key.clone()});
}

SecureBuffer inGroupsOfFour(const SecureBuffer &key)
{
    SecureBuffer groups;
    const QByteArrayView letters = key.view();
    for (qsizetype i = 0; i < letters.size(); i += 4) {
        if (i > 0)
            groups.append(" ");
        groups.append(letters.sliced(i, std::min<qsizetype>(4, letters.size() - i)));
    }
    return groups;
}

} // namespace Sparekey
