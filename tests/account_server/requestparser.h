// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/httpmessage.h"

#include <optional>

namespace Sparekey {

/// Parses the requests of one connection (RFC 9112). Bodies must have a `Content-Length`; chunked
/// bodies are refused, because no client of this server sends them. The bytes of later requests
/// stay in the parser until `next` is called.
class RequestParser
{
public:
    static constexpr qsizetype maxHeadSize = 64 * 1024;
    static constexpr qsizetype maxHeaders = 100;
    static constexpr qsizetype maxBodySize = 8 * 1024 * 1024;

    void append(const QByteArray &bytes) { m_bytes += bytes; }

    /// @return the next request, or nothing if it is incomplete or invalid.
    [[nodiscard]] std::optional<HttpRequest> next();

    /// The status to refuse the connection with, after an invalid request. Nothing can be parsed
    /// after that, because the start of the next request is unknown.
    [[nodiscard]] std::optional<int> refusal() const { return m_refusal; }

private:
    bool readHead(QByteArrayView head);
    bool readRequestLine(QByteArrayView line);
    bool readHeader(QByteArrayView line);
    bool readBodySize();
    bool refuse(int status);

    QByteArray m_bytes;
    std::optional<HttpRequest> m_head; ///< The request whose body is incomplete.
    qsizetype m_bodySize = 0;
    std::optional<int> m_refusal;
};

} // namespace Sparekey
