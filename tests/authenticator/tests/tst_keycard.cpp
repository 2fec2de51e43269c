// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/authenticator/keycard.h"

#include <QCborMap>
#include <QCborValue>
#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

namespace {

const QByteArray selectFido = QByteArray::fromHex("00a4040008a0000006472f000100");
const QByteArray selectNdef = QByteArray::fromHex("00a4040007d276000085010100");
const QByteArray done = QByteArray::fromHex("9000");

QByteArray longApdu(const QByteArray &data)
{
    QByteArray apdu = QByteArray::fromHex("8010000000");
    apdu += static_cast<char>(data.size() >> 8);
    apdu += static_cast<char>(data.size() & 0xff);
    return apdu + data + QByteArray(2, '\0');
}

/// makeCredential for a site, as CTAP sends it.
QByteArray registration()
{
    const QCborMap request{
        {1, QByteArray(32, 'h')},
        {2, QCborMap{{u"id"_s, u"vault.example"_s}, {u"name"_s, QString(200, u'n')}}},
        {3, QCborMap{{u"id"_s, "user"_ba}, {u"name"_s, u"tester"_s}}},
        {4, QCborArray{QCborMap{{u"alg"_s, -7}, {u"type"_s, u"public-key"_s}}}}};
    return '\x01' + request.toCborValue().toCbor();
}

} // namespace

class TestKeyCard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersOnlyOnceItIsSelected();
    void tellsWhatKindOfKeyItIs();
    void takesLongMessagesInEitherWay();
    void givesLongAnswersInPieces();
    void speaksU2fInShortApdus();
    void refusesWhatIsNoApdu();
    void givesAFreshPasswordWithEachTap();
    void hasOnlyTheApplicationsItWasGiven();
};

void TestKeyCard::answersOnlyOnceItIsSelected()
{
    KeyCard card(std::make_shared<SoftwareKey>());
    const QByteArray getInfo = QByteArray::fromHex("80100000010400");
    QCOMPARE(card.transmit(getInfo), QByteArray::fromHex("6d00"));
    QCOMPARE(card.transmit(selectFido), "U2F_V2"_ba + done);
    const QByteArray info = card.transmit(getInfo);
    QVERIFY(info.endsWith(done));
    QCOMPARE(info.front(), '\0');
    QVERIFY(QCborValue::fromCbor(info.mid(1)).isMap());
    card.powerUp();
    QCOMPARE(card.transmit(getInfo), QByteArray::fromHex("6d00"));
}

void TestKeyCard::tellsWhatKindOfKeyItIs()
{
    SoftwareKeyTraits modern;
    modern.u2f = false;
    QCOMPARE(KeyCard(std::make_shared<SoftwareKey>(modern)).transmit(selectFido),
             "FIDO_2_0"_ba + done);
    SoftwareKeyTraits old;
    old.ctap2 = false;
    KeyCard card(std::make_shared<SoftwareKey>(old));
    QCOMPARE(card.transmit(selectFido), "U2F_V2"_ba + done);
    QCOMPARE(card.transmit(QByteArray::fromHex("80100000010400")), QByteArray::fromHex("6d00"));
}

void TestKeyCard::takesLongMessagesInEitherWay()
{
    KeyCard card(std::make_shared<SoftwareKey>());
    QCOMPARE(card.transmit(selectFido), "U2F_V2"_ba + done);
    const QByteArray message = registration();
    QVERIFY(message.size() > 255);
    QByteArray answer = card.transmit(longApdu(message));
    QVERIFY(answer.endsWith(done));
    QCOMPARE(answer.front(), '\0');

    const QByteArray first = message.first(240);
    const QByteArray rest = message.mid(240);
    QCOMPARE(card.transmit(QByteArray::fromHex("90100000f0") + first), done);
    answer = card.transmit(QByteArray::fromHex("80100000") + static_cast<char>(rest.size()) + rest
                           + '\0');
    QCOMPARE(answer.front(), '\0');
    QCOMPARE(card.key().credentialCount(), 2);
}

void TestKeyCard::givesLongAnswersInPieces()
{
    KeyCard card(std::make_shared<SoftwareKey>());
    card.setLargestAnswer(50);
    QCOMPARE(card.transmit(selectFido), "U2F_V2"_ba + done);
    QByteArray piece = card.transmit(QByteArray::fromHex("80100000010400"));
    QByteArray whole;
    while (piece.at(piece.size() - 2) == '\x61') {
        QCOMPARE(piece.size(), 52);
        whole += piece.chopped(2);
        piece = card.transmit(QByteArray::fromHex("00c00000") + piece.back());
    }
    QVERIFY(piece.endsWith(done));
    whole += piece.chopped(2);
    QVERIFY(whole.size() > 100);
    QVERIFY(QCborValue::fromCbor(whole.mid(1)).isMap());
    QCOMPARE(card.transmit(QByteArray::fromHex("00c0000000")), QByteArray::fromHex("6985"));
}

void TestKeyCard::speaksU2fInShortApdus()
{
    KeyCard card(std::make_shared<SoftwareKey>());
    QCOMPARE(card.transmit(selectFido), "U2F_V2"_ba + done);
    QCOMPARE(card.transmit(QByteArray::fromHex("0003000000")), "U2F_V2"_ba + done);
    QByteArray answer = card.transmit(QByteArray::fromHex("0001030040") + QByteArray(64, 'u')
                                      + '\0');
    // Key, id and certificate are more than a short answer holds.
    QCOMPARE(answer.at(answer.size() - 2), '\x61');
    QCOMPARE(answer.front(), '\x05');
    QCOMPARE(card.key().credentialCount(), 1);
}

void TestKeyCard::refusesWhatIsNoApdu()
{
    KeyCard card(std::make_shared<SoftwareKey>());
    QCOMPARE(card.transmit(selectFido), "U2F_V2"_ba + done);
    for (const char *hex : {"", "80", "801000", "8010000005aa", "80100000000005aa", "801000000001"})
        QCOMPARE(card.transmit(QByteArray::fromHex(hex)), QByteArray::fromHex("6700"));
    QCOMPARE(card.transmit(QByteArray::fromHex("4010000000")), QByteArray::fromHex("6e00"));
}

void TestKeyCard::givesAFreshPasswordWithEachTap()
{
    KeyCard card(std::make_shared<SoftwareKey>());
    int taps = 0;
    card.setNdef([&taps] {
        return KeyCard::uriMessage(4, "my.yubico.com/yk/#"_ba + QByteArray::number(++taps));
    });
    const auto read = [&card] {
        if (card.transmit(selectNdef) != done
            || card.transmit(QByteArray::fromHex("00a4000c02e103")) != done
            || card.transmit(QByteArray::fromHex("00b000000f"))
                != QByteArray::fromHex("000f20007f007f0406e104007f00ff9000")
            || card.transmit(QByteArray::fromHex("00a4000c02e104")) != done)
            return QByteArray();
        const QByteArray size = card.transmit(QByteArray::fromHex("00b0000002"));
        const QByteArray record = card.transmit(QByteArray::fromHex("00b00002") + size.at(1));
        return record.endsWith(done) ? record.chopped(2) : QByteArray();
    };
    card.powerUp();
    const QByteArray first = read();
    QCOMPARE(first.left(5), QByteArray::fromHex("d101145504"));
    QCOMPARE(read(), first);
    card.powerUp();
    const QByteArray second = read();
    QVERIFY(!second.isEmpty());
    QVERIFY(second != first);
    QCOMPARE(card.transmit(QByteArray::fromHex("00b0010002")), QByteArray::fromHex("6b00"));
}

void TestKeyCard::hasOnlyTheApplicationsItWasGiven()
{
    KeyCard card(std::make_shared<SoftwareKey>());
    QCOMPARE(card.transmit(selectNdef), QByteArray::fromHex("6a82"));
    card.setFido(false);
    QCOMPARE(card.transmit(selectFido), QByteArray::fromHex("6a82"));
    card.setNdef([] { return std::optional("x"_ba); });
    QCOMPARE(card.transmit(selectNdef), done);
}

QTEST_GUILESS_MAIN(TestKeyCard)
#include "tst_keycard.moc"
