// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messages/usermessage.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace Sparekey {

class TestUserMessage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatHelpsAKeyFitsWhereItIs_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("no answer") << ErrorKind::KeyNoAnswer;
        QTest::newRow("invalid answer") << ErrorKind::KeyAnswerInvalid;
        QTest::newRow("three wrong PINs") << ErrorKind::KeyPinNeedsReplug;
        QTest::newRow("PIN refused") << ErrorKind::KeyPinRefused;
        QTest::newRow("too late for a reset") << ErrorKind::KeyResetTooLate;
        QTest::newRow("another fault") << ErrorKind::KeyFailure;
    }
    void whatHelpsAKeyFitsWhereItIs()
    {
        QFETCH(ErrorKind, kind);
        const QString plugged = userMessage(Error{.kind = kind});
        QVERIFY2(plugged.contains(u"plug it in"_s), qPrintable(plugged));
        const QString onReader = userMessage(Error{.kind = kind, .onReader = true});
        QVERIFY2(onReader.contains(u"Lift"_s), qPrintable(onReader));
        QVERIFY2(!onReader.contains(u"plug"_s), qPrintable(onReader));
    }

    void aPathWithoutAServerIsNoWorkOfAProxy()
    {
        const Error wrongPath{.kind = ErrorKind::NotAnAccountServer,
                              .subject = u"vault.example.org"_s,
                              .status = 404};
        const QString text = userMessage(wrongPath);
        QVERIFY2(text.contains(u"path"_s) && text.contains(u"web vault"_s), qPrintable(text));
        QVERIFY2(!text.contains(u"proxy"_s) && !text.contains(u"hotel"_s), qPrintable(text));
        // A page in place of an answer may be one.
        const QString page = userMessage(Error{.kind = ErrorKind::NotAnAccountServer,
                                               .subject = u"vault.example.org"_s,
                                               .status = 200});
        QVERIFY2(page.contains(u"proxy"_s), qPrintable(page));
    }

    void aServerOpenedByAnotherNameIsToldByWhichToOpenIt()
    {
        const QString byAddress = userMessage(
            Error{.kind = ErrorKind::OtherRelyingParty,
                  .subject = u"vault.example.org"_s,
                  .counterpart = u"https://192.0.2.7:8443/vault"_s});
        QVERIFY(byAddress.contains(u"this is how sign-ins are stolen"_s));
        QVERIFY(byAddress.contains(u"but you opened it as “192.0.2.7”"_s));
        // With port and path, so that it can be entered as it is.
        QVERIFY2(byAddress.contains(
                     u"enter “https://vault.example.org:8443/vault” as the server address"_s),
                 qPrintable(byAddress));
        // Nobody is sent to what is no host.
        for (const QString &other : {QString(), u"a b"_s, u"vault.example.org/x"_s}) {
            const QString text = userMessage(Error{.kind = ErrorKind::OtherRelyingParty,
                                                   .subject = other,
                                                   .counterpart = u"https://192.0.2.7"_s});
            QVERIFY2(!text.contains(u"server address"_s), qPrintable(text));
            QVERIFY(text.contains(u"this is how sign-ins are stolen"_s));
        }
    }
};

} // namespace Sparekey

QTEST_GUILESS_MAIN(Sparekey::TestUserMessage)
#include "tst_usermessage.moc"
