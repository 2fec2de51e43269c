// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/providers/authenticatorviewmodel.h"

#include "core/clock/clockdifference.h"
#include "core/otp/otpauth.h"
#include "core/text/enteredtext.h"
#include "ui/messages/clocktext.h"
#include "ui/messages/usermessage.h"

namespace Sparekey {

AuthenticatorViewModel::AuthenticatorViewModel(std::shared_ptr<ProviderApi> api, Settings &settings,
                                               PrintService &printing, QObject *parent)
    : ProviderViewModel(ProviderType::Authenticator, std::move(api), parent)
    , m_sheet(settings, printing)
{
    connect(&m_clipboard, &TimedClipboard::secondsLeftChanged, this,
            &AuthenticatorViewModel::clipboardSecondsChanged);
    connect(&m_steps, &StepClock::secondsLeftChanged, this,
            &AuthenticatorViewModel::codeSecondsChanged);
}

AuthenticatorViewModel::~AuthenticatorViewModel() = default;

void AuthenticatorViewModel::reveal()
{
    m_revealed = true;
    Q_EMIT changed();
}

void AuthenticatorViewModel::copyKey()
{
    if (m_revealed && !m_key.isEmpty())
        m_clipboard.copy(m_key);
}

void AuthenticatorViewModel::turnOn(QStringView code)
{
    if (!mayChange() || isOn())
        return;
    const SecureBuffer digits = authenticatorCodeFrom(code);
    if (digits.isEmpty()) {
        m_codeErrorText = tr("Enter the 6 digits that the app shows.");
        Q_EMIT changed();
        Q_EMIT codeWanted();
        return;
    }
    sendCode(QString::fromLatin1(digits.view()));
}

QCoro::Task<Result<void>> AuthenticatorViewModel::read(SharedProof proof)
{
    const auto ticket = this->ticket();
    auto opened = co_await api().openAuthenticator(proof);
    if (!ticket)
        co_return fail(ErrorKind::Canceled);
    if (!opened)
        co_return fail(opened.error());

    auto &details = opened->details;
    SecureBuffer uri = authenticatorUri(api().session()->account().email, details.key);
    if (uri.isEmpty()) {
        co_return fail({.kind = ErrorKind::NotAnAccountServer,
                        .subject = api().session()->account().environment.api.host(),
                        .status = 200});
    }
    // While the method is off, the server makes a new key for each request.
    const bool hadKey = !m_key.isEmpty();
    const bool keepsKey = hadKey && !details.enabled && opened->proof->acceptsEarlierKeys();
    if (!keepsKey) {
        m_keyReplaced = hadKey && !m_key.equals(details.key.view());
        m_keyText.set(inGroupsOfFour(details.key));
        m_uri.set(std::move(uri));
        m_key = std::move(details.key);
        m_sheet.setSource(authenticatorKeySource(m_key.clone(), api().session()->account()));
    }
    // If the method was turned on meanwhile, its key is hidden, as always while the method is on.
    if (!hadKey || details.enabled != isOn())
        m_revealed = !details.enabled;
    keep(opened->proof, details.enabled);
    m_clockText = Sparekey::clockText(clockDifference(opened->serverTime));
    if (details.enabled)
        m_steps.stop();
    else
        m_steps.start(opened->serverTime);
    co_return Result<void>();
}

void AuthenticatorViewModel::forget()
{
    m_steps.stop();
    m_sheet.clear();
    m_key.clear();
    m_keyText.clear();
    m_uri.clear();
    m_codeErrorText.clear();
    m_clockText.clear();
    m_revealed = false;
    m_keyReplaced = false;
}

bool AuthenticatorViewModel::showError(const Error &error)
{
    if (error.kind != ErrorKind::WrongCode)
        return false;
    m_codeErrorText = userMessage(error);
    Q_EMIT codeWanted();
    return true;
}

QCoro::Task<void> AuthenticatorViewModel::sendCode(QString code)
{
    const auto ticket = this->ticket();
    m_codeErrorText.clear();
    // Sends the code again with the new proof, unless a new key came with it: the code then belongs
    // to the old key.
    const std::function<void()> again = [this, code] {
        if (!m_keyReplaced)
            sendCode(code);
    };
    if (!co_await beginChange(again))
        co_return;
    const SharedProof proof = this->proof();
    recordTurningOn();
    const auto done = co_await api().turnOnAuthenticator(proof, m_key.clone(), code);
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
