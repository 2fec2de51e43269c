// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QByteArrayView>

namespace Sparekey {

/// How much of a QR code may be damaged while it can still be read (ISO/IEC 18004).
enum class QrErrorLevel {
    Low,      ///< 7 %
    Medium,   ///< 15 %
    Quartile, ///< 25 %, for paper that is folded and kept
    High,     ///< 30 %
};

/// The dark and light modules of a QR code, without the quiet zone. Move-only. The modules reveal
/// the content, so they are in locked memory.
class QrMatrix
{
public:
    /// Light modules that must be left free on each side (ISO/IEC 18004).
    static constexpr int quietZone = 4;

    /// Capital letters, digits and ` $%*+-./:` take less room than other bytes. Errors:
    /// `CodeTooLong` (also for empty content, which has no code), `Cryptography` if memory runs
    /// out.
    [[nodiscard]] static Result<QrMatrix> encode(QByteArrayView content,
                                                 QrErrorLevel level = QrErrorLevel::Quartile);

    /// Modules along one side.
    [[nodiscard]] int size() const noexcept { return m_size; }
    [[nodiscard]] bool isDark(int row, int column) const;

private:
    SecureBuffer m_modules;
    int m_size = 0;
};

} // namespace Sparekey
