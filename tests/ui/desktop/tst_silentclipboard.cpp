// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desktop/timedclipboard.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QProcess>
#include <QQmlEngine>
#include <QQmlExtensionPlugin>
#include <QQuickView>
#include <QTest>

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

} // namespace

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
    QGuiApplication application(argc, argv);
    TestSilentClipboard test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_silentclipboard.moc"
