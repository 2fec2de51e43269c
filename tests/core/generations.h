// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>
#include <QTest>

namespace Sparekey {

inline const QStringList serverGenerations{QStringLiteral("classic"), QStringLiteral("middle"),
                                           QStringLiteral("token"), QStringLiteral("pascal")};

/// The data of a test that runs once for each generation of server.
inline void eachGeneration()
{
    QTest::addColumn<QString>("generation");
    for (const QString &generation : serverGenerations)
        QTest::newRow(qPrintable(generation)) << generation;
}

} // namespace Sparekey
