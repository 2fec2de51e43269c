// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/http/httptransport.h"

#include "core/http/answerheaders.h"
#include "core/http/connectionfaults.h"
#include "core/http/proxylogins.h"
#include "core/http/singleusebody.h"

#include <QCoroFuture>
#include <QCoroNetworkReply>

#include <QAuthenticator>
#include <QLoggingCategory>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QSslConfiguration>
#include <QSslError>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace Sparekey {

Q_LOGGING_CATEGORY(httpLog, "sparekey.http", QtWarningMsg)

namespace {

QByteArray verb(HttpMethod method)
{
    switch (method) {
    case HttpMethod::Get: return "GET"_ba;
    case HttpMethod::Post: return "POST"_ba;
    case HttpMethod::Put: return "PUT"_ba;
    case HttpMethod::Delete: return "DELETE"_ba;
    }
    Q_UNREACHABLE();
}

} // namespace

HttpRequest HttpRequest::clone() const
{
    return {.method = method,
            .url = url,
            .contentType = contentType,
            .body = body.clone(),
            .bearer = bearer.clone(),
            .headers = headers,
            .answerBytes = answerBytes};
}

HttpTransport::HttpTransport(const QList<QSslCertificate> &authorities, HttpLimits limits,
                             QObject *parent)
    : QObject(parent)
    , m_authorities(authorities)
    , m_limits(limits)
{
}

HttpTransport::~HttpTransport() = default;

HttpTransport::Network HttpTransport::makeNetwork() const
{
    auto network = std::make_shared<QNetworkAccessManager>();
    network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    network->setAutoDeleteReplies(false);
    connect(network.get(), &QNetworkAccessManager::proxyAuthenticationRequired, network.get(),
            [given = 0](const QNetworkProxy &proxy, QAuthenticator *asked) mutable {
                // Give each login only once: Qt would ask for a wrong password again without end.
                const ProxyLogins &logins = ProxyLogins::ofProcess();
                if (std::exchange(given, logins.revision()) != logins.revision())
                    logins.fill(proxyName(proxy), *asked);
            });
    return network;
}

QNetworkReply *HttpTransport::start(QNetworkAccessManager &manager,
                                    const HttpRequest &request) const
{
    QNetworkRequest network(request.url);
    network.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    network.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    network.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    network.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    network.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    network.setTransferTimeout(static_cast<int>(m_limits.silence.count()));
    for (const auto &[name, value] : request.headers)
        network.setRawHeader(name, value);
    network.setRawHeader("Accept"_ba, "application/json"_ba);
    // Without this header the body limit would count compressed bytes.
    network.setRawHeader("Accept-Encoding"_ba, "identity"_ba);
    if (!request.contentType.isEmpty())
        network.setRawHeader("Content-Type"_ba, request.contentType);
    if (!request.bearer.isEmpty())
        network.setRawHeader("Authorization"_ba, "Bearer "_ba + request.bearer.view());

    if (request.url.scheme() == "https"_L1) {
        auto tls = QSslConfiguration::defaultConfiguration();
        tls.setProtocol(QSsl::TlsV1_2OrLater);
        tls.addCaCertificates(m_authorities);
        network.setSslConfiguration(tls);
    }

    if (request.body.isEmpty())
        return manager.sendCustomRequest(network, verb(request.method));
    network.setHeader(QNetworkRequest::ContentLengthHeader, request.body.size());
    network.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    auto body = std::make_unique<SingleUseBody>(request.body.clone());
    auto *reply = manager.sendCustomRequest(network, verb(request.method), body.get());
    body.release()->setParent(reply);
    return reply;
}

QCoro::Task<Result<HttpAnswer>> HttpTransport::send(HttpRequest request)
{
    ProxyLogins &logins = ProxyLogins::ofProcess();
    while (true) {
        const int known = logins.revision();
        auto answer = co_await sendOnce(request.clone());
        // The proxy has forwarded nothing, so the request may be sent again.
        if (answer || answer.error().kind != ErrorKind::ProxyPasswordRequired)
            co_return answer;
        if (logins.revision() == known) {
            QFuture<bool> asked = logins.ask(answer.error().subject, this);
            const bool given = co_await asked;
            if (m_aborted)
                co_return fail(ErrorKind::Canceled);
            if (!given)
                co_return answer;
        }
        // Qt would start with the login that it remembers, and proxies count failed attempts.
        dropConnections();
    }
}

QCoro::Task<Result<HttpAnswer>> HttpTransport::sendOnce(HttpRequest request)
{
    HttpAnswer answer;
    answer.host = request.url.host();
    const auto failure = [&answer](ErrorKind kind, QString detail = {}) {
        return fail({.kind = kind,
                     .subject = answer.host,
                     .status = answer.status,
                     .detail = std::move(detail)});
    };

    if (m_aborted)
        co_return failure(ErrorKind::Canceled);
    const auto started = std::chrono::steady_clock::now();
    if (request.body.isEmpty() && !m_network)
        m_network = makeNetwork();
    const Network network = request.body.isEmpty() ? m_network : makeNetwork();
    std::unique_ptr<QNetworkReply> reply(start(*network, request));
    const QPointer<QNetworkReply> handle(reply.get());
    m_running.append(handle);

    std::optional<ErrorKind> stopped; // why we aborted the request
    QString tlsDetail;
    std::optional<ErrorKind> tlsFault;

    const qsizetype answerBytes = request.answerBytes.value_or(m_limits.bodyBytes);
    reply->setReadBufferSize(64 * 1024);
    const auto readSome = [&] {
        while (reply->bytesAvailable() > 0 && !stopped) {
            char chunk[16 * 1024];
            const qint64 length = reply->read(chunk, sizeof chunk);
            if (length <= 0)
                break;
            if (answer.body.size() + length > answerBytes)
                stopped = ErrorKind::AnswerTooLarge;
            else
                answer.body.append({chunk, static_cast<qsizetype>(length)});
            explicit_bzero(chunk, static_cast<std::size_t>(length));
        }
        if (stopped && reply->isRunning())
            reply->abort();
    };
    connect(reply.get(), &QNetworkReply::readyRead, reply.get(), readSome);
    bool sent = false;
    connect(reply.get(), &QNetworkReply::requestSent, reply.get(), [&sent] { sent = true; });
    connect(reply.get(), &QNetworkReply::sslErrors, reply.get(),
            [&](const QList<QSslError> &errors) {
                tlsFault = certificateFault(errors);
                for (const QSslError &error : errors)
                    tlsDetail += error.errorString() + u"; "_s;
            });
    QTimer deadline;
    deadline.setSingleShot(true);
    connect(&deadline, &QTimer::timeout, reply.get(), [&] {
        stopped = ErrorKind::TimedOut;
        reply->abort();
    });
    deadline.start(m_limits.total);

    if (!reply->isFinished())
        co_await qCoro(reply.get()).waitForFinished();
    deadline.stop();
    readSome();
    m_running.removeAll(handle);

    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const auto error = reply->error();
    qCInfo(httpLog).noquote() << verb(request.method) << request.url.path() << answer.status
                              << std::chrono::duration_cast<std::chrono::milliseconds>(
                                     std::chrono::steady_clock::now() - started)
                                     .count()
                              << "ms";

    if (stopped)
        co_return failure(*stopped);
    if (tlsFault)
        co_return failure(*tlsFault, tlsDetail);
    if (const auto proxy = proxyFor(request.url)) {
        if (const auto fault = proxyFault(error, sent)) {
            auto failed = failure(*fault, reply->errorString());
            failed.value().subject = proxyName(*proxy);
            co_return failed;
        }
    }
    if (requiresClientCertificate(*reply, answer.status, answer.body.view()))
        co_return failure(ErrorKind::ClientCertificateRequired, reply->errorString());
    if (error == QNetworkReply::OperationCanceledError) {
        // Qt's own transfer timeout aborts in the same way as abort() does.
        co_return failure(m_aborted ? ErrorKind::Canceled : ErrorKind::TimedOut);
    }
    if (answer.status >= 300 && answer.status < 400) {
        const QUrl target = request.url.resolved(
            QUrl::fromEncoded(reply->rawHeader("Location"_ba)));
        auto refusal = failure(ErrorKind::RedirectRefused);
        refusal.value().serverText = ForeignText::origin(target);
        co_return refusal;
    }
    if (isConnectionError(error))
        co_return failure(connectionFault(error, sent), reply->errorString());

    bool lengthKnown = false;
    const auto announced = reply->rawHeader("Content-Length"_ba).toLongLong(&lengthKnown);
    if (lengthKnown && request.method != HttpMethod::Delete && announced > answer.body.size())
        co_return failure(ErrorKind::ConnectionLost, u"body is shorter than announced"_s);

    answer.serverTime = httpDate(reply->rawHeader("Date"_ba));
    answer.retryAfter = retryAfter(reply->rawHeader("Retry-After"_ba), answer.serverTime);
    co_return answer;
}

void HttpTransport::dropConnections()
{
    m_network.reset();
}

void HttpTransport::abort()
{
    m_aborted = true;
    ProxyLogins::ofProcess().cancel(this);
    dropConnections();
    const auto running = std::exchange(m_running, {});
    for (const auto &reply : running) {
        if (reply && reply->isRunning())
            reply->abort();
    }
}

} // namespace Sparekey
