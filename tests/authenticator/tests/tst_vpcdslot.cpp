// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Runs within with_pcscd.py.

#include "tests/authenticator/vpcdslot.h"

#include <QTest>

#include <array>
#include <winscard.h>

using namespace Sparekey;
using namespace Qt::StringLiterals;

namespace {

const QByteArray reader = "Virtual PCD 00 00"_ba;

/// A connection to whatever lies on the reader.
class Card
{
public:
    explicit Card(SCARDCONTEXT context)
    {
        DWORD protocol = 0;
        m_result = SCardConnect(context, reader.constData(), SCARD_SHARE_EXCLUSIVE,
                                SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &m_handle, &protocol);
    }
    ~Card()
    {
        if (m_result == SCARD_S_SUCCESS)
            SCardDisconnect(m_handle, SCARD_RESET_CARD);
    }
    Q_DISABLE_COPY_MOVE(Card)

    [[nodiscard]] LONG result() const { return m_result; }
    [[nodiscard]] QByteArray send(const QByteArray &apdu)
    {
        std::array<unsigned char, 4096> answer{};
        DWORD size = answer.size();
        m_result = SCardTransmit(m_handle, SCARD_PCI_T1,
                                 reinterpret_cast<const unsigned char *>(apdu.constData()),
                                 static_cast<DWORD>(apdu.size()), nullptr, answer.data(), &size);
        if (m_result != SCARD_S_SUCCESS)
            return {};
        return {reinterpret_cast<const char *>(answer.data()), static_cast<qsizetype>(size)};
    }

private:
    SCARDHANDLE m_handle = 0;
    LONG m_result = SCARD_E_NO_SERVICE;
};

} // namespace

class TestVpcdSlot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init();
    void isNoticedAndAnswers();
    void isGoneWhenItIsTakenAway();
    void canBeTakenAwayInTheMiddle();

private:
    bool waitFor(bool present) const;

    SCARDCONTEXT m_context = 0;
};

void TestVpcdSlot::initTestCase()
{
    QCOMPARE(SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &m_context),
             SCARD_S_SUCCESS);
}

void TestVpcdSlot::cleanupTestCase()
{
    SCardReleaseContext(m_context);
}

// The reader takes a moment to notice that the card of the test before is gone.
void TestVpcdSlot::init()
{
    QVERIFY(waitFor(false));
}

bool TestVpcdSlot::waitFor(bool present) const
{
    return QTest::qWaitFor(
        [&] {
            SCARD_READERSTATE state{};
            state.szReader = reader.constData();
            return SCardGetStatusChange(m_context, 0, &state, 1) == SCARD_S_SUCCESS
                && ((state.dwEventState & SCARD_STATE_PRESENT) != 0) == present;
        },
        5000);
}

void TestVpcdSlot::isNoticedAndAnswers()
{
    VpcdSlot slot;
    QVERIFY(slot.insert(std::make_shared<KeyCard>(std::make_shared<SoftwareKey>())));
    QVERIFY(waitFor(true));
    Card card(m_context);
    QCOMPARE(card.result(), SCARD_S_SUCCESS);
    QCOMPARE(card.send(QByteArray::fromHex("00a4040008a0000006472f000100")),
             "U2F_V2"_ba + QByteArray::fromHex("9000"));
    const QByteArray info = card.send(QByteArray::fromHex("80100000010400"));
    QVERIFY(info.size() > 50);
    QVERIFY(info.endsWith(QByteArray::fromHex("9000")));
}

void TestVpcdSlot::isGoneWhenItIsTakenAway()
{
    VpcdSlot slot;
    QVERIFY(slot.insert(std::make_shared<KeyCard>(std::make_shared<SoftwareKey>())));
    QVERIFY(waitFor(true));
    slot.remove();
    QVERIFY(waitFor(false));
    QCOMPARE(Card(m_context).result(), SCARD_E_NO_SMARTCARD);
    QVERIFY(slot.insert(std::make_shared<KeyCard>(std::make_shared<SoftwareKey>())));
    QVERIFY(waitFor(true));
}

void TestVpcdSlot::canBeTakenAwayInTheMiddle()
{
    VpcdSlot slot;
    QVERIFY(slot.insert(std::make_shared<KeyCard>(std::make_shared<SoftwareKey>())));
    QVERIFY(waitFor(true));
    Card card(m_context);
    slot.removeAfter(1);
    QVERIFY(!card.send(QByteArray::fromHex("00a4040008a0000006472f000100")).isEmpty());
    // pcscd may call that a failure or an answer of no bytes, as the moment will have it.
    QVERIFY(card.send(QByteArray::fromHex("80100000010400")).isEmpty());
    QVERIFY(waitFor(false));
}

QTEST_GUILESS_MAIN(TestVpcdSlot)
#include "tst_vpcdslot.moc"
