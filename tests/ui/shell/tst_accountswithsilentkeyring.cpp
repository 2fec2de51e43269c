// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/accountservertest.h"
#include "tests/ui/appstart.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

/// On a session bus whose Secret Service never answers.
class TestAccountsWithSilentKeyring : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void saysThatItWaitsAndThenThatNothingIsKept();
};

void TestAccountsWithSilentKeyring::saysThatItWaitsAndThenThatNothingIsKept()
{
    // Longer than the bus waits for an answer to each of several calls.
    constexpr int longWait = 120'000;
    const QTemporaryDir folder;
    AppStart start(folder.filePath(u"silent.conf"_s), u"sparekey-test"_s);
    const auto account = m_server.account(u"demo");
    start.accounts.signIn()->server()->preselect({.base = m_server.http().toString()});
    start.accounts.signIn()->setEmail(account.email);
    start.accounts.signIn()->setStaySignedIn(true);
    start.accounts.signIn()->submit(SecureBuffer::fromText(account.password));
    QTRY_COMPARE_WITH_TIMEOUT(start.accounts.place(), AccountsViewModel::Place::Account, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(start.accounts.notice().startsWith(u"Waiting"_s), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(start.accounts.notice().startsWith(u"Can't"_s), longWait);
    start.accounts.dismissNotice();

    QSignalSpy notDone(&start.accounts, &AccountsViewModel::notDone);
    start.accounts.account()->setStaysSignedIn(true);
    QTRY_VERIFY_WITH_TIMEOUT(start.accounts.notice().startsWith(u"Waiting"_s), 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(notDone.count(), 1, longWait);
    QVERIFY(notDone.first().first().toString().contains(u"Stay signed in"_s));
    QTRY_VERIFY(start.accounts.notice().isEmpty());
    QVERIFY(!start.accounts.account()->staysSignedIn());
}

QTEST_MAIN(TestAccountsWithSilentKeyring)
#include "tst_accountswithsilentkeyring.moc"
