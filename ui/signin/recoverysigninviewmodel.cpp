// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/recoverysigninviewmodel.h"

#include "core/recovery/recoverycode.h"
#include "ui/signin/codetexts.h"

#include <algorithm>
#include <span>
#include <utility>

namespace Sparekey {

namespace {

constexpr std::array incomplete{RowCheck::Incomplete, RowCheck::Incomplete};

bool isWrong(RowCheck row)
{
    return row == RowCheck::Wrong;
}

/// The code as servers expect it: in lower case, without the check characters of a sheet.
SecureBuffer codeFrom(QStringView entered)
{
    const SecureBuffer text = SecureBuffer::fromText(entered);
    EnteredCode read = readEnteredCode(text.view());
    const bool checked = std::ranges::none_of(read.rows, [](RowCheck row) {
        return row == RowCheck::Incomplete || row == RowCheck::Unchecked;
    });
    if (!checked)
        return normalizedCode(ProviderType::RecoveryCode, entered);
    std::span code(read.code.data(), static_cast<std::size_t>(read.code.size()));
    for (unsigned char &c : code) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<unsigned char>(c - 'A' + 'a');
    }
    return std::move(read.code);
}

} // namespace

RecoverySignInViewModel::RecoverySignInViewModel(SignInAttempt &attempt, QObject *parent)
    : SignInPageViewModel(attempt, parent)
{
}

void RecoverySignInViewModel::reset()
{
    m_rows = incomplete;
    SignInPageViewModel::reset();
}

QString RecoverySignInViewModel::wrongRowText() const
{
    if (std::ranges::all_of(m_rows, isWrong))
        return tr("Both rows differ from your sheet. Compare them character by character.");
    if (isWrong(m_rows[0]))
        return tr("Row 1 differs from your sheet. Compare it character by character.");
    if (isWrong(m_rows[1]))
        return tr("Row 2 differs from your sheet. Compare it character by character.");
    return {};
}

QString RecoverySignInViewModel::rightRowText() const
{
    const std::array right{m_rows[0] == RowCheck::Correct, m_rows[1] == RowCheck::Correct};
    if (std::ranges::any_of(m_rows, isWrong))
        return {};
    if (right[0] && right[1])
        return tr("Both rows are as on your sheet.");
    return right[0] ? tr("Row 1 is as on your sheet.") : QString();
}

void RecoverySignInViewModel::check(SecretEntry *entered)
{
    entered->peek([this](QStringView text) { check(text); });
}

void RecoverySignInViewModel::check(QStringView entered)
{
    edited();
    const SecureBuffer text = SecureBuffer::fromText(entered);
    m_rows = readEnteredCode(text.view()).rows;
    Q_EMIT changed();
}

void RecoverySignInViewModel::edited()
{
    if (!busy())
        m_asksToSendAnyway = false;
    SignInPageViewModel::edited();
}

void RecoverySignInViewModel::submit(SecretEntry *entered, bool anyway)
{
    entered->peek([this, anyway](QStringView text) { submit(text, anyway); });
}

void RecoverySignInViewModel::submit(QStringView entered, bool anyway)
{
    if (!attempt().canSend())
        return;
    clearMessages();
    check(entered);
    SecureBuffer code = codeFrom(entered);
    if (code.isEmpty()) {
        refuse(CodeTexts::nothingEntered(ProviderType::RecoveryCode));
    } else if (code.size() != RecoveryCode::usualSize && !anyway) {
        m_asksToSendAnyway = true;
        refuse(tr("A Bitwarden code has 32 characters; this one has %n.", nullptr,
                  static_cast<int>(code.size())));
    } else if (std::ranges::any_of(m_rows, isWrong) && !anyway) {
        m_asksToSendAnyway = true;
        refuse(wrongRowText());
    } else {
        send(attempt().signIn()->useRecoveryCode(std::move(code)));
    }
}

void RecoverySignInViewModel::finish(Result<SignInOutcome> outcome)
{
    if (outcome && std::holds_alternative<RecoveryWithoutEffect>(*outcome)) {
        refuse(tr("The server said yes but still asks for the second step. Ask the administrator "
                  "to turn it off for you."));
        return;
    }
    SignInPageViewModel::finish(std::move(outcome));
}

void RecoverySignInViewModel::clearMessages()
{
    m_asksToSendAnyway = false;
    SignInPageViewModel::clearMessages();
}

QString RecoverySignInViewModel::wrongCodeText() const
{
    return CodeTexts::refused(ProviderType::RecoveryCode);
}

} // namespace Sparekey
