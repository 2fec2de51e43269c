// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/secret/securebuffer.h"

#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

class TestSecureBuffer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsBytesAcrossGrowth();
    void encodesTextAsUtf8();
    void truncationWipesTheTail();
    void movedFromBufferIsEmpty();
    void comparesByContent();
    void wipeLeavesOtherCopiesAlone();
};

void TestSecureBuffer::keepsBytesAcrossGrowth()
{
    SecureBuffer buffer;
    QByteArray expected;
    for (int i = 0; i < 5000; ++i) {
        const QByteArray piece = QByteArray::number(i);
        buffer.append(piece);
        expected += piece;
    }
    QCOMPARE(buffer.view().toByteArray(), expected);
}

void TestSecureBuffer::encodesTextAsUtf8()
{
    QCOMPARE(SecureBuffer::fromText(u"pässwörd-密码-🔑").view().toByteArray().toHex(),
             "70c3a4737377c3b672642de5af86e7a0812df09f9491"_ba);
    QVERIFY(SecureBuffer::fromText({}).isEmpty());
}

void TestSecureBuffer::truncationWipesTheTail()
{
    auto buffer = SecureBuffer::copyOf("secret");
    buffer.truncate(2);
    QCOMPARE(buffer.view().toByteArray(), "se"_ba);
    QCOMPARE(buffer.data()[2], 0);
    QCOMPARE(buffer.data()[5], 0);
}

void TestSecureBuffer::movedFromBufferIsEmpty()
{
    auto from = SecureBuffer::copyOf("secret");
    const SecureBuffer to = std::move(from);
    QVERIFY(from.isEmpty());
    QVERIFY(!from.data());
    QVERIFY(to.equals("secret"));
}

void TestSecureBuffer::comparesByContent()
{
    const auto buffer = SecureBuffer::copyOf("secret");
    QVERIFY(buffer.equals("secret"));
    QVERIFY(!buffer.equals("Secret"));
    QVERIFY(!buffer.equals("secret "));
    QVERIFY(SecureBuffer().equals({}));
}

void TestSecureBuffer::wipeLeavesOtherCopiesAlone()
{
    QString shared = u"secret"_s;
    const QString other = shared;
    wipe(shared);
    QVERIFY(shared.isEmpty());
    QCOMPARE(other, u"secret"_s); // a copy keeps its own data
}

QTEST_GUILESS_MAIN(TestSecureBuffer)
#include "tst_securebuffer.moc"
