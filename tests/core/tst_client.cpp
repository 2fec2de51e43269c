// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/api/client.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

class TestClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesJsonThatReadsBackTheSame_data();
    void writesJsonThatReadsBackTheSame();
    void writesAnEmptyObject();
    void startsAfreshAfterTaking();
    void putsPathsBelowTheBase_data();
    void putsPathsBelowTheBase();
    void presentsItselfInEveryRequest();
    void namesNoDeviceWithoutAnIdentifier();
    void asksForFreshAnswersOnReading();
};

void TestClient::writesJsonThatReadsBackTheSame_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << u"correct horse"_s;
    QTest::newRow("empty") << QString();
    QTest::newRow("quotes and backslashes") << u"\"\\\"\\\\/\\u0041"_s;
    QTest::newRow("breaks out of the string") << u"\",\"masterPasswordHash\":\"x"_s;
    QTest::newRow("umlauts, Chinese, beyond 16 bits") << u"pässwörd-密码-🔑"_s;
    QTest::newRow("line and paragraph separators") << u"\u2028\u2029\u007f\u0085"_s;
    QString controls;
    for (char16_t character = 0; character < 0x20; ++character)
        controls += QChar(character);
    QTest::newRow("control characters") << controls;
    QTest::newRow("long") << QString(100'000, u'"');
}

void TestClient::writesJsonThatReadsBackTheSame()
{
    QFETCH(const QString, text);
    SecretJson json;
    json.add("asText", text).add("asSecret", SecureBuffer::fromText(text));
    const SecureBuffer bytes = json.take();

    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(bytes.view().toByteArray(), &error);
    QCOMPARE(error.error, QJsonParseError::NoError);
    QCOMPARE(document.object(), QJsonObject({{u"asText"_s, text}, {u"asSecret"_s, text}}));
}

void TestClient::writesAnEmptyObject()
{
    QCOMPARE(SecretJson().take().view().toByteArray(), "{}"_ba);
}

void TestClient::startsAfreshAfterTaking()
{
    SecretJson json;
    json.add("a", u"1"_s);
    QCOMPARE(json.take().view().toByteArray(), "{\"a\":\"1\"}"_ba);
    json.add("b", u"2"_s);
    QCOMPARE(json.take().view().toByteArray(), "{\"b\":\"2\"}"_ba);
}

void TestClient::putsPathsBelowTheBase_data()
{
    QTest::addColumn<QUrl>("base");
    QTest::addColumn<QUrl>("url");
    QTest::newRow("host") << QUrl(u"https://api.example"_s)
                          << QUrl(u"https://api.example/two-factor/get-recover"_s);
    QTest::newRow("host, port and path")
        << QUrl(u"https://example:8443/vault/api"_s)
        << QUrl(u"https://example:8443/vault/api/two-factor/get-recover"_s);
    QTest::newRow("path with an escape") << QUrl(u"https://example/a%20b"_s)
                                         << QUrl(u"https://example/a%20b/two-factor/get-recover"_s);
}

void TestClient::putsPathsBelowTheBase()
{
    QFETCH(const QUrl, base);
    QFETCH(const QUrl, url);
    QCOMPARE(apiGet(base, u"two-factor/get-recover", {}).url, url);
    QCOMPARE(apiSend(HttpMethod::Post, base, u"two-factor/get-recover", {}, {}).url, url);
    QCOMPARE(apiForm(base, u"two-factor/get-recover", {}, {}).url, url);
}

void TestClient::presentsItselfInEveryRequest()
{
    const QUrl base(u"https://example"_s);
    const ClientDevice device{.identifier = u"5f2b4c1e-0000-4000-8000-0123456789ab"_s};
    HttpRequest requests[] = {
        apiGet(base, u"x", device),
        apiSend(HttpMethod::Put, base, u"x", SecureBuffer::copyOf("{}"), device),
        apiForm(base, u"x", SecureBuffer::copyOf("a=b"), device),
    };
    for (const HttpRequest &request : requests) {
        QMap<QByteArray, QByteArray> headers;
        for (const auto &[name, value] : request.headers)
            headers.insert(name, value);
        QCOMPARE(headers.value("Bitwarden-Client-Name"), "web"_ba);
        QCOMPARE(headers.value("Bitwarden-Client-Version"), "2026.8.0"_ba);
        QCOMPARE(headers.value("Device-Type"), "8"_ba);
        QCOMPARE(headers.value("Device-Identifier"), "5f2b4c1e-0000-4000-8000-0123456789ab"_ba);
        QVERIFY(headers.value("User-Agent").startsWith("Sparekey/"));
        QVERIFY(request.bearer.isEmpty());
    }
    QVERIFY(requests[0].contentType.isEmpty());
    QCOMPARE(requests[1].contentType, "application/json; charset=utf-8"_ba);
    QCOMPARE(requests[1].method, HttpMethod::Put);
    QCOMPARE(requests[2].contentType, "application/x-www-form-urlencoded; charset=utf-8"_ba);
    QCOMPARE(requests[2].method, HttpMethod::Post);
}

void TestClient::namesNoDeviceWithoutAnIdentifier()
{
    const auto get = apiGet(QUrl(u"https://example"_s), u"config", {});
    for (const auto &[name, value] : get.headers)
        QVERIFY(name != "Device-Identifier");
}

void TestClient::asksForFreshAnswersOnReading()
{
    const auto get = apiGet(QUrl(u"https://example"_s), u"x", {});
    QVERIFY(get.headers.contains({"Cache-Control"_ba, "no-store"_ba}));
    QVERIFY(get.headers.contains({"Pragma"_ba, "no-cache"_ba}));
}

QTEST_GUILESS_MAIN(TestClient)
#include "tst_client.moc"
