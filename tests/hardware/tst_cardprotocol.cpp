// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/apdu.h"
#include "core/hardware/cardreaders.h"
#include "core/hardware/ctapcard.h"
#include "core/hardware/keydevice.h"
#include "core/hardware/keyerror.h"
#include "core/hardware/keytext.h"
#include "core/hardware/ndef.h"
#include "core/hardware/yubikeyotp.h"
#include "tests/hardware/fakecard.h"

#include <QTest>

#include <array>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

const auto otp = "cccccckdvvulethkhtvkrtbeukiettvfceekurncllcj"_ba;

QByteArray hex(const char *digits)
{
    return QByteArray::fromHex(digits);
}

QByteArray uriMessage(quint8 prefix, const QByteArray &rest)
{
    QByteArray message = hex("d101");
    message += static_cast<char>(rest.size() + 1);
    message += 'U';
    message += static_cast<char>(prefix);
    return message + rest;
}

QByteArray hexNumber(qsizetype number, int digits)
{
    return QByteArray::number(number, 16).rightJustified(digits, '0');
}

/// A type 4 tag with this NDEF message, which gives at most `mle` bytes at a time.
FakeCard::Answers tag(const QByteArray &message, int mle = 0x7f)
{
    const QByteArray container = "000f20" + hexNumber(mle, 4) + "007f0406e104" + "007f0000";
    const QByteArray file = hexNumber(message.size(), 4) + message.toHex();
    return [container, file, mle,
            selected = QByteArray()](const QByteArray &command) mutable -> QByteArray {
        if (command == "00a4040007d276000085010100")
            return "9000";
        if (command == "00a4000c02e103") {
            selected = container;
            return "9000";
        }
        if (command == "00a4000c02e104") {
            selected = file;
            return "9000";
        }
        if (!command.startsWith("00b0"))
            return "6d00";
        const int offset = command.mid(4, 4).toInt(nullptr, 16);
        const int size = command.mid(8, 2).toInt(nullptr, 16);
        if (size > mle)
            return "6700";
        return selected.mid(offset * 2, size * 2) + "9000";
    };
}

std::optional<QByteArray> textIn(const QByteArray &message)
{
    const auto text = textOfNdefMessage(message);
    return text ? std::optional(text->view().toByteArray()) : std::nullopt;
}

} // namespace

class TestCardProtocol : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // ------------------------------------------------ APDUs
    void anAnswerEndsWithItsStatus()
    {
        const auto answer = parseApduAnswer(hex("01029000"));
        QVERIFY(answer);
        QCOMPARE(answer->data, hex("0102"));
        QVERIFY(answer->isOk());
        QVERIFY(!parseApduAnswer(hex("90")));
        QVERIFY(!parseApduAnswer({}));
    }

    void takesExtendedApdusApart()
    {
        const auto withLe = parseExtendedApdu(hex("00010300000002aabb0000"));
        QVERIFY(withLe);
        QCOMPARE(withLe->header.ins, quint8(1));
        QCOMPARE(withLe->header.p1, quint8(3));
        QCOMPARE(withLe->data, hex("aabb"));
        QVERIFY(parseExtendedApdu(hex("00030000000000"))->data.isEmpty());
        QVERIFY(!parseExtendedApdu(hex("00010300000003aabb")));
        QVERIFY(!parseExtendedApdu(hex("0001030002aabb")));
    }

    void sendsALongCommandInPieces()
    {
        FakeCard card([](const QByteArray &) { return "9000"_ba; });
        const QByteArray data(500, 'x');
        const auto answer = exchange(card, {.cla = 0x80, .ins = 0x10}, data);
        QVERIFY(answer && answer->isOk());
        const QList<QByteArray> sent = *card.log();
        QCOMPARE(sent.size(), 3);
        QCOMPARE(sent[0].left(10), "90100000f0"_ba);
        QCOMPARE(sent[0].size(), (5 + 240) * 2);
        QCOMPARE(sent[1].left(10), "90100000f0"_ba);
        QCOMPARE(sent[2].left(10), "8010000014"_ba);
        QVERIFY(sent[2].endsWith("7800")); // asks for the answer
    }

    void stopsAtAPieceThatIsRefused()
    {
        FakeCard card([](const QByteArray &) { return "6883"_ba; });
        const auto answer = exchange(card, {.ins = 0x10}, QByteArray(500, 'x'));
        QVERIFY(answer);
        QCOMPARE(answer->status, quint16(0x6883));
        QCOMPARE(card.log()->size(), 1);
    }

    void fetchesTheRestOfAnAnswer()
    {
        FakeCard card([](const QByteArray &command) {
            if (command.startsWith("00c0"))
                return command == "00c0000002" ? "03046101"_ba : "059000"_ba;
            return "01026102"_ba;
        });
        const auto answer = exchange(card, {.ins = 0x10}, {});
        QVERIFY(answer && answer->isOk());
        QCOMPARE(answer->data, hex("0102030405"));
        QCOMPARE(card.log()->last(), "00c0000001"_ba);
    }

    void givesUpOnAnAnswerWithoutEnd()
    {
        FakeCard chatty(
            [](const QByteArray &) -> QByteArray { return QByteArray(510, 'a') + "6100"; });
        const auto endless = exchange(chatty, {.ins = 0x10}, {});
        QVERIFY(!endless);
        QCOMPARE(endless.error().kind, ErrorKind::KeyAnswerInvalid);
        FakeCard promising([](const QByteArray &) { return "6110"_ba; });
        QCOMPARE(exchange(promising, {.ins = 0x10}, {}).error().kind, ErrorKind::KeyAnswerInvalid);
        QVERIFY(promising.log()->size() < 5);
    }

    // ------------------------------------------------ CTAP over a card
    void selectsTheFidoApplication_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QByteArray>("infoAnswer");
        QTest::addColumn<int>("capabilities");
        QTest::newRow("CTAP2") << "4649444f5f325f309000"_ba << QByteArray() << 0x0c;
        QTest::newRow("CTAP 2.1") << "4649444f5f325f319000"_ba << QByteArray() << 0x0c;
        QTest::newRow("U2F and CTAP2") << "5532465f56329000"_ba
                                       << "00a09000"_ba << 0x04;
        QTest::newRow("U2F alone") << "5532465f56329000"_ba
                                   << "6d00"_ba << 0x00;
    }
    void selectsTheFidoApplication()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QByteArray, infoAnswer);
        QFETCH(int, capabilities);
        auto fake = std::make_unique<FakeCard>([=](const QByteArray &command) {
            return command == "00a4040008a0000006472f000100" ? answer : infoAnswer;
        });
        CtapCard card(std::move(fake));
        const std::array<unsigned char, 8> nonce{1, 2, 3, 4, 5, 6, 7, 8};
        QVERIFY(card.send(0x06, nonce));
        std::array<unsigned char, 17> init{};
        QCOMPARE(card.receive(0x06, init), 17);
        QCOMPARE(QByteArray(reinterpret_cast<char *>(init.data()), 8), hex("0102030405060708"));
        QCOMPARE(int(init[16]), capabilities);
        QCOMPARE(card.receive(0x06, init), -1); // once
    }

    void knowsACardThatIsNoKey()
    {
        CtapCard card(std::make_unique<FakeCard>([](const QByteArray &) { return "6a82"_ba; }));
        const std::array<unsigned char, 8> nonce{};
        QVERIFY(!card.send(0x06, nonce));
        QCOMPARE(card.error()->kind, ErrorKind::CardIsNoKey);
    }

    void tellsThatTheCardMoved()
    {
        CtapCard card(std::make_unique<FakeCard>([](const QByteArray &) { return QByteArray(); }));
        const std::array<unsigned char, 1> getInfo{4};
        QVERIFY(!card.send(0x10, getInfo));
        QCOMPARE(card.error()->kind, ErrorKind::KeyCardMoved);
        std::array<unsigned char, 64> answer{};
        QCOMPARE(card.receive(0x10, answer), -1);
    }

    void aCancelDisturbsNoAnswer()
    {
        CtapCard card(std::make_unique<FakeCard>([](const QByteArray &) { return "00a09000"_ba; }));
        const std::array<unsigned char, 1> getInfo{4};
        QVERIFY(card.send(0x10, getInfo));
        QVERIFY(card.send(0x11, {}));
        std::array<unsigned char, 64> answer{};
        QCOMPARE(card.receive(0x10, answer), 2);
    }

    void u2fAnswersKeepTheirStatus()
    {
        CtapCard card(std::make_unique<FakeCard>([](const QByteArray &) { return "6985"_ba; }));
        const QByteArray message = hex("00010300000001aa0000");
        QVERIFY(card.send(0x03,
                          {reinterpret_cast<const unsigned char *>(message.data()),
                           static_cast<std::size_t>(message.size())}));
        std::array<unsigned char, 64> answer{};
        QCOMPARE(card.receive(0x03, answer), 2);
        QCOMPARE(int(answer[0]), 0x69);
    }

    void refusesAnAnswerThatDoesNotFit()
    {
        CtapCard card(std::make_unique<FakeCard>(
            [](const QByteArray &) -> QByteArray { return QByteArray(200, 'a') + "9000"; }));
        const std::array<unsigned char, 1> getInfo{4};
        QVERIFY(card.send(0x10, getInfo));
        std::array<unsigned char, 64> answer{};
        QCOMPARE(card.receive(0x10, answer), -1);
        QCOMPARE(card.error()->kind, ErrorKind::KeyAnswerInvalid);
    }

    // ------------------------------------------------ NDEF
    void writesAUriOut()
    {
        QCOMPARE(textIn(uriMessage(4, "my.example/#abc")), "https://my.example/#abc"_ba);
        QCOMPARE(textIn(uriMessage(0, "x:y")), "x:y"_ba);
        QCOMPARE(textIn(uriMessage(200, "y")), "y"_ba);
    }

    void readsLongAndLaterRecords()
    {
        // A record of an unknown type, with an id, and then a text with a payload length of 4
        // bytes.
        const QByteArray message = hex("9a010101") + "xiP" + hex("410100000005") + "T"
            + hex("02656e") + "ab";
        QCOMPARE(textIn(message), "ab"_ba);
    }

    void refusesBrokenMessages()
    {
        const QByteArray whole = uriMessage(4, "my.example/#abc");
        for (qsizetype i = 0; i < whole.size(); ++i)
            QVERIFY2(!textIn(whole.first(i)), QByteArray::number(i).constData());
        QVERIFY(!textIn(hex("c101ffffffff5504"))); // longer than all memory
        QVERIFY(!textIn(hex("f1010155")));         // a piece of a larger one
        QVERIFY(!textIn(hex("d1010254"
                            "3f61"))); // a language longer than the text
    }

    void readsTheCapabilityContainer()
    {
        const auto container = parseCapabilityContainer(hex("000f20007f007f0406e105007f0000"));
        QVERIFY(container);
        QCOMPARE(container->ndefFile, quint16(0xe105));
        QCOMPARE(container->largestRead, quint16(0x7f));
        QVERIFY(!parseCapabilityContainer(hex("000f20007f007f0406e105007f8000"))); // protected
        QVERIFY(!parseCapabilityContainer(hex("000f200000007f0406e105007f0000"))); // reads nothing
        QVERIFY(!parseCapabilityContainer(hex("000f20007f007f0506e105007f0000")));
        QVERIFY(!parseCapabilityContainer(hex("000f20007f007f0406e1")));
    }

    // ------------------------------------------------ YubiKey OTP
    void findsTheOneTimePasswordAtTheEnd_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("found");
        QTest::newRow("newer keys") << "https://my.yubico.com/yk/#" + otp << true;
        QTest::newRow("older keys") << "https://my.yubico.com/neo/" + otp << true;
        QTest::newRow("alone") << otp << true;
        QTest::newRow("capitals") << "https://my.yubico.com/yk/#" + otp.toUpper() << true;
        QTest::newRow("with a line end") << otp + "\r\n" << true;
        QTest::newRow("too short") << otp.mid(1) << false;
        QTest::newRow("not modhex") << QByteArray(otp).replace(20, 1, "a") << false;
        QTest::newRow("nothing") << QByteArray() << false;
    }
    void findsTheOneTimePasswordAtTheEnd()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, found);
        const auto password = otpInNdefText(text);
        QCOMPARE(password.has_value(), found);
        if (found)
            QCOMPARE(password->view().toByteArray(), otp);
    }

    void readsAYubiKeyInSmallPieces()
    {
        FakeCard card(tag(uriMessage(4, "my.yubico.com/yk/#" + otp), 16));
        const auto password = readYubikeyOtp(card);
        QVERIFY(password);
        QCOMPARE(password->view().toByteArray(), otp);
    }

    void saysThatACardHasNoOneTimePassword()
    {
        FakeCard other(tag(uriMessage(4, "example.org")));
        QCOMPARE(readYubikeyOtp(other).error().kind, ErrorKind::CardHasNoOtp);
        FakeCard empty(tag({}));
        QCOMPARE(readYubikeyOtp(empty).error().kind, ErrorKind::CardHasNoOtp);
        FakeCard bank([](const QByteArray &) { return "6a82"_ba; });
        QCOMPARE(readYubikeyOtp(bank).error().kind, ErrorKind::CardHasNoOtp);
    }

    void saysThatTheCardMovedWhileItWasRead()
    {
        const auto whole = tag(uriMessage(4, "my.yubico.com/yk/#" + otp), 16);
        for (int commands = 0; commands < 9; ++commands) {
            FakeCard card([whole, left = commands](const QByteArray &command) mutable {
                return left-- > 0 ? whole(command) : QByteArray();
            });
            QCOMPARE(readYubikeyOtp(card).error().kind, ErrorKind::KeyCardMoved);
        }
    }

    // ------------------------------------------------ names, PINs, codes
    void aKeysOwnReaderIsRecognized()
    {
        const KeyDevice key{.id = u"usb:a"_s, .name = u"Nitrokey Nitrokey 3"_s};
        KeyDevice reader{.id = u"nfc:b"_s,
                         .name = u"Nitrokey Nitrokey 3 [CCID/ICCD Interface] 00 00"_s,
                         .connection = KeyDevice::Connection::Nfc};
        QVERIFY(isPartOfKey(reader, {key}));
        QVERIFY(!isPartOfKey(reader, {}));
        reader.name = u"Yubico YubiKey OTP+FIDO+CCID 00 00"_s;
        QVERIFY(isPartOfKey(reader, {}));
        reader.name = u"ACS ACR122U PICC Interface 00 00"_s;
        QVERIFY(!isPartOfKey(reader, {key}));
    }

    void textForKeysIsShortAndClean()
    {
        QCOMPARE(storedKeyText(u"a\tb\n"), "a b"_ba);
        const QByteArray cut = storedKeyText(QString(40, u'é'));
        QCOMPARE(cut.size(), 64);
        QCOMPARE(QString::fromUtf8(cut), QString(32, u'é'));
        QCOMPARE(storedKeyText(QString(QString(63, u'a') + u"é"_s)), QByteArray(63, 'a'));
        QCOMPARE(shownKeyText("Key\x1b[31m\xff"), u"Key [31m\uFFFD"_s);
        QCOMPARE(shownKeyText(QByteArray(5000, 'a')).size(), 100);
    }

    void pinsAreNormalized()
    {
        const SecureBuffer composed = pinForKey(SecureBuffer::fromText(u"pin\u00e9"));
        const SecureBuffer decomposed = pinForKey(SecureBuffer::fromText(u"pine\u0301"));
        QVERIFY(composed.equals(decomposed.view()));
        QVERIFY(composed.equals(QByteArrayView("pin\xc3\xa9\0", 6)));
        QCOMPARE(codePoints(composed.view().chopped(1)), 4);
    }

    void everyReturnCodeHasItsMeaning_data()
    {
        // The table of errors: status of CTAP 2.1, 8.2, and what libfido2 adds.
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("kind");
        const auto row = [](int code, ErrorKind kind) {
            QTest::addRow("%d", code) << code << static_cast<int>(kind);
        };
        row(0x36, ErrorKind::KeyPinRequired);
        row(0x35, ErrorKind::KeyPinNotSet);
        row(0x31, ErrorKind::KeyPinWrong);
        row(0x34, ErrorKind::KeyPinNeedsReplug);
        row(0x32, ErrorKind::KeyPinBlocked);
        row(0x33, ErrorKind::KeyPinRefused);
        row(0x37, ErrorKind::KeyPinNotAccepted);
        row(0x3f, ErrorKind::KeyFingerprintFailed);
        row(0x3c, ErrorKind::KeyFingerprintBlocked);
        row(0x19, ErrorKind::KeyAlreadyRegistered);
        row(0x2e, ErrorKind::KeyNotRegistered);
        row(0x2f, ErrorKind::KeyNotTouched);
        row(0x3a, ErrorKind::KeyNotTouched);
        row(0x2d, ErrorKind::Canceled);
        row(0x27, ErrorKind::KeyDeclined);
        row(0x26, ErrorKind::KeyTooOld);
        row(0x2b, ErrorKind::KeyLacksOption);
        row(0x2c, ErrorKind::KeyLacksOption);
        row(0x28, ErrorKind::KeyFull);
        row(0x05, ErrorKind::KeyBusy);
        row(0x06, ErrorKind::KeyBusy);
        row(-1, ErrorKind::KeyNoAnswer);
        row(-2, ErrorKind::KeyNoAnswer);
        row(-4, ErrorKind::KeyAnswerInvalid);
        row(-6, ErrorKind::KeyAnswerInvalid);
        row(-7, ErrorKind::KeyFailure);
        row(-9, ErrorKind::KeyFailure);
        row(0x7f, ErrorKind::KeyFailure);
    }
    void everyReturnCodeHasItsMeaning()
    {
        QFETCH(int, code);
        QFETCH(int, kind);
        QCOMPARE(static_cast<int>(keyErrorKind(code)), kind);
    }

    void everyCodeOfAReaderHasItsMeaning()
    {
        QCOMPARE(cardErrorKind(0x8010000B), ErrorKind::CardReaderInUse);
        QCOMPARE(cardErrorKind(0x80100016), ErrorKind::KeyCardMoved);
        QCOMPARE(cardErrorKind(0x80100069), ErrorKind::KeyCardMoved);
        QCOMPARE(cardErrorKind(0x8010001D), ErrorKind::CardServiceMissing);
        QCOMPARE(cardErrorKind(0x80100009), ErrorKind::CardReaderFailure);
    }
};

} // namespace Sparekey

QTEST_GUILESS_MAIN(Sparekey::TestCardProtocol)
#include "tst_cardprotocol.moc"
