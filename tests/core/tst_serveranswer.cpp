// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/api/serveranswer.h"

#include "tests/core/answers.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;
using namespace std::chrono_literals;

class TestServerAnswer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheExplanationInEveryEnvelope_data();
    void findsTheExplanationInEveryEnvelope();
    void cleansTheExplanation();
    void namesWhatTheStatusMeans_data();
    void namesWhatTheStatusMeans();
    void passesOnHowLongToWait();
    void readsOnlyObjectsFromSuccess_data();
    void readsOnlyObjectsFromSuccess();
    void handsOnTransportErrors();
};

void TestServerAnswer::findsTheExplanationInEveryEnvelope_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("text");

    QTest::newRow("official, plain")
        << R"({"object":"error","message":"Resource not found.","validationErrors":null,
               "exceptionMessage":null})"_ba
        << u"Resource not found."_s;
    QTest::newRow("official, model error")
        << R"({"object":"error","message":"The model state is invalid.",
               "validationErrors":{"Token":["Invalid token."]}})"_ba
        << u"Invalid token."_s;
    QTest::newRow("official, model error without a field")
        << R"({"object":"error","message":"The model state is invalid.",
               "validationErrors":{"":["User verification failed."]}})"_ba
        << u"User verification failed."_s;
    QTest::newRow("official, model error that says nothing")
        << R"({"object":"error","message":"The model state is invalid.","validationErrors":{}})"_ba
        << QString();
    QTest::newRow("official identity, wrong password")
        << R"({"error":"invalid_grant","error_description":"invalid_username_or_password",
               "ErrorModel":{"Message":"Username or password is incorrect. Try again.",
               "Object":"error"}})"_ba
        << u"Username or password is incorrect. Try again."_s;
    QTest::newRow("official identity, no version") << R"({"error":"version_header_missing",
               "error_description":"No client version header found.",
               "ErrorModel":{"Message":"Please update your app to continue.","Object":"error"}})"_ba
                                                   << u"Please update your app to continue."_s;
    QTest::newRow("OAuth, code only") << R"({"error":"invalid_client"})"_ba << u"invalid_client"_s;
    QTest::newRow("OAuth, nothing but what every refusal says")
        << R"({"error":"invalid_grant"})"_ba << QString();
    QTest::newRow("second step") << R"({"error":"invalid_grant",
        "error_description":"Two factor required.","TwoFactorProviders2":{"0":null}})"_ba
                                 << u"Two factor required."_s;
    QTest::newRow("Vaultwarden")
        << R"({"message":"Invalid password","validationErrors":{"":["Invalid password"]},
               "errorModel":{"message":"Invalid password","object":"error"},"error":"",
               "error_description":"","exceptionMessage":null,"object":"error"})"_ba
        << u"Invalid password"_s;
    QTest::newRow("Vaultwarden, old")
        << R"({"Message":"Invalid password","ValidationErrors":{"":["Invalid password"]},
               "ErrorModel":{"Message":"Invalid password","Object":"error"},"error":"",
               "error_description":"","Object":"error"})"_ba
        << u"Invalid password"_s;
    QTest::newRow("Vaultwarden, no such route") << R"({"error":{"code":404,"reason":"Not Found",
               "description":"The requested resource could not be found."}})"_ba
                                                << u"The requested resource could not be found."_s;
    QTest::newRow("empty texts come after others")
        << R"({"validationErrors":{"A":[""]},"errorModel":{"message":"  "},"message":"m"})"_ba
        << u"m"_s;
    QTest::newRow("null everywhere")
        << R"({"validationErrors":null,"errorModel":null,"message":null,"error":null})"_ba
        << QString();
    QTest::newRow("odd types everywhere")
        << R"({"validationErrors":[1],"errorModel":"x","message":{"a":1},"error":7,
               "error_description":[]})"_ba
        << QString();
    QTest::newRow("odd validation errors")
        << R"({"validationErrors":{"A":"text","B":[],"C":[1],"D":["this"]},"message":"m"})"_ba
        << u"this"_s;
    QTest::newRow("empty object") << "{}"_ba << QString();
}

void TestServerAnswer::findsTheExplanationInEveryEnvelope()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, text);
    const auto fields = JsonFields::parse(SecureBuffer::copyOf(body));
    QVERIFY(fields);
    QCOMPARE(serverText(*fields), text);
    QCOMPARE(errorFrom(answerOf(400, body)).serverText, text);
}

void TestServerAnswer::cleansTheExplanation()
{
    const JsonFields fields(QJsonObject({{u"message"_s, u" pay\u202egpj.\r\n\tx "_s}}));
    QCOMPARE(serverText(fields), u"pay gpj. x"_s);
}

void TestServerAnswer::namesWhatTheStatusMeans_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("kind");
    const QByteArray json = R"({"message":"m"})"_ba;
    const QByteArray page = "<html><title>Blocked</title></html>"_ba;

    QTest::newRow("400 JSON") << 400 << json << ErrorKind::Refused;
    QTest::newRow("400 empty") << 400 << QByteArray() << ErrorKind::Refused;
    QTest::newRow("400 page") << 400 << page << ErrorKind::NotAnAccountServer;
    QTest::newRow("401 empty") << 401 << QByteArray() << ErrorKind::SessionExpired;
    QTest::newRow("401 page") << 401 << page << ErrorKind::SessionExpired;
    QTest::newRow("402 JSON") << 402 << json << ErrorKind::Refused;
    QTest::newRow("403 empty") << 403 << QByteArray() << ErrorKind::NotAllowed;
    QTest::newRow("403 JSON") << 403 << json << ErrorKind::NotAllowed;
    QTest::newRow("403 page of a proxy") << 403 << page << ErrorKind::NotAnAccountServer;
    QTest::newRow("404 JSON") << 404 << json << ErrorKind::NotOffered;
    QTest::newRow("404 empty") << 404 << QByteArray() << ErrorKind::NotOffered;
    QTest::newRow("404 page") << 404 << page << ErrorKind::NotAnAccountServer;
    QTest::newRow("405 empty") << 405 << QByteArray() << ErrorKind::NotOffered;
    QTest::newRow("422 page") << 422 << page << ErrorKind::Refused;
    QTest::newRow("429 page") << 429 << "error code: 1015"_ba << ErrorKind::RateLimited;
    QTest::newRow("500 JSON") << 500 << json << ErrorKind::ServerFailure;
    QTest::newRow("502 page") << 502 << page << ErrorKind::ServerFailure;
}

void TestServerAnswer::namesWhatTheStatusMeans()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const ErrorKind, kind);
    const Error error = errorFrom(answerOf(status, body));
    QCOMPARE(error.kind, kind);
    QCOMPARE(error.status, status);
    QCOMPARE(error.subject, u"vault.example"_s);
    QCOMPARE(error.serverText, body.startsWith('{') ? u"m"_s : QString());
}

void TestServerAnswer::passesOnHowLongToWait()
{
    auto answer = answerOf(429, R"({"message":"Slow down!"})");
    answer.retryAfter = 17s;
    QCOMPARE(errorFrom(answer).retryAfter, 17s);
    QCOMPARE(errorFrom(answer).serverText, u"Slow down!"_s);
    // A server that does not say gets a minute, which is the window of the documented limits.
    QCOMPARE(errorFrom(answerOf(429)).retryAfter, 60s);
    QCOMPARE(errorFrom(answerOf(400)).retryAfter, 0s);
}

void TestServerAnswer::readsOnlyObjectsFromSuccess_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("page") << "<html></html>"_ba;
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut off") << R"({"data":[{"type":0)"_ba;
    QTest::newRow("array") << "[]"_ba;
}

void TestServerAnswer::readsOnlyObjectsFromSuccess()
{
    QFETCH(const QByteArray, body);
    const auto fields = jsonFrom(answerOf(200, body));
    QVERIFY(!fields);
    QCOMPARE(fields.error().kind, ErrorKind::NotAnAccountServer);
    QCOMPARE(fields.error().status, 200);
    QCOMPARE(fields.error().subject, u"vault.example"_s);
}

void TestServerAnswer::handsOnTransportErrors()
{
    const Result<HttpAnswer> lost = fail(
        {.kind = ErrorKind::TimedOut, .subject = u"vault.example"_s});
    const auto fields = jsonFrom(lost);
    QVERIFY(!fields);
    QCOMPARE(fields.error().kind, ErrorKind::TimedOut);
    QCOMPARE(jsonFrom(answerOf(404)).error().kind, ErrorKind::NotOffered);
}

QTEST_GUILESS_MAIN(TestServerAnswer)
#include "tst_serveranswer.moc"
