// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/managedpage.h"

#include <QSignalSpy>

using namespace Sparekey;
using namespace Qt::StringLiterals;

using Stage = ProviderViewModel::Stage;

// The list of passkeys, and removing them.
class TestPasskeyViewModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup() { m_test.close(); }

    void showsNamesAndWhichWereMigrated_data();
    void showsNamesAndWhichWereMigrated();
    void removesOneAfterAsking_data();
    void removesOneAfterAsking();
    void lastKeyCannotBeRemovedAlone();
    void turnsAllOff_data();
    void turnsAllOff();
    void keysChangedElsewhereAreShownAndNothingIsRemoved();
    void oneEmailedCodeRemoves();
    void keysChangedElsewhereWantAnotherEmailedCode();
    void expiredProofAsksAgainAndGoesOn();
    void lostAnswerIsReadBack();
    void unclearRemovalIsReadBackAsSoonAsItCanBe();
    void unclearRemovalLeavesNoStaleListToRemoveFrom();
    void unclearRemovalIsReadBackAfterThePassword();
    void unnamedKeyHasAName();
    void recoveryCodeCanBeViewedFirst();
    void lastMethodOfAMemberWarnsOfTheOrganization();

private:
    [[nodiscard]] PasskeyViewModel &passkey() { return *m_test.page->passkey(); }
    [[nodiscard]] bool manageWithTwoKeys(const QString &generation);
    [[nodiscard]] QStringList stored();
    void loseAnswersToRemoval(const QString &deletion, int looksLost);

    ManagedPage m_test;
};

void TestPasskeyViewModel::initTestCase()
{
    QVERIFY2(m_test.startServer(), qPrintable(m_test.server.problem()));
}

bool TestPasskeyViewModel::manageWithTwoKeys(const QString &generation)
{
    return m_test.open(generation)
        && m_test.server.editAccount(ManagedPage::role,
                                     {{u"providers"_s, QJsonObject{{u"7"_s, true}}}})
        && m_test.reload() && m_test.manage(passkey());
}

QStringList TestPasskeyViewModel::stored()
{
    const auto opened = outcomeOf(m_test.elsewhere->openPasskeys(m_test.otherProof()));
    QStringList names;
    for (const Passkey &key : opened->details.keys)
        names.append(key.name);
    return names;
}

void TestPasskeyViewModel::showsNamesAndWhichWereMigrated_data()
{
    eachGeneration();
}

void TestPasskeyViewModel::showsNamesAndWhichWereMigrated()
{
    QFETCH(QString, generation);
    QVERIFY(manageWithTwoKeys(generation));
    auto &keys = *passkey().keys();
    QCOMPARE(passkey().keyNames(), (QStringList{u"Blue key"_s, u"Desk key"_s}));
    QCOMPARE(keys.data(keys.index(0), PasskeyListModel::MigratedRole).toBool(), false);
    QCOMPARE(keys.data(keys.index(1), PasskeyListModel::MigratedRole).toBool(), true);
    QVERIFY(passkey().noticeText().isEmpty());
    passkey().close();
    QCOMPARE(keys.count(), 0);
}

void TestPasskeyViewModel::removesOneAfterAsking_data()
{
    eachGeneration();
}

void TestPasskeyViewModel::removesOneAfterAsking()
{
    QFETCH(QString, generation);
    QVERIFY(manageWithTwoKeys(generation));
    QVERIFY(passkey().removeBlockedReason().isEmpty());
    passkey().removeKey(); // Not asked for.
    QVERIFY(!passkey().isBusy());
    passkey().askToRemove(0);
    QCOMPARE(passkey().keyToRemove(), u"Blue key"_s);
    passkey().cancelRemove();
    QVERIFY(!passkey().isAskingToRemove());
    passkey().askToRemove(0);
    QSignalSpy noted(m_test.page.get(), &TwoStepLoginViewModel::noted);
    passkey().removeKey();
    QTRY_VERIFY(!passkey().isBusy());
    QVERIFY(!passkey().isAskingToRemove());
    QCOMPARE(passkey().stage(), Stage::Open);
    QCOMPARE(noted.value(0).value(0).toString(), u"The key “Blue key” was removed."_s);
    QCOMPARE(passkey().keyNames(), QStringList{u"Desk key"_s});
    QCOMPARE(stored(), QStringList{u"Desk key"_s});
    QVERIFY(m_test.isOn(7));
}

void TestPasskeyViewModel::lastKeyCannotBeRemovedAlone()
{
    QVERIFY(manageWithTwoKeys(u"classic"_s));
    passkey().askToRemove(1);
    passkey().removeKey();
    QTRY_VERIFY(!passkey().isBusy());
    QVERIFY(passkey().removeBlockedReason().contains(u"last key"_s));
    passkey().askToRemove(0);
    QVERIFY(!passkey().isAskingToRemove());
    QCOMPARE(stored(), QStringList{u"Blue key"_s});
}

void TestPasskeyViewModel::turnsAllOff_data()
{
    eachGeneration();
}

void TestPasskeyViewModel::turnsAllOff()
{
    QFETCH(QString, generation);
    QVERIFY(manageWithTwoKeys(generation));
    passkey().askToTurnOff();
    QVERIFY(!passkey().isCodeUnsaved());
    passkey().turnOff();
    QTRY_COMPARE(passkey().stage(), Stage::Closed);
    QVERIFY(!m_test.isOn(7));
}

void TestPasskeyViewModel::keysChangedElsewhereAreShownAndNothingIsRemoved()
{
    QVERIFY(manageWithTwoKeys(u"classic"_s));
    // Were the other one deleted now, this server would be left without any.
    const auto opened = outcomeOf(m_test.elsewhere->openPasskeys(m_test.otherProof()));
    QVERIFY(outcomeOf(m_test.elsewhere->removePasskey(opened->proof, 1, opened->details)));
    passkey().askToRemove(1);
    passkey().removeKey();
    QTRY_VERIFY(!passkey().isBusy());
    QVERIFY(!passkey().noticeText().isEmpty());
    QVERIFY(!passkey().isAskingToRemove());
    QCOMPARE(passkey().keyNames(), QStringList{u"Desk key"_s});
    QCOMPARE(stored(), QStringList{u"Desk key"_s});
}

void TestPasskeyViewModel::oneEmailedCodeRemoves()
{
    QVERIFY(m_test.openWithoutPassword(u"token"_s));
    QVERIFY(m_test.server.editAccount(ManagedPage::role,
                                      {{u"providers"_s, QJsonObject{{u"7"_s, true}}}}));
    QVERIFY(m_test.reload());
    QVERIFY(m_test.manage(passkey()));
    passkey().askToRemove(0);
    QSignalSpy noted(m_test.page.get(), &TwoStepLoginViewModel::noted);
    passkey().removeKey();
    QTRY_COMPARE(noted.count(), 1);
    QCOMPARE(passkey().stage(), Stage::Open);
    QCOMPARE(passkey().keyNames(), QStringList{u"Desk key"_s});
    QCOMPARE(m_test.server.emailedCodes().size(), 1);
}

void TestPasskeyViewModel::keysChangedElsewhereWantAnotherEmailedCode()
{
    QVERIFY(m_test.openWithoutPassword(u"token"_s));
    const QJsonObject on{{u"providers"_s, QJsonObject{{u"7"_s, true}}}};
    QVERIFY(m_test.server.editAccount(ManagedPage::role, on));
    QVERIFY(m_test.reload());
    QVERIFY(m_test.manage(passkey()));
    passkey().askToRemove(0);
    QVERIFY(m_test.server.editAccount(ManagedPage::role,
                                      {{u"providers"_s, QJsonObject{{u"7"_s, QJsonValue()}}}}));
    passkey().removeKey();
    QTRY_COMPARE(passkey().stage(), Stage::VerifyingAgain);
    QVERIFY(m_test.prove(passkey()));
    QTRY_VERIFY(!passkey().noticeText().isEmpty());
    QVERIFY(!passkey().isOn());
    QCOMPARE(m_test.server.requestedPaths().count(u"DELETE /api/two-factor/webauthn"_s), 0);
}

void TestPasskeyViewModel::expiredProofAsksAgainAndGoesOn()
{
    QVERIFY(manageWithTwoKeys(u"token"_s));
    QVERIFY(m_test.server.expireVerifications());
    passkey().askToRemove(0);
    passkey().removeKey();
    QTRY_COMPARE(passkey().stage(), Stage::VerifyingAgain);
    QCOMPARE(stored().size(), 2);
    m_test.typePassword(passkey());
    QTRY_COMPARE(passkey().keyNames(), QStringList{u"Desk key"_s});
    QCOMPARE(passkey().stage(), Stage::Open);
    QVERIFY(!passkey().isAskingToRemove());
    QCOMPARE(stored(), QStringList{u"Desk key"_s});
}

void TestPasskeyViewModel::lostAnswerIsReadBack()
{
    QVERIFY(manageWithTwoKeys(u"token"_s));
    QVERIFY(m_test.server.setFault(u"/api/two-factor/webauthn"_s, u"drop"_s, {{u"times"_s, 1}}));
    passkey().askToRemove(0);
    passkey().removeKey();
    QTRY_VERIFY(!passkey().isBusy());
    QVERIFY(!passkey().errorText().isEmpty());
    QCOMPARE(passkey().keys()->count(), 2);
    QVERIFY(m_test.server.setFault(u"/api/two-factor/webauthn"_s, u"drop-mid-body"_s,
                                   {{u"times"_s, 1}}));
    passkey().removeKey();
    QTRY_VERIFY(!passkey().isBusy());
    QVERIFY(passkey().errorText().isEmpty());
    QCOMPARE(passkey().keys()->count(), 1);
    QCOMPARE(stored(), QStringList{u"Desk key"_s});
}

// The key is removed, but neither that nor the look at what became of it gets an answer.
void TestPasskeyViewModel::loseAnswersToRemoval(const QString &deletion, int looksLost)
{
    QVERIFY(m_test.server.setFault(u"/api/two-factor/get-webauthn"_s, u"delay"_s,
                                   {{u"times"_s, 1}, {u"milliseconds"_s, 0}}));
    QVERIFY(m_test.server.setFault(u"/api/two-factor/get-webauthn"_s, u"drop"_s,
                                   {{u"times"_s, looksLost}}));
    QVERIFY(m_test.server.setFault(u"/api/two-factor/webauthn"_s, deletion, {{u"times"_s, 1}}));
    passkey().askToRemove(0);
    passkey().removeKey();
    QVERIFY(passkey().isBusy());
}

void TestPasskeyViewModel::unclearRemovalIsReadBackAsSoonAsItCanBe()
{
    QVERIFY(manageWithTwoKeys(u"token"_s));
    QSignalSpy changed(&passkey(), &ProviderViewModel::changed);
    bool wasUnknown = false;
    connect(&passkey(), &ProviderViewModel::changed, this, [&] {
        wasUnknown = wasUnknown || passkey().areKeysUnknown();
        QVERIFY(!passkey().areKeysUnknown() || passkey().keys()->count() == 0);
    });
    loseAnswersToRemoval(u"drop-mid-body"_s, 1);
    QTRY_COMPARE(passkey().keyNames(), QStringList{u"Desk key"_s});
    QVERIFY2(wasUnknown, "the look was meant to be lost");
    QVERIFY(!passkey().areKeysUnknown());
    QTRY_VERIFY(!passkey().isBusy());
    QVERIFY2(passkey().errorText().isEmpty(), qPrintable(passkey().errorText()));
    QCOMPARE(passkey().noticeText(), u"The key “Blue key” was removed."_s);
    QCOMPARE(passkey().stage(), Stage::Open);
    passkey().disconnect(this);
}

void TestPasskeyViewModel::unclearRemovalLeavesNoStaleListToRemoveFrom()
{
    QVERIFY(manageWithTwoKeys(u"token"_s));
    loseAnswersToRemoval(u"drop"_s, 1000);
    QTRY_VERIFY(passkey().areKeysUnknown());
    QTRY_VERIFY(!passkey().isBusy());
    QVERIFY(!passkey().errorText().isEmpty());
    QVERIFY(!passkey().isAskingToRemove());
    QCOMPARE(passkey().keys()->count(), 0);
    passkey().askToRemove(0);
    QVERIFY(!passkey().isAskingToRemove());
    passkey().removeKey();
    passkey().readAgain();
    QTRY_VERIFY(!passkey().isBusy());
    QVERIFY(passkey().areKeysUnknown());

    QVERIFY(m_test.server.clearFaults());
    passkey().readAgain();
    QTRY_COMPARE(passkey().keys()->count(), 2);
    QTRY_VERIFY(!passkey().isBusy());
    QVERIFY(passkey().errorText().isEmpty());
    QCOMPARE(passkey().noticeText(), u"The key “Blue key” was not removed. You can try again."_s);
    passkey().askToRemove(0);
    passkey().removeKey();
    QTRY_COMPARE(passkey().keys()->count(), 1);
    QCOMPARE(stored(), QStringList{u"Desk key"_s});
}

void TestPasskeyViewModel::unclearRemovalIsReadBackAfterThePassword()
{
    QVERIFY(manageWithTwoKeys(u"token"_s));
    loseAnswersToRemoval(u"drop-mid-body"_s, 1000);
    QTRY_VERIFY(passkey().areKeysUnknown());
    QTRY_VERIFY(!passkey().isBusy());
    QVERIFY(m_test.server.clearFaults());
    // The password is changed elsewhere, and back.
    QVERIFY(m_test.server.editAccount(ManagedPage::role, {{u"masterPassword"_s, false}}));
    passkey().readAgain();
    QTRY_COMPARE(passkey().stage(), Stage::VerifyingAgain);
    QVERIFY(m_test.server.editAccount(ManagedPage::role, {{u"masterPassword"_s, true}}));
    const auto looks = m_test.server.requestedPaths().count(u"POST /api/two-factor/get-webauthn"_s);
    m_test.typePassword(passkey());
    QTRY_COMPARE(passkey().keyNames(), QStringList{u"Desk key"_s});
    QCOMPARE(passkey().stage(), Stage::Open);
    QVERIFY(!passkey().isBusy());
    QCOMPARE(m_test.server.requestedPaths().count(u"POST /api/two-factor/get-webauthn"_s),
             looks + 1);
}

void TestPasskeyViewModel::unnamedKeyHasAName()
{
    QCOMPARE(PasskeyListModel::shownName(Passkey()), u"Unnamed key"_s);
}

void TestPasskeyViewModel::recoveryCodeCanBeViewedFirst()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(
        m_test.server.editAccount(ManagedPage::role,
                                  {{u"providers"_s, QJsonObject{{u"7"_s, true}, {u"1"_s, true}}}}));
    QVERIFY(m_test.reload());
    QVERIFY(m_test.manage(passkey()));
    passkey().askToTurnOff();
    QCOMPARE(passkey().turnOffNote(), u"Only email will be left."_s);
    QVERIFY(passkey().isCodeUnsaved());
    passkey().viewRecoveryCode();
    QCOMPARE(passkey().stage(), Stage::Closed);
    QCOMPARE(m_test.page->recoveryCode()->stage(), RecoveryCodeViewModel::Stage::Verifying);
    QVERIFY(m_test.isOn(7));
}

void TestPasskeyViewModel::lastMethodOfAMemberWarnsOfTheOrganization()
{
    QVERIFY(manageWithTwoKeys(u"token"_s));
    passkey().askToTurnOff();
    QVERIFY(!passkey().turnOffNote().contains(u"organization"_s));
    QSignalSpy changed(&passkey(), &ProviderViewModel::changed);
    m_test.page->setOrganizations(true, {});
    QCOMPARE(changed.count(), 1);
    QVERIFY(passkey().turnOffNote().contains(u"organization"_s));
}

QTEST_MAIN(TestPasskeyViewModel)
#include "tst_passkeyviewmodel.moc"
