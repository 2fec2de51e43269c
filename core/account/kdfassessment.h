// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/crypto/kdf.h"
#include "core/result.h"

#include <optional>

namespace Sparekey {

/// The server asks for a hash that is cheap to crack; none was sent yet. To continue, sign in again
/// with `acceptedKdf`.
struct WeakKdf
{
    KdfSettings kdf;
    /// The settings of the last sign-in, if they were stronger.
    std::optional<KdfSettings> before;
};

/// Whether the user has to be asked before a hash is made with `kdf`: nothing if it is good, was
/// `accepted`, or is as weak as the `known` settings. `KdfTooLarge` if it is refused, `KdfInvalid`
/// if such settings are impossible.
[[nodiscard]] Result<std::optional<WeakKdf>> assessKdf(const KdfSettings &kdf,
                                                       const std::optional<KdfSettings> &known,
                                                       const std::optional<KdfSettings> &accepted);

/// The error is about a key derivation that is refused, or that the user has to agree to.
[[nodiscard]] bool isAboutKdf(ErrorKind kind);

} // namespace Sparekey
