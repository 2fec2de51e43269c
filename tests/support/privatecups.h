// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QProcess>

using namespace Qt::StringLiterals;

namespace Sparekey {

/// Runs tests/support/private_cupsd.py; the macro `PRIVATE_CUPSD` is its path.
class PrivateCups
{
public:
    ~PrivateCups()
    {
        m_process.closeWriteChannel();
        m_process.waitForFinished(20000);
    }

    bool start()
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(u"/usr/bin/python3"_s, {QString::fromLatin1(PRIVATE_CUPSD)});
        for (QByteArray line = readLine(); line != "READY"; line = readLine()) {
            const qsizetype equals = line.indexOf('=');
            if (equals < 0) {
                qWarning("%s", line.constData());
                return false;
            }
            m_values.insert(line.first(equals), line.sliced(equals + 1));
        }
        return true;
    }

    [[nodiscard]] QByteArray value(const QByteArray &name) const { return m_values.value(name); }

    bool tell(const QByteArray &command)
    {
        m_process.write(command + "\n");
        const QByteArray answer = readLine();
        if (answer != "OK")
            qWarning("%s", answer.constData());
        return answer == "OK";
    }

private:
    QByteArray readLine()
    {
        while (!m_process.canReadLine()) {
            if (!m_process.waitForReadyRead(30000))
                return "no answer";
        }
        return m_process.readLine().trimmed();
    }

    QProcess m_process;
    QHash<QByteArray, QByteArray> m_values;
};

} // namespace Sparekey
