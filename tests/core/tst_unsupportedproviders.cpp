// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/twofactor/unsupportedproviders.h"

#include "tests/core/signedin.h"
#include "tests/support/accountservertest.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

// What a server cannot do, as far as it says so.
class TestUnsupportedProviders : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsAStyleSheet_data();
    void readsAStyleSheet();
    void asksVaultwarden();
    void asksNobodyElseForAStyleSheet_data();
    void asksNobodyElseForAStyleSheet();
    void sendsNoToken();
    void knowsNothingWithoutAWebVault();

private:
    [[nodiscard]] QJsonArray styleSheetRequests();
};

void TestUnsupportedProviders::init()
{
    resetServer();
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"classic"_s}}));
}

void TestUnsupportedProviders::readsAStyleSheet_data()
{
    QTest::addColumn<QByteArray>("sheet");
    QTest::addColumn<ProviderSet>("missing");
    QTest::newRow("one") << ".a,.providers-2fa-3{display:none !important}"_ba
                         << ProviderSet{ProviderType::YubicoOtp};
    QTest::newRow("several") << ".providers-2fa-1,.providers-2fa-7 {}\n.b{}"_ba
                             << ProviderSet{ProviderType::Email, ProviderType::Passkey};
    QTest::newRow("none") << "providers-2fa-1 .providers-2fa-{}"_ba << ProviderSet();
    QTest::newRow("unknown numbers")
        << ".providers-2fa-13,.providers-2fa-99999999999999{}"_ba << ProviderSet();
    QTest::newRow("cut off") << ".providers-2fa-"_ba << ProviderSet();
    QTest::newRow("cut off behind the number")
        << ".providers-2fa-2"_ba << ProviderSet{ProviderType::Duo};
    QTest::newRow("empty") << QByteArray() << ProviderSet();
}

void TestUnsupportedProviders::readsAStyleSheet()
{
    QFETCH(QByteArray, sheet);
    QFETCH(ProviderSet, missing);
    QCOMPARE(unsupportedProvidersFrom(sheet), missing);
}

QJsonArray TestUnsupportedProviders::styleSheetRequests()
{
    QJsonArray found;
    const QJsonArray requests = m_server.requests();
    for (const QJsonValue request : requests) {
        if (request["path"_L1] == "/css/vaultwarden.css"_L1)
            found.append(request);
    }
    return found;
}

void TestUnsupportedProviders::asksVaultwarden()
{
    const auto session = signedIn(m_server, u"demo");
    QVERIFY(session);
    QCOMPARE(outcomeOf(fetchUnsupportedProviders(session)).value(), ProviderSet());
    QVERIFY(m_server.changeSettings({{u"yubicoCredentials"_s, false}, {u"mailServer"_s, false}}));
    QCOMPARE(outcomeOf(fetchUnsupportedProviders(session)).value(),
             (ProviderSet{ProviderType::YubicoOtp, ProviderType::Email}));
}

void TestUnsupportedProviders::asksNobodyElseForAStyleSheet_data()
{
    QTest::addColumn<QString>("generation");
    QTest::newRow("middle") << u"middle"_s;
    QTest::newRow("token") << u"token"_s;
}

void TestUnsupportedProviders::asksNobodyElseForAStyleSheet()
{
    QFETCH(QString, generation);
    QVERIFY(m_server.changeSettings({{u"generation"_s, generation}}));
    const auto session = signedIn(m_server, u"demo");
    QVERIFY(session);
    QCOMPARE(outcomeOf(fetchUnsupportedProviders(session)).value(), ProviderSet());
    QVERIFY(styleSheetRequests().isEmpty());
}

void TestUnsupportedProviders::sendsNoToken()
{
    const auto session = signedIn(m_server, u"demo");
    QVERIFY(session);
    QVERIFY(outcomeOf(fetchUnsupportedProviders(session)));
    const auto requests = styleSheetRequests();
    QCOMPARE(requests.size(), 1);
    const QJsonArray headers = requests.first()["headers"_L1].toArray();
    QVERIFY(!headers.isEmpty());
    for (const QJsonValue header : headers)
        QVERIFY(header.toString().compare("authorization"_L1, Qt::CaseInsensitive) != 0);
}

void TestUnsupportedProviders::knowsNothingWithoutAWebVault()
{
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"pascal"_s}}));
    const auto session = signedIn(m_server, u"demo");
    QVERIFY(session);
    const auto missing = outcomeOf(fetchUnsupportedProviders(session));
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, ErrorKind::NotOffered);
}

QTEST_GUILESS_MAIN(TestUnsupportedProviders)
#include "tst_unsupportedproviders.moc"
