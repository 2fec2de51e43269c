// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/core/generations.h"
#include "tests/core/outcome.h"
#include "tests/support/accountservertest.h"
#include "ui/shell/appviewmodel.h"
#include "ui/shell/services.h"

#include <QClipboard>
#include <QFile>
#include <QFileInfo>
#include <QGuiApplication>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

using LoadState = TwoStepLoginViewModel::LoadState;
using Stage = RecoveryCodeViewModel::Stage;
using Place = AccountsViewModel::Place;
using Format = SheetViewModel::Format;

class TestAccountViewModel : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void showsWhatTheServerListsInFixedOrder_data();
    void showsWhatTheServerListsInFixedOrder();
    void offlineKeepsTheRowsAndSaysSince();
    void firstLoadWithoutServerShowsUnknown();
    void serverProblemIsToldApart();
    void expiredSessionAsksToSignInAndKeepsTheEmail();
    void recoveryCodeNeedsTheRightPassword();
    void accountWithoutCodeSaysSo();
    void oddCodeIsShownAsSent();
    void closingWipesTheCode();
    void copiedCodeLeavesTheClipboardUnlessReplaced();
    void savesEachFormatReadableByTheOwnerOnly();
    void existingFileIsReplacedOnlyWhenAsked();
    void protectedPdfNeedsAGoodPassphrase();
    void lockedWindowOpensWithThePasswordOnly();
    void optionsWaitWhileSaving();
    void rateLimitOnThePageCountsDown();
    void signOutWipesTheSessionInMidFlight();
    void lastMethodThatAnOrganizationRequiresIsNoted();
    void vaultIsNotReadWithoutNeed();
    void methodThatTheServerCannotDoSaysSo();
    void methodThatTurnsOutToBeMissingSaysSo();
    void methodsThatAreOnAreNotedForKeysOfTheAccount();
    void lockAndSignOutEndWhatIsDoneWithKeys();

private:
    void signIn(QStringView role);
    void openCode();
    TwoStepLoginViewModel &page() { return *m_app->accounts()->account()->twoStepLogin(); }
    [[nodiscard]] bool wasAsked(const QString &request);
    QVariant row(int index, ProviderListModel::Role role);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Services> m_services;
    std::unique_ptr<AppViewModel> m_app;
    QString m_password;
};

void TestAccountViewModel::init()
{
    resetServer();
    m_folder = std::make_unique<QTemporaryDir>();
    m_services = std::make_unique<Services>(m_folder->filePath(u"sparekey.conf"_s),
                                            u"sparekey-test"_s, HardwareKeys::Transports());
    m_app = std::make_unique<AppViewModel>(*m_services);
    m_app->accounts()->signIn()->server()->preselect({.base = m_server.http().toString()});
}

void TestAccountViewModel::cleanup()
{
    m_app.reset();
    // Before their folder: what is written last would create it again.
    m_services.reset();
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"token"_s}}));
}

void TestAccountViewModel::signIn(QStringView role)
{
    const auto account = m_server.account(role);
    m_password = account.password;
    m_app->accounts()->signIn()->setEmail(account.email);
    m_app->accounts()->signIn()->submit(SecureBuffer::fromText(m_password));
    QTRY_COMPARE_WITH_TIMEOUT(m_app->accounts()->place(), Place::Account, 20'000);
}

void TestAccountViewModel::openCode()
{
    auto *code = page().recoveryCode();
    code->open();
    QCOMPARE(code->stage(), Stage::Verifying);
    code->verification()->submit(SecureBuffer::fromText(m_password));
    QTRY_VERIFY_WITH_TIMEOUT(code->stage() != Stage::Verifying, 20'000);
}

QVariant TestAccountViewModel::row(int index, ProviderListModel::Role role)
{
    return page().providers()->data(page().providers()->index(index), role);
}

bool TestAccountViewModel::wasAsked(const QString &request)
{
    return m_server.requestedPaths().contains(request);
}

// A plain member of an enterprise. Of an account without premium the official server wants no
// YubiKey at sign-in.
void TestAccountViewModel::lastMethodThatAnOrganizationRequiresIsNoted()
{
    const auto provider = [](int type, bool on) {
        return QJsonObject{{u"providers"_s, QJsonObject{{QString::number(type), on}}}};
    };
    QVERIFY(m_server.editAccount(u"odd-code", provider(3, true)));
    signIn(u"odd-code");
    QTRY_VERIFY(page().isLastMethodRequired());
    QVERIFY(page().manage(3));
    QVERIFY(page().yubicoOtp()->turnOffNote().contains(
        u"Your organization requires two-step login. It may remove you if you turn this off."_s));
    page().yubicoOtp()->close();

    QVERIFY(m_server.editAccount(u"odd-code", provider(1, true)));
    page().refresh();
    QTRY_COMPARE(page().providers()->turnedOnCount(), 2);
    QVERIFY(!page().isLastMethodRequired());

    QVERIFY(m_server.editAccount(u"odd-code", provider(1, false)));
    page().refresh();
    QTRY_VERIFY(page().isLastMethodRequired());
    QVERIFY(m_server.setFault(u"/api/two-factor"_s, u"drop"_s));
    page().refresh();
    QTRY_COMPARE(page().loadState(), LoadState::Offline);
    QVERIFY(!page().isLastMethodRequired());
    QVERIFY(m_server.clearFaults());
}

void TestAccountViewModel::vaultIsNotReadWithoutNeed()
{
    // The owner of the same organization, and a member with nothing to turn off.
    for (const auto &role : {u"demo"_s, u"odd-code"_s}) {
        signIn(role);
        QTRY_COMPARE(page().loadState(), LoadState::Loaded);
        QTRY_VERIFY(!m_app->accounts()->account()->displayName().contains(u'@'));
        QTest::qWait(100);
        QVERIFY(!wasAsked(u"GET /api/sync"_s));
        m_app->accounts()->signOut();
    }
}

void TestAccountViewModel::methodThatTheServerCannotDoSaysSo()
{
    const QString note = u"This server doesn’t support this method."_s;
    QVERIFY(m_server.changeSettings(
        {{u"generation"_s, u"classic"_s}, {u"yubicoCredentials"_s, false}}));
    signIn(u"argon2");
    QTRY_COMPARE(row(3, ProviderListModel::NoteRole), note);
    QTRY_COMPARE(page().loadState(), LoadState::Loaded);
    QCOMPARE(row(3, ProviderListModel::ManageEnabledRole), false);
    QCOMPARE(row(3, ProviderListModel::ManageReasonRole), note);
    QCOMPARE(row(1, ProviderListModel::NoteRole), QString());
    QCOMPARE(row(1, ProviderListModel::ManageEnabledRole), true);

    // What is on is still within reach.
    page().providers()->setState(ProviderType::YubicoOtp, true);
    QCOMPARE(row(3, ProviderListModel::ManageEnabledRole), true);

    QVERIFY(m_server.changeSettings({{u"yubicoCredentials"_s, true}}));
    page().refresh();
    QTRY_COMPARE(row(3, ProviderListModel::NoteRole), QString());
}

// This one has no web vault that would tell.
void TestAccountViewModel::methodThatTurnsOutToBeMissingSaysSo()
{
    QVERIFY(
        m_server.changeSettings({{u"generation"_s, u"pascal"_s}, {u"yubicoCredentials"_s, false}}));
    signIn(u"argon2");
    QTRY_COMPARE(page().loadState(), LoadState::Loaded);
    QCOMPARE(row(3, ProviderListModel::NoteRole), QString());
    QVERIFY(page().manage(3));
    page().yubicoOtp()->verification()->submit(SecureBuffer::fromText(m_password));
    QTRY_COMPARE(row(3, ProviderListModel::NoteRole),
                 u"This server doesn’t support this method."_s);
}

void TestAccountViewModel::methodsThatAreOnAreNotedForKeysOfTheAccount()
{
    signIn(u"demo");
    QTRY_COMPARE(page().loadState(), LoadState::Loaded);
    QVERIFY(m_server.editAccount(u"demo",
                                 {{u"providers"_s, QJsonObject{{u"0"_s, true}, {u"1"_s, false}}}}));
    const Session::Account &account = m_app->accounts()->account()->session()->account();
    const QString key = accountKey(account.environment, account.email);
    // No key is registered, so nothing is there to know it for.
    QVERIFY(outcomeOf(m_services->inventory.load()));
    QVERIFY(m_services->inventory.inventory().accounts().isEmpty());
    QVERIFY(!QFile::exists(m_services->inventory.file()));
    QVERIFY(
        outcomeOf(m_services->inventory.recordRegistration({.accountKey = key,
                                                            .server = account.environment.title(),
                                                            .rpId = u"localhost"_s,
                                                            .credentialId = "credential"_ba,
                                                            .number = 1,
                                                            .name = u"Blue"_s},
                                                           {})));
    page().refresh();
    QTRY_COMPARE(m_services->inventory.inventory().accounts().value(key).methods,
                 std::optional(QList{ProviderType::Authenticator, ProviderType::Duo,
                                     ProviderType::YubicoOtp}));
    // The list of keys calls the account by its name.
    auto *list = m_app->securityKeys()->inventory();
    QCOMPARE(list->count(), 1);
    const auto lines = list->data(list->index(0), KeyInventoryModel::AccountsRole).toList();
    QVERIFY(lines.first().toMap().value(u"account"_s).toString().contains(account.email));
}

void TestAccountViewModel::lockAndSignOutEndWhatIsDoneWithKeys()
{
    signIn(u"demo");
    m_app->securityKeys()->setShown(true);
    m_app->lock();
    QCOMPARE(m_app->accounts()->place(), Place::Locked);
    QVERIFY(!m_app->securityKeys()->isShown());
    m_app->accounts()->unlock()->submit(SecureBuffer::fromText(m_password));
    QTRY_COMPARE_WITH_TIMEOUT(m_app->accounts()->place(), Place::Account, 20'000);
    m_app->securityKeys()->setShown(true);
    m_app->accounts()->signOut();
    QVERIFY(!m_app->securityKeys()->isShown());
}

void TestAccountViewModel::showsWhatTheServerListsInFixedOrder_data()
{
    eachGeneration();
}

void TestAccountViewModel::showsWhatTheServerListsInFixedOrder()
{
    QFETCH(const QString, generation);
    QVERIFY(m_server.changeSettings({{u"generation"_s, generation}}));
    signIn(u"demo");
    QTRY_COMPARE(page().loadState(), LoadState::Loaded);
    QVERIFY(m_server.editAccount(u"demo",
                                 {{u"providers"_s, QJsonObject{{u"0"_s, true}, {u"1"_s, false}}}}));
    page().refresh();
    QTRY_COMPARE(page().loadState(), LoadState::Loaded);

    const QStringList names{u"Email"_s, u"Authenticator app"_s, u"Passkey"_s,
                            u"Yubico OTP security key"_s, u"Duo"_s};
    for (int index = 0; index < names.size(); ++index)
        QCOMPARE(row(index, ProviderListModel::NameRole).toString(), names[index]);
    using State = ProviderListModel::State;
    QCOMPARE(row(0, ProviderListModel::StateRole).value<State>(), State::Off);
    QCOMPARE(row(1, ProviderListModel::StateRole).value<State>(), State::On);
    QCOMPARE(row(1, ProviderListModel::AccessibleNameRole).toString(),
             u"Authenticator app, turned on"_s);
    QVERIFY(!page().announcement().isEmpty());
}

void TestAccountViewModel::offlineKeepsTheRowsAndSaysSince()
{
    signIn(u"demo");
    QTRY_COMPARE(page().loadState(), LoadState::Loaded);
    QVERIFY(m_server.setFault(u"/api/two-factor"_s, u"drop"_s));
    page().refresh();
    QCOMPARE(page().loadState(), LoadState::Refreshing);
    QTRY_COMPARE(page().loadState(), LoadState::Offline);
    QVERIFY(page().bannerTitle().startsWith(u"You’re offline."_s));
    QVERIFY(!page().bannerText().isEmpty());
    static const QRegularExpression withoutSeconds(u"^As of [0-9]+:[0-9]+( [AP]M)?$"_s);
    QVERIFY2(withoutSeconds.match(page().asOfText()).hasMatch(), qPrintable(page().asOfText()));
    QVERIFY(row(0, ProviderListModel::StateRole).value<ProviderListModel::State>()
            != ProviderListModel::State::Unknown);
    QVERIFY(!row(0, ProviderListModel::ManageEnabledRole).toBool());
    QVERIFY(!page().recoveryCodeEnabled());

    QVERIFY(m_server.clearFaults());
    page().refresh();
    QTRY_COMPARE(page().loadState(), LoadState::Loaded);
    QVERIFY(page().bannerText().isEmpty());
}

void TestAccountViewModel::firstLoadWithoutServerShowsUnknown()
{
    QVERIFY(m_server.setFault(u"/api/two-factor"_s, u"drop"_s));
    signIn(u"demo");
    QTRY_COMPARE(page().loadState(), LoadState::Offline);
    for (int index = 0; index < 5; ++index) {
        QCOMPARE(row(index, ProviderListModel::StateRole).value<ProviderListModel::State>(),
                 ProviderListModel::State::Unknown);
    }
    QVERIFY(page().asOfText().isEmpty());
}

void TestAccountViewModel::serverProblemIsToldApart()
{
    signIn(u"demo");
    QTRY_COMPARE(page().loadState(), LoadState::Loaded);
    for (const QString &fault : {u"server-error"_s, u"html"_s, u"forbidden"_s, u"oversized"_s}) {
        QVERIFY(m_server.clearFaults());
        QVERIFY(m_server.setFault(u"/api/two-factor"_s, fault));
        page().refresh();
        QTRY_COMPARE_WITH_TIMEOUT(page().loadState(), LoadState::ServerProblem, 10'000);
        QVERIFY(!page().bannerText().isEmpty());
    }
}

void TestAccountViewModel::expiredSessionAsksToSignInAndKeepsTheEmail()
{
    signIn(u"demo");
    QTRY_COMPARE(page().loadState(), LoadState::Loaded);
    QVERIFY(m_server.expireTokens(true));
    page().refresh();
    QTRY_COMPARE(page().loadState(), LoadState::SessionExpired);
    m_app->accounts()->signOut();
    QCOMPARE(m_app->accounts()->place(), Place::SignIn);
    QCOMPARE(m_app->accounts()->signIn()->email(), m_server.account(u"demo").email);
}

void TestAccountViewModel::recoveryCodeNeedsTheRightPassword()
{
    signIn(u"demo");
    QTRY_COMPARE(page().loadState(), LoadState::Loaded);
    auto *code = page().recoveryCode();
    code->open();
    QSignalSpy wanted(code->verification(), &VerificationViewModel::passwordWanted);
    code->verification()->submit(SecureBuffer::copyOf("wrong"));
    QTRY_COMPARE_WITH_TIMEOUT(wanted.count(), 1, 20'000);
    QCOMPARE(code->stage(), Stage::Verifying);
    QVERIFY(!code->verification()->errorText().isEmpty());
    QVERIFY(code->code()->isEmpty());

    code->verification()->submit(SecureBuffer::fromText(m_password));
    QTRY_COMPARE_WITH_TIMEOUT(code->stage(), Stage::Shown, 20'000);
    const QString truth =
        m_server.accountState(u"demo").value(u"recoveryCode"_s).toString().toUpper();
    QCOMPARE(truth.size(), 32);
    QCOMPARE(QString::fromUtf8(code->code()->text().view()).remove(u' '), truth);
}

void TestAccountViewModel::accountWithoutCodeSaysSo()
{
    signIn(u"nothing-on");
    QTRY_COMPARE(page().loadState(), LoadState::Loaded);
    openCode();
    QCOMPARE(page().recoveryCode()->stage(), Stage::NoCode);
    QVERIFY(!page().recoveryCode()->sheet()->sheet());
}

void TestAccountViewModel::oddCodeIsShownAsSent()
{
    signIn(u"odd-code");
    QTRY_COMPARE(page().loadState(), LoadState::Loaded);
    openCode();
    QCOMPARE(page().recoveryCode()->stage(), Stage::Shown);
    QVERIFY(page().recoveryCode()->isUnusual());
    QCOMPARE(QString::fromUtf8(page().recoveryCode()->code()->text().view()),
             m_server.accountState(u"odd-code").value(u"recoveryCode"_s).toString());
}

void TestAccountViewModel::closingWipesTheCode()
{
    signIn(u"demo");
    QTRY_COMPARE(page().loadState(), LoadState::Loaded);
    openCode();
    auto *code = page().recoveryCode();
    QVERIFY(code->sheet()->sheet());
    code->close();
    QCOMPARE(code->stage(), Stage::Closed);
    QVERIFY(code->code()->isEmpty());
    QVERIFY(!code->sheet()->sheet());
}

void TestAccountViewModel::copiedCodeLeavesTheClipboardUnlessReplaced()
{
    signIn(u"demo");
    QTRY_COMPARE(page().loadState(), LoadState::Loaded);
    openCode();
    auto *code = page().recoveryCode();
    code->copy();
    QCOMPARE(code->clipboardSeconds(), 30);
    QCOMPARE(QGuiApplication::clipboard()->text().remove(u' ').size(), 32);
    m_app.reset();
    QVERIFY(QGuiApplication::clipboard()->text().isEmpty());

    init();
    signIn(u"demo");
    QTRY_COMPARE(page().loadState(), LoadState::Loaded);
    openCode();
    page().recoveryCode()->copy();
    QGuiApplication::clipboard()->setText(u"something of the user’s"_s);
    m_app.reset();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"something of the user’s"_s);
    QGuiApplication::clipboard()->clear();
}

void TestAccountViewModel::savesEachFormatReadableByTheOwnerOnly()
{
    signIn(u"demo");
    QTRY_COMPARE(page().loadState(), LoadState::Loaded);
    openCode();
    auto *sheet = page().recoveryCode()->sheet();
    const QString before = page().copyStatusText();
    sheet->generatePassphrase();
    for (const auto format : {Format::Pdf, Format::ProtectedPdf, Format::Text}) {
        QSignalSpy saved(sheet, &SheetViewModel::saved);
        const QString path = m_folder->filePath(u"sheet-%1"_s.arg(int(format)));
        sheet->save(format, path, false);
        QTRY_VERIFY_WITH_TIMEOUT(sheet->work() == SheetViewModel::Work::Idle, 20'000);
        QVERIFY2(sheet->errorText().isEmpty(), qPrintable(sheet->errorText()));
        QCOMPARE(saved.count(), 1);
        const QString written = saved.first().first().toString();
        QCOMPARE(written, path + (format == Format::Text ? u".txt"_s : u".pdf"_s));
        QCOMPARE(QFileInfo(written).permissions() & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
        QVERIFY(QFileInfo(written).size() > 100);
        QVERIFY(page().copyStatusText() != before);
    }
}

void TestAccountViewModel::existingFileIsReplacedOnlyWhenAsked()
{
    signIn(u"demo");
    QTRY_COMPARE(page().loadState(), LoadState::Loaded);
    openCode();
    auto *sheet = page().recoveryCode()->sheet();
    const QString path = m_folder->filePath(u"mine.txt"_s);
    QFile mine(path);
    QVERIFY(mine.open(QIODevice::WriteOnly));
    mine.write("mine");
    mine.close();

    sheet->save(Format::Text, path, false);
    QTRY_VERIFY(!sheet->errorText().isEmpty());
    QVERIFY(sheet->fileExists());
    QCOMPARE(QFileInfo(path).size(), 4);
    sheet->save(Format::Text, path, true);
    QTRY_VERIFY(!sheet->doneText().isEmpty());
    QVERIFY(QFileInfo(path).size() > 100);

    sheet->save(Format::Text, m_folder->filePath(u"no/such/folder.txt"_s), false);
    QTRY_VERIFY(!sheet->errorText().isEmpty());
    QVERIFY(!sheet->fileExists());
}

void TestAccountViewModel::protectedPdfNeedsAGoodPassphrase()
{
    signIn(u"demo");
    QTRY_COMPARE(page().loadState(), LoadState::Loaded);
    openCode();
    auto *sheet = page().recoveryCode()->sheet();
    const auto words = [](const char *text) {
        return SecureBuffer::copyOf(text);
    };
    QVERIFY(!sheet->useOwnPassphrase(words("short"), words("short")).isEmpty());
    QVERIFY(
        !sheet->useOwnPassphrase(words("long enough words"), words("long enough word")).isEmpty());
    QVERIFY(
        sheet->useOwnPassphrase(words("long enough words"), words("long enough words")).isEmpty());
    sheet->reset();
    // Without any passphrase nothing may be written.
    const QString path = m_folder->filePath(u"locked.pdf"_s);
    sheet->save(Format::ProtectedPdf, path, false);
    QTRY_VERIFY(!sheet->errorText().isEmpty());
    QVERIFY(!QFileInfo::exists(path));
}

void TestAccountViewModel::lockedWindowOpensWithThePasswordOnly()
{
    signIn(u"demo");
    QTRY_COMPARE(page().loadState(), LoadState::Loaded);
    openCode();
    m_app->lock();
    QCOMPARE(m_app->accounts()->place(), Place::Locked);
    QCOMPARE(page().recoveryCode()->stage(), Stage::Closed);
    QVERIFY(page().recoveryCode()->code()->isEmpty());

    auto *unlock = m_app->accounts()->unlock();
    QCOMPARE(unlock->email(), m_server.account(u"demo").email);
    unlock->submit(SecureBuffer::copyOf("wrong"));
    QTRY_VERIFY_WITH_TIMEOUT(!unlock->errorText().isEmpty(), 20'000);
    QCOMPARE(m_app->accounts()->place(), Place::Locked);
    unlock->submit(SecureBuffer::fromText(m_password));
    QTRY_COMPARE_WITH_TIMEOUT(m_app->accounts()->place(), Place::Account, 20'000);
}

void TestAccountViewModel::optionsWaitWhileSaving()
{
    signIn(u"demo");
    QTRY_COMPARE(page().loadState(), LoadState::Loaded);
    openCode();
    auto *sheet = page().recoveryCode()->sheet();
    sheet->save(Format::Pdf, m_folder->filePath(u"one.pdf"_s), false);
    QCOMPARE(sheet->work(), SheetViewModel::Work::Saving);
    sheet->setWithQrCode(false);
    QVERIFY(sheet->withQrCode());
    QTRY_COMPARE(sheet->work(), SheetViewModel::Work::Idle);
    sheet->setWithQrCode(false);
    QVERIFY(!sheet->withQrCode());

    // A code that is closed while its sheet is being written leaves nothing waiting.
    sheet->save(Format::Pdf, m_folder->filePath(u"two.pdf"_s), false);
    page().recoveryCode()->close();
    QTest::qWait(500);
    QCOMPARE(sheet->work(), SheetViewModel::Work::Idle);
}

void TestAccountViewModel::rateLimitOnThePageCountsDown()
{
    signIn(u"demo");
    QTRY_COMPARE(page().loadState(), LoadState::Loaded);
    QVERIFY(m_server.setFault(u"/api/two-factor"_s, u"rate-limit"_s, {{u"seconds"_s, 2}}));
    page().refresh();
    QTRY_COMPARE(page().loadState(), LoadState::ServerProblem);
    QVERIFY(page().waitSeconds() > 0);
    const auto asked = m_server.requestedPaths().size();
    page().refresh();
    QCOMPARE(page().loadState(), LoadState::ServerProblem);
    QVERIFY(m_server.clearFaults());
    QTRY_COMPARE(page().waitSeconds(), 0);
    QCOMPARE(m_server.requestedPaths().size(), asked);
    page().refresh();
    QTRY_COMPARE(page().loadState(), LoadState::Loaded);
}

void TestAccountViewModel::signOutWipesTheSessionInMidFlight()
{
    signIn(u"demo");
    QTRY_COMPARE(page().loadState(), LoadState::Loaded);
    const auto session = m_app->accounts()->account()->session();
    QVERIFY(m_server.setFault(u"/api/two-factor"_s, u"delay"_s, {{u"milliseconds"_s, 400}}));
    page().refresh();
    QTest::qWait(50);
    m_app->accounts()->signOut();
    QVERIFY(session->hasEnded());
    QVERIFY(!m_app->accounts()->account());
    QCOMPARE(m_app->accounts()->place(), Place::SignIn);
    QTest::qWait(800);
}

QTEST_MAIN(TestAccountViewModel)
#include "tst_accountviewmodel.moc"
