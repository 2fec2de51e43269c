// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messages/dates.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// Gives the texts of this file their context for translators.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Dates)
};

} // namespace

QString shownDate(const QDateTime &when)
{
    return QLocale().toString(when.toLocalTime().date(),
                              Text::tr("d MMMM yyyy", "how a date is written, for Qt"));
}

QString shownTime(const QDateTime &when)
{
    const QLocale locale;
    // The format of the locale "C" has seconds.
    const QString format = locale.timeFormat(QLocale::ShortFormat).remove(":ss"_L1);
    return locale.toString(when.toLocalTime().time(), format);
}

} // namespace Sparekey
