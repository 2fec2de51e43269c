// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QCoro/QCoroTask>

#include <QDateTime>
#include <QList>
#include <QNetworkAccessManager>
#include <QObject>
#include <QPointer>
#include <QSslCertificate>
#include <QUrl>

#include <memory>
#include <optional>
#include <utility>

class QNetworkReply;

namespace Sparekey {

/// The HTTP methods that the endpoints of servers use.
enum class HttpMethod {
    Get,
    Post,
    Put,
    Delete, ///< carries a body where the protocol wants one
};

/// One complete request.
struct HttpRequest
{
    HttpMethod method = HttpMethod::Get;
    QUrl url;
    QByteArray contentType = {}; ///< empty without a body
    SecureBuffer body = {};
    /// Sent as `Authorization: Bearer …` if not empty.
    SecureBuffer bearer = {};
    QList<std::pair<QByteArray, QByteArray>> headers = {};
    /// The limit for the answer's body, where `HttpLimits::bodyBytes` is too small.
    std::optional<qsizetype> answerBytes = {};

    /// A copy of the request, for a retry.
    [[nodiscard]] HttpRequest clone() const;
};

/// A complete answer, whatever its status.
struct HttpAnswer
{
    int status = 0;
    SecureBuffer body;
    /// The server's clock (`Date`), invalid if it did not say.
    QDateTime serverTime;
    /// `Retry-After` in seconds, 0 if absent.
    std::chrono::seconds retryAfter{0};
    /// The host that was asked, for messages.
    QString host;

    [[nodiscard]] bool isSuccess() const { return status >= 200 && status < 300; }
};

/// How large an answer may be, and how long to wait for it.
struct HttpLimits
{
    qsizetype bodyBytes = 1024 * 1024;
    std::chrono::milliseconds silence{20'000}; ///< without receiving any data
    std::chrono::milliseconds total{60'000};
};

/// The one place that talks to the network. Certificates are always checked, redirects never
/// followed, cookies neither kept nor sent, bodies and times bounded. Lives in the GUI thread, does
/// not block it. One per account server, so that its extra authorities are not trusted for other
/// servers.
///
/// HTTP/1.1 only. With HTTP/2, Qt 6.4 keeps using a connection whose server has sent GOAWAY (RFC
/// 9113, 6.8), and the next requests hang until they time out. One connection for the four requests
/// of a page was not measurably faster.
///
/// A request with a body uses a new connection, which is closed after the answer. It is never sent
/// over a connection that the server is just closing, where it would be lost and could not be
/// repeated; and no buffer of the TLS library keeps secrets of the request or of its answer.
class HttpTransport : public QObject
{
    Q_OBJECT

public:
    /// `authorities` are trusted in addition to the system's.
    explicit HttpTransport(const QList<QSslCertificate> &authorities, HttpLimits limits = {},
                           QObject *parent = nullptr);
    ~HttpTransport() override;

    /// Errors: those of "the way to the server" in `ErrorKind`, and `Canceled` after `abort`.
    /// `HostNotFound` and `Unreachable` mean that the server cannot have received the whole
    /// request. An answer that breaks off in its body is `ConnectionLost` with its status. While a
    /// proxy requires a password, the task waits for `ProxyLogins`. The transport must outlive the
    /// task.
    [[nodiscard]] QCoro::Task<Result<HttpAnswer>> send(HttpRequest request);

    /// Closes idle connections; one that is in use is closed after its answer. Called when secrets
    /// have to leave the memory.
    void dropConnections();

    /// Ends all running requests with `Canceled`, and every later one as well.
    void abort();

private:
    using Network = std::shared_ptr<QNetworkAccessManager>;

    [[nodiscard]] QCoro::Task<Result<HttpAnswer>> sendOnce(HttpRequest request);
    [[nodiscard]] Network makeNetwork() const;
    QNetworkReply *start(QNetworkAccessManager &manager, const HttpRequest &request) const;

    /// For requests without a body. Each request keeps its network alive until the answer is there.
    Network m_network;
    QList<QSslCertificate> m_authorities;
    HttpLimits m_limits;
    QList<QPointer<QNetworkReply>> m_running;
    bool m_aborted = false;
};

} // namespace Sparekey
