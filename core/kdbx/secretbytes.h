// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"

#include <QByteArrayView>

#include <memory>
#include <span>

namespace Sparekey {

/// A secret value of a file, such as a password: immutable bytes that are wiped with the last copy
/// of this object. Copies share the bytes, so that the history of an entry costs nothing. A file
/// has thousands of values. They share a few locked buffers (`SecretBytesPool`), because a
/// `SecureBuffer` takes at least one page. Any thread; copies may be used in several.
class SecretBytes
{
public:
    SecretBytes() = default;
    /// In a buffer of its own; the caller wipes the source.
    explicit SecretBytes(QByteArrayView bytes);

    [[nodiscard]] qsizetype size() const noexcept;
    [[nodiscard]] bool isEmpty() const noexcept { return size() == 0; }
    /// Valid as long as this object or a copy of it exists.
    [[nodiscard]] QByteArrayView view() const noexcept;

    /// Compares the bytes in a time that depends on their number only.
    friend bool operator==(const SecretBytes &a, const SecretBytes &b) noexcept;

private:
    friend class SecretBytesPool;
    class Range;
    std::shared_ptr<const Range> m_range;
};

/// Makes `SecretBytes` that share buffers small enough to be locked. A buffer is freed with the
/// last value in it. The pool may be destroyed before its values. Use from one thread at a time.
class SecretBytesPool
{
public:
    /// A value of `size` bytes, which `fill(unsigned char *)` writes before this returns.
    template<class Fill>
    [[nodiscard]] SecretBytes make(qsizetype size, Fill fill)
    {
        SecretBytes value = reserve(size);
        if (size > 0)
            fill(const_cast<unsigned char *>(
                reinterpret_cast<const unsigned char *>(value.view().data())));
        return value;
    }

private:
    [[nodiscard]] SecretBytes reserve(qsizetype size);

    std::shared_ptr<SecureBuffer> m_buffer;
    qsizetype m_used = 0;
};

} // namespace Sparekey
