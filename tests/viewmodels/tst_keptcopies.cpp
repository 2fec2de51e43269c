// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/totp.h"
#include "tests/core/signedin.h"
#include "ui/viewmodels/twosteploginviewmodel.h"

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

using Stage = ProviderViewModel::Stage;
using CodeStage = RecoveryCodeViewModel::Stage;
using Format = SheetViewModel::Format;

namespace {

// Few iterations.
const QString role = u"weak-kdf"_s;

} // namespace

// What is put on paper of the keys to an account, and what this computer knows of it.
class TestKeptCopies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void savesTheKeyWhileSettingUp_data() { generations(); }
    void savesTheKeyWhileSettingUp();
    void savesTheKeyWhenItIsOn_data() { generations(); }
    void savesTheKeyWhenItIsOn();
    void aFileIsOneOfNoCopies();
    void aSavedKeyIsNoSavedRecoveryCode();
    void closingWipesTheSheet();
    void firstMethodAsksToKeepItsCode_data() { generations(); }
    void firstMethodAsksToKeepItsCode();
    void remindsThreeTimes();
    void aCopyEndsTheReminders();
    void sayingThatItIsKeptEndsTheReminders();
    void aLaterMethodDoesNotAsk();
    void aUsedCodeMakesCopiesVoid();

private:
    static void generations();
    void signIn(const QString &generation);
    void open(ProviderViewModel &provider);
    void turnOn(const QByteArray &key);
    void turnOnFirstMethod();
    QString key()
    {
        return accountKey(selfHostedEnvironment({.base = server().http().toString()}).value(),
                          server().account(role).email);
    }
    QByteArray saveAsText(SheetViewModel &sheet);
    AccountServerProcess &server() { return m_servers[m_generation]; }
    TwoStepLoginViewModel &page() { return *m_page; }
    AuthenticatorViewModel &authenticator() { return *m_page->authenticator(); }
    QByteArray shownKey()
    {
        return authenticator().keyText()->text().view().toByteArray().replace(' ', "");
    }

    std::map<QString, AccountServerProcess> m_servers;
    QString m_generation;
    std::unique_ptr<QTemporaryDir> m_folder;
    PrintService m_printing;
    HardwareKeys m_keys{HardwareKeys::Transports()};
    std::unique_ptr<KeyInventory> m_inventory;
    std::unique_ptr<Settings> m_settings;
    std::shared_ptr<Session> m_session;
    std::unique_ptr<TwoStepLoginViewModel> m_page;
};

void TestKeptCopies::initTestCase()
{
    for (const auto &generation : {u"classic"_s, u"middle"_s, u"token"_s, u"pascal"_s}) {
        AccountServerProcess &server = m_servers[generation];
        QVERIFY2(server.start({.generation = generation}), qPrintable(server.problem()));
    }
}

void TestKeptCopies::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings>(m_folder->filePath(u"sparekey.conf"_s));
    m_inventory = std::make_unique<KeyInventory>(KeyInventory::fileBeside(m_settings->file()));
    for (auto &[name, server] : m_servers)
        QVERIFY(server.reset());
}

void TestKeptCopies::cleanup()
{
    m_page.reset();
    m_session.reset();
}

void TestKeptCopies::generations()
{
    QTest::addColumn<QString>("generation");
    for (const auto &generation : {u"classic"_s, u"middle"_s, u"token"_s, u"pascal"_s})
        QTest::newRow(qPrintable(generation)) << generation;
}

void TestKeptCopies::signIn(const QString &generation)
{
    m_generation = generation;
    m_page.reset();
    SignInRequest request = signInRequest(server(), server().account(role));
    request.acceptedKdf = KdfSettings{.iterations = 1000};
    m_session = sessionOf(signInWith(std::move(request)));
    QVERIFY(m_session);
    m_page = std::make_unique<TwoStepLoginViewModel>(m_session, *m_settings, m_printing, m_keys,
                                                     *m_inventory);
    QTRY_COMPARE(page().loadState(), TwoStepLoginViewModel::LoadState::Loaded);
}

void TestKeptCopies::open(ProviderViewModel &provider)
{
    QVERIFY(page().manage(static_cast<int>(provider.type())));
    provider.verification()->submit(SecureBuffer::fromText(server().account(role).password));
    QTRY_COMPARE_WITH_TIMEOUT(provider.stage(), Stage::Open, 10'000);
}

void TestKeptCopies::turnOn(const QByteArray &key)
{
    const auto secret = fromBase32(QString::fromLatin1(key)).value();
    authenticator().turnOn(totpCode(secret, totpStep(std::chrono::system_clock::now())));
    QTRY_COMPARE_WITH_TIMEOUT(authenticator().stage(), Stage::Closed, 10'000);
}

QByteArray TestKeptCopies::saveAsText(SheetViewModel &sheet)
{
    const QString path = m_folder->filePath(u"sheet.txt"_s);
    sheet.save(Format::Text, path, true);
    if (!QTest::qWaitFor([&] { return sheet.work() == SheetViewModel::Work::Idle; }, 10'000))
        return "not saved";
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : sheet.errorText().toUtf8();
}

void TestKeptCopies::savesTheKeyWhileSettingUp()
{
    QFETCH(QString, generation);
    signIn(generation);
    if (QTest::currentTestFailed())
        return;
    open(authenticator());
    if (QTest::currentTestFailed())
        return;
    SheetViewModel &sheet = *authenticator().sheet();
    QCOMPARE(sheet.content(), SheetViewModel::Content::AuthenticatorKey);
    const QByteArray key = shownKey();
    QCOMPARE(key.size(), 32);
    const QByteArray text = saveAsText(sheet);
    QVERIFY2(text.contains(QByteArray("?secret=" + key + "&issuer=Bitwarden")), text.constData());
    QVERIFY(text.contains("Whoever has this sheet can make your codes."));
    // The key on paper is the one that is then turned on.
    turnOn(key);
}

void TestKeptCopies::savesTheKeyWhenItIsOn()
{
    QFETCH(QString, generation);
    signIn(generation);
    if (QTest::currentTestFailed())
        return;
    open(authenticator());
    if (QTest::currentTestFailed())
        return;
    const QByteArray key = shownKey();
    turnOn(key);
    QTRY_COMPARE(page().recoveryCode()->stage(), CodeStage::Shown);
    page().recoveryCode()->close();
    open(authenticator());
    if (QTest::currentTestFailed())
        return;
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
    signIn(u"token"_s);
    if (QTest::currentTestFailed())
        return;
    open(authenticator());
    if (QTest::currentTestFailed())
        return;
    SheetViewModel &sheet = *authenticator().sheet();
    sheet.setCopies(3);
    const QString path = m_folder->filePath(u"sheet.pdf"_s);
    sheet.save(Format::Pdf, path, true);
    QTRY_COMPARE_WITH_TIMEOUT(sheet.work(), SheetViewModel::Work::Idle, 10'000);
    QCOMPARE(sheet.errorText(), QString());
    QProcess reader;
    reader.start(u"pdftotext"_s, {path, u"-"_s});
    QVERIFY(reader.waitForFinished());
    const QByteArray text = reader.readAllStandardOutput();
    QCOMPARE(text.count("Set-up sheet"), 1);
    QVERIFY2(text.contains("Made "), text.constData());
    QVERIFY2(!text.contains("copy"), text.constData());
}

void TestKeptCopies::aSavedKeyIsNoSavedRecoveryCode()
{
    signIn(u"token"_s);
    if (QTest::currentTestFailed())
        return;
    open(authenticator());
    if (QTest::currentTestFailed())
        return;
    QSignalSpy made(authenticator().sheet(), &SheetViewModel::copyMade);
    QVERIFY(saveAsText(*authenticator().sheet()).contains("SET-UP SHEET"));
    QCOMPARE(made.size(), 1);
    QVERIFY(!page().isCodeSaved());
    QVERIFY(!m_settings->lastCopy(
        accountKey(selfHostedEnvironment({.base = server().http().toString()}).value(),
                   server().account(role).email)));
}

void TestKeptCopies::closingWipesTheSheet()
{
    signIn(u"token"_s);
    if (QTest::currentTestFailed())
        return;
    open(authenticator());
    if (QTest::currentTestFailed())
        return;
    QVERIFY(authenticator().sheet()->sheet());
    authenticator().close();
    QVERIFY(!authenticator().sheet()->sheet());
    QCOMPARE(authenticator().sheet()->content(), SheetViewModel::Content::Nothing);
}

void TestKeptCopies::turnOnFirstMethod()
{
    open(authenticator());
    if (QTest::currentTestFailed())
        return;
    turnOn(shownKey());
    QTRY_COMPARE(page().recoveryCode()->stage(), CodeStage::Shown);
    QVERIFY(page().recoveryCode()->isFirstMethod());
}

void TestKeptCopies::firstMethodAsksToKeepItsCode()
{
    QFETCH(QString, generation);
    signIn(generation);
    if (QTest::currentTestFailed())
        return;
    turnOnFirstMethod();
    if (QTest::currentTestFailed())
        return;
    QVERIFY(!page().recoveryCode()->isCopied());
    QVERIFY(!page().remindsOfCode());
    page().recoveryCode()->later();
    QCOMPARE(page().recoveryCode()->stage(), CodeStage::Closed);
    QVERIFY(page().remindsOfCode());
    QVERIFY(!page().isCodeSaved());
}

void TestKeptCopies::remindsThreeTimes()
{
    signIn(u"token"_s);
    if (QTest::currentTestFailed())
        return;
    turnOnFirstMethod();
    if (QTest::currentTestFailed())
        return;
    // The dialog is not even closed.
    for (int start = 1; start <= 3; ++start) {
        m_page = std::make_unique<TwoStepLoginViewModel>(m_session, *m_settings, m_printing, m_keys,
                                                         *m_inventory);
        QVERIFY2(page().remindsOfCode(), qPrintable(QString::number(start)));
    }
    m_page = std::make_unique<TwoStepLoginViewModel>(m_session, *m_settings, m_printing, m_keys,
                                                     *m_inventory);
    QVERIFY(!page().remindsOfCode());
    QVERIFY(!page().isCodeSaved());
}

void TestKeptCopies::aCopyEndsTheReminders()
{
    signIn(u"token"_s);
    if (QTest::currentTestFailed())
        return;
    turnOnFirstMethod();
    if (QTest::currentTestFailed())
        return;
    QVERIFY(saveAsText(*page().recoveryCode()->sheet()).contains("RECOVERY SHEET"));
    QVERIFY(page().recoveryCode()->isCopied());
    page().recoveryCode()->later();
    QVERIFY(!page().remindsOfCode());
    QVERIFY(page().isCodeSaved());
    QCOMPARE(m_settings->copyReminders(key()), 0);
}

void TestKeptCopies::sayingThatItIsKeptEndsTheReminders()
{
    signIn(u"token"_s);
    if (QTest::currentTestFailed())
        return;
    turnOnFirstMethod();
    if (QTest::currentTestFailed())
        return;
    page().recoveryCode()->keptElsewhere();
    QCOMPARE(page().recoveryCode()->stage(), CodeStage::Closed);
    QVERIFY(page().isCodeSaved());
    QVERIFY(!page().remindsOfCode());
    QCOMPARE(m_settings->lastCopy(key())->kind, CopyKind::Elsewhere);
    QVERIFY(page().copyStatusText().startsWith(u"Kept elsewhere"_s));
    QCOMPARE(m_settings->copyReminders(key()), 0);
}

void TestKeptCopies::aLaterMethodDoesNotAsk()
{
    m_generation = u"token"_s;
    QVERIFY(server().editAccount(role, {{u"providers"_s, QJsonObject{{u"2"_s, true}}}}));
    signIn(u"token"_s);
    if (QTest::currentTestFailed())
        return;
    open(authenticator());
    if (QTest::currentTestFailed())
        return;
    turnOn(shownKey());
    QTRY_COMPARE(page().providers()->turnedOnCount(), 2);
    QCOMPARE(page().recoveryCode()->stage(), CodeStage::Closed);
    QCOMPARE(m_settings->copyReminders(key()), 0);
}

void TestKeptCopies::aUsedCodeMakesCopiesVoid()
{
    signIn(u"token"_s);
    if (QTest::currentTestFailed())
        return;
    page().codeIsKept();
    QVERIFY(page().isCodeSaved());
    page().setRecoveryCodeUsed(true);
    QVERIFY(!page().isCodeSaved());
    QVERIFY(page().recoveryCodeUsed());
    // With a method on, the sentence that all are off would be wrong.
    turnOnFirstMethod();
    if (QTest::currentTestFailed())
        return;
    QVERIFY(!page().recoveryCodeUsed());
}

QTEST_MAIN(TestKeptCopies)
#include "tst_keptcopies.moc"
