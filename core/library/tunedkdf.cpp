// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/library/tunedkdf.h"

#include "core/kdbx/compositekey.h"
#include "core/kdbx/kdbxkdf.h"

#include <QElapsedTimer>

#include <algorithm>

namespace Sparekey {

namespace {

constexpr quint64 MiB = quint64{1024} * 1024;
constexpr quint64 SmallestMemory = 64;
constexpr quint64 LargestMemory = 256;
constexpr quint64 FewestPasses = 3;
constexpr quint64 MostPasses = 60;
constexpr quint32 Lanes = 4;

} // namespace

VariantDictionary kdfForSpeed(double mebibytes)
{
    quint64 memory = SmallestMemory;
    while (memory * 2 <= LargestMemory
           && static_cast<double>(memory * 2 * FewestPasses) <= mebibytes)
        memory *= 2;
    const auto passes = static_cast<quint64>(std::clamp(mebibytes / static_cast<double>(memory),
                                                        static_cast<double>(FewestPasses),
                                                        static_cast<double>(MostPasses)));
    return argon2idParameters(memory * MiB, passes, Lanes);
}

VariantDictionary tunedKdf()
{
    VariantDictionary probe = argon2idParameters(SmallestMemory * MiB, 1, Lanes);
    CompositeKey key;
    if (!renewSalt(probe) || !key.setPassphrase(SecureBuffer::copyOf("measured")))
        return kdfForSpeed(0);
    QElapsedTimer timer;
    timer.start();
    if (!deriveKdbxKey(probe, key))
        return kdfForSpeed(0);
    const double seconds = std::max(1e-3, static_cast<double>(timer.nsecsElapsed()) / 1e9);
    return kdfForSpeed(static_cast<double>(SmallestMemory) / seconds);
}

} // namespace Sparekey
