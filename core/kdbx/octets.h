// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QtEndian>

#include <concepts>
#include <optional>

namespace Sparekey {

/// Reads numbers (little-endian, as in all of KDBX) and runs of bytes one after another. Nothing is
/// read beyond the end. Does not own the bytes; it returns views of them.
class OctetReader
{
public:
    explicit OctetReader(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }

    [[nodiscard]] qsizetype position() const { return m_position; }
    [[nodiscard]] qsizetype left() const { return m_bytes.size() - m_position; }

    /// The next `size` bytes. Nothing if there are fewer, and then the position stays.
    [[nodiscard]] std::optional<QByteArrayView> take(quint64 size)
    {
        if (size > static_cast<quint64>(left()))
            return std::nullopt;
        const auto taken = m_bytes.sliced(m_position, static_cast<qsizetype>(size));
        m_position += taken.size();
        return taken;
    }

    template<std::integral T>
    [[nodiscard]] std::optional<T> number()
    {
        const auto octets = take(sizeof(T));
        if (!octets)
            return std::nullopt;
        return qFromLittleEndian<T>(octets->data());
    }

private:
    QByteArrayView m_bytes;
    qsizetype m_position = 0;
};

/// Appends `number`, little-endian, to a `QByteArray` or a `SecureBuffer`.
template<std::integral T, class Octets>
void appendNumber(Octets &octets, T number)
{
    char raw[sizeof(T)];
    qToLittleEndian(number, raw);
    octets.append(QByteArrayView(raw, sizeof raw));
}

} // namespace Sparekey
