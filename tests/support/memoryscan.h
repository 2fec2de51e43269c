// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

namespace Sparekey {

/// Searches the memory of this process for a secret. The pattern is stored masked, so that the
/// search does not find the pattern itself.
class MemoryPattern
{
public:
    /// Wipes `bytes`, which must not be shared.
    explicit MemoryPattern(QByteArray &&bytes);

    /// Number of copies in this process's private writable memory: stacks, heaps and mappings.
    /// Other threads should be idle during the search.
    [[nodiscard]] int copies() const;

private:
    QByteArray m_masked;
};

} // namespace Sparekey
