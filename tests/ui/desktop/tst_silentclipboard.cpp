// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desktop/clipboardreader.h"
#include "ui/desktop/timedclipboard.h"

#include <QCoroTask>

#include <QClipboard>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QMimeData>
#include <QProcess>
#include <QQmlEngine>
#include <QQmlExtensionPlugin>
#include <QQuickView>
#include <QSocketNotifier>
#include <QTest>
#include <QTimer>
#include <QUrl>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <unistd.h>

Q_IMPORT_QML_PLUGIN(SparekeyPlugin)

using namespace Qt::StringLiterals;
using namespace Sparekey;

/// Another program takes the clipboard and never answers. Needs an X server.
class TestSilentClipboard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doesNotHoldUpTheWindow();
    void doesNotHoldUpTheWindowWhileItIsRead();
    void isReadFromAnotherProgram_data();
    void isReadFromAnotherProgram();
};

namespace {

// Qt waits five seconds for each answer that does not come.
constexpr qint64 LongestTurn = 3000;

/// Owns the clipboard in a process of its own, and stops to read events.
int ownClipboardSilently(int argc, char *argv[])
{
    const QGuiApplication application(argc, argv);
    QGuiApplication::clipboard()->setText(u"taken"_s);
    // The round trip that this makes sends what is under way.
    const bool taken = QGuiApplication::clipboard()->ownsClipboard();
    std::puts(taken ? "taken" : "not taken");
    std::fflush(stdout);
    char byte = 0;
    return read(STDIN_FILENO, &byte, 1) == 0 ? 0 : 1;
}

/// The same, but answers, with content of the kind that is named.
int ownClipboard(int argc, char *argv[])
{
    const QGuiApplication application(argc, argv);
    auto *data = new QMimeData;
    const QString kind = QString::fromLocal8Bit(argv[2]);
    if (kind == "text"_L1) {
        data->setText(u"pässword"_s);
    } else if (kind == "files"_L1) {
        data->setUrls({QUrl::fromLocalFile(u"/tmp/a file.txt"_s)});
    } else {
        // Too large for one answer.
        data->setData(u"image/png"_s, QByteArray(3'000'000, 'p'));
    }
    QGuiApplication::clipboard()->setMimeData(data);
    std::puts(QGuiApplication::clipboard()->ownsClipboard() ? "taken" : "not taken");
    std::fflush(stdout);
    QSocketNotifier end(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&end, &QSocketNotifier::activated, &application, &QCoreApplication::quit);
    return QGuiApplication::exec();
}

} // namespace

void TestSilentClipboard::doesNotHoldUpTheWindowWhileItIsRead()
{
    QProcess other;
    other.start(QCoreApplication::applicationFilePath(), {u"--own-clipboard"_s});
    QVERIFY(other.waitForReadyRead());
    QTRY_VERIFY(!QGuiApplication::clipboard()->ownsClipboard());

    QElapsedTimer turn;
    turn.start();
    qint64 longest = 0;
    QTimer beat;
    connect(&beat, &QTimer::timeout, this, [&] { longest = std::max(longest, turn.restart()); });
    beat.start(10);
    const ClipboardContent content = QCoro::waitFor(readClipboard(1'000'000));
    QVERIFY(content.timedOut);
    QVERIFY(content.text.isEmpty());
    QVERIFY2(longest < LongestTurn, qPrintable(QString::number(longest)));

    other.closeWriteChannel();
    QVERIFY(other.waitForFinished());
}

void TestSilentClipboard::isReadFromAnotherProgram_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QList<QUrl>>("addresses");
    QTest::addColumn<qsizetype>("pictureSize");
    QTest::newRow("text") << u"text"_s << "p\u00e4ssword"_ba << QList<QUrl>() << qsizetype(0);
    QTest::newRow("files") << u"files"_s << QByteArray()
                           << QList<QUrl>{QUrl::fromLocalFile(u"/tmp/a file.txt"_s)}
                           << qsizetype(0);
    QTest::newRow("picture") << u"picture"_s << QByteArray() << QList<QUrl>()
                             << qsizetype(3'000'000);
    QTest::newRow("too large") << u"larger than the limit"_s << QByteArray() << QList<QUrl>()
                               << qsizetype(0);
}

void TestSilentClipboard::isReadFromAnotherProgram()
{
    QFETCH(QString, kind);
    QFETCH(qsizetype, pictureSize);
    QProcess other;
    other.start(QCoreApplication::applicationFilePath(), {u"--offer"_s, kind});
    QVERIFY(other.waitForReadyRead());
    QCOMPARE(other.readAllStandardOutput().trimmed(), "taken"_ba);
    QTRY_VERIFY(!QGuiApplication::clipboard()->ownsClipboard());
    const qsizetype largest = kind == "picture"_L1 ? 4'000'000 : 1'000'000;
    const ClipboardContent content = QCoro::waitFor(readClipboard(largest));
    QTEST(content.text.view().toByteArray(), "text");
    QTEST(content.addresses, "addresses");
    QCOMPARE(content.picture.size(), pictureSize);
    QVERIFY(!content.timedOut);
    other.closeWriteChannel();
    QVERIFY(other.waitForFinished());
}

void TestSilentClipboard::doesNotHoldUpTheWindow()
{
    ignoreForeignClipboardChanges();
    QQuickView view;
    view.engine()->addImportPath(u"qrc:/qt/qml"_s);
    view.setSource(QUrl(u"qrc:/Fields.qml"_s));
    QCOMPARE(view.status(), QQuickView::Ready);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));

    TimedClipboard clipboard;
    clipboard.copy(SecureBuffer::copyOf("a secret"));
    QVERIFY(QGuiApplication::clipboard()->ownsClipboard());

    QProcess other;
    other.start(QCoreApplication::applicationFilePath(), {u"--own-clipboard"_s});
    QVERIFY(other.waitForReadyRead());
    QCOMPARE(other.readAllStandardOutput().trimmed(), "taken"_ba);

    QElapsedTimer turn;
    turn.start();
    QTRY_VERIFY(!QGuiApplication::clipboard()->ownsClipboard());
    clipboard.clear();
    view.requestUpdate();
    QCoreApplication::processEvents();
    QVERIFY2(turn.elapsed() < LongestTurn, qPrintable(QString::number(turn.elapsed())));
    QCOMPARE(clipboard.secondsLeft(), 0);

    other.closeWriteChannel();
    QVERIFY(other.waitForFinished());
}

int main(int argc, char *argv[])
{
    if (argc > 1 && std::strcmp(argv[1], "--own-clipboard") == 0)
        return ownClipboardSilently(argc, argv);
    if (argc > 2 && std::strcmp(argv[1], "--offer") == 0)
        return ownClipboard(argc, argv);
    QGuiApplication application(argc, argv);
    TestSilentClipboard test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_silentclipboard.moc"
