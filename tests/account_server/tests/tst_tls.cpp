// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/accountserverprocess.h"

#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

/// A client that trusts the test authority accepts the good certificate and no other.
class TestTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goodCertificateIsTrustedByNameAndAddress();
    void nobodyTrustsTheAuthorityByDefault();
    void badCertificateIsRefused_data();
    void badCertificateIsRefused();
    void noPrivateKeyIsWritten();
};

namespace {

struct Outcome
{
    QNetworkReply::NetworkError error;
    QList<QSslError::SslError> tlsErrors;
};

Outcome fetchConfig(const AccountServerProcess &server, const QString &host, bool trustAuthority)
{
    QUrl url = server.https();
    url.setHost(host);
    url.setPath(u"/api/config"_s);
    QNetworkRequest request(url);
    auto tls = QSslConfiguration::defaultConfiguration();
    tls.setCaCertificates(trustAuthority ? QSslCertificate::fromPath(server.caFile())
                                         : QList<QSslCertificate>());
    request.setSslConfiguration(tls);
    QNetworkAccessManager manager;
    QList<QSslError::SslError> tlsErrors;
    QObject::connect(&manager, &QNetworkAccessManager::sslErrors, &manager,
                     [&tlsErrors](QNetworkReply *, const QList<QSslError> &errors) {
                         for (const QSslError &error : errors)
                             tlsErrors.append(error.error());
                     });
    QNetworkReply *reply = manager.get(request);
    QSignalSpy finished(reply, &QNetworkReply::finished);
    finished.wait(60'000);
    return {reply->error(), tlsErrors};
}

} // namespace

void TestTls::goodCertificateIsTrustedByNameAndAddress()
{
    AccountServerProcess server;
    QVERIFY2(server.start(), qPrintable(server.problem()));
    for (const QString &host : {u"127.0.0.1"_s, u"localhost"_s}) {
        const Outcome outcome = fetchConfig(server, host, true);
        QCOMPARE(outcome.tlsErrors, {});
        QCOMPARE(outcome.error, QNetworkReply::NoError);
    }
}

void TestTls::nobodyTrustsTheAuthorityByDefault()
{
    AccountServerProcess server;
    QVERIFY2(server.start(), qPrintable(server.problem()));
    QCOMPARE(fetchConfig(server, u"127.0.0.1"_s, false).error,
             QNetworkReply::SslHandshakeFailedError);
}

void TestTls::badCertificateIsRefused_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QSslError::SslError>("error");
    QTest::newRow("wrong-host") << u"wrong-host"_s << QSslError::HostNameMismatch;
    QTest::newRow("expired") << u"expired"_s << QSslError::CertificateExpired;
    QTest::newRow("self-signed") << u"self-signed"_s << QSslError::SelfSignedCertificate;
}

void TestTls::badCertificateIsRefused()
{
    QFETCH(QString, certificate);
    QFETCH(QSslError::SslError, error);
    AccountServerProcess server;
    QVERIFY2(server.start({.certificate = certificate}), qPrintable(server.problem()));
    const Outcome outcome = fetchConfig(server, u"127.0.0.1"_s, true);
    QCOMPARE(outcome.error, QNetworkReply::SslHandshakeFailedError);
    QVERIFY(outcome.tlsErrors.contains(error));
}

void TestTls::noPrivateKeyIsWritten()
{
    AccountServerProcess server;
    QVERIFY2(server.start(), qPrintable(server.problem()));
    QFile file(server.caFile());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray pem = file.readAll();
    QCOMPARE(pem.count("-----BEGIN"), 1);
    QVERIFY(pem.startsWith("-----BEGIN CERTIFICATE-----"));
}

QTEST_GUILESS_MAIN(TestTls)
#include "tst_tls.moc"
