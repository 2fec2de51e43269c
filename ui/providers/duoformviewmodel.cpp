// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/providers/duoformviewmodel.h"

#include "core/twofactor/duofields.h"

namespace Sparekey {

DuoFormViewModel::DuoFormViewModel(QObject *parent)
    : QObject(parent)
{
}

DuoFormViewModel::~DuoFormViewModel() = default;

QString DuoFormViewModel::clientIdHint() const
{
    return tr("%1 of %2 characters").arg(m_clientId.size()).arg(duoClientIdLength);
}

QString DuoFormViewModel::clientSecretHint() const
{
    if (m_secretWasSent && m_secretLength == 0)
        return tr("The secret is not kept after sending. Paste it again.");
    return tr("%1 of %2 characters").arg(m_secretLength).arg(duoClientSecretLength);
}

void DuoFormViewModel::reset()
{
    m_clientId.clear();
    m_host.clear();
    m_secretLength = 0;
    m_secretHasOddCharacters = false;
    m_secretWasSent = false;
    m_mayBeEmpty = false;
    m_clientIdErrorText.clear();
    m_clientSecretErrorText.clear();
    m_hostErrorText.clear();
    Q_EMIT cleared();
    Q_EMIT changed();
}

void DuoFormViewModel::askForSecret()
{
    Q_EMIT fieldWanted(Field::ClientSecret);
}

void DuoFormViewModel::editClientId(const QString &text)
{
    m_clientId = text.trimmed();
    checkClientId(false);
    Q_EMIT changed();
}

void DuoFormViewModel::editHost(const QString &text)
{
    m_host = duoHostFrom(text);
    checkHost(false);
    Q_EMIT changed();
}

void DuoFormViewModel::editClientSecret(SecretEntry *secret)
{
    checkSecret(secret);
    checkClientSecret(false);
    Q_EMIT changed();
}

void DuoFormViewModel::submit(SecretEntry *secret)
{
    checkSecret(secret);
    const bool finished = !m_mayBeEmpty || !m_clientId.isEmpty() || m_secretLength > 0
        || !m_host.isEmpty();
    checkClientId(finished);
    checkClientSecret(finished);
    checkHost(finished);
    Q_EMIT changed();
    if (!m_clientIdErrorText.isEmpty()) {
        Q_EMIT fieldWanted(Field::ClientId);
    } else if (!m_clientSecretErrorText.isEmpty()) {
        Q_EMIT fieldWanted(Field::ClientSecret);
    } else if (!m_hostErrorText.isEmpty()) {
        Q_EMIT fieldWanted(Field::Host);
    } else {
        auto settings = std::make_shared<DuoSettings>();
        settings->clientId = m_clientId;
        settings->clientSecret = secret->takeTrimmed();
        settings->host = m_host;
        m_secretWasSent = finished;
        m_secretLength = 0;
        Q_EMIT changed();
        Q_EMIT submitted(settings);
    }
}

void DuoFormViewModel::checkSecret(SecretEntry *secret)
{
    secret->peek([this](QStringView text) {
        const QStringView trimmed = text.trimmed();
        m_secretLength = trimmed.size();
        m_secretHasOddCharacters = !hasOnlyDuoCharacters(trimmed);
    });
}

// During entry, report only errors that more input cannot fix.
void DuoFormViewModel::checkClientId(bool finished)
{
    m_clientIdErrorText.clear();
    if (!hasOnlyDuoCharacters(m_clientId))
        m_clientIdErrorText = tr("A client ID has letters and digits only.");
    else if (m_clientId.size() > duoClientIdLength
             || (finished && m_clientId.size() < duoClientIdLength)) {
        m_clientIdErrorText = tr("A client ID has %1 characters. This one has %2.")
                                  .arg(duoClientIdLength)
                                  .arg(m_clientId.size());
    }
}

void DuoFormViewModel::checkClientSecret(bool finished)
{
    m_clientSecretErrorText.clear();
    if (m_secretHasOddCharacters)
        m_clientSecretErrorText = tr("A client secret has letters and digits only.");
    else if (m_secretLength > duoClientSecretLength
             || (finished && m_secretLength < duoClientSecretLength)) {
        m_clientSecretErrorText = tr("A client secret has %1 characters. This one has %2.")
                                      .arg(duoClientSecretLength)
                                      .arg(m_secretLength);
    }
}

void DuoFormViewModel::checkHost(bool finished)
{
    m_hostErrorText.clear();
    if (finished ? !isDuoHost(m_host) : !isDuoHostPrefix(m_host)) {
        m_hostErrorText = tr(
            "This is not a Duo hostname. One looks like api-12345678.duosecurity.com.");
    }
}

} // namespace Sparekey
