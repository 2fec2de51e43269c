// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/accountservertest.h"

#include <QTest>

namespace Sparekey {

void AccountServerTest::startServer(const AccountServerStart &how)
{
    QVERIFY2(m_server.start(how), qPrintable(m_server.problem()));
}

void AccountServerTest::resetServer()
{
    QVERIFY(m_server.reset());
}

} // namespace Sparekey
