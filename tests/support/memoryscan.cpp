// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/memoryscan.h"

#include <QFile>

#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

namespace Sparekey {

namespace {

constexpr unsigned char mask = 0xa5;

using Range = std::pair<std::uintptr_t, std::uintptr_t>;

std::vector<Range> writableRanges()
{
    std::vector<Range> ranges;
    QFile maps(QStringLiteral("/proc/self/maps"));
    if (!maps.open(QIODevice::ReadOnly))
        return ranges;
    const QList<QByteArray> lines = maps.readAll().split('\n');
    for (const QByteArray &line : lines) {
        const QList<QByteArray> fields = line.split(' ');
        if (fields.size() < 2 || !fields[1].startsWith("rw") || !fields[1].endsWith('p'))
            continue;
        const QList<QByteArray> ends = fields[0].split('-');
        ranges.emplace_back(ends[0].toULongLong(nullptr, 16), ends[1].toULongLong(nullptr, 16));
    }
    return ranges;
}

} // namespace

MemoryPattern::MemoryPattern(QByteArray &&bytes)
{
    m_masked.resize(bytes.size());
    for (qsizetype i = 0; i < bytes.size(); ++i)
        m_masked[i] = static_cast<char>(static_cast<unsigned char>(bytes[i]) ^ mask);
    explicit_bzero(bytes.data(), static_cast<std::size_t>(bytes.size()));
}

#if defined(__SANITIZE_ADDRESS__) || defined(__clang__)
__attribute__((no_sanitize("address")))
#endif
int MemoryPattern::copies() const
{
    int found = 0;
    const auto size = static_cast<std::size_t>(m_masked.size());
    const auto *wanted = reinterpret_cast<const unsigned char *>(m_masked.constData());
    const std::vector<Range> ranges = writableRanges();
    for (const auto &[begin, end] : ranges) {
        for (auto at = begin; at + size <= end; ++at) {
            const auto *bytes = reinterpret_cast<const volatile unsigned char *>(at);
            std::size_t equal = 0;
            while (equal < size && static_cast<unsigned char>(bytes[equal] ^ mask) == wanted[equal])
                ++equal;
            found += equal == size ? 1 : 0;
        }
    }
    return found;
}

} // namespace Sparekey
