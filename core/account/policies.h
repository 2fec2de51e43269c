// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/session.h"

#include <QStringList>

namespace Sparekey {

/// Whether one of these organizations (`Profile::policyOrganizations`) requires two-step login of
/// its members.
///
/// Servers tell members their policies in `GET /sync` alone, along with the whole vault, which is
/// encrypted and let go unread. Ask only when something depends on it: while it comes, it fills
/// memory that is locked for secrets.
[[nodiscard]] QCoro::Task<Result<bool>> fetchTwoStepRequired(std::shared_ptr<Session> session,
                                                             QStringList organizations);

/// What the answer means, apart from the way it came. Any thread.
[[nodiscard]] Result<bool> twoStepRequiredFrom(const HttpAnswer &answer,
                                               const QStringList &organizations);

} // namespace Sparekey
