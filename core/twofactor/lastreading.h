// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/profile.h"
#include "core/twofactor/openedprovider.h"
#include "core/twofactor/providererrors.h"
#include "core/twofactor/providerrequests.h"

#include <chrono>
#include <optional>

namespace Sparekey {

template<class Details>
/// Remembers a list of keys as it was last read, so that a change can check whether it is still the
/// same.
///
/// An emailed code cannot be used for a second look where the first one has used it up (official
/// servers since 2026.7.2, whose `get-…` take no token). There the account's revision date, which
/// needs no code, tells whether the list last seen with this proof is still current.
///
/// Lives in the GUI thread. The owner of this object and of `requests` keeps both alive while a
/// task runs.
class LastReading
{
public:
    using Read = Result<Details> (*)(const HttpAnswer &);

    LastReading(ProviderRequests &requests, ProviderType type, Read read)
        : m_requests(requests)
        , m_type(type)
        , m_read(read)
    {
    }

    [[nodiscard]] QCoro::Task<Result<OpenedProvider<Details>>> open(SharedProof proof)
    {
        // Read before the settings, so that a change between the two requests is noticed.
        std::optional<qint64> revision;
        if (proof->emailedCodeState)
            revision = co_await revisionDate();
        const auto answer = co_await m_requests.readDetails(m_type, *proof);
        auto opened = withProofForChanges<Details>(answer, m_read, proof);
        if (opened && opened->proof->isCodeSpent()) {
            m_proof = opened->proof;
            m_details = opened->details;
            m_revision = revision;
            m_time = Proof::Clock::now();
        }
        co_return opened;
    }

    /// The current details. `ProofExpired` if reading them needs another proof.
    [[nodiscard]] QCoro::Task<Result<Details>> now(SharedProof proof)
    {
        // The look would return a new token although the user was not asked for the password again.
        if (proof->isExpired())
            co_return fail(ErrorKind::ProofExpired);
        if (!proof->isCodeSpent()) {
            const auto answer = co_await m_requests.readDetails(m_type, *proof);
            const auto opened = withProofForChanges<Details>(answer, m_read, proof);
            if (opened)
                co_return opened->details;
            co_return fail(asProofExpired(opened.error()));
        }
        if (!isOf(proof))
            co_return fail(ErrorKind::ProofExpired);
        const Details details = m_details;
        if (!m_revision) {
            // A user who has just entered a code for this is not asked for another one.
            constexpr std::chrono::minutes recent{1};
            if (m_time && Proof::Clock::now() - *m_time < recent)
                co_return details;
            co_return fail(ErrorKind::ProofExpired);
        }
        const qint64 revision = *m_revision;
        const auto current = co_await fetchRevisionDate(m_requests.session());
        if (!current)
            co_return fail(current.error());
        if (*current != revision)
            co_return fail(ErrorKind::ProofExpired);
        co_return details;
    }

    /// `proof` was given by the remembered look.
    [[nodiscard]] bool isOf(const SharedProof &proof) const { return m_proof.lock() == proof; }
    [[nodiscard]] const Details &details() const { return m_details; }

    /// A change is about to be sent: its outcome must not be taken from the remembered look.
    void beginChange() { m_time.reset(); }

    /// Our own change has resulted in `details`.
    [[nodiscard]] QCoro::Task<void> recordChange(SharedProof proof, Details details)
    {
        if (!isOf(proof))
            co_return;
        m_details = std::move(details);
        m_revision = co_await revisionDate();
        m_time = Proof::Clock::now();
    }

    /// Forgets the look if the account has changed since.
    [[nodiscard]] QCoro::Task<void> forgetIfChanged()
    {
        const auto current = co_await revisionDate();
        if (current != m_revision)
            m_proof.reset();
    }

private:
    QCoro::Task<std::optional<qint64>> revisionDate()
    {
        const auto date = co_await fetchRevisionDate(m_requests.session());
        co_return date ? std::optional(*date) : std::nullopt;
    }

    ProviderRequests &m_requests;
    ProviderType m_type;
    Read m_read;
    std::weak_ptr<const Proof> m_proof; ///< The proof that the look has given.
    Details m_details;
    std::optional<qint64> m_revision; ///< Nothing if the server did not say.
    /// The time of the look, or of the last change that the server has confirmed. Nothing once a
    /// change has been sent and not confirmed.
    std::optional<Proof::Clock::time_point> m_time;
};

} // namespace Sparekey
