// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/support/accountserverprocess.h"

#include <QObject>

namespace Sparekey {

/// Base of the tests that talk to an account server. One process serves all functions of a test,
/// and is put back to its start before each. A test that has more to prepare has an `init` or
/// `initTestCase` of its own, which calls `startServer` or `resetServer` first.
class AccountServerTest : public QObject
{
    Q_OBJECT

protected:
    /// Both end the test with a message if they fail.
    void startServer(const AccountServerStart &how = {});
    void resetServer();

    AccountServerProcess m_server;

private Q_SLOTS:
    void initTestCase() { startServer(); }
    void init() { resetServer(); }
};

} // namespace Sparekey
