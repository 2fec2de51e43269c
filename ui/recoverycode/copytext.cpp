// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/recoverycode/copytext.h"

#include "ui/messages/dates.h"

#include <QCoreApplication>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Sparekey::CopyText)
};

QString copyText(const CopyRecord &copy)
{
    const QString date = shownDate(copy.when);
    switch (copy.kind) {
    case CopyKind::Printed: return Text::tr("Printed %1").arg(date);
    case CopyKind::Pdf: return Text::tr("PDF %1").arg(date);
    case CopyKind::ProtectedPdf: return Text::tr("PDF with password %1").arg(date);
    case CopyKind::Text: return Text::tr("Text file %1").arg(date);
    case CopyKind::Elsewhere: return Text::tr("Marked as kept elsewhere on %1").arg(date);
    }
    Q_UNREACHABLE();
}

} // namespace

QString copiesText(const QList<CopyRecord> &copies)
{
    QStringList texts;
    for (const CopyRecord &copy : copies)
        texts.append(copyText(copy));
    return texts.join(u" · "_s);
}

} // namespace Sparekey
