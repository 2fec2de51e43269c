// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/providers/emailviewmodel.h"

#include "core/text/enteredtext.h"
#include "ui/messages/usermessage.h"

#include <chrono>

using namespace Qt::StringLiterals;

namespace Sparekey {

EmailViewModel::EmailViewModel(std::shared_ptr<ProviderApi> api, QObject *parent)
    : ProviderViewModel(ProviderType::Email, std::move(api), parent)
{
    connect(&m_resend, &Countdown::secondsChanged, this, &EmailViewModel::resendSecondsChanged);
}

EmailViewModel::~EmailViewModel() = default;

bool EmailViewModel::isForeignAddress() const
{
    return isOn() && m_address.compare(api().session()->account().email, Qt::CaseInsensitive) != 0;
}

bool EmailViewModel::mayDropOldAddress() const
{
    return m_changing && proof() && proof()->mayDropAddress();
}

void EmailViewModel::change()
{
    if (stage() != Stage::Open || isBusy() || !isOn())
        return;
    m_changing = true;
    Q_EMIT changed();
    Q_EMIT addressWanted();
}

void EmailViewModel::sendCode(const QString &address)
{
    const QString trimmed = address.trimmed();
    if (!mayChange() || (isOn() && !m_changing))
        return;
    if (trimmed == m_codeFor && m_resend.seconds() > 0)
        return;
    if (isAddress(trimmed))
        requestCode(trimmed);
}

void EmailViewModel::useExistingCode(const QString &address)
{
    const QString trimmed = address.trimmed();
    if (stage() != Stage::Open || isBusy() || (isOn() && !m_changing) || !isAddress(trimmed))
        return;
    m_codeFor = trimmed;
    Q_EMIT changed();
    Q_EMIT codeWanted();
}

bool EmailViewModel::isAddress(const QString &address)
{
    if (address.size() <= 256 && isEmailShaped(address))
        return true;
    m_addressErrorText = tr("Enter a valid email address.");
    Q_EMIT changed();
    Q_EMIT addressWanted();
    return false;
}

void EmailViewModel::addressEdited(const QString &address)
{
    m_addressErrorText.clear();
    if (!m_codeFor.isEmpty() && address.trimmed() != m_codeFor) {
        m_codeFor.clear();
        m_sent = false;
        m_codeErrorText.clear();
        m_resend.stop();
        m_addressErrorText = tr("You changed the address. Send a new code.");
    }
    Q_EMIT changed();
}

void EmailViewModel::turnOn(QStringView code)
{
    if (!mayChange() || m_codeFor.isEmpty())
        return;
    const SecureBuffer digits = emailedCodeFrom(code);
    if (digits.isEmpty()) {
        m_codeErrorText = tr("Enter the digits from the email.");
        Q_EMIT changed();
        Q_EMIT codeWanted();
        return;
    }
    confirm(QString::fromLatin1(digits.view()));
}

QCoro::Task<Result<void>> EmailViewModel::read(SharedProof proof)
{
    const auto ticket = this->ticket();
    const auto opened = co_await api().openEmail(proof);
    if (!ticket)
        co_return fail(ErrorKind::Canceled);
    if (!opened)
        co_return fail(opened.error());
    const QString &stored = opened->details.address;
    m_address = stored.isEmpty() ? api().session()->account().email : stored;
    // During a change the server may already have dropped the old address, see `mayDropOldAddress`.
    const bool dropped = m_changing && opened->proof->mayDropAddress();
    m_changing = m_changing && (opened->details.enabled || dropped);
    keep(opened->proof, opened->details.enabled || dropped);
    co_return Result<void>();
}

void EmailViewModel::forget()
{
    m_resend.stop();
    m_address.clear();
    m_codeFor.clear();
    m_sent = false;
    m_addressErrorText.clear();
    m_codeErrorText.clear();
    m_changing = false;
    m_sending = false;
    m_emailRequested = false;
}

bool EmailViewModel::showError(const Error &error)
{
    if (error.kind == ErrorKind::WrongCode) {
        m_codeErrorText = tr(
            "That code was not accepted. Check it, or send a new one and try again.");
        Q_EMIT codeWanted();
        return true;
    }
    if (m_emailRequested && error.kind == ErrorKind::Refused) {
        // A server that cannot send email refuses every address.
        m_addressErrorText = error.serverText.isEmpty()
            ? tr("The server could not send email to that address.")
            : tr("The server sent no email: “%1”").arg(error.serverText);
        Q_EMIT addressWanted();
        return true;
    }
    return false;
}

QCoro::Task<void> EmailViewModel::requestCode(QString address)
{
    const auto ticket = this->ticket();
    m_addressErrorText.clear();
    m_codeErrorText.clear();
    m_sending = true;
    const std::function<void()> again = [this, address] {
        requestCode(address);
    };
    if (!co_await beginChange(again)) {
        if (ticket) {
            m_sending = false;
            Q_EMIT changed();
        }
        co_return;
    }
    const bool changing = m_changing;
    m_emailRequested = true;
    const auto sent = co_await api().sendEmailCode(proof(), address);
    if (!ticket.ownerExists())
        co_return;
    if (!ticket) {
        if (changing)
            Q_EMIT reloadWanted();
        co_return;
    }
    if (sent) {
        m_codeFor = address;
        m_sent = true;
        m_resend.start(std::chrono::seconds(30));
    }
    end(sent, again);
    m_emailRequested = false;
    m_sending = false;
    Q_EMIT changed();
    if (m_changing)
        Q_EMIT reloadWanted();
    if (sent)
        Q_EMIT codeWanted();
}

QCoro::Task<void> EmailViewModel::confirm(QString code)
{
    const auto ticket = this->ticket();
    m_codeErrorText.clear();
    const std::function<void()> again = [this, code] {
        confirm(code);
    };
    if (!co_await beginChange(again))
        co_return;
    const SharedProof proof = this->proof();
    if (!isOn())
        recordTurningOn();
    const auto done = co_await api().turnOnEmail(proof, m_codeFor, code);
    if (!ticket.ownerExists())
        co_return;
    if (!ticket) {
        endAfterClosing(done, true, proof);
        co_return;
    }
    if (done) {
        succeed(true);
        co_return;
    }
    end(done, again);
}

} // namespace Sparekey
