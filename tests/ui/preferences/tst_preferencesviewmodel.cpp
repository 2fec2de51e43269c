// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/secret/securebuffer.h"
#include "core/settings/settings.h"
#include "ui/preferences/preferencesviewmodel.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>
#include <unistd.h>

using namespace Sparekey;
using namespace Qt::StringLiterals;

class TestPreferencesViewModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsOfSecretsThatCouldNotBeLocked();
};

void TestPreferencesViewModel::tellsOfSecretsThatCouldNotBeLocked()
{
    // Root may lock all memory.
    if (::geteuid() == 0)
        QCOMPARE(::setuid(65534), 0);
    const QTemporaryDir folder;
    Settings settings(folder.filePath(u"settings.json"_s));
    ColorScheme colorScheme;
    TextScale textScale;
    PreferencesViewModel viewModel(settings, colorScheme, textScale);
    const QSignalSpy changed(&viewModel, &PreferencesViewModel::changed);
    viewModel.updateMemoryState();
    QCOMPARE(viewModel.memoryText(), QString());
    QCOMPARE(changed.size(), 0);

    const rlimit none{.rlim_cur = 0, .rlim_max = 0};
    QCOMPARE(::setrlimit(RLIMIT_MEMLOCK, &none), 0);
    const SecureBuffer one(32);
    const SecureBuffer other(32);
    viewModel.updateMemoryState();
    QVERIFY(viewModel.memoryText().startsWith(u"2 block"));
    QVERIFY(viewModel.memoryText().contains(u"ulimit -l"));
    QCOMPARE(changed.size(), 1);
    viewModel.updateMemoryState();
    QCOMPARE(changed.size(), 1);
}

QTEST_MAIN(TestPreferencesViewModel)
#include "tst_preferencesviewmodel.moc"
