// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The program that lends a key, seen from another process: by bare frames over its socket.

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QByteArray letIn(1, '\1');

} // namespace

class TestHidSocket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init();
    void answersOverItsSocket();
    void letsOneProgramInAtATime();
    void isGoneFromItsSocketWhenPulled();
    void isInOnePlaceAtATime();
    void tellsItsState();

private:
    QJsonObject tell(const QJsonObject &command);
    QJsonObject answer();
    QByteArray knock(QLocalSocket &socket);

    QTemporaryDir m_folder;
    QString m_path;
    QProcess m_process;
};

void TestHidSocket::initTestCase()
{
    m_path = m_folder.filePath(u"usb"_s);
    m_process.start(QString::fromUtf8(SOFTWARE_KEY), {u"--folder"_s, m_folder.path()});
    QVERIFY(m_process.waitForStarted());
    QCOMPARE(answer().value("place"_L1), QJsonValue(u"aside"_s));
    QVERIFY(QFileInfo::exists(m_folder.filePath(u"reader"_s)));
}

void TestHidSocket::init()
{
    tell({{u"do"_s, u"unplug"_s}});
    QTRY_VERIFY(!QFileInfo::exists(m_path));
    QCOMPARE(tell({{u"do"_s, u"plugIn"_s}}).value("place"_L1), QJsonValue(u"port"_s));
    QTRY_VERIFY(QFileInfo::exists(m_path));
}

void TestHidSocket::cleanupTestCase()
{
    m_process.closeWriteChannel();
    QVERIFY(m_process.waitForFinished());
    QCOMPARE(m_process.exitCode(), 0);
    QVERIFY(QDir(m_folder.path()).isEmpty());
}

QJsonObject TestHidSocket::tell(const QJsonObject &command)
{
    m_process.write(QJsonDocument(command).toJson(QJsonDocument::Compact) + '\n');
    return answer();
}

QJsonObject TestHidSocket::answer()
{
    while (!m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(5000))
            return {};
    }
    return QJsonDocument::fromJson(m_process.readLine()).object();
}

/// Knocks. @return the answer, or nothing
QByteArray TestHidSocket::knock(QLocalSocket &socket)
{
    socket.connectToServer(m_path);
    if (!socket.waitForConnected(5000))
        return {};
    if (socket.bytesAvailable() == 0)
        socket.waitForReadyRead(5000);
    return socket.read(1);
}

void TestHidSocket::answersOverItsSocket()
{
    QLocalSocket socket;
    QCOMPARE(knock(socket), letIn);
    // CTAPHID_INIT on the broadcast channel.
    QByteArray frame = QByteArray::fromHex("ffffffff860008") + "nonce123"_ba;
    frame.append(64 - frame.size(), '\0');
    // In two pieces, as a stream may have it.
    socket.write(frame.first(10));
    QVERIFY(socket.waitForBytesWritten(5000));
    socket.write(frame.mid(10));
    while (socket.bytesAvailable() < 64)
        QVERIFY(socket.waitForReadyRead(5000));
    const QByteArray reply = socket.readAll();
    QCOMPARE(reply.size(), 64);
    QCOMPARE(reply.first(15), QByteArray(QByteArray::fromHex("ffffffff860011") + "nonce123"_ba));
}

void TestHidSocket::letsOneProgramInAtATime()
{
    QLocalSocket first;
    QCOMPARE(knock(first), letIn);
    QLocalSocket second;
    QCOMPARE(knock(second), QByteArray(1, '\0'));
    QVERIFY(second.state() == QLocalSocket::UnconnectedState || second.waitForDisconnected(5000));
    first.disconnectFromServer();
    // As soon as it has been noticed.
    QTRY_VERIFY([this] {
        QLocalSocket third;
        return knock(third) == letIn;
    }());
}

void TestHidSocket::isGoneFromItsSocketWhenPulled()
{
    QLocalSocket socket;
    QCOMPARE(knock(socket), letIn);
    QCOMPARE(tell({{u"do"_s, u"unplug"_s}}).value("place"_L1), QJsonValue(u"aside"_s));
    QTRY_VERIFY(!QFileInfo::exists(m_path));
    QVERIFY(socket.state() == QLocalSocket::UnconnectedState || socket.waitForDisconnected(5000));
}

void TestHidSocket::isInOnePlaceAtATime()
{
    const QString card = m_folder.filePath(u"card"_s);
    QCOMPARE(tell({{u"do"_s, u"placeOnReader"_s}}).value("place"_L1), QJsonValue(u"reader"_s));
    QTRY_VERIFY(QFileInfo::exists(card));
    QTRY_VERIFY(!QFileInfo::exists(m_path));
    QCOMPARE(tell({{u"do"_s, u"plugIn"_s}}).value("place"_L1), QJsonValue(u"port"_s));
    QVERIFY(!QFileInfo::exists(card));
    QTRY_VERIFY(QFileInfo::exists(m_path));
}

void TestHidSocket::tellsItsState()
{
    const QJsonObject state = tell({{u"do"_s, u"setPin"_s}, {u"pin"_s, u"1234"_s}});
    QCOMPARE(state.value("hasPin"_L1), QJsonValue(true));
    QCOMPARE(state.value("pinRetriesLeft"_L1), QJsonValue(8));
    QCOMPARE(state.value("credentials"_L1), QJsonValue(0));
    QCOMPARE(state.value("blinking"_L1), QJsonValue(false));
    QCOMPARE(tell({{u"do"_s, u"fly"_s}}).value("done"_L1), QJsonValue(false));
}

QTEST_GUILESS_MAIN(TestHidSocket)
#include "tst_hidsocket.moc"
