// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/requestparser.h"

#include <QUrl>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr QByteArrayView lineEnd = "\r\n";
constexpr QByteArrayView headEnd = "\r\n\r\n";

bool isToken(QByteArrayView text)
{
    const auto isTokenChar = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
    };
    return !text.isEmpty() && std::ranges::all_of(text, isTokenChar);
}

} // namespace

std::optional<HttpRequest> RequestParser::next()
{
    if (m_refusal)
        return std::nullopt;
    if (!m_head) {
        const qsizetype end = m_bytes.indexOf(headEnd);
        if (end > maxHeadSize || (end < 0 && m_bytes.size() > maxHeadSize)) {
            refuse(431);
            return std::nullopt;
        }
        if (end < 0)
            return std::nullopt;
        const QByteArray head = m_bytes.first(end);
        m_bytes.remove(0, end + headEnd.size());
        m_head.emplace();
        if (!readHead(head))
            return std::nullopt;
    }
    if (m_bytes.size() < m_bodySize)
        return std::nullopt;
    m_head->body = m_bytes.first(m_bodySize);
    m_bytes.remove(0, m_bodySize);
    return std::exchange(m_head, std::nullopt);
}

bool RequestParser::readHead(QByteArrayView head)
{
    bool isFirst = true;
    while (!head.isEmpty()) {
        const qsizetype found = head.indexOf(lineEnd);
        const qsizetype end = found < 0 ? head.size() : found;
        const QByteArrayView line = head.first(end);
        head = head.sliced(std::min(head.size(), end + lineEnd.size()));
        if (!(isFirst ? readRequestLine(line) : readHeader(line)))
            return false;
        isFirst = false;
    }
    return isFirst ? refuse(400) : readBodySize();
}

// RFC 9112 §3: method, one space, target, one space, version.
bool RequestParser::readRequestLine(QByteArrayView line)
{
    const QList<QByteArray> parts = line.toByteArray().split(' ');
    if (parts.size() != 3 || !isToken(parts[0]) || !parts[1].startsWith('/'))
        return refuse(400);
    if (parts[2] != "HTTP/1.1")
        return refuse(505);
    m_head->verb = parts[0];
    const qsizetype mark = parts[1].indexOf('?');
    m_head->path = QUrl::fromPercentEncoding(parts[1].first(mark < 0 ? parts[1].size() : mark));
    m_head->query = mark < 0 ? QString() : QString::fromLatin1(parts[1].sliced(mark + 1));
    return true;
}

bool RequestParser::readHeader(QByteArrayView line)
{
    const qsizetype colon = line.indexOf(':');
    if (colon < 0 || !isToken(line.first(colon)))
        return refuse(400);
    if (m_head->headers.size() == maxHeaders)
        return refuse(431);
    m_head->headers.append(
        {line.first(colon).toByteArray(), line.sliced(colon + 1).trimmed().toByteArray()});
    return true;
}

bool RequestParser::readBodySize()
{
    m_bodySize = 0;
    for (const auto &[name, value] : m_head->headers) {
        if (name.compare("Transfer-Encoding", Qt::CaseInsensitive) == 0)
            return refuse(501);
        if (name.compare("Content-Length", Qt::CaseInsensitive) != 0)
            continue;
        bool isNumber = false;
        const qlonglong size = value.toLongLong(&isNumber);
        if (!isNumber || size < 0 || (m_bodySize != 0 && m_bodySize != size))
            return refuse(400);
        if (size > maxBodySize)
            return refuse(413);
        m_bodySize = size;
    }
    return true;
}

bool RequestParser::refuse(int status)
{
    m_refusal = status;
    m_head.reset();
    m_bytes.clear();
    return false;
}

} // namespace Sparekey
