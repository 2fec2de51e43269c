// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/http/formbody.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

QByteArray written(FormBody &form)
{
    return form.take().view().toByteArray();
}

} // namespace

class TestFormBody : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void encodesWhatHasAMeaningInForms();
    void leavesOnlyUnreservedCharactersAsTheyAre();
    void keepsEmptyValuesAndTheirOrder();
    void isEmptyAgainAfterTaking();
};

void TestFormBody::encodesWhatHasAMeaningInForms()
{
    FormBody form;
    form.add("password", "oda8tANb7owP98OYniYs3LKqwLtxWKgIBUfu/b/8s+c=")
        .add("name&more=", "a&b=c d+ä"_ba)
        .add("line", "1\r\n2");
    QCOMPARE(written(form),
             "password=oda8tANb7owP98OYniYs3LKqwLtxWKgIBUfu%2Fb%2F8s%2Bc%3D"
             "&name%26more%3D=a%26b%3Dc%20d%2B%C3%A4"
             "&line=1%0D%0A2"_ba);
}

void TestFormBody::leavesOnlyUnreservedCharactersAsTheyAre()
{
    const QByteArray unreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"_ba;
    for (int byte = 0; byte < 256; ++byte) {
        const char character = static_cast<char>(byte);
        FormBody form;
        form.add("n", {&character, 1});
        const QByteArray expected = unreserved.contains(character)
            ? QByteArray(1, character)
            : "%"_ba + QByteArray(1, character).toHex().toUpper();
        QCOMPARE(written(form), "n="_ba + expected);
    }
}

void TestFormBody::keepsEmptyValuesAndTheirOrder()
{
    FormBody form;
    form.add("b", "").add("a", "1").add("b", {});
    QCOMPARE(written(form), "b=&a=1&b="_ba);
}

void TestFormBody::isEmptyAgainAfterTaking()
{
    FormBody form;
    QCOMPARE(written(form), QByteArray());
    form.add("a", "1");
    QCOMPARE(written(form), "a=1"_ba);
    form.add("b", "2");
    QCOMPARE(written(form), "b=2"_ba);
}

QTEST_GUILESS_MAIN(TestFormBody)
#include "tst_formbody.moc"
