// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"

#include <QByteArrayView>

namespace Sparekey {

/// Appends a JSON string with its quotes (RFC 8259, 7). For secrets, of which QJsonDocument would
/// keep copies. `text` is valid UTF-8.
void appendJsonText(SecureBuffer &json, QByteArrayView text);

} // namespace Sparekey
