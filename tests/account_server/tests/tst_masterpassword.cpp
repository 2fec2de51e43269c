// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/masterpassword.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

/// The test vectors were computed with Python's hashlib and libargon2, those of PBKDF2 also with
/// Node's crypto module.
class TestMasterPassword : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithOtherImplementations_data();
    void agreesWithOtherImplementations();
    void refusesToSpendGigabytes();
    void storedSecretMatchesOnlyItsHash();
    void emptySecretMatchesNothing();
};

void TestMasterPassword::agreesWithOtherImplementations_data()
{
    using Type = KdfSettings::Type;
    QTest::addColumn<QString>("password");
    QTest::addColumn<int>("type");
    QTest::addColumn<int>("iterations");
    QTest::addColumn<int>("memoryMiB");
    QTest::addColumn<QByteArray>("expected");

    const QString ascii = u"Tr0ub4dor&3 vault"_s;
    const QString unicode = u"pässwörd-密码-🔑"_s;
    QTest::newRow("PBKDF2 600000") << ascii << int(Type::Pbkdf2) << 600'000 << 0
                                   << "oda8tANb7owP98OYniYs3LKqwLtxWKgIBUfu/b/8sAc="_ba;
    QTest::newRow("PBKDF2 5000") << ascii << int(Type::Pbkdf2) << 5'000 << 0
                                 << "ZmILbXU2pLfcLhjJ6rQCMXNQga6KdryX/QT++GPLbX4="_ba;
    QTest::newRow("Argon2id 3/64/4") << ascii << int(Type::Argon2id) << 3 << 64
                                     << "aXhS9LhiYwj6eKVU2VErRITOMNeJNv6KJyFAowSviaA="_ba;
    QTest::newRow("PBKDF2 100000, Unicode") << unicode << int(Type::Pbkdf2) << 100'000 << 0
                                            << "YxRh4NL4GmShw3jWuN/r/5ORVppsTC71U2Woil8MznQ="_ba;
    QTest::newRow("Argon2id 3/64/4, Unicode") << unicode << int(Type::Argon2id) << 3 << 64
                                              << "xVmJqphVHFUVpWo9PFHelZPzxuOabyOBQEhcuDFEFZk="_ba;
}

void TestMasterPassword::agreesWithOtherImplementations()
{
    QFETCH(QString, password);
    QFETCH(int, type);
    QFETCH(int, iterations);
    QFETCH(int, memoryMiB);
    QFETCH(QByteArray, expected);
    const KdfSettings kdf{.type = KdfSettings::Type(type),
                          .iterations = iterations,
                          .memoryMiB = memoryMiB,
                          .parallelism = 4};
    const QString email = normalizedEmail(u" Tester@Example.COM "_s);
    QCOMPARE(masterPasswordHash(password, email, kdf), std::optional(expected));
}

void TestMasterPassword::refusesToSpendGigabytes()
{
    const KdfSettings huge{.type = KdfSettings::Type::Argon2id,
                           .iterations = 3,
                           .memoryMiB = 8 * 1024,
                           .parallelism = 4};
    QVERIFY(!masterPasswordHash(u"any"_s, u"a@b.example"_s, huge));
}

void TestMasterPassword::storedSecretMatchesOnlyItsHash()
{
    const StoredSecret secret("c2VjcmV0"_ba);
    QVERIFY(secret.matches("c2VjcmV0"_ba));
    QVERIFY(!secret.matches("c2VjcmV1"_ba));
    QVERIFY(!secret.matches({}));
}

void TestMasterPassword::emptySecretMatchesNothing()
{
    QVERIFY(!StoredSecret({}).matches({}));
    QVERIFY(!StoredSecret({}).matches("c2VjcmV0"_ba));
}

QTEST_GUILESS_MAIN(TestMasterPassword)
#include "tst_masterpassword.moc"
