// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Searches the whole memory of another process for byte patterns. Used by memory.py, because Python
// would take a minute instead of a second.
//
//     sparekey_memory_scan PID STRIDE < patterns > places
//
// Each line of the input is `whole HEX` for consecutive bytes, or `strided HEX` for one byte every
// STRIDE bytes, as in lists of single characters. At least 4 bytes each. Each line of the output is
// the number of a pattern, from 0, the address in hexadecimal, and the name of the mapping.
// Read-only mappings of files are skipped.

#include <algorithm>
#include <array>
#include <bitset>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

constexpr std::size_t page = 4096;
constexpr std::size_t chunk = 1024 * page;
constexpr std::size_t leastBytes = 4;

struct Pattern
{
    std::size_t number = 0;
    std::vector<unsigned char> bytes;
    std::size_t step = 1; ///< Distance between bytes.

    [[nodiscard]] std::size_t span() const { return (bytes.size() - 1) * step + 1; }
    [[nodiscard]] bool isAt(const unsigned char *place) const
    {
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            if (place[i * step] != bytes[i])
                return false;
        }
        return true;
    }
};

/// All patterns with the same step, indexed by a hash of their first four bytes.
class Patterns
{
public:
    explicit Patterns(std::size_t step)
        : m_step(step)
    {
    }

    void add(Pattern pattern)
    {
        const std::size_t hash = hashAt(pattern.bytes.data(), 1);
        m_hashes.set(hash);
        m_longest = std::max(m_longest, pattern.span());
        m_patterns.push_back(std::move(pattern));
    }

    [[nodiscard]] std::size_t longest() const { return m_longest; }

    /// Calls `found` for each pattern that begins in the first `begins` bytes of `size`.
    template<class Found>
    void find(const unsigned char *data, std::size_t begins, std::size_t size, Found found) const
    {
        if (m_patterns.empty())
            return;
        const std::size_t reach = (leastBytes - 1) * m_step;
        const std::size_t end = size > reach ? std::min(begins, size - reach) : 0;
        for (std::size_t at = 0; at < end; ++at) {
            if (!m_hashes.test(hashAt(data + at, m_step)))
                continue;
            for (const Pattern &pattern : m_patterns) {
                if (at + pattern.span() <= size && pattern.isAt(data + at))
                    found(pattern, at);
            }
        }
    }

private:
    [[nodiscard]] static std::size_t hashAt(const unsigned char *place, std::size_t step)
    {
        const std::uint32_t word = static_cast<std::uint32_t>(place[0])
            | static_cast<std::uint32_t>(place[step]) << 8U
            | static_cast<std::uint32_t>(place[2 * step]) << 16U
            | static_cast<std::uint32_t>(place[3 * step]) << 24U;
        return (word * 2654435761U) >> 16U;
    }

    std::size_t m_step;
    std::size_t m_longest = 0;
    std::bitset<65536> m_hashes;
    std::vector<Pattern> m_patterns;
};

struct Range
{
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    std::string name;
};

std::vector<Range> rangesOf(const std::string &process)
{
    std::vector<Range> ranges;
    std::ifstream maps(process + "/maps");
    for (std::string line; std::getline(maps, line);) {
        std::istringstream words(line);
        std::string rights;
        std::string ignored;
        std::uint64_t inode = 0;
        Range range;
        char dash = 0;
        words >> std::hex >> range.begin >> dash >> range.end >> rights >> ignored >> ignored
            >> std::dec >> inode >> std::ws;
        std::getline(words, range.name);
        const bool isUnchanged = inode != 0 && rights.find('w') == std::string::npos;
        if (rights[0] != 'r' || isUnchanged || range.name == "[vvar]" || range.name == "[vsyscall]")
            continue;
        if (range.name.empty())
            range.name = "memory without a name";
        ranges.push_back(range);
    }
    return ranges;
}

/// Which pages are in memory or swapped out; the other pages were never written.
std::vector<bool> usedPages(int pagemap, const Range &range)
{
    const std::size_t count = (range.end - range.begin) / page;
    std::vector<std::uint64_t> entries(count, ~std::uint64_t{0});
    const auto at = static_cast<off_t>(range.begin / page * sizeof(std::uint64_t));
    (void)!pread(pagemap, entries.data(), count * sizeof(std::uint64_t), at);
    std::vector<bool> used(count);
    std::transform(entries.begin(), entries.end(), used.begin(),
                   [](std::uint64_t entry) { return (entry >> 62U) != 0; });
    return used;
}

std::vector<unsigned char> bytesOf(const std::string &hex)
{
    std::vector<unsigned char> bytes(hex.size() / 2);
    for (std::size_t i = 0; i < bytes.size(); ++i)
        std::from_chars(&hex[2 * i], &hex[2 * i] + 2, bytes[i], 16);
    return bytes;
}

void scan(int memory, const Range &range, const std::vector<bool> &used,
          const std::array<const Patterns *, 2> &all)
{
    const std::size_t overlap = std::max(all[0]->longest(), all[1]->longest());
    std::vector<unsigned char> data;
    for (std::size_t first = 0; first < used.size();) {
        if (!used[first]) {
            ++first;
            continue;
        }
        std::size_t last = first;
        while (last < used.size() && used[last] && (last - first) * page < chunk)
            ++last;
        const std::size_t begins = (last - first) * page;
        const std::uint64_t begin = range.begin + first * page;
        data.resize(
            static_cast<std::size_t>(std::min<std::uint64_t>(begins + overlap, range.end - begin)));
        const ssize_t got = pread(memory, data.data(), data.size(), static_cast<off_t>(begin));
        // Device memory, and memory that was unmapped after it was listed, cannot be read.
        const auto size = static_cast<std::size_t>(std::max<ssize_t>(got, 0));
        for (const Patterns *patterns : all) {
            patterns->find(data.data(), begins, size, [&](const Pattern &pattern, std::size_t at) {
                std::cout << pattern.number << ' ' << std::hex << begin + at << std::dec << ' '
                          << range.name << '\n';
            });
        }
        first = last;
    }
}

} // namespace

int main(int count, char *arguments[])
{
    if (count != 3)
        return 2;
    const std::string process = std::string("/proc/") + arguments[1];
    const std::size_t stride = std::stoul(arguments[2]);
    Patterns whole(1);
    Patterns strided(stride);
    std::size_t number = 0;
    for (std::string form, hex; std::cin >> form >> hex; ++number) {
        const std::size_t step = form == "strided" ? stride : 1;
        Pattern pattern{number, bytesOf(hex), step};
        if (pattern.bytes.size() < leastBytes)
            return 2;
        (step == 1 ? whole : strided).add(std::move(pattern));
    }

    const int memory = open((process + "/mem").c_str(), O_RDONLY | O_CLOEXEC);
    const int pagemap = open((process + "/pagemap").c_str(), O_RDONLY | O_CLOEXEC);
    if (memory < 0 || pagemap < 0)
        return 1;
    for (const Range &range : rangesOf(process))
        scan(memory, range, usedPages(pagemap, range), {&whole, &strided});
    return 0;
}
