// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/session.h"
#include "core/clock/bootclock.h"
#include "core/settings/settings.h"
#include "core/task/taskguard.h"
#include "ui/providers/authenticatorviewmodel.h"
#include "ui/providers/duoviewmodel.h"
#include "ui/providers/emailviewmodel.h"
#include "ui/providers/passkeyviewmodel.h"
#include "ui/providers/yubicootpviewmodel.h"
#include "ui/recoverycode/recoverycodeviewmodel.h"
#include "ui/timing/countdown.h"
#include "ui/twosteplogin/providerlistmodel.h"

#include <QDateTime>
#include <QObject>
#include <QtQml/qqmlregistration.h>
#include <array>
#include <chrono>
#include <memory>
#include <optional>

namespace Sparekey {

/// Security → Two-step login of one signed-in account.
class TwoStepLoginViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by AccountViewModel")
    /// The email of the account.
    Q_PROPERTY(QString account READ account CONSTANT FINAL)
    Q_PROPERTY(LoadState loadState READ loadState NOTIFY changed FINAL)
    Q_PROPERTY(Sparekey::ProviderListModel *providers READ providers CONSTANT FINAL)
    Q_PROPERTY(Sparekey::RecoveryCodeViewModel *recoveryCode READ recoveryCode CONSTANT FINAL)
    Q_PROPERTY(Sparekey::AuthenticatorViewModel *authenticator READ authenticator CONSTANT FINAL)
    Q_PROPERTY(Sparekey::EmailViewModel *email READ email CONSTANT FINAL)
    Q_PROPERTY(Sparekey::DuoViewModel *duo READ duo CONSTANT FINAL)
    Q_PROPERTY(Sparekey::YubicoOtpViewModel *yubicoOtp READ yubicoOtp CONSTANT FINAL)
    Q_PROPERTY(Sparekey::PasskeyViewModel *passkey READ passkey CONSTANT FINAL)
    /// For the banner in `Offline`, `ServerProblem` and `SessionExpired`.
    Q_PROPERTY(QString bannerText READ bannerText NOTIFY changed FINAL)
    /// What the state means for the user; may be empty.
    Q_PROPERTY(QString bannerTitle READ bannerTitle NOTIFY changed FINAL)
    /// Seconds until the server accepts another request; counts down to 0.
    Q_PROPERTY(int waitSeconds READ waitSeconds NOTIFY waitSecondsChanged FINAL)
    /// "As of 14:02" if the rows are older than the last attempt to load them; else empty.
    Q_PROPERTY(QString asOfText READ asOfText NOTIFY changed FINAL)
    /// The recovery code was used to sign in: all methods are off, and the code is no longer valid.
    Q_PROPERTY(bool recoveryCodeUsed READ recoveryCodeUsed NOTIFY changed FINAL)
    /// After the recovery code was used: the server has no new code yet. Vaultwarden makes it when
    /// the next method is turned on. Known only after the code was requested.
    Q_PROPERTY(bool newCodeComesLater READ newCodeComesLater NOTIFY changed FINAL)
    /// It is known that no method is on.
    Q_PROPERTY(bool nothingOn READ isNothingOn NOTIFY changed FINAL)
    /// An organization requires two-step login of the user, and only one method is on.
    Q_PROPERTY(bool lastMethodRequired READ isLastMethodRequired NOTIFY changed FINAL)
    /// The page is visible in the active window. The list is reloaded when this becomes true after
    /// more than `longAbsence`.
    Q_PROPERTY(bool inFront READ isInFront WRITE setInFront NOTIFY inFrontChanged FINAL)
    /// What a screen reader is told after a change: "Providers loaded, 2 turned on".
    Q_PROPERTY(QString announcement READ announcement NOTIFY changed FINAL)
    /// View recovery code may be pressed; otherwise `recoveryCodeReason` says why not.
    Q_PROPERTY(bool recoveryCodeEnabled READ recoveryCodeEnabled NOTIFY changed FINAL)
    Q_PROPERTY(QString recoveryCodeReason READ recoveryCodeReason NOTIFY changed FINAL)
    /// Which copies exist, such as "Printed 12 March 2026", or that there is none.
    Q_PROPERTY(QString copyStatusText READ copyStatusText NOTIFY copyStatusChanged FINAL)
    /// A copy of the recovery code exists, as far as this computer knows.
    Q_PROPERTY(bool codeSaved READ isCodeSaved NOTIFY copyStatusChanged FINAL)
    /// The user postponed keeping the code and has not done it yet. Three starts of the program
    /// show the reminder, unless no method is on.
    Q_PROPERTY(bool remindsOfCode READ remindsOfCode NOTIFY copyStatusChanged FINAL)

public:
    enum class LoadState {
        Loading, ///< First load, nothing known yet.
        Loaded,
        Refreshing,     ///< Loading again over known rows.
        Offline,        ///< The server cannot be reached.
        ServerProblem,  ///< The server answered with an error or nonsense.
        SessionExpired, ///< Signing in again is needed.
    };
    Q_ENUM(LoadState)

    static constexpr std::chrono::minutes longAbsence{5};

    /// All services must outlive this object.
    TwoStepLoginViewModel(std::shared_ptr<Session> session, Settings &settings,
                          PrintService &printing, AccountCodeKeeper &keeper, HardwareKeys &keys,
                          KeyInventory &inventory, QObject *parent = nullptr);
    ~TwoStepLoginViewModel() override;

    void setPremium(bool premium);
    void setOrganizations(bool inOrganization, const QStringList &withPolicies);
    void setRecoveryCodeUsed(bool used);
    /// Closes every dialog, wipes what it showed, and clears what was copied to the clipboard.
    void forgetSecrets();
    /// The server has rejected the session for good.
    void setSessionExpired();

    [[nodiscard]] QString account() const { return m_session->account().email; }
    [[nodiscard]] LoadState loadState() const { return m_loadState; }
    [[nodiscard]] ProviderListModel *providers() { return &m_providers; }
    [[nodiscard]] RecoveryCodeViewModel *recoveryCode() { return &m_recoveryCode; }
    [[nodiscard]] bool recoveryCodeUsed() const { return m_recoveryCodeUsed; }
    [[nodiscard]] bool newCodeComesLater() const { return m_newCodeComesLater; }
    [[nodiscard]] bool isNothingOn() const;
    [[nodiscard]] bool isLastMethodRequired() const;
    [[nodiscard]] AuthenticatorViewModel *authenticator() { return &m_authenticator; }
    [[nodiscard]] EmailViewModel *email() { return &m_email; }
    [[nodiscard]] DuoViewModel *duo() { return &m_duo; }
    [[nodiscard]] YubicoOtpViewModel *yubicoOtp() { return &m_yubicoOtp; }
    [[nodiscard]] PasskeyViewModel *passkey() { return &m_passkey; }
    [[nodiscard]] QString bannerText() const { return m_bannerText; }
    [[nodiscard]] QString bannerTitle() const;
    [[nodiscard]] int waitSeconds() const { return m_wait.seconds(); }
    [[nodiscard]] QString asOfText() const;
    [[nodiscard]] bool isInFront() const { return !m_leftAt; }
    void setInFront(bool inFront, BootClock::time_point now = BootClock::now());
    [[nodiscard]] QString announcement() const;
    [[nodiscard]] bool recoveryCodeEnabled() const { return recoveryCodeReason().isEmpty(); }
    [[nodiscard]] QString recoveryCodeReason() const;
    [[nodiscard]] QString copyStatusText() const;
    [[nodiscard]] bool isCodeSaved() const;
    [[nodiscard]] bool remindsOfCode() const;

    /// Reloads the list, and which methods the server does not support; ignored while loading or
    /// waiting.
    Q_INVOKABLE void refresh();
    /// Opens the dialog of the provider with this number, which starts with its verification
    /// prompt. False if the page has no such provider.
    Q_INVOKABLE bool manage(int type);
    /// Opens the confirmation that turns that provider off.
    Q_INVOKABLE void turnOff(int type);
    /// The user's answer to the reminder: they have kept the code. Recorded on this computer.
    Q_INVOKABLE void confirmCodeKept();

Q_SIGNALS:
    void changed();
    void copyStatusChanged();
    /// For a toast: "Email is turned on."
    void noted(const QString &message);
    void waitSecondsChanged();
    void inFrontChanged();

private:
    [[nodiscard]] ProviderViewModel *managed(int type) const;
    [[nodiscard]] bool mayLoad() const;
    [[nodiscard]] bool isListKnown() const;
    void reload();
    QCoro::Task<void> load();
    QCoro::Task<void> loadUnsupported();
    QCoro::Task<void> loadPolicy();
    void listenTo(ProviderViewModel &provider);
    [[nodiscard]] AccountContext context() const;
    void updateContext();
    void closeAll();
    [[nodiscard]] QString settingsKey() const;
    [[nodiscard]] QString apiKeyNotEnoughText() const;
    void setState(LoadState state, const QString &bannerText);

    std::shared_ptr<Session> m_session;
    Settings &m_settings;
    AccountCodeKeeper &m_keeper;
    ProviderListModel m_providers;
    RecoveryCodeViewModel m_recoveryCode;
    std::shared_ptr<ProviderApi> m_api;
    AuthenticatorViewModel m_authenticator;
    EmailViewModel m_email;
    DuoViewModel m_duo;
    YubicoOtpViewModel m_yubicoOtp;
    PasskeyViewModel m_passkey;
    const std::array<ProviderViewModel *, 5> m_managed{&m_authenticator, &m_email, &m_duo,
                                                       &m_yubicoOtp, &m_passkey};
    std::optional<bool> m_premium;
    bool m_inOrganization = false;
    QStringList m_policyOrganizations;
    std::optional<ProviderType> m_first; ///< The method turned on first, while its dialog is open.
    /// The number of reminders before the first method is turned on, restored if that fails.
    std::optional<int> m_remindersBefore;
    std::optional<bool> m_requiredByOrganization; ///< Empty until it is needed.
    bool m_loadingPolicy = false;
    Countdown m_wait;
    QDateTime m_loadedAt;
    std::optional<BootClock::time_point> m_leftAt = BootClock::now(); ///< Empty while in front.
    QString m_bannerText;
    LoadState m_loadState = LoadState::Loading;
    bool m_loading = false;
    bool m_recoveryCodeUsed = false;
    bool m_newCodeComesLater = false;
    bool m_reminds = false;
    TaskGuard m_load; ///< Only the answer to the newest request counts.
};

} // namespace Sparekey
