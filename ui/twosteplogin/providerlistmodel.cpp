// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/twosteplogin/providerlistmodel.h"

#include "ui/messages/providertexts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

const QList<ProviderListModel::Row> &ProviderListModel::rowsOf(Owner owner)
{
    static const QList<Row> account{{ProviderType::Email, "email"_L1},
                                    {ProviderType::Authenticator, "authenticator"_L1},
                                    {ProviderType::Passkey, "passkey"_L1},
                                    {ProviderType::YubicoOtp, "yubiKey"_L1},
                                    {ProviderType::Duo, "duo"_L1}};
    static const QList<Row> organization{{ProviderType::OrganizationDuo, "duo"_L1}};
    return owner == Owner::Account ? account : organization;
}

ProviderListModel::ProviderListModel(Owner owner, QObject *parent)
    : QAbstractListModel(parent)
    , m_rows(rowsOf(owner))
{
}

int ProviderListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ProviderListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case TypeRole: return static_cast<int>(row.type);
    case KeyRole: return QString(row.key);
    case NameRole: return providerName(row.type);
    case DescriptionRole: return providerDescription(row.type);
    case PremiumRole: return needsPremium(row.type);
    case StateRole: return QVariant::fromValue(stateOf(row.type));
    case StateTextRole: return stateText(row.type);
    case AccessibleNameRole: return accessibleName(row.type);
    case ManageEnabledRole: return manageReason(row.type).isEmpty();
    case ManageReasonRole: return manageReason(row.type);
    case NoteRole: return note(row.type);
    case LapsedRole: return lacksPremium(row.type) && stateOf(row.type) == State::On;
    default: return {};
    }
}

QHash<int, QByteArray> ProviderListModel::roleNames() const
{
    return {
        {TypeRole, "type"_ba},
        {KeyRole, "key"_ba},
        {NameRole, "name"_ba},
        {DescriptionRole, "description"_ba},
        {PremiumRole, "premium"_ba},
        {StateRole, "providerState"_ba},
        {StateTextRole, "stateText"_ba},
        {AccessibleNameRole, "accessibleName"_ba},
        {ManageEnabledRole, "manageEnabled"_ba},
        {ManageReasonRole, "manageReason"_ba},
        {NoteRole, "note"_ba},
        {LapsedRole, "lapsed"_ba},
    };
}

void ProviderListModel::setState(ProviderType type, bool on)
{
    if (!m_states)
        return;
    m_states->insert(type, on);
    allRowsChanged();
}

void ProviderListModel::setStates(const ProviderStates &states)
{
    m_states = states;
    allRowsChanged();
}

void ProviderListModel::setPremium(std::optional<bool> premium)
{
    m_premium = premium;
    allRowsChanged();
}

void ProviderListModel::setUnsupported(const ProviderSet &unsupported)
{
    m_unsupported = unsupported;
    allRowsChanged();
}

void ProviderListModel::addUnsupported(ProviderType type)
{
    m_unsupported.insert(type);
    allRowsChanged();
}

void ProviderListModel::setBlockedReason(const QString &reason)
{
    m_blockedReason = reason;
    allRowsChanged();
}

QString ProviderListModel::unsupportedText()
{
    return tr("This server doesn’t support this method.");
}

int ProviderListModel::turnedOnCount() const
{
    return static_cast<int>(std::count_if(m_rows.begin(), m_rows.end(), [this](const Row &row) {
        return stateOf(row.type) == State::On;
    }));
}

ProviderListModel::State ProviderListModel::stateOf(ProviderType type) const
{
    if (!m_states)
        return State::Unknown;
    return m_states->value(type, false) ? State::On : State::Off;
}

QString ProviderListModel::stateText(ProviderType type) const
{
    switch (stateOf(type)) {
    case State::Unknown: return tr("Unknown");
    case State::Off: return tr("Turned off");
    case State::On: return tr("Turned on");
    }
    Q_UNREACHABLE();
}

QString ProviderListModel::accessibleName(ProviderType type) const
{
    const bool premium = needsPremium(type);
    const QString name = providerName(type);
    switch (stateOf(type)) {
    case State::Unknown:
        return premium ? tr("%1, state unknown, premium").arg(name)
                       : tr("%1, state unknown").arg(name);
    case State::Off:
        return premium ? tr("%1, turned off, premium").arg(name) : tr("%1, turned off").arg(name);
    case State::On:
        return premium ? tr("%1, turned on, premium").arg(name) : tr("%1, turned on").arg(name);
    }
    Q_UNREACHABLE();
}

QString ProviderListModel::manageReason(ProviderType type) const
{
    if (!m_blockedReason.isEmpty())
        return m_blockedReason;
    return stateOf(type) == State::Off ? note(type) : QString();
}

QString ProviderListModel::note(ProviderType type) const
{
    if (m_unsupported.contains(type))
        return unsupportedText();
    if (!lacksPremium(type) || stateOf(type) == State::Unknown)
        return {};
    return stateOf(type) == State::On ? tr("Premium has ended. You can only turn this off.")
                                      : tr("This method needs Premium.");
}

bool ProviderListModel::lacksPremium(ProviderType type) const
{
    return needsPremium(type) && m_premium == false;
}

void ProviderListModel::allRowsChanged()
{
    Q_EMIT dataChanged(index(0), index(static_cast<int>(m_rows.size()) - 1));
}

} // namespace Sparekey
