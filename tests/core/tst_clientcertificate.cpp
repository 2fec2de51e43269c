// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/api/client.h"
#include "core/http/httptransport.h"
#include "tests/account_server/testcertificates.h"
#include "tests/core/outcome.h"
#include "tests/core/rawlistener.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSslKey>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

/// A TLS server that lets nobody in without a certificate: `openssl s_server`.
class CertificateWanter
{
public:
    CertificateWanter(const QSslConfiguration &certificate, const QString &protocol)
    {
        QFile file(m_folder.filePath(u"server.pem"_s));
        if (!file.open(QFile::WriteOnly)
            || file.write(certificate.localCertificate().toPem() + certificate.privateKey().toPem())
                < 1)
            qFatal("no certificate");
        file.close();
        m_process.start(u"openssl"_s,
                        {u"s_server"_s, u"-accept"_s, u"127.0.0.1:0"_s, u"-cert"_s, file.fileName(),
                         u"-key"_s, file.fileName(), u"-Verify"_s, u"1"_s, protocol, u"-www"_s});
        static const QRegularExpression accepts(u"ACCEPT .*:(\\d+)"_s);
        QByteArray told;
        while (m_port == 0 && m_process.waitForReadyRead(30'000)) {
            told += m_process.readAllStandardOutput();
            m_port = accepts.match(QString::fromLatin1(told)).captured(1).toInt();
        }
    }
    ~CertificateWanter()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(CertificateWanter)

    [[nodiscard]] int port() const { return m_port; }

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    int m_port = 0;
};

} // namespace

// Servers that admit only devices with a certificate of their own.
class TestClientCertificate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theServersAlertIsUnderstood_data();
    void theServersAlertIsUnderstood();
    void thePageOfAServerInFrontIsUnderstood();
};

void TestClientCertificate::theServersAlertIsUnderstood_data()
{
    QTest::addColumn<QString>("protocol");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("TLS 1.3") << u"-tls1_3"_s << ErrorKind::ClientCertificateRequired;
    // Has no alert of its own for it (RFC 5246, 7.2.2).
    QTest::newRow("TLS 1.2") << u"-tls1_2"_s << ErrorKind::TlsFailure;
}

void TestClientCertificate::theServersAlertIsUnderstood()
{
    QFETCH(QString, protocol);
    QFETCH(ErrorKind, kind);
    const auto certificates = makeTestCertificates(CertificateKind::Good);
    QVERIFY(certificates);
    const CertificateWanter server(certificates->server, protocol);
    QVERIFY(server.port() > 0);
    HttpTransport transport(QSslCertificate::fromData(certificates->authorityPem));
    const QUrl url(u"https://localhost:%1"_s.arg(server.port()));
    const auto answer = outcomeOf(transport.send(apiGet(url, u"api/config", ClientDevice())));
    QVERIFY(!answer);
    QVERIFY2(answer.error().kind == kind, qPrintable(answer.error().detail));
    QCOMPARE(answer.error().subject, u"localhost"_s);
}

void TestClientCertificate::thePageOfAServerInFrontIsUnderstood()
{
    // As nginx writes it.
    const QByteArray page = "<html><head><title>400 No required SSL certificate was sent</title>"
                            "</head></html>"_ba;
    const RawListener server("HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n"
                             "Content-Length: "
                             + QByteArray::number(page.size()) + "\r\n\r\n" + page);
    HttpTransport transport({});
    const auto answer = outcomeOf(
        transport.send(apiGet(server.url(), u"api/config", ClientDevice())));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::ClientCertificateRequired);
}

QTEST_GUILESS_MAIN(TestClientCertificate)
#include "tst_clientcertificate.moc"
