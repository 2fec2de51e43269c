// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/providers/passkeyviewmodel.h"

#include "core/webauthn/relyingparty.h"
#include "ui/messages/usermessage.h"

#include <utility>

namespace Sparekey {

PasskeyViewModel::PasskeyViewModel(std::shared_ptr<ProviderApi> api, HardwareKeys &keys,
                                   KeyInventory &inventory, QObject *parent)
    : ProviderViewModel(ProviderType::Passkey, api, parent)
    , m_inventory(inventory)
    , m_recorder(this->api().session(), inventory)
    , m_newKey(std::move(api), keys, inventory)
{
    connect(&m_inventory, &KeyInventory::changed, this, &PasskeyViewModel::updateDatesAdded);
    connect(&m_newKey, &NewPasskeyViewModel::soleKeyFound, this,
            &PasskeyViewModel::registerSoleKey);
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
                              : tr("The last key cannot be removed alone. Use “Turn off…”.");
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

void PasskeyViewModel::addKeyByTouch()
{
    addKey();
    m_startsBySoleKey = m_newKey.step() != NewPasskeyViewModel::Step::Closed;
    if (m_newKey.hasSoleKey())
        registerSoleKey();
}

void PasskeyViewModel::registerSoleKey()
{
    if (std::exchange(m_startsBySoleKey, false))
        registerKey();
}

void PasskeyViewModel::readKey()
{
    m_registers = false;
    if (mayChange())
        readNewKey();
}

void PasskeyViewModel::registerKey()
{
    m_startsBySoleKey = false;
    m_registers = true;
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

void PasskeyViewModel::cancelRemove()
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
    const auto ticket = this->ticket();
    const auto opened = co_await api().openPasskeys(proof);
    if (!ticket)
        co_return fail(ErrorKind::Canceled);
    if (!opened)
        co_return fail(opened.error());
    // At a second verification the list stays as it is shown, because `remove` compares it with the
    // server's.
    if (stage() == Stage::Verifying)
        setKeys(opened->details.keys);
    else if (m_unclear)
        settle(opened->details);
    keep(opened->proof, opened->details.enabled);
    co_return Result<void>();
}

void PasskeyViewModel::forget()
{
    m_newKey.close();
    m_startsBySoleKey = false;
    m_registers = false;
    m_keys.setKeys({});
    m_asked.reset();
    m_unclear.reset();
    m_unclearAddition.reset();
}

bool PasskeyViewModel::showError(const Error &error)
{
    if (m_newKey.step() == NewPasskeyViewModel::Step::Closed)
        return false;
    if (error.kind != ErrorKind::TooManyPasskeys)
        return false;
    setError(tr("This account has as many security keys as the server allows: %n. Remove one that "
                "you do not need, then add this one.",
                nullptr, m_keys.count()));
    return true;
}

void PasskeyViewModel::reloaded()
{
    // The server can be reached again. Only with a valid proof: otherwise the user would have to
    // request another emailed code.
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
    const auto ticket = this->ticket();
    begin();
    const SharedProof proof = this->proof();
    const auto now = co_await api().passkeysNow(proof);
    if (!ticket)
        co_return;
    if (now) {
        settle(*now);
        keep(proof, now->enabled);
        end({}, {});
        co_return;
    }
    end(fail(now.error()), [this] {
        // The request that followed the verification may have settled it already.
        if (m_unclear)
            readBack();
    });
}

void PasskeyViewModel::settle(const PasskeyDetails &now)
{
    if (!m_unclear)
        return;
    const Passkey key = *m_unclear;
    m_unclear.reset();
    const auto addition = std::exchange(m_unclearAddition, std::nullopt);
    setKeys(now.keys);
    const bool isThere = now.has(key);
    const QString name = PasskeyListModel::shownName(key);
    if (!addition) {
        showNotice(isThere ? tr("The key “%1” was not removed. You can try again.").arg(name)
                           : tr("The key “%1” was removed.").arg(name));
        return;
    }
    if (isThere) {
        recordOutcome(*addition, {});
        if (!isOn())
            succeedAndStay();
    }
    showNotice(isThere ? tr("The key “%1” was added.").arg(name)
                       : tr("The key “%1” was not added. You can try again.").arg(name));
}

void PasskeyViewModel::setKeys(const QList<Passkey> &keys)
{
    m_keys.setKeys(keys);
    m_recorder.recordAll(keys);
    updateDatesAdded();
}

void PasskeyViewModel::updateDatesAdded()
{
    if (stage() != Stage::Closed)
        m_keys.setAdded(m_recorder.added({.enabled = isOn(), .keys = m_keys.keys()}));
}

QCoro::Task<void> PasskeyViewModel::recordOutcome(PasskeyAddition addition, Result<void> outcome)
{
    const auto ticket = this->ticket();
    const bool isRegistered = outcome.has_value();
    const auto kept = co_await m_recorder.recordOutcome(std::move(addition), std::move(outcome));
    if (!ticket.ownerExists() || !isRegistered || kept || kept.error().kind == ErrorKind::Canceled)
        co_return;
    const QString text = tr("The server has the key, but it could not be put on this computer’s "
                            "list of keys. %1")
                             .arg(userMessage(kept.error()));
    if (stage() == Stage::Closed)
        Q_EMIT noted(text);
    else
        showNotice(text);
}

QCoro::Task<void> PasskeyViewModel::readNewKey()
{
    const auto ticket = this->ticket();
    setError({});
    const auto done = co_await m_newKey.read(proof());
    if (!ticket)
        co_return;
    if (!done && m_newKey.step() == NewPasskeyViewModel::Step::Describing)
        end(done, [this] { readNewKey(); });
    else if (done && m_registers)
        saveKey();
}

QCoro::Task<void> PasskeyViewModel::saveNewKey()
{
    const auto ticket = this->ticket();
    begin();
    m_newKey.beginSaving();
    const SharedProof proof = this->proof();
    const bool wasOn = isOn();
    const PasskeyDetails shown{.enabled = wasOn, .keys = m_keys.keys()};
    const auto since = co_await api().passkeysSince(proof, shown);
    if (!ticket)
        co_return;
    if (!since) {
        // Nothing was sent, so the key need not be read again.
        m_newKey.returnToRead();
        end(fail(since.error()), [this] { saveNewKey(); });
        co_return;
    }

    const PasskeyDetails known = since->now;
    setKeys(known.keys);
    m_newKey.setOthers(known.keys);
    const Passkey added = known.next(m_newKey.name());
    // Created now, while all its parts exist: the user may close the dialog meanwhile.
    const PasskeyAddition addition = m_recorder.additionOf(added, m_newKey.registration(),
                                                           m_newKey.reply(), m_newKey.seenKey());
    const QJsonObject response = m_newKey.deviceResponse().value();
    // If this fails, the key is registered nevertheless; the failure to record it is shown then.
    (void)co_await m_recorder.recordPending(addition);
    if (!ticket.ownerExists())
        co_return;
    if (!ticket) {
        m_recorder.dropPending(addition);
        co_return;
    }
    if (!wasOn)
        recordTurningOn();
    const auto saved = co_await api().addPasskey(proof, known, added, response);
    if (!ticket.ownerExists())
        co_return;
    const Result<void> done = saved ? Result<void>() : Result<void>(fail(saved.error()));
    recordOutcome(addition, done);
    if (!ticket) {
        if (wasOn)
            Q_EMIT reloadWanted();
        else
            endAfterClosing(done, true, proof);
        co_return;
    }
    if (!done) {
        if (done.error().kind == ErrorKind::ProofExpired) {
            m_newKey.returnToRead(); // it can still be sent with a new proof
            end(done, [this] { saveNewKey(); });
            co_return;
        }
        m_newKey.endSaving(false); // the challenge is used up
        if (done.error().kind == ErrorKind::OutcomeUnknown) {
            m_newKey.close();
            m_keys.setKeys({});
            m_unclear = added;
            m_unclearAddition = addition;
        }
        end(done, {});
        co_return;
    }
    setKeys(saved->keys);
    m_newKey.setOthers(saved->keys);
    m_newKey.endSaving(true);
    Q_EMIT noted(tr("The key “%1” was added.").arg(m_newKey.name()));
    if (wasOn)
        end({}, {});
    else
        succeedAndStay();
}

QCoro::Task<void> PasskeyViewModel::remove(Passkey key)
{
    const auto ticket = this->ticket();
    begin();
    const SharedProof proof = this->proof();
    const PasskeyDetails shown{.enabled = isOn(), .keys = m_keys.keys()};
    const auto since = co_await api().passkeysSince(proof, shown);
    if (!ticket)
        co_return;
    if (!since) {
        end(fail(since.error()), [this, key] { remove(key); });
        co_return;
    }
    if (!since->unchanged) {
        setKeys(since->now.keys);
        m_asked.reset();
        keep(proof, since->now.enabled);
        end({}, {});
        reportChangedElsewhere(
            tr("The keys of this account were changed elsewhere. This is how they "
               "are now. Nothing was removed."));
        co_return;
    }

    const auto done = co_await api().removePasskey(proof, key.id, since->now);
    if (!ticket.ownerExists())
        co_return;
    if (!ticket) {
        Q_EMIT reloadWanted();
        co_return;
    }
    if (done) {
        QList<Passkey> left = m_keys.keys();
        left.removeIf([&key](const Passkey &other) { return other.id == key.id; });
        setKeys(left);
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
