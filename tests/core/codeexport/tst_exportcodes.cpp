// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Programs of others open what is exported, and so does the import.

#include "core/codeexport/exportcodes.h"
#include "core/codeexport/exportedcodes.h"
#include "core/codeimport/importfile.h"
#include "core/codeimport/importtext.h"
#include "tests/core/library/librarysamples.h"
#include "tests/core/outcome.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

const QByteArray passphrase("violet kettle härbour seven");
const QByteArray setupKey("otpauth://totp/1Password:me?secret=JBSWY3DPEHPK3PXP&issuer=1Password");

SecureBuffer secret(QByteArrayView bytes = passphrase)
{
    return SecureBuffer::copyOf(bytes);
}

LibraryEntry setupKeyEntry()
{
    LibraryEntry entry = LibraryEntry::create(u"1password"_s, u"1Password \"family\""_s,
                                              sampleTime);
    entry.account = u"me"_s;
    startNewSet(entry, codesOf({setupKey}), CodeSource::QrCode, {}, VoidReason::None, sampleTime);
    return entry;
}

LibraryEntry microsoftEntry()
{
    LibraryEntry entry = LibraryEntry::create(u"microsoft"_s, u"Microsoft"_s, sampleTime);
    startNewSet(entry, codesOf({"ABCDE12345FGHIJ67890KLMNO"}), CodeSource::Entered, {},
                VoidReason::None, sampleTime);
    return entry;
}

QList<LibraryEntry> entries()
{
    return {googleEntry(), setupKeyEntry(), microsoftEntry()};
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// The standard output; an empty one if the program failed.
QByteArray run(const QString &program, const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(120'000) || process.exitCode() != 0) {
        qWarning("%s: %s", qPrintable(program), process.readAllStandardError().constData());
        return {};
    }
    return process.readAllStandardOutput();
}

Result<void> exported(const QList<LibraryEntry> &chosen, ExportTarget target)
{
    return Outcome(exportCodes(chosen, std::move(target))).wait();
}

ErrorKind kindOf(const Result<void> &result)
{
    return result ? ErrorKind::Canceled : result.error().kind;
}

// An import of all the codes of `entries()`.
void checkImported(const QList<FoundCodes> &found)
{
    QCOMPARE(found.size(), 3);
    QCOMPARE(found[0].service, u"google"_s);
    QCOMPARE(found[0].codes.size(), 10);
    for (qsizetype i = 0; i < 10; ++i)
        QCOMPARE(found[0].codes[i].value, googleEntry().current()->codes[i].value);
    QCOMPARE(found[1].codes.size(), 1);
    QCOMPARE(found[1].codes[0].value.view(), setupKey);
    QCOMPARE(found[2].codes.size(), 1);
    QCOMPARE(found[2].codes[0].value, microsoftEntry().current()->codes[0].value);
}

} // namespace

class TestExportCodes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keePassXcFindsCodesAndSetupKeys();
    void pykeepassFindsNothingButCodesAndSetupKeys();
    void theProtectedJsonOpensAsItsFormatSays();
    void gpgDecryptsWithThePassphrase();
    void gpgDecryptsWithTheKey();
    void aKeyThatIsNotValidIsNamed();
    void withoutGpgItSaysSo();
    void theTextHasMarksAndIsImported();
    void everyExportIsImportedAgain_data();
    void everyExportIsImportedAgain();
    void aFileIsNotReplacedUnlessAsked();
    void aFileThatCannotBeWrittenLeavesNothing();
    void aShortPassphraseIsRefused();
    void whatJsonCannotHoldIsRefused();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
};

void TestExportCodes::keePassXcFindsCodesAndSetupKeys()
{
    const QString file = path(u"keepassxc.kdbx"_s);
    QVERIFY(exported(entries(), {.path = file, .passphrase = secret()}));
    const auto shown = [&](const QString &attribute, const QString &entry) {
        return run(u"keepassxc-cli"_s, {u"show"_s, u"-q"_s, u"-a"_s, attribute, file, entry},
                   passphrase + '\n')
            .trimmed();
    };
    QCOMPARE(shown(u"Recovery code 02"_s, u"Google"_s), "23456789");
    QCOMPARE(shown(u"Used recovery codes"_s, u"Google"_s), "01 (2026-05-04), 07");
    QCOMPARE(shown(u"UserName"_s, u"Google"_s), "me@example.org");
    QCOMPARE(shown(u"Recovery code 01"_s, u"Microsoft"_s), "ABCDE12345FGHIJ67890KLMNO");
    const QByteArray oneTime = run(u"keepassxc-cli"_s,
                                   {u"show"_s, u"-q"_s, u"-t"_s, file, u"1Password \"family\""_s},
                                   passphrase + '\n')
                                   .trimmed();
    QCOMPARE(oneTime.size(), 6);
}

void TestExportCodes::pykeepassFindsNothingButCodesAndSetupKeys()
{
    const auto bytes = codesAsKdbx(entries(), secret(), cheapKdf(), sampleTime);
    QVERIFY(bytes);
    const QString file = path(u"pykeepass.kdbx"_s);
    QVERIFY(writeSecretFile(file, *bytes, ExistingFile::Keep));
    const auto shown = QJsonDocument::fromJson(
                           run(u"/usr/bin/python3"_s,
                               {QStringLiteral(PYKEEPASS_TOOL), u"show"_s, file},
                               passphrase + '\n'))
                           .array();
    QCOMPARE(shown.size(), 3);
    const QJsonObject custom = shown[0].toObject()["custom"_L1].toObject();
    QCOMPARE(custom["Recovery code 10"_L1].toString(), u"01234567"_s);
    // Ten codes, and which of them are used; nothing of the void set.
    QCOMPARE(custom.size(), 11);
    QVERIFY(!bytes->contains("safe at home"));
    const auto read = openKdbx(*bytes, keyOf(passphrase));
    QVERIFY(read);
    KdbxDatabase database = *read;
    const QString details =
        database.rootGroup().entries().constFirst().customData(u"Sparekey").value_or(QString());
    QVERIFY(details.contains("google"_L1));
    for (const auto &word : {"7K2M"_L1, "safe at home"_L1, "the old one"_L1, "Kim"_L1})
        QVERIFY2(!details.contains(word), word.data());
}

void TestExportCodes::theProtectedJsonOpensAsItsFormatSays()
{
    const QString file = path(u"opened.json"_s);
    QVERIFY(exported(entries(),
                     {.format = ExportFormat::Bitwarden, .path = file, .passphrase = secret()}));
    const QByteArray plain = run(u"/usr/bin/python3"_s, {QStringLiteral(EXPORT_OPENER), file},
                                 passphrase + '\n');
    const QJsonObject json = QJsonDocument::fromJson(plain).object();
    QCOMPARE(json["encrypted"_L1], QJsonValue(false));
    const QJsonObject folder = json["folders"_L1].toArray().at(0).toObject();
    const auto items = json["items"_L1].toArray();
    QCOMPARE(items.size(), 3);
    for (const QJsonValue &item : items) {
        QCOMPARE(item["folderId"_L1], folder["id"_L1]);
        QCOMPARE(item["type"_L1], QJsonValue(1));
    }
    QCOMPARE(items[0]["name"_L1].toString(), u"Google"_s);
    QCOMPARE(items[0]["notes"_L1].toString(), googleEntry().notes);
    QCOMPARE(items[0]["login"_L1]["username"_L1].toString(), u"me@example.org"_s);
    QCOMPARE(items[0]["login"_L1]["uris"_L1].toArray().size(), 2);
    const auto fields = items[0]["fields"_L1].toArray();
    QCOMPARE(fields.size(), 10);
    QCOMPARE(fields[0]["name"_L1].toString(), u"Recovery code 01 (used 2026-05-04)"_s);
    QCOMPARE(fields[0]["value"_L1].toString(), u"12345678"_s);
    QCOMPARE(fields[1]["name"_L1].toString(), u"Recovery code 02"_s);
    QCOMPARE(fields[6]["name"_L1].toString(), u"Recovery code 07 (used)"_s);
    for (const QJsonValue &field : fields)
        QCOMPARE(field["type"_L1], QJsonValue(1)); // hidden
    QCOMPARE(items[1]["name"_L1].toString(), u"1Password \"family\""_s);
    QCOMPARE(items[1]["login"_L1]["totp"_L1].toString(), QString::fromUtf8(setupKey));
    QCOMPARE(items[2]["fields"_L1][0]["name"_L1].toString(), u"Recovery code"_s);
}

void TestExportCodes::gpgDecryptsWithThePassphrase()
{
    const QString file = path(u"codes.asc"_s);
    QVERIFY(exported(entries(),
                     {.format = ExportFormat::OpenPgp, .path = file, .passphrase = secret()}));
    const QByteArray message = contentOf(file);
    QVERIFY(message.startsWith("-----BEGIN PGP MESSAGE-----"));
    const QByteArray text = run(u"gpg"_s,
                                {u"--batch"_s, u"--quiet"_s, u"--no-options"_s, u"--no-keyring"_s,
                                 u"--pinentry-mode"_s, u"loopback"_s, u"--passphrase-fd"_s, u"0"_s,
                                 u"--decrypt"_s, file},
                                passphrase + '\n');
    QCOMPARE(text, codesAsText(entries(), QDate::currentDate()).view().toByteArray());
}

// A home of GnuPG of its own, and its agent ended with it.
class GpgHome
{
public:
    GpgHome()
    {
        qputenv("GNUPGHOME", QFile::encodeName(m_folder.path()));
        QFile::setPermissions(m_folder.path(),
                              QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    ~GpgHome()
    {
        (void)run(u"gpgconf"_s, {u"--kill"_s, u"all"_s}, {});
        qunsetenv("GNUPGHOME");
    }
    GpgHome(const GpgHome &) = delete;
    GpgHome &operator=(const GpgHome &) = delete;

    void makeKey(const QString &email) const
    {
        (void)run(u"gpg"_s,
                  {u"--batch"_s, u"--quiet"_s, u"--passphrase"_s, QString(), u"--quick-gen-key"_s,
                   email, u"ed25519/cert,sign+cv25519/encr"_s},
                  {});
        (void)run(u"gpg"_s,
                  {u"--batch"_s, u"--quiet"_s, u"--passphrase"_s, QString(), u"--quick-add-key"_s,
                   fingerprint(email), u"cv25519"_s, u"encr"_s},
                  {});
    }
    [[nodiscard]] static QString fingerprint(const QString &email)
    {
        const auto lines = run(u"gpg"_s,
                               {u"--batch"_s, u"--with-colons"_s, u"--list-keys"_s, email}, {})
                               .split('\n');
        for (const QByteArray &line : lines) {
            if (line.startsWith("fpr:"))
                return QString::fromLatin1(line.split(':').at(9));
        }
        return {};
    }

private:
    QTemporaryDir m_folder;
};

void TestExportCodes::gpgDecryptsWithTheKey()
{
    const GpgHome home;
    home.makeKey(u"kim@example.org"_s);
    home.makeKey(u"alex@example.org"_s);
    const QString file = path(u"keys.asc"_s);
    QVERIFY(exported(entries(),
                     {.format = ExportFormat::OpenPgp,
                      .path = file,
                      .recipients = {u"kim@example.org"_s, u"alex@example.org"_s}}));
    QCOMPARE(run(u"gpg"_s, {u"--batch"_s, u"--quiet"_s, u"--decrypt"_s, file}, {}),
             codesAsText(entries(), QDate::currentDate()).view().toByteArray());
}

void TestExportCodes::aKeyThatIsNotValidIsNamed()
{
    QByteArray publicKey;
    QString fingerprint;
    {
        const GpgHome home;
        home.makeKey(u"kim@example.org"_s);
        fingerprint = GpgHome::fingerprint(u"kim@example.org"_s);
        publicKey = run(u"gpg"_s, {u"--batch"_s, u"--armor"_s, u"--export"_s}, {});
    }
    const GpgHome home;
    const auto exportTo = [this](const QString &recipient) {
        return exported(entries(),
                        {.format = ExportFormat::OpenPgp,
                         .path = path(u"named.asc"_s),
                         .recipients = {recipient}});
    };
    const auto unknown = exportTo(u"kim@example.org"_s);
    QCOMPARE(kindOf(unknown), ErrorKind::GpgKeyUnusable);
    QCOMPARE(unknown.error().subject, u"kim@example.org"_s);
    // Anyone can make a key in the name of another; its fingerprint is its own.
    (void)run(u"gpg"_s, {u"--batch"_s, u"--quiet"_s, u"--import"_s}, publicKey);
    QCOMPARE(kindOf(exportTo(u"kim@example.org"_s)), ErrorKind::GpgKeyUnusable);
    QVERIFY(!QFile::exists(path(u"named.asc"_s)));
    QVERIFY(exportTo(fingerprint));
}

void TestExportCodes::withoutGpgItSaysSo()
{
    QVERIFY(canExportOpenPgp());
    const QByteArray programs = qgetenv("PATH");
    const QTemporaryDir empty;
    qputenv("PATH", QFile::encodeName(empty.path()));
    const bool can = canExportOpenPgp();
    const auto result = exported(entries(),
                                 {.format = ExportFormat::OpenPgp,
                                  .path = path(u"missing.asc"_s),
                                  .passphrase = secret()});
    qputenv("PATH", programs);
    QVERIFY(!can);
    QCOMPARE(kindOf(result), ErrorKind::GpgMissing);
    QVERIFY(!QFile::exists(path(u"missing.asc"_s)));
}

void TestExportCodes::theTextHasMarksAndIsImported()
{
    const SecureBuffer text = codesAsText({googleEntry()}, QDate(2026, 11, 30));
    QCOMPARE(text.view().toByteArray(),
             QByteArray("Recovery codes, saved by Sparekey on 2026-11-30\n"
                        "\n"
                        "Google\n"
                        "Account: me@example.org\n"
                        "Sign in: https://accounts.google.example\n"
                        "Use a code: https://recover.google.example\n"
                        "[x] 1234 5678 (used 2026-05-04, phone)\n"
                        "[ ] 2345 6789\n"
                        "[ ] 3456 7890\n"
                        "[?] 4567 8901\n"
                        "[ ] 5678 9012\n"
                        "[ ] 6789 0123\n"
                        "[x] 7890 1234 (used)\n"
                        "[ ] 8901 2345\n"
                        "[ ] 9012 3456\n"
                        "[ ] 0123 4567\n"));
    const auto result = importText(text.view(), {});
    QVERIFY(result);
    QCOMPARE(result->found.size(), 1);
    const FoundCodes &found = result->found.constFirst();
    QCOMPARE(found.service, u"google"_s);
    QCOMPARE(found.account, u"me@example.org"_s);
    QCOMPARE(found.codes.size(), 10);
    for (qsizetype i = 0; i < 10; ++i) {
        QCOMPARE(found.codes[i].value, googleEntry().current()->codes[i].value);
        QCOMPARE(found.codes[i].unsure, i == 0 || i == 3 || i == 6);
    }
}

void TestExportCodes::everyExportIsImportedAgain_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<bool>("knowsUsed");
    QTest::newRow("KDBX") << int(ExportFormat::Kdbx) << true;
    QTest::newRow("JSON") << int(ExportFormat::Bitwarden) << false;
}

void TestExportCodes::everyExportIsImportedAgain()
{
    QFETCH(int, format);
    QFETCH(bool, knowsUsed);
    const QString file = path(u"again-%1"_s.arg(format));
    QVERIFY(exported(
        entries(),
        {.format = static_cast<ExportFormat>(format), .path = file, .passphrase = secret()}));
    QCOMPARE(QFile::permissions(file) & ~(QFile::ReadUser | QFile::WriteUser),
             QFile::ReadOwner | QFile::WriteOwner);
    const QByteArray bytes = contentOf(file);
    for (const auto *code : {"23456789", "JBSWY3DPEHPK3PXP", "ABCDE12345FGHIJ67890KLMNO"})
        QVERIFY(!bytes.contains(code));
    const auto result = importFile(SecureBuffer::copyOf(bytes), u"again"_s,
                                   {.passphrase = secret()});
    QVERIFY(result);
    checkImported(result->found);
    const auto &codes = result->found.constFirst().codes;
    for (qsizetype i = 0; i < codes.size(); ++i) {
        const bool wasUsed = i == 0 || i == 6;
        QCOMPARE(codes[i].used, wasUsed && knowsUsed);
        QCOMPARE(codes[i].usedOn, i == 0 && knowsUsed ? QDate(2026, 5, 4) : QDate());
    }
}

void TestExportCodes::aFileIsNotReplacedUnlessAsked()
{
    const QString file = path(u"codes.txt"_s);
    QVERIFY(exported({googleEntry()}, {.format = ExportFormat::Text, .path = file}));
    const QByteArray before = contentOf(file);
    QVERIFY(before.contains("2345 6789"));
    QCOMPARE(kindOf(exported(entries(), {.format = ExportFormat::Text, .path = file})),
             ErrorKind::FileExists);
    QCOMPARE(contentOf(file), before);
    QVERIFY(
        exported(entries(),
                 {.format = ExportFormat::Text, .path = file, .existing = ExistingFile::Replace}));
    QVERIFY(contentOf(file).contains(setupKey));
    QCOMPARE(QFile::permissions(file) & ~(QFile::ReadUser | QFile::WriteUser),
             QFile::ReadOwner | QFile::WriteOwner);
}

void TestExportCodes::aFileThatCannotBeWrittenLeavesNothing()
{
    QCOMPARE(kindOf(exported(entries(),
                             {.format = ExportFormat::Text, .path = path(u"nowhere/codes.txt"_s)})),
             ErrorKind::FolderMissing);
    QVERIFY(QDir(m_folder.path()).mkdir(u"folder"_s));
    QCOMPARE(kindOf(exported(entries(),
                             {.format = ExportFormat::Text,
                              .path = path(u"folder"_s),
                              .existing = ExistingFile::Replace})),
             ErrorKind::FileNotWritable);
    QVERIFY(QDir(path(u"folder"_s)).isEmpty());
}

void TestExportCodes::aShortPassphraseIsRefused()
{
    for (const auto format : {ExportFormat::Kdbx, ExportFormat::Bitwarden, ExportFormat::OpenPgp}) {
        const QString file = path(u"short"_s);
        QCOMPARE(kindOf(exported(entries(),
                                 {.format = format, .path = file, .passphrase = secret("short")})),
                 ErrorKind::PassphraseTooShort);
        QVERIFY(!QFile::exists(file));
    }
}

void TestExportCodes::whatJsonCannotHoldIsRefused()
{
    LibraryEntry entry = microsoftEntry();
    entry.sets.last().codes.first().value = SecretBytes("\xff\xfe");
    const auto json = codesAsBitwardenJson({entry});
    QVERIFY(!json);
    QCOMPARE(json.error().kind, ErrorKind::LibraryTextUnusable);
    // Control characters are escaped.
    entry.sets.last().codes.first().value = SecretBytes(QByteArrayView("a\"\\\n\x01z"));
    const auto escaped = codesAsBitwardenJson({entry});
    QVERIFY(escaped);
    const QJsonObject read = QJsonDocument::fromJson(escaped->view().toByteArray()).object();
    QCOMPARE(read["items"_L1][0]["fields"_L1][0]["value"_L1].toString(), u"a\"\\\n\u0001z"_s);
}

QTEST_GUILESS_MAIN(TestExportCodes)
#include "tst_exportcodes.moc"
