// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/authenticator/hidfront.h"

#include <QTest>

#include <fido/credman.h>
#include <fido/eddsa.h>
#include <fido/es256.h>

using namespace Sparekey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Device = std::unique_ptr<fido_dev_t, void (*)(fido_dev_t *)>;
using Credential = std::unique_ptr<fido_cred_t, void (*)(fido_cred_t *)>;
using Assertion = std::unique_ptr<fido_assert_t, void (*)(fido_assert_t *)>;

Device opened(const HidFront &port)
{
    Device device(fido_dev_new(), [](fido_dev_t *it) {
        fido_dev_close(it);
        fido_dev_free(&it);
    });
    const fido_dev_io_t io = HidFront::ioFunctions();
    if (fido_dev_set_io_functions(device.get(), &io) != FIDO_OK
        || fido_dev_open(device.get(), port.path().constData()) != FIDO_OK)
        return Device(nullptr, [](fido_dev_t *) {});
    return device;
}

const QByteArray clientData = "{\"type\":\"webauthn.test\"}"_ba;

Credential newCredential(int algorithm = COSE_ES256)
{
    Credential credential(fido_cred_new(), [](fido_cred_t *it) { fido_cred_free(&it); });
    const auto *data = reinterpret_cast<const unsigned char *>(clientData.constData());
    fido_cred_set_type(credential.get(), algorithm);
    fido_cred_set_clientdata(credential.get(), data, static_cast<size_t>(clientData.size()));
    fido_cred_set_rp(credential.get(), "vault.example", "Vault");
    fido_cred_set_user(credential.get(), data, 16, "tester", "Tester", nullptr);
    return credential;
}

Assertion newAssertion(const fido_cred_t *credential)
{
    Assertion assertion(fido_assert_new(), [](fido_assert_t *it) { fido_assert_free(&it); });
    fido_assert_set_rp(assertion.get(), "vault.example");
    fido_assert_set_clientdata(assertion.get(),
                               reinterpret_cast<const unsigned char *>(clientData.constData()),
                               static_cast<size_t>(clientData.size()));
    if (credential != nullptr) {
        fido_assert_allow_cred(assertion.get(), fido_cred_id_ptr(credential),
                               fido_cred_id_len(credential));
    }
    return assertion;
}

int verified(const fido_cred_t *credential)
{
    if (fido_cred_x5c_ptr(credential) != nullptr)
        return fido_cred_verify(credential);
    return fido_cred_verify_self(credential);
}

} // namespace

Q_DECLARE_METATYPE(Sparekey::SoftwareKeyTraits)

class TestHidFront : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void signsWhatLibfido2Verifies_data();
    void signsWhatLibfido2Verifies();
    void tellsItsState();
    void wantsThePinAsItIsSet();
    void countsTriesUntilItIsBlocked();
    void findsDiscoverableCredentialsOneByOne();
    void managesCredentials();
    void refusesAnExcludedCredential();
    void refusesWhatItCannotSign();
    void stopsWaitingWhenCanceled();
    void waitsForTheTouch();
    void givesUpWithoutATouch();
    void isGoneWhenPulled();
    void resetsOnlyRightAfterPlugging();
    void isAU2fKeyToo();
    void answersAProbeWithoutATouch();
    void swallowsAnAnswer();
};

void TestHidFront::initTestCase()
{
    fido_init(FIDO_DISABLE_U2F_FALLBACK);
}

void TestHidFront::signsWhatLibfido2Verifies_data()
{
    QTest::addColumn<SoftwareKeyTraits>("traits");
    QTest::addColumn<int>("algorithm");
    QTest::addColumn<QString>("pin");
    using Attestation = SoftwareKeyTraits::Attestation;
    for (const int algorithm : {COSE_ES256, COSE_EDDSA}) {
        for (const auto attestation :
             {Attestation::None, Attestation::PackedSelf, Attestation::PackedCertificate}) {
            for (const int protocol : {0, 1, 2}) {
                for (const bool permissions : {true, false}) {
                    SoftwareKeyTraits traits;
                    traits.attestation = attestation;
                    traits.permissions = permissions;
                    if (protocol != 0)
                        traits.pinProtocols = {protocol};
                    const auto name = u"algorithm %1, attestation %2, PIN protocol %3%4"_s
                                          .arg(algorithm)
                                          .arg(static_cast<int>(attestation))
                                          .arg(protocol)
                                          .arg(permissions ? u" with permissions"_s : QString());
                    QTest::newRow(qPrintable(name))
                        << traits << algorithm << (protocol == 0 ? QString() : u"1234é"_s);
                }
            }
        }
    }
}

void TestHidFront::signsWhatLibfido2Verifies()
{
    QFETCH(SoftwareKeyTraits, traits);
    QFETCH(int, algorithm);
    QFETCH(QString, pin);
    HidFront port(std::make_shared<SoftwareKey>(traits));
    const auto device = opened(port);
    QVERIFY(device);
    const QByteArray utf8 = pin.toUtf8();
    const char *secret = pin.isEmpty() ? nullptr : utf8.constData();
    if (secret != nullptr)
        QCOMPARE(fido_dev_set_pin(device.get(), secret, nullptr), FIDO_OK);

    const auto credential = newCredential(algorithm);
    QCOMPARE(fido_dev_make_cred(device.get(), credential.get(), secret), FIDO_OK);
    const bool isSigned = traits.attestation != SoftwareKeyTraits::Attestation::None;
    QCOMPARE(QByteArray(fido_cred_fmt(credential.get())), isSigned ? "packed"_ba : "none"_ba);
    if (isSigned)
        QCOMPARE(verified(credential.get()), FIDO_OK);
    QCOMPARE(fido_cred_flags(credential.get()), secret != nullptr ? 0x45 : 0x41);

    const auto assertion = newAssertion(credential.get());
    QCOMPARE(fido_dev_get_assert(device.get(), assertion.get(), secret), FIDO_OK);
    const std::unique_ptr<es256_pk_t, void (*)(es256_pk_t *)> es256(es256_pk_new(),
                                                                    [](es256_pk_t *it) {
                                                                        es256_pk_free(&it);
                                                                    });
    const std::unique_ptr<eddsa_pk_t, void (*)(eddsa_pk_t *)> eddsa(eddsa_pk_new(),
                                                                    [](eddsa_pk_t *it) {
                                                                        eddsa_pk_free(&it);
                                                                    });
    const void *key = nullptr;
    if (algorithm == COSE_ES256) {
        QCOMPARE(es256_pk_from_ptr(es256.get(), fido_cred_pubkey_ptr(credential.get()),
                                   fido_cred_pubkey_len(credential.get())),
                 FIDO_OK);
        key = es256.get();
    } else {
        QCOMPARE(eddsa_pk_from_ptr(eddsa.get(), fido_cred_pubkey_ptr(credential.get()),
                                   fido_cred_pubkey_len(credential.get())),
                 FIDO_OK);
        key = eddsa.get();
    }
    QCOMPARE(fido_assert_verify(assertion.get(), 0, algorithm, key), FIDO_OK);
    QCOMPARE(fido_assert_flags(assertion.get(), 0), secret != nullptr ? 0x05 : 0x01);
    QCOMPARE(fido_assert_sigcount(assertion.get(), 0), 1U);
}

void TestHidFront::tellsItsState()
{
    HidFront port(std::make_shared<SoftwareKey>());
    const auto device = opened(port);
    QVERIFY(device);
    QVERIFY(fido_dev_is_fido2(device.get()));
    QVERIFY(!fido_dev_has_pin(device.get()));
    QCOMPARE(fido_dev_set_pin(device.get(), "123", nullptr), FIDO_ERR_PIN_POLICY_VIOLATION);
    QCOMPARE(fido_dev_set_pin(device.get(), "1234", nullptr), FIDO_OK);
    QVERIFY(fido_dev_has_pin(device.get()));
    QCOMPARE(fido_dev_set_pin(device.get(), "12345", "1234"), FIDO_OK);
    QCOMPARE(fido_dev_set_pin(device.get(), "12345", "1234"), FIDO_ERR_PIN_INVALID);
    int tries = 0;
    QCOMPARE(fido_dev_get_retry_count(device.get(), &tries), FIDO_OK);
    QCOMPARE(tries, 7);

    const std::unique_ptr<fido_cbor_info_t, void (*)(fido_cbor_info_t *)> info(
        fido_cbor_info_new(), [](fido_cbor_info_t *it) { fido_cbor_info_free(&it); });
    QCOMPARE(fido_dev_get_cbor_info(device.get(), info.get()), FIDO_OK);
    QCOMPARE(fido_cbor_info_maxmsgsiz(info.get()), 1200U);
    QCOMPARE(fido_cbor_info_maxcredcntlst(info.get()), 8U);
    QCOMPARE(fido_cbor_info_algorithm_count(info.get()), 2U);
    QCOMPARE(fido_cbor_info_transports_len(info.get()), 2U);
    QCOMPARE(fido_cbor_info_rk_remaining(info.get()), 25);
}

void TestHidFront::wantsThePinAsItIsSet()
{
    HidFront port(std::make_shared<SoftwareKey>());
    const auto device = opened(port);
    QVERIFY(device);
    auto credential = newCredential();
    QCOMPARE(fido_dev_make_cred(device.get(), credential.get(), "1234"), FIDO_ERR_PIN_NOT_SET);
    port.key().setPin(u"1234"_s);
    credential = newCredential();
    QCOMPARE(fido_dev_make_cred(device.get(), credential.get(), nullptr), FIDO_OK);
    credential = newCredential();
    fido_cred_set_rk(credential.get(), FIDO_OPT_TRUE);
    QCOMPARE(fido_dev_make_cred(device.get(), credential.get(), nullptr), FIDO_ERR_PIN_REQUIRED);
    port.key().setAlwaysUv(true);
    credential = newCredential();
    QCOMPARE(fido_dev_make_cred(device.get(), credential.get(), nullptr), FIDO_ERR_PIN_REQUIRED);
    const auto assertion = newAssertion(nullptr);
    QCOMPARE(fido_dev_get_assert(device.get(), assertion.get(), nullptr), FIDO_ERR_PIN_REQUIRED);

    SoftwareKeyTraits strict;
    strict.makeCredUvNotRqd = false;
    HidFront strictPort(std::make_shared<SoftwareKey>(strict));
    strictPort.key().setPin(u"1234"_s);
    const auto strictDevice = opened(strictPort);
    QVERIFY(strictDevice);
    credential = newCredential();
    QCOMPARE(fido_dev_make_cred(strictDevice.get(), credential.get(), nullptr),
             FIDO_ERR_PIN_REQUIRED);
}

void TestHidFront::countsTriesUntilItIsBlocked()
{
    HidFront port(std::make_shared<SoftwareKey>());
    port.key().setPin(u"1234"_s);
    const auto attempt = [&port](const char *pin) {
        const auto device = opened(port);
        const auto credential = newCredential();
        return fido_dev_make_cred(device.get(), credential.get(), pin);
    };
    QCOMPARE(attempt("0000"), FIDO_ERR_PIN_INVALID);
    QCOMPARE(attempt("0000"), FIDO_ERR_PIN_INVALID);
    QCOMPARE(attempt("0000"), FIDO_ERR_PIN_AUTH_BLOCKED);
    QCOMPARE(attempt("1234"), FIDO_ERR_PIN_AUTH_BLOCKED);
    QCOMPARE(port.key().pinRetriesLeft(), 5);
    port.unplug();
    port.plugIn();
    QCOMPARE(attempt("1234"), FIDO_OK);
    QCOMPARE(port.key().pinRetriesLeft(), 8);
    port.key().setPinRetries(1);
    QCOMPARE(attempt("0000"), FIDO_ERR_PIN_BLOCKED);
    QCOMPARE(attempt("1234"), FIDO_ERR_PIN_BLOCKED);
}

void TestHidFront::findsDiscoverableCredentialsOneByOne()
{
    HidFront port(std::make_shared<SoftwareKey>());
    const auto device = opened(port);
    QVERIFY(device);
    for (const auto &user : {"one"_ba, "two"_ba, "three"_ba}) {
        const auto credential = newCredential();
        fido_cred_set_rk(credential.get(), FIDO_OPT_TRUE);
        fido_cred_set_user(credential.get(),
                           reinterpret_cast<const unsigned char *>(user.constData()),
                           static_cast<size_t>(user.size()), user.constData(), nullptr, nullptr);
        QCOMPARE(fido_dev_make_cred(device.get(), credential.get(), nullptr), FIDO_OK);
    }
    const auto assertion = newAssertion(nullptr);
    QCOMPARE(fido_dev_get_assert(device.get(), assertion.get(), nullptr), FIDO_OK);
    QCOMPARE(fido_assert_count(assertion.get()), 3U);
    QCOMPARE(QByteArray(reinterpret_cast<const char *>(fido_assert_user_id_ptr(assertion.get(), 0)),
                        static_cast<qsizetype>(fido_assert_user_id_len(assertion.get(), 0))),
             "three"_ba);
}

void TestHidFront::managesCredentials()
{
    for (const bool preview : {false, true}) {
        SoftwareKeyTraits traits;
        traits.credentialManagementPreview = preview;
        traits.permissions = !preview;
        traits.discoverableSlots = 2;
        HidFront port(std::make_shared<SoftwareKey>(traits));
        const auto device = opened(port);
        QVERIFY(device);
        port.key().setPin(u"1234"_s);
        for (const char *site : {"one.example", "two.example", "three.example"}) {
            const auto credential = newCredential();
            fido_cred_set_rp(credential.get(), site, nullptr);
            fido_cred_set_rk(credential.get(), FIDO_OPT_TRUE);
            const bool fits = port.key().discoverableCount() < 2;
            QCOMPARE(fido_dev_make_cred(device.get(), credential.get(), "1234"),
                     fits ? FIDO_OK : FIDO_ERR_KEY_STORE_FULL);
        }
        const std::unique_ptr<fido_credman_metadata_t, void (*)(fido_credman_metadata_t *)>
            metadata(fido_credman_metadata_new(),
                     [](fido_credman_metadata_t *it) { fido_credman_metadata_free(&it); });
        QCOMPARE(fido_credman_get_dev_metadata(device.get(), metadata.get(), "1234"), FIDO_OK);
        QCOMPARE(fido_credman_rk_existing(metadata.get()), 2U);
        QCOMPARE(fido_credman_rk_remaining(metadata.get()), 0U);
        const std::unique_ptr<fido_credman_rp_t, void (*)(fido_credman_rp_t *)> sites(
            fido_credman_rp_new(), [](fido_credman_rp_t *it) { fido_credman_rp_free(&it); });
        QCOMPARE(fido_credman_get_dev_rp(device.get(), sites.get(), "1234"), FIDO_OK);
        QCOMPARE(fido_credman_rp_count(sites.get()), 2U);
        const std::unique_ptr<fido_credman_rk_t, void (*)(fido_credman_rk_t *)> logins(
            fido_credman_rk_new(), [](fido_credman_rk_t *it) { fido_credman_rk_free(&it); });
        QCOMPARE(fido_credman_get_dev_rk(device.get(), "one.example", logins.get(), "1234"),
                 FIDO_OK);
        QCOMPARE(fido_credman_rk_count(logins.get()), 1U);
        const fido_cred_t *login = fido_credman_rk(logins.get(), 0);
        QCOMPARE(QByteArray(fido_cred_user_name(login)), "tester"_ba);
        QCOMPARE(fido_credman_del_dev_rk(device.get(), fido_cred_id_ptr(login),
                                         fido_cred_id_len(login), "1234"),
                 FIDO_OK);
        QCOMPARE(port.key().discoverableCount(), 1);
    }
}

void TestHidFront::refusesAnExcludedCredential()
{
    HidFront port(std::make_shared<SoftwareKey>());
    const auto device = opened(port);
    QVERIFY(device);
    const auto first = newCredential();
    QCOMPARE(fido_dev_make_cred(device.get(), first.get(), nullptr), FIDO_OK);
    const auto second = newCredential();
    fido_cred_exclude(second.get(), fido_cred_id_ptr(first.get()), fido_cred_id_len(first.get()));
    QCOMPARE(fido_dev_make_cred(device.get(), second.get(), nullptr), FIDO_ERR_CREDENTIAL_EXCLUDED);
    QCOMPARE(port.key().credentialCount(), 1);
}

void TestHidFront::refusesWhatItCannotSign()
{
    SoftwareKeyTraits traits;
    traits.algorithms = {Cose::EdDsa};
    HidFront port(std::make_shared<SoftwareKey>(traits));
    const auto device = opened(port);
    QVERIFY(device);
    const auto credential = newCredential();
    QCOMPARE(fido_dev_make_cred(device.get(), credential.get(), nullptr),
             FIDO_ERR_UNSUPPORTED_ALGORITHM);
}

void TestHidFront::stopsWaitingWhenCanceled()
{
    HidFront port(std::make_shared<SoftwareKey>());
    const auto device = opened(port);
    QVERIFY(device);
    port.neverTouch();
    int result = FIDO_OK;
    std::thread worker([&] {
        fido_init(FIDO_DISABLE_U2F_FALLBACK);
        const auto credential = newCredential();
        result = fido_dev_make_cred(device.get(), credential.get(), nullptr);
    });
    const bool blinked = port.waitForBlinking(5s);
    fido_dev_cancel(device.get());
    worker.join();
    QVERIFY(blinked);
    QCOMPARE(result, FIDO_ERR_KEEPALIVE_CANCEL);
    QVERIFY(!port.isBlinking());
    // The handle is as good as before.
    port.touchAfter(0ms);
    const auto credential = newCredential();
    QCOMPARE(fido_dev_make_cred(device.get(), credential.get(), nullptr), FIDO_OK);
}

void TestHidFront::waitsForTheTouch()
{
    HidFront port(std::make_shared<SoftwareKey>());
    const auto device = opened(port);
    QVERIFY(device);
    port.touchAfter(350ms);
    QElapsedTimer timer;
    timer.start();
    const auto credential = newCredential();
    QCOMPARE(fido_dev_make_cred(device.get(), credential.get(), nullptr), FIDO_OK);
    QVERIFY(timer.elapsed() >= 350);
    port.declineTouch();
    const auto declined = newCredential();
    QCOMPARE(fido_dev_make_cred(device.get(), declined.get(), nullptr), FIDO_ERR_OPERATION_DENIED);
}

void TestHidFront::givesUpWithoutATouch()
{
    HidFront port(std::make_shared<SoftwareKey>());
    const auto device = opened(port);
    QVERIFY(device);
    port.neverTouch();
    port.giveUpAfter(150ms);
    const auto credential = newCredential();
    QCOMPARE(fido_dev_make_cred(device.get(), credential.get(), nullptr),
             FIDO_ERR_USER_ACTION_TIMEOUT);
}

void TestHidFront::isGoneWhenPulled()
{
    HidFront port(std::make_shared<SoftwareKey>());
    int frames = 0;
    {
        const auto device = opened(port);
        QVERIFY(device);
        const auto credential = newCredential();
        QCOMPARE(fido_dev_make_cred(device.get(), credential.get(), nullptr), FIDO_OK);
        frames = port.frameCount();
    }
    QVERIFY(frames > 4);
    const auto tryWith = [&port](int count) {
        port.unplugAfterFrames(count);
        const auto device = opened(port);
        const auto credential = newCredential();
        return device ? fido_dev_make_cred(device.get(), credential.get(), nullptr)
                      : FIDO_ERR_INTERNAL;
    };
    int enough = 0;
    while (enough <= frames && tryWith(enough) != FIDO_OK) {
        port.unplug();
        port.plugIn();
        ++enough;
    }
    // Signatures differ by a byte or two in length, and that may take a frame.
    QVERIFY2(qAbs(enough - frames) <= 1, qPrintable(u"%1 of %2"_s.arg(enough).arg(frames)));
}

void TestHidFront::resetsOnlyRightAfterPlugging()
{
    HidFront port(std::make_shared<SoftwareKey>());
    port.key().setPin(u"1234"_s);
    const auto device = opened(port);
    QVERIFY(device);
    const auto credential = newCredential();
    QCOMPARE(fido_dev_make_cred(device.get(), credential.get(), nullptr), FIDO_OK);
    port.key().age(11s);
    QCOMPARE(fido_dev_reset(device.get()), FIDO_ERR_NOT_ALLOWED);
    QCOMPARE(port.key().credentialCount(), 1);
    port.unplug();
    port.plugIn();
    const auto again = opened(port);
    QVERIFY(again);
    QCOMPARE(fido_dev_reset(again.get()), FIDO_OK);
    QCOMPARE(port.key().credentialCount(), 0);
    QVERIFY(!port.key().hasPin());
}

void TestHidFront::isAU2fKeyToo()
{
    SoftwareKeyTraits traits;
    traits.ctap2 = false;
    HidFront port(std::make_shared<SoftwareKey>(traits));
    const auto device = opened(port);
    QVERIFY(device);
    QVERIFY(!fido_dev_is_fido2(device.get()));
    const auto credential = newCredential();
    QCOMPARE(fido_dev_make_cred(device.get(), credential.get(), nullptr), FIDO_OK);
    QCOMPARE(QByteArray(fido_cred_fmt(credential.get())), "fido-u2f"_ba);
    QCOMPARE(fido_cred_verify(credential.get()), FIDO_OK);
    const auto assertion = newAssertion(credential.get());
    QCOMPARE(fido_dev_get_assert(device.get(), assertion.get(), nullptr), FIDO_OK);
    const std::unique_ptr<es256_pk_t, void (*)(es256_pk_t *)> key(es256_pk_new(),
                                                                  [](es256_pk_t *it) {
                                                                      es256_pk_free(&it);
                                                                  });
    QCOMPARE(es256_pk_from_ptr(key.get(), fido_cred_pubkey_ptr(credential.get()),
                               fido_cred_pubkey_len(credential.get())),
             FIDO_OK);
    QCOMPARE(fido_assert_verify(assertion.get(), 0, COSE_ES256, key.get()), FIDO_OK);
    const auto second = newCredential();
    fido_cred_exclude(second.get(), fido_cred_id_ptr(credential.get()),
                      fido_cred_id_len(credential.get()));
    QCOMPARE(fido_dev_make_cred(device.get(), second.get(), nullptr), FIDO_ERR_CREDENTIAL_EXCLUDED);
}

void TestHidFront::answersAProbeWithoutATouch()
{
    HidFront port(std::make_shared<SoftwareKey>());
    const auto device = opened(port);
    QVERIFY(device);
    const auto credential = newCredential();
    QCOMPARE(fido_dev_make_cred(device.get(), credential.get(), nullptr), FIDO_OK);
    port.neverTouch();
    const auto known = newAssertion(credential.get());
    fido_assert_set_up(known.get(), FIDO_OPT_FALSE);
    QCOMPARE(fido_dev_get_assert(device.get(), known.get(), nullptr), FIDO_OK);
    const auto unknown = newAssertion(nullptr);
    const std::array<unsigned char, 16> id{};
    fido_assert_allow_cred(unknown.get(), id.data(), id.size());
    fido_assert_set_up(unknown.get(), FIDO_OPT_FALSE);
    QCOMPARE(fido_dev_get_assert(device.get(), unknown.get(), nullptr), FIDO_ERR_NO_CREDENTIALS);
}

void TestHidFront::swallowsAnAnswer()
{
    HidFront port(std::make_shared<SoftwareKey>());
    const auto device = opened(port);
    QVERIFY(device);
    constexpr quint8 Cbor = 0x10;
    port.setReplyFilter([](quint8 command, const QByteArray &reply) {
        return command == Cbor ? std::optional<QByteArray>() : reply;
    });
    fido_dev_set_timeout(device.get(), 300);
    const auto credential = newCredential();
    QCOMPARE(fido_dev_make_cred(device.get(), credential.get(), nullptr), FIDO_ERR_RX);
    port.setReplyFilter([](quint8 command, const QByteArray &reply) {
        return command == Cbor ? reply.left(20) : reply;
    });
    fido_dev_set_timeout(device.get(), -1);
    const auto cut = newCredential();
    QVERIFY(fido_dev_make_cred(device.get(), cut.get(), nullptr) != FIDO_OK);
}

QTEST_GUILESS_MAIN(TestHidFront)
#include "tst_hidfront.moc"
