// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kdbx/secretbytes.h"

#include <cstring>

namespace Sparekey {

namespace {

constexpr qsizetype SharedSize = qsizetype{64} * 1024;

} // namespace

/// A part of a buffer.
class SecretBytes::Range
{
public:
    Range(std::shared_ptr<SecureBuffer> buffer, qsizetype offset, qsizetype size)
        : m_buffer(std::move(buffer))
        , m_offset(offset)
        , m_size(size)
    {
    }
    ~Range() { explicit_bzero(m_buffer->data() + m_offset, static_cast<size_t>(m_size)); }
    Range(const Range &) = delete;
    Range &operator=(const Range &) = delete;

    [[nodiscard]] QByteArrayView view() const { return m_buffer->view().sliced(m_offset, m_size); }

private:
    std::shared_ptr<SecureBuffer> m_buffer;
    qsizetype m_offset;
    qsizetype m_size;
};

SecretBytes::SecretBytes(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return;
    m_range = std::make_shared<const Range>(std::make_shared<SecureBuffer>(
                                                SecureBuffer::copyOf(bytes)),
                                            0, bytes.size());
}

qsizetype SecretBytes::size() const noexcept
{
    return view().size();
}

QByteArrayView SecretBytes::view() const noexcept
{
    return m_range ? m_range->view() : QByteArrayView();
}

bool operator==(const SecretBytes &a, const SecretBytes &b) noexcept
{
    if (a.size() != b.size())
        return false;
    volatile char difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference = static_cast<char>(difference | (a.view()[i] ^ b.view()[i]));
    return difference == 0;
}

SecretBytes SecretBytesPool::reserve(qsizetype size)
{
    SecretBytes value;
    if (size == 0)
        return value;
    if (size > SharedSize) {
        value.m_range = std::make_shared<const SecretBytes::Range>(std::make_shared<SecureBuffer>(
                                                                       size),
                                                                   0, size);
        return value;
    }
    if (!m_buffer || size > SharedSize - m_used) {
        m_buffer = std::make_shared<SecureBuffer>(SharedSize);
        m_used = 0;
    }
    value.m_range = std::make_shared<const SecretBytes::Range>(m_buffer, m_used, size);
    m_used += size;
    return value;
}

} // namespace Sparekey
