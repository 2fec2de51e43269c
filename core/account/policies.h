// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/session.h"

#include <QStringList>

namespace Sparekey {

/// Whether one of these organizations (`Profile::policyOrganizations`) requires two-step login of
/// its members.
///
/// Servers tell members their policies only in `GET /sync`, together with the whole encrypted
/// vault, which is discarded unread. Call this only if something depends on it: while a large vault
/// arrives, it takes a lot of memory.
[[nodiscard]] QCoro::Task<Result<bool>> fetchTwoStepRequired(std::shared_ptr<Session> session,
                                                             QStringList organizations);

/// Parses the answer. Any thread.
[[nodiscard]] Result<bool> twoStepRequiredFrom(const HttpAnswer &answer,
                                               const QStringList &organizations);

} // namespace Sparekey
