// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/httpmessage.h"

#include <optional>

namespace Sparekey {

/// Cuts requests out of the bytes of one connection (RFC 9112). Bodies have a `Content-Length`;
/// chunked bodies are refused, as no client of this server sends them. The bytes of a later
/// request wait in the parser until they are asked for.
class RequestParser
{
public:
    static constexpr qsizetype maxHeadSize = 64 * 1024;
    static constexpr qsizetype maxHeaders = 100;
    static constexpr qsizetype maxBodySize = 8 * 1024 * 1024;

    void append(const QByteArray &bytes) { m_bytes += bytes; }

    /// @return the next request, or nothing if it is not complete or cannot be read.
    [[nodiscard]] std::optional<HttpRequest> next();

    /// The status to refuse the connection with, once the bytes cannot be read as a request. There
    /// is no way to find the start of another one after that.
    [[nodiscard]] std::optional<int> refusal() const { return m_refusal; }

private:
    bool readHead(QByteArrayView head);
    bool readRequestLine(QByteArrayView line);
    bool readHeader(QByteArrayView line);
    bool readBodySize();
    bool refuse(int status);

    QByteArray m_bytes;
    std::optional<HttpRequest> m_head; ///< The request whose body is awaited.
    qsizetype m_bodySize = 0;
    std::optional<int> m_refusal;
};

} // namespace Sparekey
