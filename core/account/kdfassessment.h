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
    /// The account had these, which were stronger, the last time.
    std::optional<KdfSettings> before;
};

/// Whether a person has to be asked before a hash is made with `kdf`: nothing if it is good, was
/// `accepted`, or is as weak as it was `known` to be. `KdfTooLarge` if it is refused, `KdfInvalid`
/// if there can be no such settings.
[[nodiscard]] Result<std::optional<WeakKdf>> assessKdf(const KdfSettings &kdf,
                                                       const std::optional<KdfSettings> &known,
                                                       const std::optional<KdfSettings> &accepted);

/// The server asks for a key derivation that is refused, or that a person has to agree to.
[[nodiscard]] bool isAboutKdf(ErrorKind kind);

} // namespace Sparekey
