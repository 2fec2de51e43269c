// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/privatebus.h"

#include <QFile>

#include <csignal>
#include <sys/prctl.h>

using namespace Qt::StringLiterals;

namespace Sparekey {

PrivateBus::~PrivateBus()
{
    m_process.kill();
    m_process.waitForFinished();
}

bool PrivateBus::start()
{
    QFile config(m_folder.filePath(u"bus.conf"_s));
    if (!config.open(QIODevice::WriteOnly))
        return false;
    config.write("<busconfig><type>session</type><listen>unix:dir="_ba + m_folder.path().toUtf8()
                 + "</listen><policy context='default'><allow send_destination='*'/><allow "
                   "receive_sender='*'/>"
                   "<allow own='*'/></policy></busconfig>"_ba);
    config.close();
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    // Ends with this process, even if it crashes.
    m_process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_process.start(u"dbus-daemon"_s,
                    {u"--config-file="_s + config.fileName(), u"--nofork"_s, u"--nopidfile"_s,
                     u"--print-address"_s});
    while (!m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(10'000))
            return false;
    }
    m_address = QString::fromUtf8(m_process.readLine()).trimmed();
    return true;
}

} // namespace Sparekey
