// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/kdfassessment.h"

namespace Sparekey {

Result<std::optional<WeakKdf>> assessKdf(const KdfSettings &kdf,
                                         const std::optional<KdfSettings> &known,
                                         const std::optional<KdfSettings> &accepted)
{
    const bool possible = kdf.iterations > 0 && kdf.iterations <= UINT32_MAX
        && (kdf.type == KdfType::Pbkdf2Sha256 || (kdf.memoryMiB > 0 && kdf.parallelism > 0));
    if (!possible)
        return fail({.kind = ErrorKind::KdfInvalid, .subject = describe(kdf)});
    const auto verdict = assess(kdf);
    if (verdict == KdfVerdict::TooLarge)
        return fail({.kind = ErrorKind::KdfTooLarge, .subject = describe(kdf)});
    const bool downgraded = known && isWeakerThan(kdf, *known);
    const bool weak = verdict == KdfVerdict::Weak && known != kdf;
    if ((!weak && !downgraded) || accepted == kdf)
        return std::optional<WeakKdf>();
    return WeakKdf{.kdf = kdf, .before = downgraded ? known : std::nullopt};
}

bool isAboutKdf(ErrorKind kind)
{
    return kind == ErrorKind::KdfTooLarge || kind == ErrorKind::KdfInvalid
        || kind == ErrorKind::KdfWeaker;
}

} // namespace Sparekey
