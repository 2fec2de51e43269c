// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/newdeviceviewmodel.h"

#include "core/text/enteredtext.h"
#include "ui/signin/codetexts.h"

namespace Sparekey {

NewDeviceViewModel::NewDeviceViewModel(SignInAttempt &attempt, QObject *parent)
    : SignInPageViewModel(attempt, parent)
{
    connect(&m_email, &CodeEmail::changed, this, &NewDeviceViewModel::changed);
    connect(&m_email, &CodeEmail::resendSecondsChanged, this,
            &NewDeviceViewModel::resendSecondsChanged);
}

void NewDeviceViewModel::begin()
{
    reset();
    m_email.markSent();
}

void NewDeviceViewModel::reset()
{
    m_email.reset();
    SignInPageViewModel::reset();
}

QString NewDeviceViewModel::guidance() const
{
    return tr("New computer. Enter the code sent to %1.").arg(attempt().email());
}

void NewDeviceViewModel::submit(SecretEntry *entered)
{
    entered->peek([this](QStringView text) { submit(text); });
}

void NewDeviceViewModel::submit(QStringView entered)
{
    if (!attempt().canSend() || m_email.isSending())
        return;
    clearMessages();
    SecureBuffer code = emailedCodeFrom(entered);
    if (code.isEmpty())
        refuse(entered.trimmed().isEmpty() ? CodeTexts::nothingEntered(ProviderType::Email)
                                           : CodeTexts::unusable(ProviderType::Email));
    else
        send(attempt().signIn()->submitNewDeviceCode(std::move(code)));
}

void NewDeviceViewModel::resendEmail()
{
    if (attempt().canSend() && !m_email.isSending() && m_email.resendSeconds() == 0)
        sendEmail();
}

QCoro::Task<void> NewDeviceViewModel::sendEmail()
{
    const auto ticket = this->ticket();
    clearMessages();
    auto running = attempt().signIn()->resendNewDeviceCode();
    const auto sent = co_await m_email.send(std::move(running));
    if (!ticket)
        co_return;
    if (!sent) {
        showError(sent.error());
        co_return;
    }
    showNote(CodeEmail::sentAgainText());
    Q_EMIT codeWanted();
}

QString NewDeviceViewModel::wrongCodeText() const
{
    return CodeTexts::refused(ProviderType::Email);
}

} // namespace Sparekey
