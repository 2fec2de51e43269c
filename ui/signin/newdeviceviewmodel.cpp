// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/newdeviceviewmodel.h"

#include "core/text/typedtext.h"
#include "ui/signin/codetexts.h"

namespace Sparekey {

NewDeviceViewModel::NewDeviceViewModel(SignInAttempt &attempt, QObject *parent)
    : SignInPageViewModel(attempt, parent)
{
    connect(&m_mail, &CodeMail::changed, this, &NewDeviceViewModel::changed);
    connect(&m_mail, &CodeMail::resendSecondsChanged, this,
            &NewDeviceViewModel::resendSecondsChanged);
}

void NewDeviceViewModel::begin()
{
    reset();
    m_mail.noteSent();
}

void NewDeviceViewModel::reset()
{
    m_mail.reset();
    SignInPageViewModel::reset();
}

QString NewDeviceViewModel::guidance() const
{
    return tr("New computer. Enter the code sent to %1.").arg(attempt().email());
}

void NewDeviceViewModel::submit(SecretEntry *entered)
{
    entered->look([this](QStringView text) { submit(text); });
}

void NewDeviceViewModel::submit(QStringView entered)
{
    if (!attempt().mayAsk() || m_mail.isSending())
        return;
    clearMessages();
    SecureBuffer code = mailedCodeFrom(entered);
    if (code.isEmpty())
        refuse(entered.trimmed().isEmpty() ? CodeTexts::nothingEntered(ProviderType::Email)
                                           : CodeTexts::unusable(ProviderType::Email));
    else
        send(attempt().signIn()->giveNewDeviceCode(std::move(code)));
}

void NewDeviceViewModel::resendMail()
{
    if (attempt().mayAsk() && !m_mail.isSending() && m_mail.resendSeconds() == 0)
        sendMail();
}

QCoro::Task<void> NewDeviceViewModel::sendMail()
{
    const auto ticket = this->ticket();
    clearMessages();
    auto running = attempt().signIn()->resendNewDeviceCode();
    const auto sent = co_await m_mail.send(std::move(running));
    if (!ticket)
        co_return;
    if (!sent) {
        tell(sent.error());
        co_return;
    }
    showNote(CodeMail::sentAgainText());
    Q_EMIT codeWanted();
}

QString NewDeviceViewModel::wrongCodeText() const
{
    return CodeTexts::refused(ProviderType::Email);
}

} // namespace Sparekey
