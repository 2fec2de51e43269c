// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/http/httptransport.h"

namespace Sparekey {

/// An answer as the transport hands it over, without a network.
inline HttpAnswer answerOf(int status, QByteArrayView body = {})
{
    HttpAnswer answer;
    answer.status = status;
    answer.body = SecureBuffer::copyOf(body);
    answer.host = QStringLiteral("vault.example");
    return answer;
}

} // namespace Sparekey
