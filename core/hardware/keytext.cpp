// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/keytext.h"

#include <QList>

#include <algorithm>

namespace Sparekey {

namespace {

constexpr qsizetype longestShown = 100;
constexpr qsizetype longestStored = 64;

bool continues(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

QString withoutControls(QStringView text)
{
    QString out;
    for (const char32_t c : text.toUcs4()) {
        if (QChar::isPrint(c))
            out += QChar::fromUcs4(c);
        else
            out += QChar(u' ');
    }
    return out.simplified();
}

} // namespace

QString shownKeyText(QByteArrayView utf8)
{
    // A character has at most four bytes.
    const auto whole = QString::fromUtf8(utf8.first(std::min(utf8.size(), longestShown * 4)));
    QString shown = withoutControls(whole).left(longestShown);
    if (!shown.isEmpty() && shown.back().isHighSurrogate())
        shown.chop(1);
    return shown;
}

QByteArray storedKeyText(QStringView text)
{
    QByteArray stored = withoutControls(text).toUtf8();
    if (stored.size() > longestStored) {
        qsizetype end = longestStored;
        while (end > 0 && continues(stored.at(end)))
            --end;
        stored.truncate(end);
    }
    return stored;
}

SecureBuffer pinForKey(const SecureBuffer &entered)
{
    const QByteArrayView bytes = entered.view();
    const bool isAscii = std::all_of(bytes.begin(), bytes.end(),
                                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    SecureBuffer pin;
    if (isAscii) {
        pin = entered.clone();
    } else {
        QString text = QString::fromUtf8(bytes);
        QString normalized = text.normalized(QString::NormalizationForm_C);
        pin = SecureBuffer::fromText(normalized);
        wipe(text);
        wipe(normalized);
    }
    pin.append(QByteArrayView("\0", 1));
    return pin;
}

qsizetype codePoints(QByteArrayView utf8)
{
    return std::count_if(utf8.begin(), utf8.end(), [](char c) { return !continues(c); });
}

} // namespace Sparekey
