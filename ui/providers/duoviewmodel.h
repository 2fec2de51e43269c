// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/providers/duoformviewmodel.h"
#include "ui/providers/providerviewmodel.h"

namespace Sparekey {

/// Manage → Duo. Shows what is stored, as far as the server does not mask it, and can turn it off.
/// Masked values are never written back: they are not in the form.
// The base is written with its namespace, or the QML type information does not find it.
class DuoViewModel : public Sparekey::ProviderViewModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by TwoStepLoginViewModel")
    Q_PROPERTY(Sparekey::DuoFormViewModel *form READ form CONSTANT FINAL)
    /// This is the Duo of an organization, for all its members.
    Q_PROPERTY(bool ofOrganization READ isOfOrganization CONSTANT FINAL)
    // As the server shows them; empty while off.
    Q_PROPERTY(QString clientId READ clientId NOTIFY changed FINAL)
    Q_PROPERTY(QString maskedSecret READ maskedSecret NOTIFY changed FINAL)
    Q_PROPERTY(QString host READ host NOTIFY changed FINAL)
    // The server's administrator has set up Duo for everybody; the fields may stay empty.
    Q_PROPERTY(bool setUpForAll READ isSetUpForAll NOTIFY changed FINAL)

public:
    /// `type` is `Duo`, or `OrganizationDuo` with an `api` for that organization.
    explicit DuoViewModel(std::shared_ptr<ProviderApi> api, ProviderType type = ProviderType::Duo,
                          QObject *parent = nullptr);
    ~DuoViewModel() override;

    [[nodiscard]] bool isOfOrganization() const { return type() == ProviderType::OrganizationDuo; }
    [[nodiscard]] DuoFormViewModel *form() { return &m_form; }
    [[nodiscard]] QString clientId() const { return m_details.clientId; }
    [[nodiscard]] QString maskedSecret() const { return m_details.maskedSecret; }
    [[nodiscard]] QString host() const { return m_details.host; }
    [[nodiscard]] bool isSetUpForAll() const { return m_details.setUpForAll; }

protected:
    QCoro::Task<Result<void>> read(SharedProof proof) override;
    void forget() override;

private:
    void turnOn(const DuoFormViewModel::Settings &settings);
    QCoro::Task<void> save(DuoFormViewModel::Settings settings);

    DuoFormViewModel m_form;
    DuoDetails m_details;
};

} // namespace Sparekey
