// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

namespace Sparekey {

/// Looks for secrets in the memory of this process. A pattern is kept masked, so that the search
/// does not find itself.
class MemoryPattern
{
public:
    /// Wipes `bytes`, which must not be shared.
    explicit MemoryPattern(QByteArray &&bytes);

    /// How often it lies in the memory that this process may write: stacks, heaps, own mappings.
    /// The other threads should be idle meanwhile.
    [[nodiscard]] int copies() const;

private:
    QByteArray m_masked;
};

} // namespace Sparekey
