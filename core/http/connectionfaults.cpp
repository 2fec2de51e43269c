// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/http/connectionfaults.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

ErrorKind certificateFault(const QList<QSslError> &errors)
{
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

ErrorKind connectionFault(QNetworkReply::NetworkError error, bool sent)
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
    // Qt reports a lost network in the same way before and after the request was sent.
    default: return sent ? ErrorKind::ConnectionLost : ErrorKind::Unreachable;
    }
}

std::optional<ErrorKind> proxyFault(QNetworkReply::NetworkError error, bool sent)
{
    switch (error) {
    case QNetworkReply::ProxyAuthenticationRequiredError: return ErrorKind::ProxyPasswordRequired;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::UnknownProxyError: return ErrorKind::ProxyUnreachable;
    // Qt 6.4 reports only this for a proxy that refuses the connection.
    case QNetworkReply::UnknownNetworkError:
        return sent ? std::nullopt : std::optional(ErrorKind::ProxyUnreachable);
    default: return {};
    }
}

bool isConnectionError(QNetworkReply::NetworkError error)
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

bool requiresClientCertificate(const QNetworkReply &reply, int status, QByteArrayView page)
{
    if (reply.errorString().contains("certificate required"_L1))
        return true;
    if (status != 400 && status != 403 && status != 496)
        return false;
    return page.contains("No required SSL certificate was sent")
        || page.contains("SSL certificate error</title>");
}

} // namespace Sparekey
