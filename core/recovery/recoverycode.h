// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"

#include <QByteArrayView>

namespace Sparekey {

/// The recovery code of an account, as the server sent it. Move-only; the characters live in
/// locked memory.
///
/// Servers make 32 characters of letters and digits (the official one lower-case letters and
/// digits, Vaultwarden base32) and compare them without case and spaces. Such a code is *usual*: it
/// is shown in upper case and in eight groups of four. Anything else is kept, and shown, exactly as
/// it was sent, because its form is not known.
class RecoveryCode
{
public:
    static constexpr qsizetype usualSize = 32;
    static constexpr qsizetype groupSize = 4;

    RecoveryCode() = default;
    /// The caller wipes `sent`.
    explicit RecoveryCode(QByteArrayView sent);
    explicit RecoveryCode(const SecureBuffer &sent);

    [[nodiscard]] RecoveryCode clone() const;

    /// The account has no code, as before the first method is turned on.
    [[nodiscard]] bool isEmpty() const noexcept { return m_text.isEmpty(); }
    /// 32 characters of 0-9 and A-Z once spaces and hyphens are gone.
    [[nodiscard]] bool isUsual() const noexcept { return m_usual; }

    /// What is shown, matched and put into a QR code: 32 upper-case characters without gaps, or an
    /// unusual code as sent (UTF-8). Valid until this object is moved or destroyed.
    [[nodiscard]] QByteArrayView text() const noexcept { return m_text.view(); }

    /// 8 for a usual code, 0 for any other.
    [[nodiscard]] qsizetype groupCount() const noexcept;
    /// Four characters of `text()`; `index` is below `groupCount()`.
    [[nodiscard]] QByteArrayView group(qsizetype index) const;

    /// One line for the screen (UTF-8): the groups with a space between them, or an unusual code
    /// as of `visibleText`.
    [[nodiscard]] SecureBuffer displayText() const;

private:
    SecureBuffer m_text;
    bool m_usual = false;
};

} // namespace Sparekey
