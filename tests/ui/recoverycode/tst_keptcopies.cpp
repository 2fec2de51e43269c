// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/totp.h"
#include "tests/ui/managedpage.h"

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTimeZone>

using namespace Sparekey;
using namespace Qt::StringLiterals;

using Stage = ProviderViewModel::Stage;
using CodeStage = RecoveryCodeViewModel::Stage;
using Format = SheetViewModel::Format;

// What is put on paper of the keys to an account, and what this computer knows of it.
class TestKeptCopies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup() { m_test.close(); }

    void savesTheKeyWhileSettingUp_data() { eachGeneration(); }
    void savesTheKeyWhileSettingUp();
    void savesTheKeyWhenItIsOn_data() { eachGeneration(); }
    void savesTheKeyWhenItIsOn();
    void aFileIsOneOfNoCopies();
    void aSavedKeyIsNoSavedRecoveryCode();
    void closingWipesTheSheet();
    void firstMethodAsksToKeepItsCode_data() { eachGeneration(); }
    void firstMethodAsksToKeepItsCode();
    void remindsThreeTimes();
    void aCopyEndsTheReminders();
    void sayingThatItIsKeptEndsTheReminders();
    void everyKindOfCopyIsListed();
    void aLaterMethodDoesNotAsk();
    void aUsedCodeMakesCopiesVoid();
    void newCodeOfVaultwardenComesWithTheNextMethod();

private:
    /// Signs in and opens the authenticator's dialog.
    [[nodiscard]] bool openAuthenticator(const QString &generation)
    {
        return m_test.open(generation) && m_test.manage(authenticator());
    }
    /// With the key that the open dialog shows.
    [[nodiscard]] bool turnOn();
    /// The same, until the recovery code is shown, which the first method brings.
    [[nodiscard]] bool turnOnFirst();
    QByteArray saveAsText(SheetViewModel &sheet);
    TwoStepLoginViewModel &page() { return *m_test.page; }
    AuthenticatorViewModel &authenticator() { return *page().authenticator(); }
    QByteArray shownKey()
    {
        return authenticator().keyText()->text().view().toByteArray().replace(' ', "");
    }

    ManagedPage m_test;
};

void TestKeptCopies::initTestCase()
{
    QVERIFY2(m_test.startServer(), qPrintable(m_test.server.problem()));
}

bool TestKeptCopies::turnOn()
{
    const auto secret = fromBase32(QString::fromLatin1(shownKey())).value();
    authenticator().turnOn(totpCode(secret, totpStep(std::chrono::system_clock::now())));
    return QTest::qWaitFor([this] { return authenticator().stage() == Stage::Closed; }, 10'000);
}

bool TestKeptCopies::turnOnFirst()
{
    return turnOn()
        && QTest::qWaitFor([this] { return page().recoveryCode()->stage() == CodeStage::Shown; })
        && page().recoveryCode()->isFirstMethod();
}

QByteArray TestKeptCopies::saveAsText(SheetViewModel &sheet)
{
    const QString path = m_test.filePath(u"sheet.txt"_s);
    sheet.save(Format::Text, path, true);
    if (!QTest::qWaitFor([&] { return sheet.work() == SheetViewModel::Work::Idle; }, 10'000))
        return "not saved";
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : sheet.errorText().toUtf8();
}

void TestKeptCopies::savesTheKeyWhileSettingUp()
{
    QFETCH(QString, generation);
    QVERIFY(openAuthenticator(generation));
    SheetViewModel &sheet = *authenticator().sheet();
    QCOMPARE(sheet.content(), SheetViewModel::Content::AccountSetupKey);
    const QByteArray key = shownKey();
    QCOMPARE(key.size(), 32);
    const QByteArray text = saveAsText(sheet);
    QVERIFY2(text.contains(QByteArray("?secret=" + key + "&issuer=Bitwarden")), text.constData());
    QVERIFY(text.simplified().contains("Anyone who has this sheet can create your codes."));
    // The key on paper is the one that is then turned on.
    QVERIFY(turnOn());
}

void TestKeptCopies::savesTheKeyWhenItIsOn()
{
    QFETCH(QString, generation);
    QVERIFY(openAuthenticator(generation));
    const QByteArray key = shownKey();
    QVERIFY(turnOnFirst());
    page().recoveryCode()->close();
    QVERIFY(m_test.manage(authenticator()));
    QVERIFY(authenticator().isOn());
    authenticator().reveal();
    SheetViewModel &sheet = *authenticator().sheet();
    sheet.setWithEmail(false);
    const QByteArray text = saveAsText(sheet);
    QVERIFY2(text.contains(QByteArray("otpauth://totp/Bitwarden?secret=" + key)), text.constData());
    QVERIFY(!text.contains('@'));
}

void TestKeptCopies::aFileIsOneOfNoCopies()
{
    QVERIFY(openAuthenticator(u"token"_s));
    SheetViewModel &sheet = *authenticator().sheet();
    sheet.setCopies(3);
    const QString path = m_test.filePath(u"sheet.pdf"_s);
    sheet.save(Format::Pdf, path, true);
    QTRY_COMPARE_WITH_TIMEOUT(sheet.work(), SheetViewModel::Work::Idle, 10'000);
    QCOMPARE(sheet.errorText(), QString());
    QProcess reader;
    reader.start(u"pdftotext"_s, {path, u"-"_s});
    QVERIFY(reader.waitForFinished());
    const QByteArray text = reader.readAllStandardOutput();
    QCOMPARE(text.count("Setup sheet"), 1);
    QVERIFY2(text.contains("Saved "), text.constData());
    QVERIFY2(!text.contains("Copy "), text.constData());
}

void TestKeptCopies::aSavedKeyIsNoSavedRecoveryCode()
{
    QVERIFY(openAuthenticator(u"token"_s));
    QSignalSpy made(authenticator().sheet(), &SheetViewModel::copyMade);
    QVERIFY(saveAsText(*authenticator().sheet()).contains("SETUP SHEET"));
    QCOMPARE(made.size(), 1);
    QVERIFY(!page().isCodeSaved());
    QVERIFY(m_test.settings().copies(m_test.accountKey()).isEmpty());
}

void TestKeptCopies::closingWipesTheSheet()
{
    QVERIFY(openAuthenticator(u"token"_s));
    QVERIFY(authenticator().sheet()->sheet());
    authenticator().close();
    QVERIFY(!authenticator().sheet()->sheet());
    QCOMPARE(authenticator().sheet()->content(), SheetViewModel::Content::Nothing);
}

void TestKeptCopies::firstMethodAsksToKeepItsCode()
{
    QFETCH(QString, generation);
    QVERIFY(openAuthenticator(generation));
    QVERIFY(turnOnFirst());
    QVERIFY(!page().recoveryCode()->isCopied());
    QVERIFY(!page().remindsOfCode());
    page().recoveryCode()->postpone();
    QCOMPARE(page().recoveryCode()->stage(), CodeStage::Closed);
    QVERIFY(page().remindsOfCode());
    QVERIFY(!page().isCodeSaved());
}

void TestKeptCopies::remindsThreeTimes()
{
    QVERIFY(openAuthenticator(u"token"_s));
    QVERIFY(turnOnFirst());
    // The dialog is not even closed.
    for (int start = 1; start <= 3; ++start) {
        QVERIFY(m_test.makePage());
        QVERIFY2(page().remindsOfCode(), qPrintable(QString::number(start)));
    }
    QVERIFY(m_test.makePage());
    QVERIFY(!page().remindsOfCode());
    QVERIFY(!page().isCodeSaved());
}

void TestKeptCopies::aCopyEndsTheReminders()
{
    QVERIFY(openAuthenticator(u"token"_s));
    QVERIFY(turnOnFirst());
    QVERIFY(saveAsText(*page().recoveryCode()->sheet()).contains("RECOVERY SHEET"));
    QVERIFY(page().recoveryCode()->isCopied());
    page().recoveryCode()->postpone();
    QVERIFY(!page().remindsOfCode());
    QVERIFY(page().isCodeSaved());
    QCOMPARE(m_test.settings().copyReminders(m_test.accountKey()), 0);
}

void TestKeptCopies::sayingThatItIsKeptEndsTheReminders()
{
    QVERIFY(openAuthenticator(u"token"_s));
    QVERIFY(turnOnFirst());
    page().recoveryCode()->confirmKeptElsewhere();
    QCOMPARE(page().recoveryCode()->stage(), CodeStage::Closed);
    QVERIFY(page().isCodeSaved());
    QVERIFY(!page().remindsOfCode());
    const auto copies = m_test.settings().copies(m_test.accountKey());
    QCOMPARE(copies.size(), 1);
    QCOMPARE(copies.first().kind, CopyKind::Elsewhere);
    QVERIFY(page().copyStatusText().startsWith(u"Marked as kept elsewhere"_s));
    QCOMPARE(m_test.settings().copyReminders(m_test.accountKey()), 0);
}

void TestKeptCopies::everyKindOfCopyIsListed()
{
    QVERIFY(openAuthenticator(u"token"_s));
    QVERIFY(turnOnFirst());
    Settings &settings = m_test.settings();
    const auto printed = QDateTime(QDate(2026, 3, 12), QTime(10, 0), QTimeZone::utc());
    settings.addCopy(m_test.accountKey(),
                     {.kind = CopyKind::Printed, .when = printed, .sheetId = u"7K2M-4D"_s});
    QVERIFY(saveAsText(*page().recoveryCode()->sheet()).contains("RECOVERY SHEET"));
    const auto copies = settings.copies(m_test.accountKey());
    QCOMPARE(copies.size(), 2);
    QCOMPARE(copies[0].kind, CopyKind::Printed);
    QCOMPARE(copies[0].when, printed);
    QCOMPARE(copies[0].sheetId, u"7K2M-4D"_s);
    QCOMPARE(copies[1].kind, CopyKind::Text);
    const QString text = page().copyStatusText();
    QVERIFY2(text.startsWith(u"Printed "_s) && text.contains(u" · Text file "_s), qPrintable(text));
    settings.forgetCopies(m_test.accountKey());
    QVERIFY(settings.copies(m_test.accountKey()).isEmpty());
}

void TestKeptCopies::aLaterMethodDoesNotAsk()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.server.editAccount(ManagedPage::role,
                                      {{u"providers"_s, QJsonObject{{u"2"_s, true}}}}));
    QVERIFY(m_test.reload());
    QVERIFY(m_test.manage(authenticator()));
    QVERIFY(turnOn());
    QTRY_COMPARE(page().providers()->turnedOnCount(), 2);
    QCOMPARE(page().recoveryCode()->stage(), CodeStage::Closed);
    QCOMPARE(m_test.settings().copyReminders(m_test.accountKey()), 0);
}

void TestKeptCopies::aUsedCodeMakesCopiesVoid()
{
    QVERIFY(m_test.open(u"token"_s));
    page().confirmCodeKept();
    QVERIFY(page().isCodeSaved());
    page().setRecoveryCodeUsed(true);
    QVERIFY(!page().isCodeSaved());
    QVERIFY(page().recoveryCodeUsed());
    // With a method on, the sentence that all are off would be wrong.
    QVERIFY(m_test.manage(authenticator()));
    QVERIFY(turnOnFirst());
    QVERIFY(!page().recoveryCodeUsed());
}

void TestKeptCopies::newCodeOfVaultwardenComesWithTheNextMethod()
{
    QVERIFY(m_test.open(u"classic"_s));
    QVERIFY(m_test.server.editAccount(ManagedPage::role, {{u"recoveryCode"_s, QJsonValue::Null}}));
    page().setRecoveryCodeUsed(true);
    QVERIFY(!page().newCodeComesLater());
    RecoveryCodeViewModel &code = *page().recoveryCode();
    code.open();
    code.verification()->submit(
        SecureBuffer::fromText(m_test.server.account(ManagedPage::role).password));
    QTRY_COMPARE_WITH_TIMEOUT(code.stage(), CodeStage::NoCode, 10'000);
    QVERIFY(page().newCodeComesLater());
    code.close();
    QVERIFY(page().newCodeComesLater());
    QVERIFY(m_test.manage(authenticator()));
    QVERIFY(turnOnFirst());
    QVERIFY(!page().newCodeComesLater());
}

QTEST_MAIN(TestKeptCopies)
#include "tst_keptcopies.moc"
