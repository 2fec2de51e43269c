// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/keys/keyinventorymodel.h"

#include "ui/messages/dates.h"
#include "ui/messages/providertexts.h"

#include <QLocale>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

using Tone = KeyInventoryModel::Tone;
using Verdict = AccountAfterLoss::Verdict;

Tone toneOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::AnotherKey:
    case Verdict::AnotherPasskey:
    case Verdict::AnotherMethod:
    case Verdict::NotAsked: return Tone::Good;
    case Verdict::Unknown: return Tone::Unknown;
    case Verdict::RecoveryCode: return Tone::Caution;
    case Verdict::Nothing: return Tone::Bad;
    }
    Q_UNREACHABLE();
}

// Empty if there is none.
QString copyText(const std::optional<CopyRecord> &copy)
{
    if (!copy)
        return {};
    const QString date = shownDate(copy->when);
    switch (copy->kind) {
    case CopyKind::Printed:
        return KeyInventoryModel::tr("You printed the recovery code on %1.").arg(date);
    case CopyKind::Pdf:
    case CopyKind::ProtectedPdf:
        return KeyInventoryModel::tr("You saved the recovery code as a PDF on %1.").arg(date);
    case CopyKind::Text:
        return KeyInventoryModel::tr("You saved the recovery code as text on %1.").arg(date);
    case CopyKind::Elsewhere:
        return KeyInventoryModel::tr("You keep the recovery code elsewhere, as you said on %1.")
            .arg(date);
    }
    Q_UNREACHABLE();
}

QString quoted(const QString &name)
{
    return KeyInventoryModel::tr("“%1”").arg(name);
}

} // namespace

KeyInventoryModel::KeyInventoryModel(KeyInventory &inventory, Settings &settings, EmailOf emailOf,
                                     QObject *parent)
    : QAbstractListModel(parent)
    , m_inventory(inventory)
    , m_settings(settings)
    , m_emailOf(std::move(emailOf))
{
    connect(&inventory, &KeyInventory::changed, this, &KeyInventoryModel::update);
    update();
}

int KeyInventoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant KeyInventoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const InventoryKey &key = m_keys.at(index.row());
    switch (role) {
    case NameRole: return shownName(key);
    case PlaceRole: return key.place.isEmpty() ? QString() : tr("Kept: %1").arg(key.place);
    case ProductRole: return shownName(key) == key.product ? QString() : key.product;
    case AddedRole: return tr("Known here since %1").arg(shownDate(key.added));
    case ConnectedRole: return m_connected.contains(key.id);
    default: break;
    }
    const QList<Line> &lines = linesOfRow(index.row());
    switch (role) {
    case SummaryRole: return summaryOf(lines);
    case LeftRole: return leftOf(lines);
    case LossTitleRole:
        return std::ranges::any_of(lines, &Line::registered)
            ? tr("If I lose this key, what is left?")
            : tr("What is left behind?");
    case ToneRole: {
        const auto worst = std::ranges::max_element(lines, {}, &Line::tone);
        return QVariant::fromValue(worst == lines.end() ? Tone::Good : worst->tone);
    }
    case AccountsRole: {
        QVariantList list;
        for (const Line &line : lines) {
            list.append(QVariantMap{{u"account"_s, line.account},
                                    {u"text"_s, line.text},
                                    {u"copy"_s, line.copy},
                                    {u"tone"_s, QVariant::fromValue(line.tone)}});
        }
        return list;
    }
    default: return {};
    }
}

QHash<int, QByteArray> KeyInventoryModel::roleNames() const
{
    return {{NameRole, "name"_ba},           {PlaceRole, "place"_ba},
            {ProductRole, "product"_ba},     {AddedRole, "addedText"_ba},
            {ConnectedRole, "connected"_ba}, {SummaryRole, "summary"_ba},
            {LeftRole, "leftText"_ba},       {LossTitleRole, "lossTitle"_ba},
            {ToneRole, "tone"_ba},           {AccountsRole, "accounts"_ba}};
}

const InventoryKey *KeyInventoryModel::keyAt(int row) const
{
    return row >= 0 && row < count() ? &m_keys.at(row) : nullptr;
}

void KeyInventoryModel::setConnected(const QSet<QString> &ids)
{
    if (ids == m_connected)
        return;
    m_connected = ids;
    if (!m_keys.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1), {ConnectedRole});
}

void KeyInventoryModel::update()
{
    m_lines.clear();
    const QList<InventoryKey> &keys = m_inventory.inventory().keys();
    const bool sameRows = std::equal(keys.begin(), keys.end(), m_keys.begin(), m_keys.end(),
                                     [](const InventoryKey &left, const InventoryKey &right) {
                                         return left.id == right.id;
                                     });
    // Keeps the rows, so that a screen reader stays on its row.
    if (sameRows) {
        m_keys = keys;
        if (!keys.isEmpty())
            Q_EMIT dataChanged(index(0), index(count() - 1));
        return;
    }
    beginResetModel();
    m_keys = keys;
    endResetModel();
    Q_EMIT countChanged();
}

QString KeyInventoryModel::accountTitle(const QString &accountKey, const QString &server) const
{
    const QString email = m_emailOf(accountKey);
    return email.isEmpty() ? tr("An account on %1").arg(server) : tr("%1 on %2").arg(email, server);
}

QStringList KeyInventoryModel::accountsOf(const QString &keyId) const
{
    QStringList accounts;
    if (const InventoryKey *key = m_inventory.inventory().key(keyId)) {
        for (const KeyRegistration &registration : key->registrations) {
            if (registration.state == KeyRegistration::State::Registered)
                accounts.append(accountTitle(registration.accountKey, registration.server));
        }
    }
    accounts.removeDuplicates();
    return accounts;
}

QString KeyInventoryModel::shownName(const InventoryKey &key)
{
    if (!key.name.isEmpty())
        return key.name;
    return key.product.isEmpty() ? tr("Unnamed key") : key.product;
}

QString KeyInventoryModel::quotedName(const InventoryKey &key)
{
    return quoted(shownName(key));
}

QString KeyInventoryModel::textOf(const AccountAfterLoss &account) const
{
    switch (account.verdict) {
    case Verdict::AnotherKey: {
        QStringList names;
        for (const QString &id : account.otherKeys) {
            if (const InventoryKey *key = m_inventory.inventory().key(id))
                names.append(quotedName(*key));
        }
        return tr("Another key still opens it: %1.").arg(QLocale().createSeparatedList(names));
    }
    case Verdict::AnotherPasskey: {
        QStringList names;
        for (const QString &name : account.otherPasskeys)
            names.append(name.isEmpty() ? tr("an unnamed key") : quoted(name));
        return tr("A passkey that was not registered on this computer still opens it: %1.")
            .arg(QLocale().createSeparatedList(names));
    }
    case Verdict::AnotherMethod: {
        QStringList names;
        for (const ProviderType type : account.otherMethods)
            names.append(providerName(type));
        return tr("Another method still opens it: %1. That is as seen on %2.")
            .arg(QLocale().createSeparatedList(names), shownDate(account.methodsSeen));
    }
    case Verdict::RecoveryCode:
        return tr("Nothing is left but the recovery code: no other method was turned on when last "
                  "seen, on %1.")
            .arg(shownDate(account.methodsSeen));
    case Verdict::Nothing:
        return tr("Nothing is left that Sparekey knows of: no other method was turned on when last "
                  "seen, on %1, and no copy of the recovery code was made here. Register a second "
                  "key, or print the recovery code.")
            .arg(shownDate(account.methodsSeen));
    case Verdict::Unknown:
        return tr("Sparekey has not seen yet what else is turned on. Sign in to this account, and "
                  "it will be shown here.");
    case Verdict::NotAsked:
        return tr("Nothing is lost: passkeys were turned off for this account when last seen, on "
                  "%1.")
            .arg(shownDate(account.methodsSeen));
    }
    Q_UNREACHABLE();
}

// Cached, because a view asks for several texts of a row at a time.
const QList<KeyInventoryModel::Line> &KeyInventoryModel::linesOfRow(int row) const
{
    const auto known = m_lines.constFind(row);
    return known != m_lines.cend() ? *known : *m_lines.insert(row, linesOf(m_keys.at(row)));
}

QList<KeyInventoryModel::Line> KeyInventoryModel::linesOf(const InventoryKey &key) const
{
    QList<Line> lines;
    const auto left = whatIsLeft(m_inventory.inventory(), key.id, [this](const QString &account) {
        const QList<CopyRecord> copies = m_settings.copies(account);
        return copies.isEmpty() ? std::nullopt : std::optional(copies.first());
    });
    for (const AccountAfterLoss &account : left) {
        const bool copyMatters = account.verdict == Verdict::RecoveryCode
            || account.verdict == Verdict::Unknown;
        lines.append({.account = accountTitle(account.accountKey, account.server),
                      .text = textOf(account),
                      .copy = copyMatters ? copyText(account.recoveryCopy) : QString(),
                      .tone = toneOf(account.verdict)});
    }
    for (const KeyRegistration &registration : key.registrations) {
        if (registration.state == KeyRegistration::State::GoneFromKey) {
            lines.append({.account = accountTitle(registration.accountKey, registration.server),
                          .text = tr("The passkey “%1” was deleted from this key and opens nothing "
                                     "any more. Remove it from this account.")
                                      .arg(registration.name),
                          .copy = {},
                          .tone = Tone::Caution,
                          .registered = false});
        }
    }
    return lines;
}

QString KeyInventoryModel::summaryOf(const QList<Line> &lines)
{
    if (lines.isEmpty())
        return tr("Not registered with any account that Sparekey knows of.");
    const auto all = static_cast<int>(std::ranges::count_if(lines, &Line::registered));
    if (all == 0) {
        return tr("Emptied. Its passkeys are still listed by %n account(s).", nullptr,
                  static_cast<int>(lines.size()));
    }
    return tr("Registered with %n account(s).", nullptr, all);
}

QString KeyInventoryModel::leftOf(const QList<Line> &lines)
{
    const auto count = [&lines](Tone tone) {
        return static_cast<int>(std::ranges::count_if(lines, [tone](const Line &line) {
            return line.registered && line.tone == tone;
        }));
    };
    if (!std::ranges::any_of(lines, &Line::registered))
        return {};
    if (const int bad = count(Tone::Bad); bad > 0) {
        return tr("Without it, %n account(s) cannot be opened any more, as far as Sparekey knows.",
                  nullptr, bad);
    }
    if (const int care = count(Tone::Caution); care > 0)
        return tr("If you lose it, your recovery code is the only way into %n account(s).", nullptr,
                  care);
    if (const int unknown = count(Tone::Unknown); unknown > 0)
        return tr("Of %n account(s) it is not known yet what is left.", nullptr, unknown);
    return tr("All that it opens can be opened without it.");
}

} // namespace Sparekey
