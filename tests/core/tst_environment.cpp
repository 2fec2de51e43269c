// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/environment/environment.h"
#include "core/environment/serverconfig.h"

#include "tests/core/answers.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

using namespace Qt::StringLiterals;
using namespace Sparekey;

using Field = SelfHostedAddresses::Field;

namespace {

/// A certificate authority as `openssl req -x509` writes it.
QByteArray newAuthorityPem()
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *certificate = X509_new();
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME *name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char *>("Home CA"), -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    X509_sign(certificate, key, EVP_sha256());

    BIO *memory = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(memory, certificate);
    char *data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    const QByteArray pem(data, size);
    BIO_free(memory);
    X509_free(certificate);
    EVP_PKEY_free(key);
    return pem;
}

QString write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QFile::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write a test file");
    return path;
}

} // namespace

class TestEnvironment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleansAndCutsWhatAServerSaysOfItself();
    void knowsTheTwoClouds();
    void makesAddressesOfWhatWasEntered_data();
    void makesAddressesOfWhatWasEntered();
    void refusesAddresses_data();
    void refusesAddresses();
    void takesPlainHttpForThisComputerOnly_data();
    void takesPlainHttpForThisComputerOnly();
    void overridesSingleAddresses();
    void namesTheFieldThatIsWrong();
    void titlesSayHostPortAndPath_data();
    void titlesSayHostPortAndPath();
    void recoveryPageKeepsThePath();
    void readsAuthorities();
    void refusesFilesWithoutAuthorities_data();
    void refusesFilesWithoutAuthorities();
    void environmentsWithOtherTrustAreNotEqual();
};

void TestEnvironment::knowsTheTwoClouds()
{
    const auto us = Environment::cloud(Environment::Region::UnitedStates);
    QCOMPARE(us.webVault, QUrl(u"https://vault.bitwarden.com"_s));
    QCOMPARE(us.api, QUrl(u"https://api.bitwarden.com"_s));
    QCOMPARE(us.identity, QUrl(u"https://identity.bitwarden.com"_s));
    QCOMPARE(us.title(), u"bitwarden.com"_s);
    QCOMPARE(us.recoveryPage(), QUrl(u"https://vault.bitwarden.com/#/recover-2fa"_s));

    const auto eu = Environment::cloud(Environment::Region::EuropeanUnion);
    QCOMPARE(eu.webVault, QUrl(u"https://vault.bitwarden.eu"_s));
    QCOMPARE(eu.api, QUrl(u"https://api.bitwarden.eu"_s));
    QCOMPARE(eu.identity, QUrl(u"https://identity.bitwarden.eu"_s));
    QCOMPARE(eu.title(), u"bitwarden.eu"_s);
    QVERIFY(us != eu);
}

void TestEnvironment::makesAddressesOfWhatWasEntered_data()
{
    QTest::addColumn<QString>("entered");
    QTest::addColumn<QString>("base");
    QTest::newRow("host") << u"vault.example"_s << u"https://vault.example"_s;
    QTest::newRow("spaces around") << u"  vault.example\n"_s << u"https://vault.example"_s;
    QTest::newRow("capitals") << u"HTTPS://Vault.Example"_s << u"https://vault.example"_s;
    QTest::newRow("slashes behind") << u"https://vault.example///"_s << u"https://vault.example"_s;
    QTest::newRow("path") << u"vault.example/bit/Warden/"_s
                          << u"https://vault.example/bit/Warden"_s;
    QTest::newRow("port") << u"vault.example:8443"_s << u"https://vault.example:8443"_s;
    QTest::newRow("host and port of this computer")
        << u"localhost:8000"_s << u"http://localhost:8000"_s;
    QTest::newRow("page of the web vault")
        << u"https://vault.example.org/#/login"_s << u"https://vault.example.org"_s;
    QTest::newRow("page below a path")
        << u"https://example.org/vault/#/vault?x=1"_s << u"https://example.org/vault"_s;
    QTest::newRow("empty fragment") << u"https://vault.example/#"_s << u"https://vault.example"_s;
    QTest::newRow("query") << u"https://vault.example/?next=x"_s << u"https://vault.example"_s;
    QTest::newRow("this computer") << u"127.0.0.1:8000/vault"_s << u"http://127.0.0.1:8000/vault"_s;
    QTest::newRow("IPv4") << u"192.168.1.5:8443"_s << u"https://192.168.1.5:8443"_s;
    QTest::newRow("IPv6") << u"[2001:db8::5]:8443"_s << u"https://[2001:db8::5]:8443"_s;
    QTest::newRow("other letters")
        << u"https://bücher.example"_s << u"https://xn--bcher-kva.example"_s;
}

void TestEnvironment::makesAddressesOfWhatWasEntered()
{
    QFETCH(const QString, entered);
    QFETCH(const QString, base);
    const auto environment = selfHostedEnvironment({.base = entered});
    QVERIFY(environment);
    QCOMPARE(environment->region, Environment::Region::SelfHosted);
    QCOMPARE(environment->webVault.toEncoded(), base.toUtf8());
    QCOMPARE(environment->api.toEncoded(), base.toUtf8() + "/api");
    QCOMPARE(environment->identity.toEncoded(), base.toUtf8() + "/identity");
}

void TestEnvironment::refusesAddresses_data()
{
    QTest::addColumn<QString>("entered");
    QTest::newRow("empty") << QString();
    QTest::newRow("blank") << u"   "_s;
    QTest::newRow("scheme only") << u"https://"_s;
    QTest::newRow("no host") << u"https:///path"_s;
    QTest::newRow("port only") << u"https://:8443"_s;
    QTest::newRow("space within") << u"vault example"_s;
    QTest::newRow("user name") << u"https://someone@vault.example"_s;
    QTest::newRow("user name and password") << u"https://someone:pw@vault.example"_s;
    QTest::newRow("looks like another host") << u"https://vault.bitwarden.com@evil.example"_s;
    QTest::newRow("empty user name") << u"https://@vault.example"_s;
    QTest::newRow("ftp") << u"ftp://vault.example"_s;
    QTest::newRow("file") << u"file:///etc/passwd"_s;
    QTest::newRow("script") << u"javascript://vault.example"_s;
    QTest::newRow("port too large") << u"https://vault.example:65536"_s;
    QTest::newRow("port of letters") << u"https://vault.example:abc"_s;
    QTest::newRow("one slash") << u"https:/vault.example"_s;
    QTest::newRow("backslashes") << u"https:\\\\vault.example"_s;
    QTest::newRow("email") << u"someone@vault.example"_s;
    QTest::newRow("broken IPv6") << u"https://[2001:db8::5"_s;
    QTest::newRow("percent in host") << u"https://vault%00.example"_s;
    QTest::newRow("line break within") << u"https://vault.example/\r\nX: y"_s;
}

void TestEnvironment::refusesAddresses()
{
    QFETCH(const QString, entered);
    const auto environment = selfHostedEnvironment({.base = entered});
    QVERIFY2(!environment, environment ? environment->webVault.toEncoded().constData() : "");
    QCOMPARE(environment.error().field, Field::Base);
    QCOMPARE(environment.error().error.kind, ErrorKind::InvalidAddress);
}

void TestEnvironment::takesPlainHttpForThisComputerOnly_data()
{
    QTest::addColumn<QString>("entered");
    QTest::addColumn<bool>("taken");
    QTest::newRow("localhost") << u"http://localhost:8000"_s << true;
    QTest::newRow("LOCALHOST") << u"http://LOCALHOST"_s << true;
    QTest::newRow("127.0.0.1") << u"http://127.0.0.1:8000/vault"_s << true;
    QTest::newRow("127.8.9.10") << u"http://127.8.9.10"_s << true;
    QTest::newRow("::1") << u"http://[::1]:8000"_s << true;
    QTest::newRow("name") << u"http://vault.example"_s << false;
    QTest::newRow("localhost of another domain") << u"http://localhost.evil.example"_s << false;
    QTest::newRow("looks like 127.0.0.1") << u"http://127.0.0.1.evil.example"_s << false;
    QTest::newRow("home network") << u"http://192.168.1.5"_s << false;
    QTest::newRow("all addresses") << u"http://0.0.0.0"_s << false;
    QTest::newRow("link-local IPv6") << u"http://[fe80::1]"_s << false;
}

void TestEnvironment::takesPlainHttpForThisComputerOnly()
{
    QFETCH(const QString, entered);
    QFETCH(const bool, taken);
    const auto environment = selfHostedEnvironment({.base = entered});
    QCOMPARE(environment.has_value(), taken);
    if (taken)
        QCOMPARE(environment->api.scheme(), u"http"_s);
    else
        QCOMPARE(environment.error().error.kind, ErrorKind::InsecureAddress);
}

void TestEnvironment::overridesSingleAddresses()
{
    const auto environment = selfHostedEnvironment({.base = u"vault.example"_s,
                                                    .webVault = u"  "_s,
                                                    .api = u"api.example/v1/"_s,
                                                    .identity = u"http://localhost:33656"_s});
    QVERIFY(environment);
    QCOMPARE(environment->webVault, QUrl(u"https://vault.example"_s));
    QCOMPARE(environment->api, QUrl(u"https://api.example/v1"_s));
    QCOMPARE(environment->identity, QUrl(u"http://localhost:33656"_s));
}

void TestEnvironment::namesTheFieldThatIsWrong()
{
    const auto fieldOf = [](const SelfHostedAddresses &entered) {
        return selfHostedEnvironment(entered).error().field;
    };
    const QString good = u"vault.example"_s;
    const QString bad = u"ftp://x"_s;
    QCOMPARE(fieldOf({.base = bad, .api = bad}), Field::Base);
    QCOMPARE(fieldOf({.base = good, .webVault = bad}), Field::WebVault);
    QCOMPARE(fieldOf({.base = good, .api = bad}), Field::Api);
    QCOMPARE(fieldOf({.base = good, .identity = bad}), Field::Identity);
    QCOMPARE(fieldOf({.base = good, .certificateAuthorityFile = u"/nowhere.pem"_s}),
             Field::CertificateAuthority);
    // The insecure one is not hidden by a good base.
    QCOMPARE(selfHostedEnvironment({.base = good, .identity = u"http://vault.example"_s})
                 .error()
                 .error.kind,
             ErrorKind::InsecureAddress);
}

void TestEnvironment::titlesSayHostPortAndPath_data()
{
    QTest::addColumn<QString>("entered");
    QTest::addColumn<QString>("title");
    QTest::newRow("host") << u"https://vault.example/"_s << u"vault.example"_s;
    QTest::newRow("port and path") << u"vault.example:8443/bw"_s << u"vault.example:8443/bw"_s;
    QTest::newRow("IPv6") << u"http://[::1]:8000"_s << u"[::1]:8000"_s;
}

void TestEnvironment::titlesSayHostPortAndPath()
{
    QFETCH(const QString, entered);
    QFETCH(const QString, title);
    QCOMPARE(selfHostedEnvironment({.base = entered}).value().title(), title);
}

void TestEnvironment::recoveryPageKeepsThePath()
{
    QCOMPARE(selfHostedEnvironment({.base = u"vault.example:8443/bw/"_s})->recoveryPage(),
             QUrl(u"https://vault.example:8443/bw/#/recover-2fa"_s));
    QCOMPARE(selfHostedEnvironment({.base = u"api.example"_s, .webVault = u"web.example"_s})
                 ->recoveryPage(),
             QUrl(u"https://web.example/#/recover-2fa"_s));
}

void TestEnvironment::readsAuthorities()
{
    const QTemporaryDir folder;
    // A name with pattern characters is a name.
    const QString one = write(folder.filePath(u"home [*].pem"_s), newAuthorityPem());
    const auto environment = selfHostedEnvironment(
        {.base = u"vault.example"_s, .certificateAuthorityFile = u" "_s + one + u" "_s});
    QVERIFY(environment);
    QCOMPARE(environment->certificateAuthorityFile, one);
    QCOMPARE(environment->certificateAuthorities.size(), 1);

    const QString two = write(folder.filePath(u"two.pem"_s),
                              "Bag attributes\n" + newAuthorityPem() + newAuthorityPem());
    QCOMPARE(selfHostedEnvironment({.base = u"vault.example"_s, .certificateAuthorityFile = two})
                 ->certificateAuthorities.size(),
             2);
}

void TestEnvironment::refusesFilesWithoutAuthorities_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QByteArray damaged = newAuthorityPem();
    damaged.replace("\nM", "\n@");
    QTest::newRow("missing") << u"/nowhere/ca.pem"_s << QByteArray();
    QTest::newRow("folder") << u"/"_s << QByteArray();
    QTest::newRow("endless device") << u"/dev/zero"_s << QByteArray();
    QTest::newRow("empty") << u"empty.pem"_s << QByteArray();
    QTest::newRow("text") << u"text.pem"_s << "no certificate\n"_ba;
    QTest::newRow("damaged") << u"damaged.pem"_s << damaged;
    QTest::newRow("private key")
        << u"key.pem"_s << "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"_ba;
    QTest::newRow("larger than any list")
        << u"large.pem"_s << newAuthorityPem() + QByteArray(1024 * 1024, '\n');
}

void TestEnvironment::refusesFilesWithoutAuthorities()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, bytes);
    const QTemporaryDir folder;
    const QString path = name.startsWith(u'/') ? name : write(folder.filePath(name), bytes);
    const auto environment = selfHostedEnvironment(
        {.base = u"vault.example"_s, .certificateAuthorityFile = path});
    QVERIFY(!environment);
    QCOMPARE(environment.error().field, Field::CertificateAuthority);
    QCOMPARE(environment.error().error.kind, ErrorKind::CertificateFileUnusable);
    QCOMPARE(environment.error().error.subject, path);
}

void TestEnvironment::environmentsWithOtherTrustAreNotEqual()
{
    const QTemporaryDir folder;
    const QString path = write(folder.filePath(u"ca.pem"_s), newAuthorityPem());
    const auto plain = selfHostedEnvironment({.base = u"vault.example"_s});
    const auto first = selfHostedEnvironment(
        {.base = u"vault.example"_s, .certificateAuthorityFile = path});
    QVERIFY(*plain != *first);
    QVERIFY(*plain == *selfHostedEnvironment({.base = u"https://vault.example/"_s}));
    // The same file name with another authority in it.
    write(path, newAuthorityPem());
    QVERIFY(
        *first
        != *selfHostedEnvironment({.base = u"vault.example"_s, .certificateAuthorityFile = path}));
}

void TestEnvironment::cleansAndCutsWhatAServerSaysOfItself()
{
    const QByteArray body = R"({"version":"2026.8.0\n\u202e)"_ba + QByteArray(5000, '9')
        + R"(","server":{"name":"Vault\u0000warden )"_ba + QByteArray(5000, 'x') + R"("}})"_ba;
    const auto config = serverConfigFrom(answerOf(200, body));
    QVERIFY(config);
    QCOMPARE(config->version, u"2026.8.0 "_s + QString(41, u'9'));
    QCOMPARE(config->product, u"Vault warden "_s + QString(37, u'x'));
}

QTEST_GUILESS_MAIN(TestEnvironment)
#include "tst_environment.moc"
