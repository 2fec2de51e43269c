// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/secret/securebuffer.h"

#include "core/secret/lockedmemory.h"

#include <QStringEncoder>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <new>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

namespace Sparekey {

namespace {

// Whole pages of our own, because mlock and madvise work on pages: unlocking a page that a
// neighbor still needs locked would expose the neighbor.
qsizetype toWholePages(qsizetype size)
{
    static const auto page = static_cast<qsizetype>(sysconf(_SC_PAGESIZE));
    return (size + page - 1) / page * page;
}

std::atomic_int failedLocks = 0;

unsigned char *allocatePages(qsizetype capacity)
{
    void *pages = mmap(nullptr, static_cast<std::size_t>(capacity), PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED)
        throw std::bad_alloc();
    // May be refused (RLIMIT_MEMLOCK); the secret is then still wiped after use.
    if (capacity <= largestLockedBuffer && mlock(pages, static_cast<std::size_t>(capacity)) != 0)
        ++failedLocks;
    (void)madvise(pages, static_cast<std::size_t>(capacity), MADV_DONTDUMP);
    return static_cast<unsigned char *>(pages);
}

void releasePages(unsigned char *data, qsizetype capacity) noexcept
{
    if (!data)
        return;
    explicit_bzero(data, static_cast<std::size_t>(capacity));
    munmap(data, static_cast<std::size_t>(capacity));
}

} // namespace

int failedMemoryLocks() noexcept
{
    return failedLocks;
}

SecureBuffer::SecureBuffer(qsizetype size)
{
    reserve(size);
    m_size = size;
}

SecureBuffer::~SecureBuffer()
{
    releasePages(m_data, m_capacity);
}

SecureBuffer::SecureBuffer(SecureBuffer &&other) noexcept
    : m_data(std::exchange(other.m_data, nullptr))
    , m_size(std::exchange(other.m_size, 0))
    , m_capacity(std::exchange(other.m_capacity, 0))
{
}

SecureBuffer &SecureBuffer::operator=(SecureBuffer &&other) noexcept
{
    if (this != &other) {
        clear();
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
        m_capacity = std::exchange(other.m_capacity, 0);
    }
    return *this;
}

SecureBuffer SecureBuffer::copyOf(QByteArrayView bytes)
{
    SecureBuffer buffer;
    buffer.append(bytes);
    return buffer;
}

SecureBuffer SecureBuffer::fromText(QStringView text)
{
    QStringEncoder encoder(QStringConverter::Utf8);
    SecureBuffer buffer(encoder.requiredSpace(text.size()));
    char *begin = reinterpret_cast<char *>(buffer.m_data);
    const char *end = text.isEmpty() ? begin : encoder.appendToBuffer(begin, text);
    buffer.truncate(end - begin);
    return buffer;
}

SecureBuffer SecureBuffer::clone() const
{
    return copyOf(view());
}

QByteArrayView SecureBuffer::view() const noexcept
{
    return {reinterpret_cast<const char *>(m_data), m_size};
}

void SecureBuffer::append(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return;
    reserve(m_size + bytes.size());
    std::memcpy(m_data + m_size, bytes.data(), static_cast<std::size_t>(bytes.size()));
    m_size += bytes.size();
}

void SecureBuffer::truncate(qsizetype size)
{
    if (size >= m_size)
        return;
    explicit_bzero(m_data + size, static_cast<std::size_t>(m_size - size));
    m_size = size;
}

void SecureBuffer::clear() noexcept
{
    releasePages(m_data, m_capacity);
    m_data = nullptr;
    m_size = 0;
    m_capacity = 0;
}

bool SecureBuffer::equals(QByteArrayView other) const noexcept
{
    if (m_size != other.size())
        return false;
    // Volatile, so that the compiler does not stop at the first difference.
    volatile unsigned char difference = 0;
    for (qsizetype i = 0; i < m_size; ++i)
        difference = difference
            | static_cast<unsigned char>(m_data[i] ^ static_cast<unsigned char>(other[i]));
    return difference == 0;
}

void SecureBuffer::reserve(qsizetype capacity)
{
    if (capacity <= m_capacity)
        return;
    // Doubling keeps appending in pieces linear; the old pages are wiped on the way.
    const qsizetype newCapacity = toWholePages(std::max(capacity, m_capacity * 2));
    unsigned char *data = allocatePages(newCapacity);
    if (m_size > 0)
        std::memcpy(data, m_data, static_cast<std::size_t>(m_size));
    releasePages(m_data, m_capacity);
    m_data = data;
    m_capacity = newCapacity;
}

void wipe(QString &text) noexcept
{
    if (!text.isEmpty() && text.data_ptr().d_ptr() && !text.data_ptr().needsDetach())
        explicit_bzero(text.data(), static_cast<std::size_t>(text.size()) * sizeof(QChar));
    text = QString();
}

void wipe(QByteArray &bytes) noexcept
{
    if (!bytes.isEmpty() && bytes.data_ptr().d_ptr() && !bytes.data_ptr().needsDetach())
        explicit_bzero(bytes.data(), static_cast<std::size_t>(bytes.size()));
    bytes = QByteArray();
}

} // namespace Sparekey
