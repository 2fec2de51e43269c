// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/totp.h"

#include <QMessageAuthenticationCode>
#include <QtEndian>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr auto alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"_L1;

} // namespace

QString base32(const QByteArray &bytes)
{
    QString text;
    quint32 buffer = 0;
    int bits = 0;
    for (const char byte : bytes) {
        buffer = (buffer << 8) | quint8(byte);
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            text += alphabet[(buffer >> bits) & 31];
        }
    }
    if (bits > 0)
        text += alphabet[(buffer << (5 - bits)) & 31];
    return text;
}

std::optional<QByteArray> fromBase32(const QString &text)
{
    QByteArray bytes;
    quint32 buffer = 0;
    int bits = 0;
    for (const QChar letter : text) {
        if (letter.isSpace() || letter == u'=')
            continue;
        const qsizetype value = alphabet.indexOf(letter.toUpper());
        if (value < 0)
            return std::nullopt;
        buffer = (buffer << 5) | quint32(value);
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            bytes.append(char(buffer >> bits));
        }
    }
    return bytes;
}

qint64 totpStep(std::chrono::system_clock::time_point time)
{
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count() / 30;
}

QString totpCode(const QByteArray &key, qint64 step)
{
    const qint64 counter = qToBigEndian(step);
    const QByteArray digest = QMessageAuthenticationCode::hash(
        QByteArray(reinterpret_cast<const char *>(&counter), sizeof counter), key,
        QCryptographicHash::Sha1);
    const int offset = digest.back() & 15;
    const quint32 number = qFromBigEndian<quint32>(digest.constData() + offset) & 0x7fffffff;
    return u"%1"_s.arg(number % 1'000'000, 6, 10, QChar(u'0'));
}

bool TotpMemory::accept(const QByteArray &key, const QString &code, Rule rule)
{
    const qint64 now = totpStep(std::chrono::system_clock::now());
    for (const qint64 step : {now, now - 1, now + 1}) {
        if (code != totpCode(key, step))
            continue;
        const bool used = rule == Rule::EachCodeOnce
            ? m_used.contains(step)
            : std::ranges::any_of(m_used, [step](qint64 before) { return before >= step; });
        if (used)
            return false;
        m_used.append(step);
        return true;
    }
    return false;
}

} // namespace Sparekey
