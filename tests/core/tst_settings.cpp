// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/settings/settings.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Sparekey;

class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsValuesBetweenStarts();
    void isReadableByItsOwnerOnly();
    void doesNotWaitForTheDisk();
    void writesAllWhenItEnds();
    void keepsWhatAnotherProcessWrote();
    void triesAFailedWriteAgain();
    void doesNotWaitForAFifo();
    void leavesTooLargeAFileAlone();
    void keepsADamagedFileBesideTheNewOne();
    void readsTheFilesOfQSettings();
    void acceptsOnlyAnObject();

private:
    [[nodiscard]] QByteArray text() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void TestSettings::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"below/sparekey.conf"_s);
}

QByteArray TestSettings::text() const
{
    QFile file(m_path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestSettings::keepsValuesBetweenStarts()
{
    const KdfSettings kdf{.type = KdfType::Argon2id,
                          .iterations = 6,
                          .memoryMiB = 32,
                          .parallelism = 4};
    {
        Settings settings(m_path);
        settings.setAppearance(u"dark"_s);
        settings.setLetterPaper(true);
        settings.setLockAfter(15min);
        settings.setKnownKdf(u"a"_s, kdf);
        settings.setStaysSignedIn(u"a"_s, true);
        settings.addCopy(u"a"_s,
                         {.kind = CopyKind::Pdf,
                          .when = QDateTime::currentDateTimeUtc(),
                          .sheetId = u"CGDX-HY"_s});
        settings.addCopy(u"b"_s,
                         {.kind = CopyKind::Text,
                          .when = QDateTime::currentDateTimeUtc(),
                          .sheetId = {}});
        settings.forgetCopies(u"b"_s);
    }
    const Settings settings(m_path);
    QCOMPARE(settings.appearance(), u"dark"_s);
    QVERIFY(settings.letterPaper());
    QCOMPARE(settings.lockAfter(), 15min);
    QVERIFY(settings.knownKdf(u"a"_s));
    QCOMPARE(settings.knownKdf(u"a"_s)->type, kdf.type);
    QCOMPARE(settings.knownKdf(u"a"_s)->memoryMiB, kdf.memoryMiB);
    QVERIFY(settings.staysSignedIn(u"a"_s));
    QCOMPARE(settings.copies(u"a"_s).value(0).sheetId, u"CGDX-HY"_s);
    QVERIFY(settings.copies(u"b"_s).isEmpty());
}

void TestSettings::isReadableByItsOwnerOnly()
{
    Settings(m_path).setAppearance(u"dark"_s);
    QCOMPARE(QFileInfo(m_path).permissions() & QFile::Permissions(0x0077), QFile::Permissions());
    QVERIFY(QFileInfo(m_path).permissions() & QFile::ReadOwner);
}

void TestSettings::doesNotWaitForTheDisk()
{
    Settings settings(m_path);
    settings.setAppearance(u"dark"_s);
    settings.flush();
    // As long as this lock is held, nothing can be written.
    QLockFile lock(m_path + u".lock"_s);
    QVERIFY(lock.lock());
    QElapsedTimer timer;
    timer.start();
    settings.setAppearance(u"light"_s);
    settings.setLetterPaper(true);
    QCOMPARE(settings.appearance(), u"light"_s);
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(text().contains("dark"));
    lock.unlock();
    settings.flush();
    QVERIFY(text().contains("light"));
    QVERIFY(text().contains("letterPaper"));
}

void TestSettings::writesAllWhenItEnds()
{
    {
        Settings settings(m_path);
        for (int i = 0; i < 50; ++i)
            settings.setCopyReminders(QString::number(i), i + 1);
    }
    const Settings settings(m_path);
    for (int i = 0; i < 50; ++i)
        QCOMPARE(settings.copyReminders(QString::number(i)), i + 1);
}

void TestSettings::keepsWhatAnotherProcessWrote()
{
    SettingsFile one(m_path);
    SettingsFile other(m_path);
    one.set(u"removed"_s, 1);
    one.flush();
    one.remove(u"removed"_s);
    one.set(u"one"_s, u"1"_s);
    one.flush();
    other.set(u"other"_s, QStringList{u"2"_s, u"3"_s});
    other.flush();
    const SettingsFile both(m_path);
    QCOMPARE(both.value(u"one"_s).toString(), u"1"_s);
    QCOMPARE(both.value(u"other"_s).toStringList(), (QStringList{u"2"_s, u"3"_s}));
    QVERIFY(!both.contains(u"removed"_s));
}

void TestSettings::triesAFailedWriteAgain()
{
    // A folder stands where the file belongs.
    QVERIFY(QDir().mkpath(m_path));
    SettingsFile file(m_path);
    file.set(u"first"_s, true);
    file.flush();
    QVERIFY(QFileInfo(m_path).isDir());
    QVERIFY(QDir().rmdir(m_path));
    file.set(u"second"_s, true);
    file.flush();
    const SettingsFile again(m_path);
    QVERIFY(again.value(u"first"_s).toBool());
    QVERIFY(again.value(u"second"_s).toBool());
}

void TestSettings::doesNotWaitForAFifo()
{
    QVERIFY(QDir().mkpath(QFileInfo(m_path).path()));
    QCOMPARE(::mkfifo(QFile::encodeName(m_path).constData(), 0600), 0);
    Settings settings(m_path);
    QCOMPARE(settings.lockAfter(), 5min);
    settings.setLockAfter(15min);
    settings.flush();
    QCOMPARE(settings.lockAfter(), 15min);
    struct stat status;
    QCOMPARE(::stat(QFile::encodeName(m_path).constData(), &status), 0);
    QVERIFY(S_ISFIFO(status.st_mode));
}

void TestSettings::leavesTooLargeAFileAlone()
{
    QVERIFY(QDir().mkpath(QFileInfo(m_path).path()));
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.resize(largestSettings + 1));
    file.close();
    Settings settings(m_path);
    settings.setLockAfter(15min);
    settings.flush();
    QCOMPARE(QFileInfo(m_path).size(), largestSettings + 1);
}

void TestSettings::keepsADamagedFileBesideTheNewOne()
{
    QVERIFY(QDir().mkpath(QFileInfo(m_path).path()));
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{ half of");
    file.close();
    Settings settings(m_path);
    QCOMPARE(settings.lockAfter(), 5min);
    QVERIFY(text().contains("half of"));
    settings.setLockAfter(15min);
    settings.flush();
    QCOMPARE(Settings(m_path).lockAfter(), 15min);
    QFile aside(m_path + u".damaged"_s);
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QVERIFY(aside.readAll().contains("half of"));
}

void TestSettings::readsTheFilesOfQSettings()
{
    const QStringList kdf{u"1"_s, u"6"_s, u"32"_s, u"4"_s};
    {
        QSettings old(m_path, QSettings::IniFormat);
        old.setValue(u"email"_s, u"grün@example.org"_s);
        old.setValue(u"lockAfterMinutes"_s, 15);
        old.setValue(u"accounts/a/staysSignedIn"_s, true);
        old.setValue(u"accounts/a/kdf"_s, kdf);
    }
    {
        Settings settings(m_path);
        settings.setAppearance(u"dark"_s);
    }
    QVERIFY(text().startsWith('{'));
    const Settings settings(m_path);
    QCOMPARE(settings.rememberedEmail(), u"grün@example.org"_s);
    QCOMPARE(settings.lockAfter(), 15min);
    QVERIFY(settings.staysSignedIn(u"a"_s));
    QCOMPARE(settings.knownKdf(u"a"_s)->iterations, 6);
    QCOMPARE(settings.appearance(), u"dark"_s);
}

void TestSettings::acceptsOnlyAnObject()
{
    QVERIFY(!settingsFromJson("[1,2]"));
    QVERIFY(!settingsFromJson("{\"a\":"));
    QVERIFY(!settingsFromJson(QByteArray()));
    const QJsonObject values{{u"a/b"_s, u"c"_s}, {u"d"_s, 5}};
    QCOMPARE(settingsFromJson(settingsToJson(values)), std::optional(values));
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
