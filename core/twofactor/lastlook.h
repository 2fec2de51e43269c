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
/// What the last look at a list of keys has shown, so that it can be asked again whether that still
/// holds.
///
/// To look again with a mailed code is not possible where the first look has used it up (official
/// servers since 2026.7.2, whose `get-…` take no token). There the account's revision date tells,
/// without any code, whether what was last seen with this proof still holds.
///
/// Lives in the GUI thread, beside `requests`; whoever owns the two keeps them alive while a task
/// runs.
class LastLook
{
public:
    using Read = Result<Details> (*)(const HttpAnswer &);

    LastLook(ProviderRequests &requests, ProviderType type, Read read)
        : m_requests(requests)
        , m_type(type)
        , m_read(read)
    {
    }

    [[nodiscard]] QCoro::Task<Result<OpenedProvider<Details>>> open(SharedProof proof)
    {
        // Before the settings: a change that comes between the two is noticed then.
        std::optional<qint64> revision;
        if (proof->mails)
            revision = co_await revisionDate();
        const auto answer = co_await m_requests.look(m_type, *proof);
        auto opened = withProofForChanges<Details>(answer, m_read, proof);
        if (opened && opened->proof->isCodeSpent()) {
            m_proof = opened->proof;
            m_details = opened->details;
            m_revision = revision;
            m_time = Proof::Clock::now();
        }
        co_return opened;
    }

    /// What is there now. `ProofExpired` if it takes another proof to tell.
    [[nodiscard]] QCoro::Task<Result<Details>> now(SharedProof proof)
    {
        // The look would give a new token without anybody having been asked for the password.
        if (proof->isExpired())
            co_return fail(ErrorKind::ProofExpired);
        if (!proof->isCodeSpent()) {
            const auto answer = co_await m_requests.look(m_type, *proof);
            const auto opened = withProofForChanges<Details>(answer, m_read, proof);
            if (opened)
                co_return opened->details;
            co_return fail(ofProofGivenBefore(opened.error()));
        }
        if (!isOf(proof))
            co_return fail(ErrorKind::ProofExpired);
        const Details details = m_details;
        if (!m_revision) {
            // Whoever was just asked for a code for this is not asked again.
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

    /// It is of the look that has given `proof`.
    [[nodiscard]] bool isOf(const SharedProof &proof) const { return m_proof.lock() == proof; }
    [[nodiscard]] const Details &details() const { return m_details; }

    /// A change is about to be sent: what becomes of it must not be taken from here.
    void beginChange() { m_time.reset(); }

    /// A change of ours has led to `details`.
    [[nodiscard]] QCoro::Task<void> noteChange(SharedProof proof, Details details)
    {
        if (!isOf(proof))
            co_return;
        m_details = std::move(details);
        m_revision = co_await revisionDate();
        m_time = Proof::Clock::now();
    }

    /// Forgets the look if the account was changed since.
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
    std::weak_ptr<const Proof> m_proof; ///< That the look has given.
    Details m_details;
    std::optional<qint64> m_revision; ///< Nothing if the server did not say.
    /// Of the look, or of the last change that the server has confirmed. Nothing once a change has
    /// been sent.
    std::optional<Proof::Clock::time_point> m_time;
};

} // namespace Sparekey
