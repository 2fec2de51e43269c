// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Programs that others wrote read what we write, and change it; we read what they write.

#include "kdbxsamples.h"

#include "core/kdbx/kdbxvalues.h"
#include "core/kdbx/keyfile.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

Q_DECLARE_METATYPE(Sparekey::KdbxCipher)
Q_DECLARE_METATYPE(Sparekey::KdbxKdfType)

namespace {

const QByteArray passphrase = "pass phräse 7";

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// pykeepass does not protect each value that it sets.
QByteArray valueOf(const KdbxEntry &entry, QStringView name)
{
    const auto secret = entry.secret(name);
    return secret ? secret->view().toByteArray() : entry.text(name).value_or(QString()).toUtf8();
}

// KeePassXC adds to custom data when it read them.
QByteArray withoutReadingTime(const QByteArray &xml)
{
    QByteArray kept;
    for (const QByteArray &line : xml.split('\n')) {
        if (!line.contains(" GMT</Value>"))
            kept.append(line + '\n');
    }
    return kept;
}

KdbxEntry entryTitled(const KdbxGroup &group, const QString &title)
{
    for (const KdbxEntry &entry : group.entries()) {
        if (entry.text(u"Title") == title)
            return entry;
    }
    for (const KdbxGroup &child : group.groups()) {
        for (const KdbxEntry &entry : child.entries()) {
            if (entry.text(u"Title") == title)
                return entry;
        }
    }
    qFatal("no entry %s", qPrintable(title));
}

} // namespace

class TestKdbxInterop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void keePassXcOpensWhatWeWrite_data();
    void keePassXcOpensWhatWeWrite();
    void keePassXcFindsEverything();
    void keePassXcEditsWhatWeWrite();
    void nothingOfKeePassXcIsLost();
    void keePassXcMergesWhatWeWrite();
    void keePassXcChangesTheKey();
    void olderFileOfKeePassXcIsNamed();
    void keyFileOfKeePassXcOpens();
    void pykeepassReadsAndEditsWhatWeWrite();
    void fileOfKeePassIsReadAndWritten();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] QString write(const QString &name, const QByteArray &content) const;
    [[nodiscard]] QString save(const QString &name, const KdbxDatabase &database) const;
    [[nodiscard]] KdbxResult<KdbxDatabase> open(const QString &file) const;
    // The standard output; an empty one if the program failed.
    [[nodiscard]] QByteArray run(const QString &program, const QStringList &arguments,
                                 const QByteArray &input) const;
    [[nodiscard]] QByteArray keePassXc(const QStringList &arguments,
                                       const QByteArray &input = passphrase + '\n') const;
    [[nodiscard]] QJsonArray pykeepass(const QStringList &arguments) const;

    QTemporaryDir m_folder;
};

void TestKdbxInterop::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QVERIFY2(!keePassXc({u"--version"_s}).isEmpty(), "keepassxc-cli is missing");
}

QString TestKdbxInterop::write(const QString &name, const QByteArray &content) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("%s cannot be written", qPrintable(name));
    return file.fileName();
}

QString TestKdbxInterop::save(const QString &name, const KdbxDatabase &database) const
{
    const auto file = writeKdbx(database, keyOf(passphrase));
    if (!file)
        qFatal("the database cannot be written: %s", qPrintable(file.error().detail));
    return write(name, *file);
}

KdbxResult<KdbxDatabase> TestKdbxInterop::open(const QString &file) const
{
    return openKdbx(contentOf(file), keyOf(passphrase));
}

QByteArray TestKdbxInterop::run(const QString &program, const QStringList &arguments,
                                const QByteArray &input) const
{
    constexpr int Timeout = 120'000;
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, m_folder.path());
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    environment.insert(u"QT_HASH_SEED"_s, u"0"_s); // exports have the same order
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    if (!process.waitForStarted(Timeout)) {
        qWarning("%s: %s", qPrintable(program), qPrintable(process.errorString()));
        return {};
    }
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(Timeout) || process.exitStatus() != QProcess::NormalExit
        || process.exitCode() != 0) {
        qWarning("%s %s: %s", qPrintable(program), qPrintable(arguments.join(u' ')),
                 process.readAllStandardError().constData());
        return {};
    }
    return process.readAllStandardOutput();
}

QByteArray TestKdbxInterop::keePassXc(const QStringList &arguments, const QByteArray &input) const
{
    return run(u"keepassxc-cli"_s, arguments, input);
}

QJsonArray TestKdbxInterop::pykeepass(const QStringList &arguments) const
{
    // The system's Python, for which Debian packages the module.
    const auto output = run(u"/usr/bin/python3"_s,
                            QStringList{QStringLiteral(PYKEEPASS_TOOL)} + arguments,
                            passphrase + '\n');
    return QJsonDocument::fromJson(output).array();
}

void TestKdbxInterop::keePassXcOpensWhatWeWrite_data()
{
    QTest::addColumn<KdbxCipher>("cipher");
    QTest::addColumn<bool>("compressed");
    QTest::addColumn<KdbxKdfType>("kdf");
    QTest::addColumn<bool>("withPassphrase");
    QTest::addColumn<bool>("withKeyFile");
    QTest::newRow("passphrase") << KdbxCipher::Aes256Cbc << true << KdbxKdfType::Argon2id << true
                                << false;
    QTest::newRow("key file") << KdbxCipher::ChaCha20 << false << KdbxKdfType::Argon2d << false
                              << true;
    QTest::newRow("both") << KdbxCipher::ChaCha20 << true << KdbxKdfType::AesKdf << true << true;
}

void TestKdbxInterop::keePassXcOpensWhatWeWrite()
{
    QFETCH(const KdbxCipher, cipher);
    QFETCH(const bool, compressed);
    QFETCH(const KdbxKdfType, kdf);
    QFETCH(const bool, withPassphrase);
    QFETCH(const bool, withKeyFile);
    auto database = richDatabase();
    database.header.cipher = cipher;
    database.header.compressed = compressed;
    database.header.kdf = cheapKdf(kdf);

    CompositeKey key;
    QStringList options{u"-q"_s};
    QString keyFile;
    if (withPassphrase)
        QVERIFY(key.setPassphrase(SecureBuffer::copyOf(passphrase)));
    else
        options.append(u"--no-password"_s);
    if (withKeyFile) {
        const auto content = writeKeyFile(SecureBuffer::copyOf(QByteArray(32, '\x7E')));
        QVERIFY(content);
        QVERIFY(key.setKeyFile(*content));
        keyFile = write(u"ours.keyx"_s, content->view().toByteArray());
        options.append({u"--key-file"_s, keyFile});
    }
    const auto file = writeKdbx(database, key);
    QVERIFY(file);
    const QString kdbx = write(u"ours.kdbx"_s, *file);
    const auto arguments = QStringList{u"show"_s} + options
        + QStringList{u"-s"_s, u"-a"_s, u"Password"_s, kdbx, u"Mail"_s};
    QCOMPARE(keePassXc(arguments), QByteArray("four words and more\n"));

    QStringList pythonArguments{u"show"_s, kdbx};
    if (withKeyFile)
        pythonArguments.append(keyFile);
    const auto output = run(u"/usr/bin/python3"_s,
                            QStringList{QStringLiteral(PYKEEPASS_TOOL)} + pythonArguments,
                            withPassphrase ? passphrase + '\n' : QByteArray("\n"));
    QCOMPARE(QJsonDocument::fromJson(output).array().size(), 2);
}

void TestKdbxInterop::keePassXcFindsEverything()
{
    const QString kdbx = save(u"rich.kdbx"_s, richDatabase());
    const QString entry = u"Codes & <keys>/Übung 🔑 שלום/  two blanks before, one after "_s;
    const QByteArray all = keePassXc(
        {u"show"_s, u"-q"_s, u"-s"_s, u"--all"_s, u"--show-attachments"_s, kdbx, entry});
    for (const QByteArray &expected :
         {QByteArray("Password: second"), QByteArray("Recovery code 01: \xC3\xBC"),
          QByteArray("Tags: codes,used"), QByteArray("picture.png"), QByteArray("three]]>")})
        QVERIFY2(all.contains(expected), QByteArray(expected + " is not in " + all).constData());
    QCOMPARE(keePassXc(
                 {u"attachment-export"_s, u"-q"_s, u"--stdout"_s, kdbx, entry, u"long.txt"_s}),
             QByteArray(100'000, 'x'));
    const QByteArray xml = keePassXc({u"export"_s, u"-q"_s, kdbx});
    const QByteArray expiry = "<ExpiryTime>" + kdbxText(sampleTime.addYears(1)).toLatin1()
        + "</ExpiryTime>";
    for (const QByteArray &expected :
         {QByteArray("<Value ProtectInMemory=\"True\">first</Value>"),
          QByteArray("<Key>sparekey/generation</Key>"), QByteArray("<Name>An icon</Name>"),
          QByteArray("<DeletedObject>"), expiry})
        QVERIFY2(xml.contains(expected), QByteArray(expected + " is not in " + xml).constData());
}

void TestKdbxInterop::keePassXcEditsWhatWeWrite()
{
    const QString kdbx = save(u"edited.kdbx"_s, richDatabase());
    const QString attachment = write(u"attachment.txt"_s, "attached by KeePassXC");
    const QByteArray twoSecrets = passphrase + "\nchanged by KeePassXC\n";
    (void)keePassXc({u"edit"_s, u"-q"_s, u"-p"_s, kdbx, u"Mail"_s}, twoSecrets);
    (void)keePassXc({u"add"_s, u"-q"_s, u"-u"_s, u"user"_s, u"-p"_s, kdbx, u"New"_s}, twoSecrets);
    (void)keePassXc({u"attachment-import"_s, u"-q"_s, kdbx, u"New"_s, u"a.txt"_s, attachment});
    (void)keePassXc({u"mkdir"_s, u"-q"_s, kdbx, u"Made"_s});
    (void)keePassXc({u"mv"_s, u"-q"_s, kdbx, u"New"_s, u"Made"_s});

    auto opened = open(kdbx);
    QVERIFY2(opened, qPrintable(opened ? QString() : opened.error().detail));
    const KdbxEntry email = entryTitled(opened->rootGroup(), u"Mail"_s);
    QCOMPARE(email.secret(u"Password"), SecretBytes("changed by KeePassXC"));
    QCOMPARE(email.history().size(), 1);
    QCOMPARE(email.history().constFirst().secret(u"Password"), SecretBytes("four words and more"));
    const KdbxEntry added = entryTitled(opened->rootGroup(), u"New"_s);
    QCOMPARE(added.secret(u"Password"), SecretBytes("changed by KeePassXC"));
    QCOMPARE(added.text(u"UserName"), u"user"_s);
    QCOMPARE(added.attachments().size(), 1);
    QCOMPARE(opened->binaries.at(added.attachments().constFirst().binary).content,
             SecretBytes("attached by KeePassXC"));
    QVERIFY(added.date(KdbxDate::Created) > sampleTime);
    QCOMPARE(opened->deletedUuids().size(), 1);
}

void TestKdbxInterop::nothingOfKeePassXcIsLost()
{
    // After this every octet of the file is one of KeePassXC's.
    const QString kdbx = save(u"foreign.kdbx"_s, richDatabase());
    (void)keePassXc({u"mkdir"_s, u"-q"_s, kdbx, u"Made"_s});
    const auto opened = open(kdbx);
    QVERIFY(opened);
    const QString copy = save(u"copy.kdbx"_s, *opened);
    const auto before = withoutReadingTime(keePassXc({u"export"_s, u"-q"_s, kdbx}));
    QVERIFY(before.size() > 5000);
    QCOMPARE(withoutReadingTime(keePassXc({u"export"_s, u"-q"_s, copy})), before);
    QCOMPARE(open(copy)->header.publicCustomData, opened->header.publicCustomData);
}

void TestKdbxInterop::keePassXcMergesWhatWeWrite()
{
    auto database = smallDatabase();
    const QString first = save(u"first.kdbx"_s, database);
    KdbxEntry entry = database.rootGroup().addEntry(sampleTime);
    entry.setText(u"Title"_s, u"Only in the second"_s);
    KdbxEntry email = entryTitled(database.rootGroup(), u"Mail"_s);
    email.keepInHistory(10);
    email.setSecret(u"Password"_s, SecretBytes("newer"));
    email.setDate(KdbxDate::Modified, sampleTime.addDays(1));
    const QString second = save(u"second.kdbx"_s, database);

    QVERIFY(!keePassXc({u"merge"_s, u"-s"_s, first, second}).isEmpty());
    auto merged = open(first);
    QVERIFY(merged);
    KdbxEntry found = entryTitled(merged->rootGroup(), u"Mail"_s);
    QCOMPARE(found.secret(u"Password"), SecretBytes("newer"));
    QCOMPARE(found.history().constFirst().secret(u"Password"), SecretBytes("four words and more"));
    QCOMPARE(entryTitled(merged->rootGroup(), u"Only in the second"_s).uuid(), entry.uuid());
}

void TestKdbxInterop::keePassXcChangesTheKey()
{
    const QString kdbx = save(u"rekeyed.kdbx"_s, smallDatabase());
    const QString keyFile = path(u"theirs.keyx"_s);
    (void)keePassXc({u"db-edit"_s, u"-q"_s, u"--set-key-file"_s, keyFile, kdbx});
    CompositeKey both = keyOf(passphrase);
    QVERIFY(both.setKeyFile(SecureBuffer::copyOf(contentOf(keyFile))));
    QVERIFY(openKdbx(contentOf(kdbx), both));
    QCOMPARE(open(kdbx).error().kind, KdbxErrorKind::WrongKey);

    (void)keePassXc({u"db-edit"_s, u"-q"_s, u"--unset-password"_s, u"-k"_s, keyFile, kdbx});
    CompositeKey alone;
    QVERIFY(alone.setKeyFile(SecureBuffer::copyOf(contentOf(keyFile))));
    QVERIFY(openKdbx(contentOf(kdbx), alone));
    QCOMPARE(openKdbx(contentOf(kdbx), both).error().kind, KdbxErrorKind::WrongKey);
}

void TestKdbxInterop::olderFileOfKeePassXcIsNamed()
{
    const QString kdbx = path(u"older.kdbx"_s);
    (void)keePassXc({u"db-create"_s, u"-q"_s, u"-p"_s, u"-t"_s, u"100"_s, kdbx},
                    passphrase + '\n' + passphrase + '\n');
    const auto opened = open(kdbx);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, KdbxErrorKind::OlderFormat);
    QCOMPARE(opened.error().subject.text(), u"KDBX 3.1"_s);
}

void TestKdbxInterop::keyFileOfKeePassXcOpens()
{
    // A key file of any content stands for its hash in both programs.
    const QString keyFile = write(u"any.bin"_s, QByteArray(1000, '\x99'));
    CompositeKey key;
    QVERIFY(key.setKeyFile(SecureBuffer::copyOf(contentOf(keyFile))));
    const QString kdbx = write(u"any.kdbx"_s, *writeKdbx(smallDatabase(), key));
    QVERIFY(
        keePassXc({u"ls"_s, u"-q"_s, u"--no-password"_s, u"-k"_s, keyFile, kdbx}).contains("Mail"));
}

void TestKdbxInterop::pykeepassReadsAndEditsWhatWeWrite()
{
    const QString kdbx = save(u"python.kdbx"_s, richDatabase());
    const auto entries = pykeepass({u"edit"_s, kdbx});
    QCOMPARE(entries.size(), 3);
    QJsonObject rich;
    for (const auto &value : entries) {
        if (value[u"title"].toString().contains(u"two blanks"))
            rich = value.toObject();
    }
    QCOMPARE(rich[u"title"].toString(), u"  two blanks before, one after "_s);
    QCOMPARE(rich[u"group"].toString(), u"Codes & <keys>/Übung 🔑 שלום"_s);
    QCOMPARE(rich[u"password"].toString(), u"second"_s);
    QCOMPARE(rich[u"notes"].toString(), u"one\r\ntwo\n\tthree]]>\n"_s);
    QCOMPARE(rich[u"history"].toArray(), QJsonArray({u"first"_s}));
    QCOMPARE(rich[u"attachments"][u"picture.png"].toString(), u"a picture"_s);
    QVERIFY(rich[u"created"].toString().startsWith(u"2026-05-04T10:20:30"_s));

    auto opened = open(kdbx);
    QVERIFY2(opened, qPrintable(opened ? QString() : opened.error().detail));
    const KdbxEntry email = entryTitled(opened->rootGroup(), u"Mail"_s);
    QCOMPARE(valueOf(email, u"Password"), QByteArray("changed by pykeepass"));
    QCOMPARE(email.text(u"Added"), u"value"_s);
    QCOMPARE(email.history().constFirst().secret(u"Password"), SecretBytes("four words and more"));
    const KdbxEntry added = entryTitled(opened->rootGroup(), u"New"_s);
    const auto &binary = opened->binaries.at(added.attachments().constFirst().binary);
    QCOMPARE(binary.content, SecretBytes("new attachment"));
    QVERIFY(binary.isProtected);
}

void TestKdbxInterop::fileOfKeePassIsReadAndWritten()
{
    const auto blank = QString::fromUtf8(run(u"/usr/bin/python3"_s,
                                             {QStringLiteral(PYKEEPASS_TOOL), u"blank"_s}, {}))
                           .trimmed();
    // Its passphrase is the one that pykeepass opens it with to make a new database.
    auto database = openKdbx(contentOf(blank), keyOf("password"));
    QVERIFY2(database, qPrintable(database ? QString() : database.error().detail));
    QCOMPARE(database->header.minorVersion, quint16{0});
    QCOMPARE(kdfFrom(database->header.kdf, {})->type, KdbxKdfType::Argon2d);
    database->header.kdf.setNumber64("I", 1);
    database->header.kdf.setNumber64("M", quint64{64} * 1024);
    KdbxEntry entry = database->rootGroup().addEntry(sampleTime);
    entry.setText(u"Title"_s, u"Mail"_s);
    entry.setSecret(u"Password"_s, SecretBytes("added by us"));
    const QString kdbx = save(u"blank.kdbx"_s, *database);
    QCOMPARE(keePassXc({u"show"_s, u"-q"_s, u"-s"_s, u"-a"_s, u"Password"_s, kdbx, u"Mail"_s}),
             QByteArray("added by us\n"));
}

QTEST_GUILESS_MAIN(TestKdbxInterop)
#include "tst_kdbxinterop.moc"
