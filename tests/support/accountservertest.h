// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/support/accountserverprocess.h"

#include <QObject>

namespace Sparekey {

/// Base class of tests that use an account server. One process serves all test functions and is
/// reset before each. A test with more preparation has its own `init` or `initTestCase`, which
/// calls `resetServer` or `startServer` first.
class AccountServerTest : public QObject
{
    Q_OBJECT

protected:
    /// Both fail the test with a message if they do not succeed.
    void startServer(const AccountServerStart &how = {});
    void resetServer();

    AccountServerProcess m_server;

private Q_SLOTS:
    void initTestCase() { startServer(); }
    void init() { resetServer(); }
};

} // namespace Sparekey
