// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/environment/serverconfig.h"
#include "tests/core/outcome.h"
#include "tests/support/accountservertest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

// Who answers at an address that somebody entered.
class TestServerConfig : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startServer({.basePath = u"/vault"_s}); }
    void wrongPathsOfARightServerAreRefused_data();
    void wrongPathsOfARightServerAreRefused();
    void serversWithoutTheEndpointAreKnownByTheirPrelogin();

private:
    [[nodiscard]] Result<ServerConfig> ask(const QString &path);
};

Result<ServerConfig> TestServerConfig::ask(const QString &path)
{
    QUrl base = m_server.http();
    base.setPath(path);
    const auto environment = selfHostedEnvironment({.base = base.toString()});
    if (!environment)
        return fail(ErrorKind::InvalidAddress);
    return outcomeOf(fetchServerConfig(std::make_shared<HttpTransport>(QList<QSslCertificate>()),
                                       environment->api, environment->identity));
}

void TestServerConfig::wrongPathsOfARightServerAreRefused_data()
{
    QTest::addColumn<QString>("generation");
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isRight");
    for (const QString &generation : {u"classic"_s, u"token"_s, u"pascal"_s}) {
        const QByteArray name = generation.toUtf8();
        QTest::addRow("%s, the vault", name.constData()) << generation << u"/vault"_s << true;
        QTest::addRow("%s, the root above it", name.constData()) << generation << u"/"_s << false;
        QTest::addRow("%s, its API", name.constData()) << generation << u"/vault/api"_s << false;
        QTest::addRow("%s, another path", name.constData()) << generation << u"/wrong"_s << false;
    }
}

void TestServerConfig::wrongPathsOfARightServerAreRefused()
{
    QFETCH(QString, generation);
    QFETCH(QString, path);
    QFETCH(bool, isRight);
    QVERIFY(m_server.changeSettings({{u"generation"_s, generation}}));
    const auto config = ask(path);
    QCOMPARE(config.has_value(), isRight);
    if (!isRight)
        QCOMPARE(config.error().kind, ErrorKind::NotAnAccountServer);
}

void TestServerConfig::serversWithoutTheEndpointAreKnownByTheirPrelogin()
{
    QVERIFY(m_server.setFault(u"/api/config"_s, u"server-error"_s, {{u"status"_s, 404}}));
    const auto config = ask(u"/vault"_s);
    QVERIFY(config);
    QVERIFY(config->version.isEmpty());
    QVERIFY(m_server.requestedPaths().last().endsWith(u"/identity/accounts/prelogin"_s));
}

QTEST_GUILESS_MAIN(TestServerConfig)
#include "tst_serverconfig.moc"
