// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/recoverysigninviewmodel.h"

#include "core/recovery/recoverycode.h"
#include "ui/signin/codetexts.h"

namespace Sparekey {

RecoverySignInViewModel::RecoverySignInViewModel(SignInAttempt &attempt, QObject *parent)
    : SignInPageViewModel(attempt, parent)
{
}

void RecoverySignInViewModel::edited()
{
    if (!busy())
        m_asksToSendAnyway = false;
    SignInPageViewModel::edited();
}

void RecoverySignInViewModel::submit(SecretEntry *entered, bool anyway)
{
    entered->look([this, anyway](QStringView text) { submit(text, anyway); });
}

void RecoverySignInViewModel::submit(QStringView entered, bool anyway)
{
    if (!attempt().mayAsk())
        return;
    clearMessages();
    SecureBuffer code = normalizedCode(ProviderType::RecoveryCode, entered);
    if (code.isEmpty()) {
        refuse(CodeTexts::nothingEntered(ProviderType::RecoveryCode));
    } else if (code.size() != RecoveryCode::usualSize && !anyway) {
        m_asksToSendAnyway = true;
        refuse(tr("A Bitwarden code has 32 characters; this one has %n.", nullptr,
                  static_cast<int>(code.size())));
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
