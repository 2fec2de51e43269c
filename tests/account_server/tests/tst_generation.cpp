// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/generation.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

class TestGeneration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesReadBack();
    void tokenGenerationNestsDetails();
    void middleGenerationIsFlat();
    void pascalGenerationRenamesEveryLevel();
    void officialModelRefusalNamesTheMember();
    void vaultwardenEnvelopeRepeatsTheText();
    void officialRateLimitSaysHowLong();
};

void TestGeneration::namesReadBack()
{
    for (const auto generation : {Generation::Classic, Generation::Middle, Generation::Token,
                                  Generation::Pascal, Generation::Fido4, Generation::Nested}) {
        QCOMPARE(generationFromName(nameOf(generation)), std::optional(generation));
    }
    QVERIFY(!generationFromName(u"other"));
}

namespace {

QJsonObject detailsAs(Generation generation)
{
    const QJsonObject details{{u"enabled"_s, true}, {u"email"_s, u"a@b.example"_s}};
    const Answer answer = AnswerWriter(generation)
                              .providerDetails(u"twoFactorEmail"_s, u"email"_s, details,
                                               u"proof"_s);
    return QJsonDocument::fromJson(answer.body).object();
}

} // namespace

void TestGeneration::tokenGenerationNestsDetails()
{
    const QJsonObject answer = detailsAs(Generation::Token);
    QCOMPARE(answer.value("userVerificationToken"_L1).toString(), u"proof"_s);
    QCOMPARE(answer["email"_L1]["email"_L1].toString(), u"a@b.example"_s);
}

void TestGeneration::middleGenerationIsFlat()
{
    const QJsonObject answer = detailsAs(Generation::Middle);
    QCOMPARE(answer.value("email"_L1).toString(), u"a@b.example"_s);
    QVERIFY(!answer.contains("userVerificationToken"_L1));
}

void TestGeneration::pascalGenerationRenamesEveryLevel()
{
    const Answer answer =
        AnswerWriter(Generation::Pascal).api({{u"outer"_s, QJsonObject{{u"innerPart"_s, 1}}}});
    QCOMPARE(answer.body, R"({"Outer":{"InnerPart":1}})"_ba);
}

void TestGeneration::officialModelRefusalNamesTheMember()
{
    const Answer answer =
        AnswerWriter(Generation::Token).modelRefusal(u"Token"_s, u"Invalid token."_s);
    const QJsonObject object = QJsonDocument::fromJson(answer.body).object();
    QCOMPARE(answer.status, 400);
    QCOMPARE(object["validationErrors"_L1]["Token"_L1][0].toString(), u"Invalid token."_s);
    QCOMPARE(object["message"_L1].toString(), u"The model state is invalid."_s);
}

void TestGeneration::vaultwardenEnvelopeRepeatsTheText()
{
    const Answer answer =
        AnswerWriter(Generation::Classic).modelRefusal(u"Token"_s, u"Invalid token."_s);
    const QJsonObject object = QJsonDocument::fromJson(answer.body).object();
    QCOMPARE(answer.status, 400);
    QCOMPARE(object["message"_L1].toString(), u"Invalid token."_s);
    QCOMPARE(object["errorModel"_L1]["message"_L1].toString(), u"Invalid token."_s);
    QCOMPARE(object["validationErrors"_L1][""_L1][0].toString(), u"Invalid token."_s);
}

void TestGeneration::officialRateLimitSaysHowLong()
{
    const Answer answer = AnswerWriter(Generation::Middle).tooManyRequests(17);
    QCOMPARE(answer.status, 429);
    QVERIFY(answer.headers.contains({"Retry-After"_ba, "17"_ba}));
}

QTEST_GUILESS_MAIN(TestGeneration)
#include "tst_generation.moc"
