// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Whatever the settings file contains, every setting has a value that the program can work with.

#include "core/settings/settings.h"
#include "core/settings/settingsfile.h"
#include "tests/fuzz/require.h"

#include <QFile>

#include <cstdint>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Sparekey;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    (void)settingsFromJson(bytes);
    // Another name each time: Qt keeps what it has read of a file.
    static int number = 0;
    const QString path = u"/dev/shm/fuzz-settings-%1-%2.conf"_s.arg(::getpid()).arg(++number);
    {
        QFile file(path);
        require(file.open(QIODevice::WriteOnly));
        require(file.write(reinterpret_cast<const char *>(data), qint64(size)) == qint64(size));
    }
    {
        const Settings settings(path);
        require(settings.environment().api.isValid());
        (void)settings.selfHosted();
        (void)settings.rememberedEmail();
        const QString appearance = settings.appearance();
        require(appearance == u"system"_s || appearance == u"light"_s || appearance == u"dark"_s);
        require(settings.lockAfter().count() >= 0);
        (void)settings.letterPaper();
        (void)settings.lastAccount();
        for (const AccountRecord &account : settings.accounts()) {
            require(account.environment.api.isValid());
            const QString key = account.key();
            (void)settings.knownKdf(key);
            (void)settings.lastMethod(key);
            (void)settings.rememberedUntil(key);
            (void)settings.staysSignedIn(key);
            (void)settings.copies(key);
            (void)settings.copyReminders(key);
        }
    }
    QFile::remove(path);
    return 0;
}
