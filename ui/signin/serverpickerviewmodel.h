// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/environment/environment.h"
#include "core/http/httptransport.h"
#include "core/settings/settings.h"

#include <QObject>
#include <QUrl>
#include <QtQml/qqmlregistration.h>
#include <memory>

namespace Sparekey {

/// Which server the next sign-in goes to, and the dialog that describes a self-hosted one.
/// A self-hosted server is accepted only after it has answered (`GET config`).
class ServerPickerViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by SignInViewModel")
    Q_PROPERTY(Kind kind READ kind NOTIFY serverChanged FINAL)
    /// What the sign-in page shows: "bitwarden.com", "bitwarden.eu" or the host of the base URL.
    Q_PROPERTY(QString title READ title NOTIFY serverChanged FINAL)
    /// The software that answered when the self-hosted server was checked: "Vaultwarden 2026.6.0".
    /// Empty if it did not say, or was not checked since the program started.
    Q_PROPERTY(QString softwareText READ softwareText NOTIFY serverChanged FINAL)
    /// `hostForms` of the base URL.
    Q_PROPERTY(QString titleForms READ titleForms NOTIFY serverChanged FINAL)
    /// The addresses of the self-hosted server as last accepted, to start the dialog with.
    Q_PROPERTY(QString baseUrl READ baseUrl NOTIFY serverChanged FINAL)
    Q_PROPERTY(QString webVaultUrl READ webVaultUrl NOTIFY serverChanged FINAL)
    Q_PROPERTY(QString apiUrl READ apiUrl NOTIFY serverChanged FINAL)
    Q_PROPERTY(QString identityUrl READ identityUrl NOTIFY serverChanged FINAL)
    Q_PROPERTY(
        QString certificateAuthorityFile READ certificateAuthorityFile NOTIFY serverChanged FINAL)
    /// The dialog is checking the entered server.
    Q_PROPERTY(bool busy READ isBusy NOTIFY checkChanged FINAL)
    /// Why the entered server was not accepted; empty if nothing is wrong.
    Q_PROPERTY(QString errorText READ errorText NOTIFY checkChanged FINAL)
    /// Which field the error is about.
    Q_PROPERTY(Field errorField READ errorField NOTIFY checkChanged FINAL)

public:
    enum class Kind { UnitedStates, EuropeanUnion, SelfHosted };
    Q_ENUM(Kind)
    enum class Field { None, BaseUrl, WebVault, Api, Identity, CertificateAuthority };
    Q_ENUM(Field)

    /// `settings` must outlive this object.
    ServerPickerViewModel(Settings &settings, QObject *parent = nullptr);
    ~ServerPickerViewModel() override;

    /// Selects a self-hosted server for this run without asking it first; ignored if the
    /// addresses are not usable.
    void preselect(const SelfHostedAddresses &addresses);

    /// Selects the server of a known account, for this run.
    void use(const Environment &environment);

    [[nodiscard]] const Environment &environment() const { return m_environment; }

    [[nodiscard]] Kind kind() const;
    [[nodiscard]] QString title() const { return m_environment.title(); }
    [[nodiscard]] QString softwareText() const { return m_softwareText; }
    [[nodiscard]] QString titleForms() const
    {
        return hostForms(m_environment.webVault.toString());
    }
    [[nodiscard]] QString baseUrl() const { return m_selfHosted.base; }
    [[nodiscard]] QString webVaultUrl() const { return m_selfHosted.webVault; }
    [[nodiscard]] QString apiUrl() const { return m_selfHosted.api; }
    [[nodiscard]] QString identityUrl() const { return m_selfHosted.identity; }
    [[nodiscard]] QString certificateAuthorityFile() const
    {
        return m_selfHosted.certificateAuthorityFile;
    }
    [[nodiscard]] bool isBusy() const { return m_transport != nullptr; }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] Field errorField() const { return m_errorField; }

    /// Both forms of the entered server's name, if it has letters other than a to z: different
    /// names can look alike. Else empty.
    [[nodiscard]] Q_INVOKABLE static QString hostForms(const QString &baseUrl);
    /// Switches to a cloud region at once.
    Q_INVOKABLE void selectCloud(Sparekey::ServerPickerViewModel::Kind kind);
    /// Checks the entered addresses and asks the server; `accepted` follows, or `errorText`. Single
    /// addresses that are empty are derived from the base URL. `certificateAuthorityFile` is a
    /// local path or empty.
    Q_INVOKABLE void checkSelfHosted(const QString &baseUrl, const QString &webVaultUrl,
                                     const QString &apiUrl, const QString &identityUrl,
                                     const QString &certificateAuthorityFile);
    /// Stops a running check and forgets its messages; the dialog calls it when it closes.
    Q_INVOKABLE void cancelCheck();

Q_SIGNALS:
    void serverChanged();
    void checkChanged();
    /// The entered server was accepted and is now selected.
    void accepted();

private:
    QCoro::Task<void> check(SelfHostedAddresses entered);
    void select(const Environment &environment, const QString &softwareText = {});
    void report(Field field, const QString &text);

    Settings &m_settings;
    Environment m_environment;
    SelfHostedAddresses m_selfHosted;
    QString m_softwareText;
    std::shared_ptr<HttpTransport> m_transport; ///< of the running check
    QString m_errorText;
    Field m_errorField = Field::None;
};

} // namespace Sparekey
