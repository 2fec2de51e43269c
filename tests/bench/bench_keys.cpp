// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Measures the time that the program adds to that of a security key: a registration and a sign-in
// through `HardwareKeys` compared with libfido2 alone, in pairs, with the same software key on the
// same port. Also measures how soon a new key is listed, and the cost of watching while idle.

#include "core/hardware/cardreaders.h"
#include "core/hardware/hardwarekeys.h"
#include "tests/authenticator/ceremonies.h"
#include "tests/authenticator/simulatedkeys.h"
#include "tests/bench/pairs.h"
#include "tests/core/outcome.h"
#include "tests/hardware/fakesystem.h"
#include "tests/hardware/processortime.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTimer>

#include <cstdlib>
#include <fido.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Sparekey;

namespace {

// A software key answers in 0.1 ms, so a ratio would measure only thread switches. A real key needs
// tens of milliseconds for a signature, and longer for a new credential. This is a low value, and
// the same for both sides.
constexpr auto workingTime = 25ms;
constexpr int pairs = 41;
constexpr auto idleTime = 5s;
constexpr int insertions = 15;

const MakeCredentialRequest registration{.clientDataJson = R"({"type":"webauthn.create"})"_ba,
                                         .rpId = u"vault.sparekey.example"_s,
                                         .rpName = u"Vault"_s,
                                         .userId = "user-1"_ba,
                                         .userName = u"demo@sparekey.example"_s,
                                         .userDisplayName = u"Demo"_s,
                                         .algorithms = {-7}};

void must(bool good, const char *what)
{
    if (good)
        return;
    std::fprintf(stderr, "%s failed.\n", what);
    std::exit(1);
}

class KeyBench
{
public:
    KeyBench()
    {
        fido_init(FIDO_DISABLE_U2F_FALLBACK);
        MakeCredentialReply made;
        must(::makeCredential(*m_port, registration, {}, made) == FIDO_OK, "The first credential");
        m_signIn = {.clientDataJson = R"({"type":"webauthn.get"})"_ba,
                    .rpId = registration.rpId,
                    .allowCredentials = {made.credentialId}};
    }

    void run()
    {
        m_key->setWorkingTime(workingTime);
        compare(u"key-register"_s, &KeyBench::registerByUs, &KeyBench::registerBare, false);
        compare(u"key-sign-in"_s, &KeyBench::signInByUs, &KeyBench::signInBare, false);
        m_key->setWorkingTime(0ms);
        compare(u"key-register-overhead"_s, &KeyBench::registerByUs, &KeyBench::registerBare, true);
        compare(u"key-sign-in-overhead"_s, &KeyBench::signInByUs, &KeyBench::signInBare, true);
    }

private:
    using Way = void (KeyBench::*)();

    /// Prints the times of both, or the difference of each pair.
    void compare(const QString &name, Way ours, Way bare, bool difference)
    {
        QJsonArray oursMs;
        QJsonArray bareMs;
        for (int i = 0; i <= pairs; ++i) {
            const double with = millisecondsOf([&] { (this->*ours)(); });
            const double without = millisecondsOf([&] { (this->*bare)(); });
            // The first pair warms up.
            if (i == 0)
                continue;
            oursMs.append(difference ? with - without : with);
            if (!difference)
                bareMs.append(without);
        }
        printMeasured(name, oursMs, bareMs, u"ms"_s);
    }

    void registerByUs()
    {
        must(outcomeOf(m_keys.makeCredential(&m_operation, m_device, registration, SecureBuffer()))
                 .has_value(),
             "A registration");
    }
    void registerBare()
    {
        MakeCredentialReply reply;
        must(::makeCredential(*m_port, registration, {}, reply) == FIDO_OK,
             "A registration by libfido2");
    }
    void signInByUs()
    {
        must(outcomeOf(m_keys.getAssertion(&m_operation, m_device, m_signIn, SecureBuffer()))
                 .has_value(),
             "A sign-in");
    }
    void signInBare()
    {
        GetAssertionReply reply;
        must(::getAssertion(*m_port, m_signIn, {}, reply) == FIDO_OK, "A sign-in by libfido2");
    }

    std::shared_ptr<SoftwareKey> m_key = std::make_shared<SoftwareKey>();
    std::shared_ptr<HidFront> m_port = std::make_shared<HidFront>(m_key);
    std::shared_ptr<SimulatedKeys> m_transport = std::make_shared<SimulatedKeys>();
    KeyDevice m_device = m_transport->plugIn(m_port, u"Key"_s);
    HardwareKeys m_keys{HardwareKeys::Transports{m_transport}};
    // Watches the keys, as a page that shows them does.
    HardwareKeys::Watch m_watch = m_keys.watch();
    KeyOperation m_operation;
    GetAssertionRequest m_signIn;
};

/// The time from plugging a device in until it is listed, including debouncing.
void measureInsertion()
{
    const FakeSystem system;
    HardwareKeys keys(HardwareKeys::Transports{std::make_shared<UsbKeys>(system.places())});
    const auto watch = keys.watch();
    const auto waitFor = [&keys](qsizetype count) {
        QEventLoop loop;
        QObject::connect(&keys, &HardwareKeys::devicesChanged, &loop, [&] {
            if (keys.devices().size() == count)
                loop.quit();
        });
        if (!keys.isKnown() || keys.devices().size() != count)
            loop.exec();
    };
    waitFor(0);
    QJsonArray milliseconds;
    for (int i = 0; i <= insertions; ++i) {
        const double taken = millisecondsOf([&] {
            system.plugIn(u"hidraw0"_s, FakeSystem::keyDescriptor(), "Key");
            waitFor(1);
        });
        system.pullOut(u"hidraw0"_s);
        waitFor(0);
        if (i > 0)
            milliseconds.append(taken);
    }
    printMeasured(u"key-list-after-insert"_s, milliseconds, {}, u"ms"_s);
}

/// The processor time of watching USB ports and card readers, with one key and without events.
void measureIdleness()
{
    const FakeSystem system;
    system.plugIn(u"hidraw0"_s, FakeSystem::keyDescriptor(), "Key");
    HardwareKeys keys(HardwareKeys::Transports{std::make_shared<UsbKeys>(system.places()),
                                               std::make_shared<CardReaders>()});
    const auto watch = keys.watch();
    const auto runFor = [](std::chrono::milliseconds time) {
        QEventLoop loop;
        QTimer::singleShot(time, &loop, &QEventLoop::quit);
        loop.exec();
    };
    runFor(1s);
    must(keys.isKnown() && !keys.devices().isEmpty(), "Watching");
    const auto before = processorTime();
    runFor(idleTime);
    const auto used = processorTime() - before;
    printMeasured(u"key-watch-idle-cpu"_s, {static_cast<double>(used.count()) / 1e3}, {}, u"ms"_s);
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    KeyBench().run();
    measureInsertion();
    measureIdleness();
    return 0;
}
