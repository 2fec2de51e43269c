// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The window of the simulated key, by keyboard, with a program at the other end of its sockets.

#include "tests/simulated_key/lentkey.h"
#include "tests/simulated_key/simulatedkeyviewmodel.h"

#include <QAccessible>
#include <QDir>
#include <QFileInfo>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey {

namespace {

struct Shown
{
    QTemporaryDir folder;
    SimulatedKeyViewModel key{folder.path()};
    QQmlApplicationEngine engine;
    QQuickWindow *window = nullptr;

    Shown()
    {
        engine.addImportPath(u"qrc:/qt/qml"_s);
        engine.setInitialProperties({{u"key"_s, QVariant::fromValue(&key)}});
        engine.load(QUrl(u"qrc:/qt/qml/Sparekey/SimulatedKey/Main.qml"_s));
        window = qobject_cast<QQuickWindow *>(engine.rootObjects().value(0));
    }

    [[nodiscard]] bool isUp() const
    {
        if (!window)
            return false;
        window->requestActivate();
        return QTest::qWaitForWindowActive(window);
    }
    [[nodiscard]] QString text(const QString &name) const
    {
        const auto *item = window->findChild<QQuickItem *>(name);
        return item ? item->property("text").toString() : QString();
    }
    [[nodiscard]] bool has(const QString &file) const
    {
        return QFileInfo::exists(folder.filePath(file));
    }
    void press(Qt::Key key_) const { QTest::keyClick(window, key_, Qt::AltModifier); }
    void type(const QString &words) const
    {
        for (const QChar letter : words)
            QTest::keyClick(window, letter.toLatin1());
    }
};

/// Of a program that asks for nothing but a touch (CTAP 2.1, 6.9 and 11.2.4).
HidLink::Frame frame(const QByteArray &content)
{
    HidLink::Frame bytes{};
    std::copy(content.begin(), content.end(), bytes.begin());
    return bytes;
}

QList<QAccessibleInterface *> allOf(QAccessibleInterface *root)
{
    QList<QAccessibleInterface *> all{root};
    for (int i = 0; i < root->childCount(); ++i)
        all += allOf(root->child(i));
    return all;
}

} // namespace

class TestSimulatedKeyWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isPutWhereAPersonPutsIt()
    {
        const Shown shown;
        QVERIFY(shown.isUp());
        QCOMPARE(shown.window->title(), u"Simulated key"_s);
        QCOMPARE(shown.text(u"place"_s), u"Lies aside."_s);
        QVERIFY(shown.has(u"reader"_s));
        QTest::keyClick(shown.window, Qt::Key_Return); // what has the focus first
        QTRY_VERIFY(shown.has(u"usb"_s));
        QCOMPARE(shown.text(u"place"_s), u"Plugged in."_s);
        shown.press(Qt::Key_L);
        QTRY_VERIFY(shown.has(u"card"_s));
        QTRY_VERIFY(!shown.has(u"usb"_s));
        QCOMPARE(shown.text(u"place"_s), u"Lies on the reader."_s);
        shown.press(Qt::Key_F);
        QTRY_VERIFY(!shown.has(u"card"_s));
        QCOMPARE(shown.text(u"place"_s), u"Lies aside."_s);
        shown.press(Qt::Key_P);
        QTRY_COMPARE(shown.text(u"place"_s), u"Plugged in."_s);
        shown.press(Qt::Key_P);
        QTRY_VERIFY(!shown.has(u"usb"_s));
        QCOMPARE(shown.text(u"place"_s), u"Lies aside."_s);
    }

    void blinksUntilItIsTouched()
    {
        const Shown shown;
        QVERIFY(shown.isUp());
        shown.press(Qt::Key_P);
        QTRY_VERIFY(shown.has(u"usb"_s));
        LentKey program(shown.folder.path());
        const auto connection = program.connect(KeyDevice{});
        QVERIFY(connection);
        HidLink &link = *std::get<std::unique_ptr<HidLink>>(*connection);
        HidLink::Frame answer{};
        QVERIFY(link.send(frame(QByteArray::fromHex("ffffffff860008") + "nonce123"_ba)));
        QCOMPARE(link.receive(answer, 5s), HidLink::Received::Frame);
        const QByteArray channel(reinterpret_cast<const char *>(answer.data()) + 15, 4);
        QCOMPARE(shown.text(u"light"_s), u"The light is off."_s);
        shown.press(Qt::Key_T); // of no use yet
        QVERIFY(link.send(frame(channel + QByteArray::fromHex("9000010b"))));
        QTRY_COMPARE(shown.text(u"light"_s), u"The light blinks: touch the key."_s);
        shown.press(Qt::Key_T);
        do
            QCOMPARE(link.receive(answer, 5s), HidLink::Received::Frame);
        while (answer[4] == 0xbb); // keep-alive
        QCOMPARE(answer[4], uchar(0x90));
        QCOMPARE(answer[7], uchar(0x00));
        QTRY_COMPARE(shown.text(u"light"_s), u"The light is off."_s);
    }

    void setsAPin()
    {
        const Shown shown;
        QVERIFY(shown.isUp());
        QCOMPARE(shown.text(u"pin"_s), u"No PIN is set."_s);
        auto *field = shown.window->findChild<QQuickItem *>(u"pinField"_s);
        QVERIFY(field);
        auto *refusal = shown.window->findChild<QQuickItem *>(u"refusal"_s);
        QVERIFY(refusal);
        field->forceActiveFocus();
        shown.type(u"123"_s);
        QTest::keyClick(shown.window, Qt::Key_Return);
        QVERIFY(refusal->isVisible());
        QVERIFY(!shown.key.hasPin());
        shown.type(u"4"_s);
        QVERIFY(!refusal->isVisible());
        QTest::keyClick(shown.window, Qt::Key_Return);
        QTRY_COMPARE(shown.text(u"pin"_s), u"A PIN is set. Tries left: 8"_s);
        QVERIFY(field->property("text").toString().isEmpty());
    }

    void everythingHasANameAndCanBeReached()
    {
        QAccessible::setActive(true);
        const Shown shown;
        QVERIFY(shown.isUp());
        auto *root = QAccessible::queryAccessibleInterface(shown.window);
        QVERIFY(root);
        QStringList names;
        for (QAccessibleInterface *each : allOf(root)) {
            if (each->role() == QAccessible::Button || each->role() == QAccessible::EditableText)
                names += each->text(QAccessible::Name);
        }
        QCOMPARE(names,
                 (QStringList{u"Plug in"_s, u"Lay on the reader"_s, u"Touch"_s, u"New PIN"_s,
                              u"Set PIN"_s}));
        QSet<QQuickItem *> reached;
        for (int i = 0; i < 5; ++i) {
            reached += shown.window->activeFocusItem();
            QTest::keyClick(shown.window, Qt::Key_Tab);
        }
        QCOMPARE(reached.size(), 4); // a key that does not blink takes no touch
    }

    void takesAllWithIt()
    {
        auto shown = std::make_unique<Shown>();
        QVERIFY(shown->isUp());
        shown->press(Qt::Key_P);
        QTRY_VERIFY(shown->has(u"usb"_s));
        shown->folder.setAutoRemove(false);
        const QString path = shown->folder.path();
        shown.reset();
        QVERIFY(QDir(path).isEmpty());
        QVERIFY(QDir().rmdir(path));
    }
};

} // namespace Sparekey

QTEST_MAIN(Sparekey::TestSimulatedKeyWindow)
#include "tst_simulatedkeywindow.moc"
