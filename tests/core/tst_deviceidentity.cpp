// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/deviceidentity.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

using namespace Qt::StringLiterals;
using namespace Sparekey;

/// Each `Settings` is one run of the program.
class TestDeviceIdentity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTheSameInTheNextRun();
    void brokenIdentifierIsReplaced();
    void onlyTheOwnerCanReadIt();

private:
    [[nodiscard]] QString identifierOf(const QString &name);

    QTemporaryDir m_folder;
};

QString TestDeviceIdentity::identifierOf(const QString &name)
{
    Settings settings(m_folder.filePath(name));
    return DeviceIdentity(settings).device().identifier;
}

void TestDeviceIdentity::isTheSameInTheNextRun()
{
    const QString made = identifierOf(u"same.conf"_s);
    QVERIFY(!QUuid::fromString(made).isNull());
    QCOMPARE(made, made.toLower());
    QCOMPARE(identifierOf(u"same.conf"_s), made);
    QVERIFY(identifierOf(u"other.conf"_s) != made);
}

void TestDeviceIdentity::brokenIdentifierIsReplaced()
{
    {
        Settings settings(m_folder.filePath(u"broken.conf"_s));
        settings.setDeviceIdentifier(u"no GUID"_s);
    }
    const QString made = identifierOf(u"broken.conf"_s);
    QVERIFY(!QUuid::fromString(made).isNull());
    QCOMPARE(identifierOf(u"broken.conf"_s), made);
}

void TestDeviceIdentity::onlyTheOwnerCanReadIt()
{
    (void)identifierOf(u"private.conf"_s);
    const auto permissions = QFileInfo(m_folder.filePath(u"private.conf"_s)).permissions();
    QVERIFY(permissions.testFlag(QFile::ReadOwner));
    QVERIFY(!(permissions
              & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther)));
}

QTEST_GUILESS_MAIN(TestDeviceIdentity)
#include "tst_deviceidentity.moc"
