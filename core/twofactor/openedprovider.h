// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/http/httptransport.h"
#include "core/result.h"
#include "core/twofactor/proof.h"

#include <QDateTime>

namespace Sparekey {

template<class Details>
/// A provider's settings, and the proof that the server requires to change them.
struct OpenedProvider
{
    Details details;
    SharedProof proof;
    QDateTime serverTime; ///< The server's clock when it answered; invalid if it did not say.
};

/// The proof for changes: a copy of `proof` with the token of `answer`.
[[nodiscard]] Result<SharedProof> proofForChanges(const Proof &proof, const HttpAnswer &answer);

/// Parses the answer to a `get-…` that was sent with `proof`, and notes the outcome in the proof.
template<class Details>
[[nodiscard]] Result<OpenedProvider<Details>>
withProofForChanges(const Result<HttpAnswer> &answer, Result<Details> (*read)(const HttpAnswer &),
                    const SharedProof &proof)
{
    Result<Details> details = answer ? read(*answer) : fail(answer.error());
    if (!details) {
        proof->recordFailure(details.error());
        return fail(details.error());
    }
    auto forChanges = proofForChanges(*proof, *answer);
    if (!forChanges)
        return fail(forChanges.error());
    return OpenedProvider<Details>{std::move(*details), std::move(*forChanges), answer->serverTime};
}

} // namespace Sparekey
