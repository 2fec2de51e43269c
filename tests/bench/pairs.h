// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

#include <cstdio>

namespace Sparekey {

/// Number of measured pairs; odd, so that the median is one of the values.
constexpr int pairsPerBench = 9;

/// The run time of `work` in milliseconds.
template<typename Work>
[[nodiscard]] double millisecondsOf(Work work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return double(timer.nsecsElapsed()) / 1e6;
}

/// Prints one line for bench.py with all values of one row. `reference` may be empty.
inline void printMeasured(const QString &name, const QJsonArray &ours, const QJsonArray &reference,
                          const QString &unit)
{
    using namespace Qt::StringLiterals;
    const QJsonObject row{{u"name"_s, name},
                          {u"ours"_s, ours},
                          {u"reference"_s, reference},
                          {u"unit"_s, unit}};
    std::puts(QJsonDocument(row).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

/// Runs both alternately and prints the pairs. The first pair is a warm-up and is not counted.
template<typename Ours, typename Reference>
void comparePairs(const QString &name, Ours ours, Reference reference)
{
    QJsonArray oursMs;
    QJsonArray referenceMs;
    ours();
    reference();
    for (int i = 0; i < pairsPerBench; ++i) {
        oursMs.append(millisecondsOf(ours));
        referenceMs.append(millisecondsOf(reference));
    }
    printMeasured(name, oursMs, referenceMs, QStringLiteral("ms"));
}

} // namespace Sparekey
