// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/core/flow.h"

namespace Sparekey {

/// Signing in, in every way, and what a session is used for.
[[nodiscard]] std::vector<Flow> signInFlows();

// What other flows begin with.
void startSignIn(World &world);
Result<void> signedInBy(World &world, const Result<SignInOutcome> &outcome);
Result<void> signedInBy(World &world, QCoro::Task<Result<SignInOutcome>> task);
void turnOnAtServer(World &world, ProviderType type);
QString emailedCode(World &world, Trouble trouble);
Cell withPassword(Trouble trouble);
QString passwordFor(World &world, Trouble trouble);

} // namespace Sparekey
