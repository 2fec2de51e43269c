// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/session.h"
#include "core/api/provider.h"
#include "core/twofactor/proof.h"

#include <QMap>

namespace Sparekey {

/// Which providers the server lists, and whether each is on. A provider that is missing was never
/// set up, or the server does not offer it: official servers list only providers that were set up
/// before, others only those that they support. So a missing provider counts as "off".
using ProviderStates = QMap<ProviderType, bool>;

/// `GET /two-factor`. Official servers answer `"data": null` for accounts without any.
[[nodiscard]] QCoro::Task<Result<ProviderStates>>
fetchProviderStates(std::shared_ptr<Session> session);

/// `GET /organizations/{id}/two-factor`: the same for an organization, whose only provider is
/// `OrganizationDuo`. Only owners and admins may ask; others get `NotOffered`, as from servers
/// without this endpoint.
[[nodiscard]] QCoro::Task<Result<ProviderStates>>
fetchOrganizationStates(std::shared_ptr<Session> session, QString organizationId);

/// `POST /two-factor/get-recover`. Empty if the account has no code yet. The code is as the server
/// sent it. `WrongSecret` if the password or emailed code is wrong, `AnswerTooLarge` if the code is
/// too long to be a recovery code.
[[nodiscard]] QCoro::Task<Result<SecureBuffer>> fetchRecoveryCode(std::shared_ptr<Session> session,
                                                                  SecureBuffer secret);

/// The same with an existing proof. `ProofExpired` if it is an emailed code that is used up.
[[nodiscard]] QCoro::Task<Result<SecureBuffer>>
fetchRecoveryCodeWithProof(std::shared_ptr<Session> session, SharedProof proof);

// These functions parse the answers.
[[nodiscard]] Result<ProviderStates> providerStatesFrom(const HttpAnswer &answer);
[[nodiscard]] Result<SecureBuffer> recoveryCodeFrom(const HttpAnswer &answer);

} // namespace Sparekey
