// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Over 400 lines: its parts share too much state to be split by lines alone.

#include "ui/providers/passkeyviewmodel.h"

#include "core/settings/settings.h"
#include "core/webauthn/relyingparty.h"
#include "ui/messages/usermessage.h"

#include <QPointer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

bool sameKeys(const QList<Passkey> &left, const QList<Passkey> &right)
{
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](const Passkey &a, const Passkey &b) { return a.id == b.id; });
}

} // namespace

PasskeyViewModel::PasskeyViewModel(std::shared_ptr<ProviderApi> api, HardwareKeys &keys,
                                   KeyInventory &inventory, QObject *parent)
    : ProviderViewModel(ProviderType::Passkey, api, parent)
    , m_inventory(inventory)
    , m_newKey(std::move(api), keys, inventory)
{
    connect(&m_inventory, &KeyInventory::changed, this, &PasskeyViewModel::tellWhenAdded);
}

PasskeyViewModel::~PasskeyViewModel() = default;

QString PasskeyViewModel::addBlockedReason() const
{
    if (m_unclear)
        return tr("It is not known which keys are registered. Ask the server first.");
    const QUrl webVault = api().session()->account().environment.webVault;
    const auto relyingParty = relyingPartyFor(webVault, webVault.host());
    return relyingParty ? QString() : userMessage(relyingParty.error());
}

QString PasskeyViewModel::removeBlockedReason() const
{
    return m_keys.count() > 1 ? QString()
                              : tr("The last key cannot be removed alone. Use “Turn off”.");
}

QString PasskeyViewModel::keyToRemove() const
{
    return m_asked ? PasskeyListModel::shownName(*m_asked) : QString();
}

QStringList PasskeyViewModel::keyNames() const
{
    QStringList names;
    for (const Passkey &key : m_keys.keys())
        names.append(PasskeyListModel::shownName(key));
    return names;
}

void PasskeyViewModel::addKey()
{
    if (stage() != Stage::Open || isBusy() || !addBlockedReason().isEmpty())
        return;
    setError({});
    m_newKey.open(m_keys.keys());
}

void PasskeyViewModel::stopAdding()
{
    if (!isBusy())
        m_newKey.close();
}

void PasskeyViewModel::finishAdding()
{
    if (isBusy())
        return;
    if (isSwitchedOn())
        leave();
    else
        m_newKey.close();
}

void PasskeyViewModel::readKey()
{
    if (mayChange())
        readNewKey();
}

void PasskeyViewModel::saveKey()
{
    if (mayChange() && m_newKey.step() == NewPasskeyViewModel::Step::Read && m_newKey.checkName())
        saveNewKey();
}

void PasskeyViewModel::askToRemove(int row)
{
    if (stage() != Stage::Open || isBusy() || m_keys.count() < 2 || row < 0
        || row >= m_keys.count())
        return;
    setError({});
    m_asked = m_keys.keys().at(row);
    Q_EMIT changed();
}

void PasskeyViewModel::keepKey()
{
    if (isBusy())
        return;
    m_asked.reset();
    Q_EMIT changed();
}

void PasskeyViewModel::removeKey()
{
    if (mayChange() && m_asked)
        remove(*m_asked);
}

QCoro::Task<Result<void>> PasskeyViewModel::read(SharedProof proof)
{
    const QPointer self(this);
    const quint64 opening = this->opening();
    const auto opened = co_await api().openPasskeys(proof);
    if (!self || opening != this->opening())
        co_return fail(ErrorKind::Canceled);
    if (!opened)
        co_return fail(opened.error());
    // While asked again the list stays as it is on the screen: `remove` compares.
    if (stage() == Stage::Verifying)
        take(opened->details.keys);
    else if (m_unclear)
        settle(opened->details.keys);
    keep(opened->proof, opened->details.enabled);
    co_return Result<void>();
}

void PasskeyViewModel::forget()
{
    m_newKey.close();
    m_keys.setKeys({});
    m_asked.reset();
    m_unclear.reset();
    m_unclearAddition.reset();
}

bool PasskeyViewModel::showError(const Error &error)
{
    if (m_newKey.step() == NewPasskeyViewModel::Step::Closed)
        return false;
    // Official servers have no code for it: "Maximum allowed WebAuthn credential count exceeded."
    if (error.kind == ErrorKind::Refused
        && error.serverText.text().contains("credential count"_L1, Qt::CaseInsensitive)) {
        setError(
            tr("This account has as many keys as the server allows: %n. Remove one that you do "
               "not need, then add this one.",
               nullptr, m_keys.count()));
        return true;
    }
    // They have no answer but 500 to a signature for another address than they think theirs is.
    if (error.kind == ErrorKind::ServerFailure
        && m_newKey.step() == NewPasskeyViewModel::Step::Describing) {
        setError(tr("The server did not take this key (status %1), and nothing was registered. If "
                    "it happens again, the server may know itself by another address than %2: ask "
                    "who runs it.")
                     .arg(error.status)
                     .arg(m_newKey.site()));
        return true;
    }
    return false;
}

void PasskeyViewModel::reloaded()
{
    // The way to the server works again. A mailed code that was used up would have to be asked for.
    if (m_unclear && mayChange() && !proof()->isExpired())
        readBack();
}

void PasskeyViewModel::readAgain()
{
    if (mayChange() && m_unclear)
        readBack();
}

QCoro::Task<void> PasskeyViewModel::readBack()
{
    const QPointer self(this);
    const quint64 opening = this->opening();
    begin();
    const SharedProof proof = this->proof();
    const auto now = co_await api().passkeysNow(proof);
    if (!self || opening != this->opening())
        co_return;
    if (now) {
        settle(now->keys);
        keep(proof, now->enabled);
        end({}, {});
        co_return;
    }
    end(fail(now.error()), [this] {
        // The look that came with the password may have told already.
        if (m_unclear)
            readBack();
    });
}

void PasskeyViewModel::settle(const QList<Passkey> &keys)
{
    if (!m_unclear)
        return;
    const Passkey key = *m_unclear;
    m_unclear.reset();
    const auto addition = std::exchange(m_unclearAddition, std::nullopt);
    take(keys);
    const bool isThere = std::any_of(keys.begin(), keys.end(),
                                     [&key](const Passkey &other) { return other.id == key.id; });
    const QString name = PasskeyListModel::shownName(key);
    if (!addition) {
        tell(isThere ? tr("The key “%1” was not removed. You can try again.").arg(name)
                     : tr("The key “%1” was removed.").arg(name));
        return;
    }
    if (isThere) {
        noteRegistration(addition->registration, addition->seen);
        if (!isOn())
            succeedAndStay();
    }
    tell(isThere ? tr("The key “%1” was added.").arg(name)
                 : tr("The key “%1” was not added. You can try again.").arg(name));
}

void PasskeyViewModel::take(const QList<Passkey> &keys)
{
    m_keys.setKeys(keys);
    (void)m_inventory.notePasskeys(ownAccountKey(), keys);
    tellWhenAdded();
}

void PasskeyViewModel::tellWhenAdded()
{
    if (stage() == Stage::Closed)
        return;
    const QString account = ownAccountKey();
    QMap<qint64, QDateTime> added;
    for (const InventoryKey &key : m_inventory.inventory().keys()) {
        for (const KeyRegistration &registration : key.registrations) {
            if (registration.accountKey == account
                && registration.state == KeyRegistration::State::Registered
                && m_keys.has(registration.number, registration.name))
                added.insert(registration.number, registration.added);
        }
    }
    m_keys.setAdded(added);
}

KeyRegistration PasskeyViewModel::registrationOf(const Passkey &passkey) const
{
    KeyRegistration registration;
    registration.accountKey = ownAccountKey();
    registration.server = api().session()->account().environment.title();
    registration.rpId = m_newKey.registration().request.rpId;
    registration.credentialId = m_newKey.reply().credentialId;
    registration.publicKey = m_newKey.reply().publicKey;
    registration.number = passkey.id;
    registration.name = passkey.name;
    return registration;
}

QCoro::Task<void> PasskeyViewModel::noteRegistration(KeyRegistration registration,
                                                     KeyObservation seen)
{
    const QPointer self(this);
    const auto kept = co_await m_inventory.noteRegistration(std::move(registration),
                                                            std::move(seen));
    if (self && !kept && kept.error().kind != ErrorKind::Canceled) {
        const QString text = tr("The server has the key, but it could not be put on this "
                                "computer’s list of keys: %1")
                                 .arg(userMessage(kept.error()));
        if (stage() == Stage::Closed)
            Q_EMIT noted(text);
        else
            tell(text);
    }
}

QString PasskeyViewModel::ownAccountKey() const
{
    return api().session()->account().key();
}

QCoro::Task<void> PasskeyViewModel::readNewKey()
{
    const QPointer self(this);
    const quint64 opening = this->opening();
    setError({});
    const auto done = co_await m_newKey.read(proof());
    if (!self || opening != this->opening() || done
        || m_newKey.step() != NewPasskeyViewModel::Step::Describing)
        co_return;
    end(done, [this] { readNewKey(); });
}

QCoro::Task<void> PasskeyViewModel::saveNewKey()
{
    const QPointer self(this);
    const quint64 opening = this->opening();
    begin();
    m_newKey.beginSaving();
    const SharedProof proof = this->proof();
    const bool wasOn = isOn();
    const auto now = co_await api().passkeysNow(proof);
    if (!self || opening != this->opening())
        co_return;
    if (!now) {
        // Nothing was sent, so the key need not be read again.
        m_newKey.keepRead();
        end(fail(now.error()), [this] { saveNewKey(); });
        co_return;
    }

    PasskeyDetails known = *now;
    QList<qint64> taken;
    for (const Passkey &key : std::as_const(known.keys))
        taken.append(key.id);
    const Passkey added{.id = freePasskeyId(taken), .name = m_newKey.name()};
    // Made while there is all that it is made of: the dialog may be left meanwhile.
    const KeyRegistration registration = registrationOf(added);
    const KeyObservation seen = m_newKey.seenKey();
    const QJsonObject response = m_newKey.deviceResponse().value();
    auto done = co_await api().addPasskey(proof, known, added.name, response);
    if (!self)
        co_return;
    if (opening != this->opening()) {
        if (done)
            noteRegistration(registration, seen);
        if (done && !wasOn)
            endLate({}, true, proof);
        else
            Q_EMIT reloadWanted();
        co_return;
    }
    // Whatever came of it. A mailed code may be good for no further look.
    const auto after = co_await api().passkeysNow(proof);
    if (!self || opening != this->opening())
        co_return;
    const bool unclear = !done && done.error().kind == ErrorKind::OutcomeUnknown;
    if (after) {
        known = *after;
        const bool isThere = std::any_of(known.keys.cbegin(), known.keys.cend(),
                                         [&added](const Passkey &key) {
                                             return key.id == added.id && key.name == added.name;
                                         });
        if (unclear && isThere)
            done = {};
    } else if (done) {
        known.keys.append(added);
    }
    take(known.keys);
    m_newKey.setOthers(known.keys);
    if (!done) {
        if (done.error().kind == ErrorKind::ProofExpired) {
            m_newKey.keepRead(); // with a new proof it can be sent still
            end(done, [this] { saveNewKey(); });
            co_return;
        }
        m_newKey.endSaving(false); // the challenge is used up
        if (unclear && !after) {
            m_newKey.close();
            m_keys.setKeys({});
            m_unclear = added;
            m_unclearAddition = Addition{registration, seen};
        }
        end(done, {});
        co_return;
    }
    noteRegistration(registration, seen);
    m_newKey.endSaving(true);
    Q_EMIT noted(tr("The key “%1” was added.").arg(m_newKey.name()));
    if (wasOn)
        end({}, {});
    else
        succeedAndStay();
}

QCoro::Task<void> PasskeyViewModel::remove(Passkey key)
{
    const QPointer self(this);
    const quint64 opening = this->opening();
    begin();
    const SharedProof proof = this->proof();
    const auto now = co_await api().passkeysNow(proof);
    if (!self || opening != this->opening())
        co_return;
    if (!now) {
        end(fail(now.error()), [this, key] { remove(key); });
        co_return;
    }
    if (now->enabled != isOn() || !sameKeys(now->keys, m_keys.keys())) {
        take(now->keys);
        m_asked.reset();
        keep(proof, now->enabled);
        end({}, {});
        noteChangedElsewhere(tr("The keys of this account were changed meanwhile. This is how "
                                "they are now; nothing was removed."));
        co_return;
    }

    const auto done = co_await api().removePasskey(proof, key.id, *now);
    if (!self)
        co_return;
    if (opening != this->opening()) {
        Q_EMIT reloadWanted();
        co_return;
    }
    if (done) {
        QList<Passkey> left = m_keys.keys();
        left.removeIf([&key](const Passkey &other) { return other.id == key.id; });
        take(left);
        m_asked.reset();
        Q_EMIT noted(tr("The key “%1” was removed.").arg(PasskeyListModel::shownName(key)));
    } else if (done.error().kind == ErrorKind::OutcomeUnknown) {
        m_keys.setKeys({});
        m_asked.reset();
        m_unclear = key;
    }
    end(done, [this, key] { remove(key); });
}

} // namespace Sparekey
