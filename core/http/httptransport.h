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

/// The methods that the endpoints of servers want.
enum class HttpMethod {
    Get,
    Post,
    Put,
    Delete, ///< carries a body where the protocol wants one
};

/// One request, as a whole.
struct HttpRequest
{
    HttpMethod method = HttpMethod::Get;
    QUrl url;
    QByteArray contentType = {}; ///< empty without a body
    SecureBuffer body = {};
    /// Sent as `Authorization: Bearer …` if not empty.
    SecureBuffer bearer = {};
    QList<std::pair<QByteArray, QByteArray>> headers = {};
    /// How much the answer may hold, where that is more than `HttpLimits` allow.
    std::optional<qsizetype> answerBytes = {};

    /// The same request once more, for the one retry after a refresh.
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
    /// Whom we asked, for messages.
    QString host;

    [[nodiscard]] bool isSuccess() const { return status >= 200 && status < 300; }
};

/// How much of an answer is taken, and how long it is waited for.
struct HttpLimits
{
    qsizetype bodyBytes = 1024 * 1024;
    std::chrono::milliseconds silence{20'000}; ///< nothing received for so long
    std::chrono::milliseconds total{60'000};
};

/// The one place that talks to the network. Certificates are always checked, redirects never
/// followed, cookies neither kept nor sent, bodies and times bounded. Lives in the GUI thread,
/// does not block it. One per account server, so that its extra authorities trust nothing else.
///
/// HTTP/1.1 only. With HTTP/2, Qt 6.4 keeps using a connection whose server has said GOAWAY (RFC
/// 9113, 6.8), and the next requests wait in vain until they time out; the four requests of a page
/// were not measurably faster over one connection.
///
/// A request with a body goes over a connection of its own, which is closed after the answer. It
/// cannot meet one that the server is just closing, where it would be lost and may not be repeated;
/// and no buffer of the TLS library keeps what was secret in it or in its answer.
class HttpTransport : public QObject
{
    Q_OBJECT

public:
    /// `authorities` are trusted besides the system's.
    explicit HttpTransport(const QList<QSslCertificate> &authorities, HttpLimits limits = {},
                           QObject *parent = nullptr);
    ~HttpTransport() override;

    /// Errors: those of "the way to the server" in `ErrorKind`, and `Canceled` after `abort`.
    /// `HostNotFound` and `Unreachable` mean that the other side cannot have got the whole request.
    /// An answer that ends within its body is `ConnectionLost` with the status that it began with.
    /// While a proxy wants a password, it waits for whoever is asked by `ProxyLogins`.
    /// The transport must outlive the task.
    [[nodiscard]] QCoro::Task<Result<HttpAnswer>> send(HttpRequest request);

    /// Closes the connections that are kept for further requests; one that is in use is closed
    /// once its answer is there. For when secrets leave the memory.
    void dropConnections();

    /// Ends all that is under way with `Canceled`, and everything that is sent later as well.
    void abort();

private:
    using Network = std::shared_ptr<QNetworkAccessManager>;

    [[nodiscard]] QCoro::Task<Result<HttpAnswer>> sendOnce(HttpRequest request);
    [[nodiscard]] Network makeNetwork() const;
    QNetworkReply *start(QNetworkAccessManager &manager, const HttpRequest &request) const;

    /// Of requests without a body. Each request holds its own until its answer is there.
    Network m_network;
    QList<QSslCertificate> m_authorities;
    HttpLimits m_limits;
    QList<QPointer<QNetworkReply>> m_running;
    bool m_aborted = false;
};

} // namespace Sparekey
