// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QStringView>

#include <cstddef>
#include <span>

namespace Sparekey {

/// Bytes that must not outlive their use: locked in memory as far as the system allows (`mlock`),
/// left out of core dumps (`MADV_DONTDUMP`) and wiped when they are released.
///
/// Move-only; copying is explicit (`clone`). There is no conversion to QString or QByteArray, no
/// stream operator and no ordinary comparison. Use from one thread at a time.
class SecureBuffer
{
public:
    SecureBuffer() noexcept = default;
    /// `size` zero bytes.
    explicit SecureBuffer(qsizetype size);
    ~SecureBuffer();

    SecureBuffer(SecureBuffer &&other) noexcept;
    SecureBuffer &operator=(SecureBuffer &&other) noexcept;
    SecureBuffer(const SecureBuffer &) = delete;
    SecureBuffer &operator=(const SecureBuffer &) = delete;

    /// Copies; the caller has to wipe the source.
    [[nodiscard]] static SecureBuffer copyOf(QByteArrayView bytes);
    /// The UTF-8 form of `text`, without a QByteArray in between.
    [[nodiscard]] static SecureBuffer fromText(QStringView text);
    [[nodiscard]] SecureBuffer clone() const;

    [[nodiscard]] qsizetype size() const noexcept { return m_size; }
    [[nodiscard]] bool isEmpty() const noexcept { return m_size == 0; }
    [[nodiscard]] unsigned char *data() noexcept { return m_data; }
    [[nodiscard]] const unsigned char *data() const noexcept { return m_data; }
    /// Valid as long as the buffer is neither moved, resized nor destroyed.
    [[nodiscard]] QByteArrayView view() const noexcept;

    void append(QByteArrayView bytes);
    /// Shortens to `size` and wipes what is cut off; never grows.
    void truncate(qsizetype size);
    /// Wipes and frees the memory.
    void clear() noexcept;

    /// Compares in a time that depends on the lengths only.
    [[nodiscard]] bool equals(QByteArrayView other) const noexcept;

private:
    void reserve(qsizetype capacity);

    unsigned char *m_data = nullptr;
    qsizetype m_size = 0;
    qsizetype m_capacity = 0;
};

/// Wipes the bytes of a QString or QByteArray that held a secret, then empties it. Data that is
/// shared with another copy is not wiped.
void wipe(QString &text) noexcept;
void wipe(QByteArray &bytes) noexcept;

} // namespace Sparekey
