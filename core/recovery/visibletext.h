// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"

#include <QByteArrayView>

namespace Sparekey {

/// A code of any form as one line of UTF-8 that can be shown. Control and direction characters,
/// which could show a code other than the one meant, are written out as `\u{202E}`, and bytes that
/// are no UTF-8 as `\x{FF}`.
[[nodiscard]] SecureBuffer visibleText(QByteArrayView code);

} // namespace Sparekey
