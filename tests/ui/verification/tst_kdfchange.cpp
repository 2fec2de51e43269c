// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/managedpage.h"

#include <QSignalSpy>

using namespace Sparekey;
using namespace Qt::StringLiterals;

using CodeStage = RecoveryCodeViewModel::Stage;

// The server changes the key derivation of an account and keeps its sessions.
class TestKdfChange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_test.close(); }

    void rightPasswordIsAcceptedAfterTheChange();
    void wrongPasswordIsTriedNoSecondTime();
    void weakerDerivationIsNotUsed();

private:
    [[nodiscard]] bool changeKdf(int iterations)
    {
        const QJsonObject kdf{{u"type"_s, 0}, {u"iterations"_s, iterations}};
        return m_test.server.editAccount(ManagedPage::role,
                                         {{u"kdf"_s, kdf}, {u"salt"_s, u"another salt"_s}});
    }
    [[nodiscard]] qsizetype requests(const QString &path)
    {
        return m_test.server.requestedPaths().count(path);
    }
    RecoveryCodeViewModel &code() { return *m_test.page->recoveryCode(); }
    [[nodiscard]] QString password() { return m_test.server.account(ManagedPage::role).password; }

    ManagedPage m_test;
    const QString m_prelogin = u"POST /identity/accounts/prelogin"_s;
    const QString m_recover = u"POST /api/two-factor/get-recover"_s;
};

void TestKdfChange::initTestCase()
{
    QVERIFY2(m_test.startServer(), qPrintable(m_test.server.problem()));
}

void TestKdfChange::init()
{
    QVERIFY(m_test.open(u"token"_s));
    code().open();
    QCOMPARE(code().stage(), CodeStage::Verifying);
}

void TestKdfChange::rightPasswordIsAcceptedAfterTheChange()
{
    const auto before = requests(m_prelogin);
    QVERIFY(changeKdf(600'000));
    code().verification()->submit(SecureBuffer::fromText(password()));
    QTRY_COMPARE_WITH_TIMEOUT(code().stage(), CodeStage::Shown, 20'000);
    QCOMPARE(requests(m_prelogin), before + 1);

    // The new derivation is known from now on.
    code().close();
    code().open();
    code().verification()->submit(SecureBuffer::fromText(password()));
    QTRY_COMPARE_WITH_TIMEOUT(code().stage(), CodeStage::Shown, 20'000);
    QCOMPARE(requests(m_prelogin), before + 1);
}

void TestKdfChange::wrongPasswordIsTriedNoSecondTime()
{
    QSignalSpy wanted(code().verification(), &VerificationViewModel::passwordWanted);
    const auto tries = requests(m_recover);
    code().verification()->submit(SecureBuffer::fromText(u"not the password"_s));
    QTRY_COMPARE_WITH_TIMEOUT(wanted.count(), 1, 20'000);
    QCOMPARE(code().stage(), CodeStage::Verifying);
    QVERIFY2(code().verification()->errorText().startsWith(u"Wrong master password"_s),
             qPrintable(code().verification()->errorText()));
    QCOMPARE(requests(m_recover), tries + 1);
}

void TestKdfChange::weakerDerivationIsNotUsed()
{
    QSignalSpy wanted(code().verification(), &VerificationViewModel::passwordWanted);
    const auto tries = requests(m_recover);
    QVERIFY(changeKdf(500));
    code().verification()->submit(SecureBuffer::fromText(password()));
    QTRY_COMPARE_WITH_TIMEOUT(wanted.count(), 1, 20'000);
    QVERIFY2(code().verification()->errorText().contains(u"weaker protection"_s),
             qPrintable(code().verification()->errorText()));
    QCOMPARE(requests(m_recover), tries + 1);
}

QTEST_MAIN(TestKdfChange)
#include "tst_kdfchange.moc"
