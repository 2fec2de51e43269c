// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/twofactor/twofactorapi.h"
#include "core/twofactor/unsupportedproviders.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>
#include <optional>

namespace Sparekey {

/// The rows of providers. An account has five, in the order Email, Authenticator app, Passkey,
/// Yubico OTP, Duo; an organization has one, Duo. The rows exist before the server has answered; an
/// answer only fills in their state.
class ProviderListModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by TwoStepLoginViewModel")

public:
    enum class State {
        Unknown, ///< Not asked yet, or the server could not be reached.
        Off,
        On,
    };
    Q_ENUM(State)
    enum Role {
        TypeRole = Qt::UserRole + 1, ///< int: the protocol's provider number (1, 0, 7, 3, 2)
        KeyRole,  ///< string: stable id: email, authenticator, passkey, yubiKey, duo; also the
                  ///< icon's name
        NameRole, ///< string
        DescriptionRole,    ///< string
        PremiumRole,        ///< bool: this method needs premium
        StateRole,          ///< State, as "providerState"
        StateTextRole,      ///< string: "Turned on", "Turned off", "Unknown"
        AccessibleNameRole, ///< string: "Email, turned on" / "Duo, turned off, premium"
        ManageEnabledRole,  ///< bool: Manage may be pressed
        ManageReasonRole,   ///< string: why not, else empty
        NoteRole,           ///< string: what keeps the method from being turned on; else empty
        LapsedRole,         ///< bool: on, but premium has ended, so that it can only be turned off
    };
    Q_ENUM(Role)

    /// Whose methods the rows show.
    enum class Owner {
        Account,
        Organization,
    };

    explicit ProviderListModel(Owner owner = Owner::Account, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// What the server listed; providers that it did not name are off.
    void setStates(const ProviderStates &states);
    /// Sets the state of a method that was just changed, before the server is asked again.
    void setState(ProviderType type, bool on);
    /// Empty while nothing is known.
    [[nodiscard]] ProviderStates states() const { return m_states.value_or(ProviderStates()); }
    /// Empty until the profile has been read.
    void setPremium(std::optional<bool> premium);
    /// The methods that the server does not support. Such a method cannot be turned on, but if it
    /// is on, it can still be managed.
    void setUnsupported(const ProviderSet &unsupported);
    void addUnsupported(ProviderType type);
    /// Why no method can be managed at the moment; empty if methods can be.
    void setBlockedReason(const QString &reason);
    [[nodiscard]] int turnedOnCount() const;
    [[nodiscard]] State stateOf(ProviderType type) const;
    [[nodiscard]] bool isUnsupported(ProviderType type) const
    {
        return m_unsupported.contains(type);
    }
    /// The text for a method that the server does not support.
    [[nodiscard]] static QString unsupportedText();

private:
    struct Row
    {
        ProviderType type;
        QLatin1StringView key;
    };
    static const QList<Row> &rowsOf(Owner owner);
    [[nodiscard]] QString stateText(ProviderType type) const;
    [[nodiscard]] QString accessibleName(ProviderType type) const;
    [[nodiscard]] QString manageReason(ProviderType type) const;
    [[nodiscard]] QString note(ProviderType type) const;
    [[nodiscard]] bool lacksPremium(ProviderType type) const;
    void allRowsChanged();

    const QList<Row> &m_rows;
    std::optional<ProviderStates> m_states;
    std::optional<bool> m_premium;
    ProviderSet m_unsupported;
    QString m_blockedReason;
};

} // namespace Sparekey
