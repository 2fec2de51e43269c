// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Over 400 lines: its parts share too much state to be split by lines alone.

#include "core/http/httptransport.h"

#include "core/http/proxypasswords.h"

#include <QCoroNetworkReply>

#include <QAuthenticator>
#include <QLocale>
#include <QLoggingCategory>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QSslConfiguration>
#include <QSslError>
#include <QTimeZone>
#include <QTimer>

#include <algorithm>
#include <cstring>

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

ErrorKind kindOf(const QList<QSslError> &errors)
{
    // The first one that a person can do something about names the fault.
    bool untrusted = false;
    for (const QSslError &error : errors) {
        switch (error.error()) {
        case QSslError::HostNameMismatch: return ErrorKind::CertificateForOtherHost;
        case QSslError::CertificateExpired:
        case QSslError::CertificateNotYetValid: return ErrorKind::CertificateExpired;
        case QSslError::SelfSignedCertificate:
        case QSslError::SelfSignedCertificateInChain:
        case QSslError::UnableToGetLocalIssuerCertificate:
        case QSslError::UnableToVerifyFirstCertificate:
        case QSslError::CertificateUntrusted:
        case QSslError::CertificateRejected: untrusted = true; break;
        default: break;
        }
    }
    return untrusted ? ErrorKind::CertificateUntrusted : ErrorKind::TlsFailure;
}

/// `sent`: the whole request was handed to the network, so that the other side may have got it.
ErrorKind kindOf(QNetworkReply::NetworkError error, bool sent)
{
    switch (error) {
    case QNetworkReply::HostNotFoundError: return ErrorKind::HostNotFound;
    case QNetworkReply::ConnectionRefusedError: return ErrorKind::Unreachable;
    case QNetworkReply::ContentReSendError: // what `SingleUseBody` forbids
    case QNetworkReply::RemoteHostClosedError: return ErrorKind::ConnectionLost;
    case QNetworkReply::TimeoutError: return ErrorKind::TimedOut;
    case QNetworkReply::SslHandshakeFailedError: return ErrorKind::TlsFailure;
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError: return ErrorKind::NotAnAccountServer;
    // Of a network that goes away Qt says the same before and after a request was sent.
    default: return sent ? ErrorKind::ConnectionLost : ErrorKind::Unreachable;
    }
}

// HTTP errors (4xx, 5xx) are answers; what lies below is trouble on the way.
bool isTransportError(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::NoError:
    case QNetworkReply::ContentAccessDenied:
    case QNetworkReply::ContentOperationNotPermittedError:
    case QNetworkReply::ContentNotFoundError:
    case QNetworkReply::AuthenticationRequiredError:
    case QNetworkReply::ContentConflictError:
    case QNetworkReply::ContentGoneError:
    case QNetworkReply::UnknownContentError:
    case QNetworkReply::ProtocolInvalidOperationError: // Qt's name for 400
    case QNetworkReply::InternalServerError:
    case QNetworkReply::OperationNotImplementedError:
    case QNetworkReply::ServiceUnavailableError:
    case QNetworkReply::UnknownServerError: return false;
    default: return true;
    }
}

// RFC 9110, 5.6.7. Qt's own reader of such dates does not take "GMT" for a zone.
QDateTime httpDate(const QByteArray &value)
{
    const auto date = QLocale::c().toDateTime(QString::fromLatin1(value.trimmed()),
                                              u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    return QDateTime(date.date(), date.time(), QTimeZone::utc());
}

/// A body that can be read once only. From anything else Qt would send a request again by itself
/// when the connection breaks off before an answer: credentials and one-time codes must not be.
class SingleUseBody : public QIODevice
{
public:
    explicit SingleUseBody(SecureBuffer bytes)
        : m_bytes(std::move(bytes))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }

    [[nodiscard]] bool isSequential() const override { return true; }
    bool seek(qint64) override { return false; } // Qt's own would warn
    bool reset() override { return false; }
    [[nodiscard]] qint64 bytesAvailable() const override
    {
        return m_bytes.size() - m_read + QIODevice::bytesAvailable();
    }

protected:
    qint64 readData(char *data, qint64 size) override
    {
        const qint64 length = std::min<qint64>(size, m_bytes.size() - m_read);
        if (length == 0 && size > 0)
            return -1;
        if (length > 0)
            std::memcpy(data, m_bytes.data() + m_read, static_cast<std::size_t>(length));
        m_read += length;
        return length;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    SecureBuffer m_bytes;
    qint64 m_read = 0;
};

/// The proxy that the desktop wants for this address.
std::optional<QNetworkProxy> proxyFor(const QUrl &url)
{
    const auto proxies = QNetworkProxyFactory::proxyForQuery(QNetworkProxyQuery(url));
    if (proxies.isEmpty() || proxies.first().hostName().isEmpty())
        return {};
    return proxies.first();
}

std::optional<ErrorKind> proxyFault(QNetworkReply::NetworkError error, bool sent)
{
    switch (error) {
    case QNetworkReply::ProxyAuthenticationRequiredError: return ErrorKind::ProxyPasswordWanted;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::UnknownProxyError: return ErrorKind::ProxyUnreachable;
    // Qt 6.4 says only this of a proxy that refuses the connection.
    case QNetworkReply::UnknownNetworkError:
        return sent ? std::nullopt : std::optional(ErrorKind::ProxyUnreachable);
    default: return {};
    }
}

/// RFC 8446, 6.2 has an alert of its own for it, after which the connection ends; servers in front
/// of others answer with a page instead.
bool wantsClientCertificate(const QNetworkReply &reply, const HttpAnswer &answer)
{
    if (reply.errorString().contains("certificate required"_L1))
        return true;
    if (answer.status != 400 && answer.status != 403 && answer.status != 496)
        return false;
    const QByteArrayView page = answer.body.view();
    return page.contains("No required SSL certificate was sent")
        || page.contains("SSL certificate error</title>");
}

std::chrono::seconds retryAfter(const QByteArray &value, const QDateTime &serverTime)
{
    bool isNumber = false;
    qint64 seconds = value.trimmed().toLongLong(&isNumber);
    if (!isNumber) {
        const auto until = httpDate(value);
        if (!until.isValid())
            return {};
        const auto from = serverTime.isValid() ? serverTime : QDateTime::currentDateTimeUtc();
        seconds = from.secsTo(until);
    }
    // A server that says "next year" would lock the user out of trying.
    return std::chrono::seconds(qBound(qint64(0), seconds, qint64(3600)));
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
            [given = QString()](const QNetworkProxy &proxy, QAuthenticator *asked) mutable {
                // Once: a wrong password would be asked for without end.
                const QString name = proxyName(proxy);
                if (given != name && ProxyPasswords::fill(name, *asked))
                    given = name;
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
    // Without it the body limit would count compressed bytes.
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

    std::optional<ErrorKind> stopped; // why we ended it ourselves
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
                tlsFault = kindOf(errors);
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
    if (wantsClientCertificate(*reply, answer))
        co_return failure(ErrorKind::ClientCertificateWanted, reply->errorString());
    if (error == QNetworkReply::OperationCanceledError) {
        // Qt's own time-out of silence aborts in the same way as abort() does.
        co_return failure(m_aborted ? ErrorKind::Canceled : ErrorKind::TimedOut);
    }
    if (answer.status >= 300 && answer.status < 400) {
        const QUrl target = request.url.resolved(
            QUrl::fromEncoded(reply->rawHeader("Location"_ba)));
        auto refusal = failure(ErrorKind::RedirectRefused);
        refusal.value().serverText = ForeignText::origin(target);
        co_return refusal;
    }
    if (isTransportError(error))
        co_return failure(kindOf(error, sent), reply->errorString());

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
    dropConnections();
    const auto running = std::exchange(m_running, {});
    for (const auto &reply : running) {
        if (reply && reply->isRunning())
            reply->abort();
    }
}

} // namespace Sparekey
