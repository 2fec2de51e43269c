// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace Sparekey {

/// What a file may ask for. Each number of a file is compared with its limit before anything is
/// allocated or computed for it. The defaults admit what other programs write for people, and keep
/// a malicious file from using up memory or minutes of computing time.
struct KdbxLimits
{
    /// The whole file, in bytes.
    qsizetype file = qsizetype{256} * 1024 * 1024;
    /// One field of the outer header, in bytes, and how many there may be.
    qsizetype headerField = qsizetype{1024} * 1024;
    qsizetype headerFields = 1000;
    /// Argon2: memory in bytes, lanes, and passes × memory in bytes, which is what takes time.
    quint64 kdfMemory = quint64{1024} * 1024 * 1024;
    quint32 kdfLanes = 64;
    quint64 kdfWork = quint64{64} * 1024 * 1024 * 1024;
    /// AES-KDF: this many rounds take about twenty seconds.
    quint64 aesRounds = quint64{1} << 29U;
    /// What is left after decryption and decompression, in bytes.
    qsizetype payload = qsizetype{512} * 1024 * 1024;
    /// The XML within, in bytes.
    qsizetype xml = qsizetype{128} * 1024 * 1024;
    /// Attachments.
    qsizetype binaries = 100'000;
    /// XML elements and their nesting. An entry has some fifty; each group is a level.
    qsizetype elements = 4'000'000;
    int depth = 200;
};

} // namespace Sparekey
