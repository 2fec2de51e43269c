// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/providers/newpasskeyviewmodel.h"

#include "core/text/characters.h"
#include "core/webauthn/authenticatordata.h"
#include "core/webauthn/passkeytest.h"
#include "ui/keys/keepreply.h"
#include "ui/messages/usermessage.h"
#include "ui/providers/passkeylistmodel.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

QString hostOf(const ProviderApi &api)
{
    return api.session()->account().environment.webVault.host();
}

QCoro::Task<Result<void>> refuse(KeyOperation *operation, KeyDevice device, SecureBuffer pin)
{
    Q_UNUSED(operation)
    Q_UNUSED(pin)
    co_return fail(Error{.kind = ErrorKind::KeyAnswerInvalid, .subject = device.name});
}

} // namespace

NewPasskeyViewModel::NewPasskeyViewModel(std::shared_ptr<ProviderApi> api, HardwareKeys &keys,
                                         KeyInventory &inventory, QObject *parent)
    : QObject(parent)
    , m_api(std::move(api))
    , m_keys(keys)
    , m_inventory(inventory)
    , m_devices(keys)
    , m_prompt(keys)
{
    connect(&m_devices, &KeyListModel::changed, this, [this] {
        suggestName();
        if (hasSoleKey())
            Q_EMIT soleKeyFound();
    });
}

NewPasskeyViewModel::~NewPasskeyViewModel() = default;

void NewPasskeyViewModel::setName(const QString &name)
{
    if (name == m_name || m_step == Step::Saving || m_step == Step::Saved
        || m_step == Step::Testing)
        return;
    m_name = firstCharacters(name, LongestPasskeyName).toString();
    m_nameEntered = true;
    m_nameErrorText.clear();
    Q_EMIT changed();
}

QString NewPasskeyViewModel::site() const
{
    return m_registration.request.rpId.isEmpty() ? hostOf(*m_api) : m_registration.request.rpId;
}

QString NewPasskeyViewModel::readText() const
{
    if (m_reply.format.isEmpty())
        return {};
    if (m_reply.format == "fido-u2f"_L1) {
        return tr("“%1” has made a passkey for %2. It is a key of the older kind, U2F, which works "
                  "as a second step too. Press Save to register it.")
            .arg(KeyListModel::shownName(m_device), site());
    }
    return tr("“%1” has made a passkey for %2. Press Save to register it.")
        .arg(KeyListModel::shownName(m_device), site());
}

void NewPasskeyViewModel::open(const QList<Passkey> &others)
{
    close();
    m_others = others;
    m_devices.setWatching(true);
    (void)m_inventory.load();
    setStep(Step::Describing);
    suggestName();
}

void NewPasskeyViewModel::close()
{
    if (m_step == Step::Closed)
        return;
    m_opening.cancel();
    m_prompt.cancel();
    m_naming.cancel();
    m_devices.setWatching(false);
    forgetKey();
    m_others.clear();
    m_name.clear();
    m_nameEntered = false;
    m_nameErrorText.clear();
    m_errorText.clear();
    m_testText.clear();
    setStep(Step::Closed);
}

void NewPasskeyViewModel::setOthers(const QList<Passkey> &others)
{
    m_others = others;
}

bool NewPasskeyViewModel::hasSoleKey() const
{
    if (m_step != Step::Describing || m_devices.isSearching())
        return false;
    const auto device = m_devices.chosen();
    return device && !device->isReader() && m_devices.touchableCount() == 1;
}

bool NewPasskeyViewModel::checkName()
{
    const QString name = passkeyName(m_name);
    const bool taken = isTaken(name);
    if (name.isEmpty())
        m_nameErrorText = tr("Enter a name, so that you can tell this key from others.");
    else if (taken)
        m_nameErrorText = tr("Another key of this account has this name. Choose a different name.");
    else
        m_nameErrorText.clear();
    if (m_nameErrorText.isEmpty())
        m_name = name;
    Q_EMIT changed();
    if (!m_nameErrorText.isEmpty())
        Q_EMIT nameWanted();
    return m_nameErrorText.isEmpty();
}

QCoro::Task<Result<void>> NewPasskeyViewModel::read(SharedProof proof)
{
    if ((m_step != Step::Describing && m_step != Step::Read) || !checkName())
        co_return Result<void>();
    const auto device = m_devices.chosen();
    if (!device) {
        fail(tr("Plug in your key or place it on a reader, then try again."));
        co_return Result<void>();
    }
    const auto ticket = m_opening.ticket();
    m_naming.cancel();
    forgetKey();
    m_errorText.clear();
    setStep(Step::Asking);
    auto begun = co_await m_api->beginPasskey(std::move(proof));
    if (!ticket)
        co_return Sparekey::fail(ErrorKind::Canceled);
    if (!begun) {
        setStep(Step::Describing);
        co_return Sparekey::fail(begun.error());
    }
    m_registration = *std::move(begun);
    setStep(Step::Reading);

    const auto reply = std::make_shared<MakeCredentialReply>();
    MakeCredentialRequest request = m_registration.request;
    request.recognize = m_inventory.inventory().candidates();
    KeyPromptViewModel::Action action;
    action.pin = KeyPromptViewModel::pinUseFor(request.userVerification);
    action.registers = true;
    HardwareKeys *keys = &m_keys;
    action.run = [keys, request, reply](KeyOperation *operation, KeyDevice key, SecureBuffer pin) {
        return keepReply(keys->makeCredential(operation, std::move(key), request, std::move(pin)),
                         reply);
    };
    const auto done = co_await m_prompt.perform(*device, std::move(action));
    if (!ticket)
        co_return Sparekey::fail(ErrorKind::Canceled);
    m_device = m_prompt.device();
    if (!done) {
        setStep(Step::Describing);
        if (done.error().kind != ErrorKind::Canceled)
            fail(userMessage(done.error()));
        if (done.error().kind == ErrorKind::KeyAlreadyRegistered)
            nameRegisteredKey();
        co_return Result<void>();
    }
    m_reply = *reply;
    if (const auto checked = deviceResponse(); !checked) {
        forgetKey();
        setStep(Step::Describing);
        fail(userMessage(checked.error()));
        co_return Result<void>();
    }
    setStep(Step::Read);
    co_return Result<void>();
}

QCoro::Task<void> NewPasskeyViewModel::nameRegisteredKey()
{
    const auto ticket = m_opening.ticket();
    const QString before = m_errorText;
    const auto held = co_await m_keys.recognize(&m_naming, m_device,
                                                m_inventory.inventory().candidates(),
                                                SecureBuffer());
    // Another operation may have begun meanwhile.
    if (!ticket || m_errorText != before || !held)
        co_return;
    for (const QByteArray &id : held->proven) {
        const InventoryKey *key = m_inventory.inventory().holderOf(id);
        if (key && !key->name.isEmpty()) {
            fail(tr("This key, “%1”, is already registered with this account. Choose another one.")
                     .arg(key->name));
            co_return;
        }
    }
}

Result<QJsonObject> NewPasskeyViewModel::deviceResponse() const
{
    return Sparekey::deviceResponse(m_registration, m_reply);
}

KeyObservation NewPasskeyViewModel::seenKey() const
{
    const QByteArray aaguid = m_reply.authenticatorData.mid(AuthenticatorData::AaguidAt,
                                                            AuthenticatorData::AaguidSize);
    return KeyObservation::on(m_device, aaguid, m_reply.recognized);
}

void NewPasskeyViewModel::beginSaving()
{
    m_errorText.clear();
    setStep(Step::Saving);
}

void NewPasskeyViewModel::returnToRead()
{
    setStep(Step::Read);
}

void NewPasskeyViewModel::endSaving(bool saved)
{
    if (!saved)
        forgetKey();
    setStep(saved ? Step::Saved : Step::Describing);
}

void NewPasskeyViewModel::chooseByTouch()
{
    if (m_step == Step::Describing || m_step == Step::Read)
        runChoosing();
}

QCoro::Task<void> NewPasskeyViewModel::runChoosing()
{
    const auto ticket = m_opening.ticket();
    m_naming.cancel();
    forgetKey();
    m_errorText.clear();
    setStep(Step::Choosing);
    const auto touched = std::make_shared<KeyDevice>();
    HardwareKeys *keys = &m_keys;
    std::function<QCoro::Task<Result<void>>(KeyOperation *)> any =
        [keys, touched](KeyOperation *operation) {
            return keepReply(keys->chooseByTouch(operation), touched);
        };
    // A touch needs no PIN; a key that asks for one nevertheless is refused.
    KeyPromptViewModel::Action none;
    none.run = refuse;
    const auto done = co_await m_prompt.performWithAny(std::move(any), std::move(none));
    if (!ticket)
        co_return;
    setStep(Step::Describing);
    if (done)
        m_devices.choose(*touched);
    else if (done.error().kind != ErrorKind::Canceled)
        fail(userMessage(done.error()));
}

void NewPasskeyViewModel::test()
{
    if (m_step == Step::Saved)
        runTest();
}

QCoro::Task<void> NewPasskeyViewModel::runTest()
{
    const auto ticket = m_opening.ticket();
    m_naming.cancel();
    m_testText.clear();
    m_testFailed = false;
    setStep(Step::Testing);
    Result<void> done;
    if (const auto request = passkeyTest(m_registration, m_reply)) {
        HardwareKeys *keys = &m_keys;
        // The operation has already verified it; it is not used any further.
        const auto signature = std::make_shared<GetAssertionReply>();
        KeyPromptViewModel::Action action;
        action.run = [keys, signature, asked = *request](KeyOperation *operation, KeyDevice key,
                                                         SecureBuffer pin) {
            return keepReply(keys->getAssertion(operation, std::move(key), asked, std::move(pin)),
                             signature);
        };
        const QList<KeyDevice> there = m_keys.devices();
        const auto same = std::find_if(there.begin(), there.end(), [this](const KeyDevice &device) {
            return device.id == m_device.id;
        });
        if (same != there.end()) {
            // The key that made the passkey is connected: its error is the result of the test.
            done = co_await m_prompt.perform(*same, std::move(action));
        } else {
            // Waits until the key is connected, in whichever port.
            std::function<QCoro::Task<Result<void>>(KeyOperation *)> any =
                [keys, signature, asked = *request](KeyOperation *operation) {
                    return keepReply(keys->getAssertionFromAny(operation, asked), signature);
                };
            done = co_await m_prompt.performWithAny(std::move(any), std::move(action));
        }
    } else {
        done = Sparekey::fail(request.error());
    }
    if (!ticket)
        co_return;
    const bool stopped = !done && done.error().kind == ErrorKind::Canceled;
    m_testFailed = !done && !stopped;
    if (done) {
        m_testText = tr("The key works with this account.");
    } else {
        m_testText = userMessage(done.error());
    }
    setStep(Step::Saved);
}

bool NewPasskeyViewModel::isTaken(const QString &name) const
{
    return std::any_of(m_others.cbegin(), m_others.cend(), [&name](const Passkey &other) {
        return PasskeyListModel::shownName(other).compare(name, Qt::CaseInsensitive) == 0;
    });
}

void NewPasskeyViewModel::suggestName()
{
    if (m_step != Step::Describing || m_nameEntered)
        return;
    const auto device = m_devices.chosen();
    QString name = device && !device->isReader() ? passkeyName(KeyListModel::shownName(*device))
                                                 : tr("Security key");
    const QString base = name;
    for (int number = 2; isTaken(name); ++number)
        name = tr("%1 %2", "the name of a key, and a number").arg(base).arg(number);
    m_name = name;
    Q_EMIT changed();
}

void NewPasskeyViewModel::setStep(Step step)
{
    const bool other = m_step != step;
    m_step = step;
    Q_EMIT changed();
    if (other)
        Q_EMIT stepChanged();
}

void NewPasskeyViewModel::fail(const QString &text)
{
    m_errorText = text;
    Q_EMIT changed();
}

void NewPasskeyViewModel::forgetKey()
{
    m_registration = {};
    m_reply = {};
    m_device = {};
}

} // namespace Sparekey
