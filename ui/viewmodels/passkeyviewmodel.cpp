// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewmodels/passkeyviewmodel.h"

#include <QPointer>

#include <algorithm>

namespace Sparekey {

namespace {

bool sameKeys(const QList<Passkey> &left, const QList<Passkey> &right)
{
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](const Passkey &a, const Passkey &b) { return a.id == b.id; });
}

} // namespace

PasskeyViewModel::PasskeyViewModel(std::shared_ptr<ProviderApi> api, HardwareKeys &keys,
                                   QObject *parent)
    : ProviderViewModel(ProviderType::Passkey, std::move(api), parent)
{
}

PasskeyViewModel::~PasskeyViewModel() = default;

QString PasskeyViewModel::addBlockedReason() const
{
    return tr("This version of Sparekey cannot read keys yet. Add the key in the web vault; it "
              "can then be seen and removed here.");
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
    if (stage() == Stage::Open && !isBusy() && m_asked)
        remove(*m_asked);
}

QCoro::Task<Result<void>> PasskeyViewModel::read(SharedProof proof)
{
    const QPointer self(this);
    const quint64 opening = this->opening();
    const auto opened = co_await api().openPasskeys(proof);
    if (!self || opening != this->opening())
        co_return fail(ErrorKind::Cancelled);
    if (!opened)
        co_return fail(opened.error());
    // While asked again the list stays as it is on the screen: `remove` compares.
    if (stage() == Stage::Verifying)
        m_keys.setKeys(opened->details.keys);
    keep(opened->proof, opened->details.enabled);
    co_return Result<void>();
}

void PasskeyViewModel::forget()
{
    m_keys.setKeys({});
    m_asked.reset();
}

QCoro::Task<void> PasskeyViewModel::remove(Passkey key)
{
    const QPointer self(this);
    const quint64 opening = this->opening();
    begin();
    // The look below would get a new token without anybody having been asked for the password.
    Result<void> done = proof()->isExpired() ? Result<void>(fail(ErrorKind::ProofExpired))
                                             : Result<void>();
    if (done) {
        const auto now = co_await api().openPasskeys(proof());
        if (!self || opening != this->opening())
            co_return;
        if (!now) {
            done = fail(lookError(now.error()));
        } else if (now->details.enabled != isOn() || !sameKeys(now->details.keys, m_keys.keys())) {
            m_keys.setKeys(now->details.keys);
            m_asked.reset();
            keep(proof(), now->details.enabled);
            end({}, {});
            noteChangedElsewhere(tr("The keys of this account were changed meanwhile. This is how "
                                    "they are now; nothing was removed."));
            co_return;
        }
    }
    if (done) {
        const PasskeyDetails known{.enabled = true, .keys = m_keys.keys()};
        done = co_await api().removePasskey(proof(), key.id, known);
        if (!self)
            co_return;
        if (opening != this->opening()) {
            Q_EMIT reloadWanted();
            co_return;
        }
    }
    if (done) {
        QList<Passkey> left = m_keys.keys();
        left.removeIf([&key](const Passkey &other) { return other.id == key.id; });
        m_keys.setKeys(left);
        m_asked.reset();
        Q_EMIT noted(tr("The key “%1” was removed.").arg(PasskeyListModel::shownName(key)));
    }
    end(done, [this, key] { remove(key); });
}

} // namespace Sparekey
