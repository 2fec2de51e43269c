// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messages/providertexts.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// Gives the texts of this file their context for translators.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ProviderTexts)
};

} // namespace

QString providerName(ProviderType type)
{
    switch (type) {
    case ProviderType::Authenticator: return Text::tr("Authenticator app");
    case ProviderType::Email: return Text::tr("Email");
    case ProviderType::Duo: return Text::tr("Duo");
    case ProviderType::YubicoOtp: return Text::tr("Yubico OTP security key");
    case ProviderType::U2f: return Text::tr("FIDO U2F security key");
    case ProviderType::Remember: return Text::tr("Remembered device");
    case ProviderType::OrganizationDuo: return Text::tr("Duo (Organization)");
    case ProviderType::Passkey: return Text::tr("Passkey");
    case ProviderType::RecoveryCode: return Text::tr("Recovery code");
    }
    Q_UNREACHABLE();
}

QString providerDescription(ProviderType type)
{
    switch (type) {
    case ProviderType::Authenticator: return Text::tr("Use a code from an app on your phone.");
    case ProviderType::Email: return Text::tr("Get a code by email.");
    case ProviderType::Duo: return Text::tr("Approve a Duo push or enter a code.");
    case ProviderType::YubicoOtp: return Text::tr("Touch a YubiKey to enter a code.");
    case ProviderType::Passkey:
        return Text::tr("Use a FIDO2 security key, or the fingerprint or PIN of your device.");
    case ProviderType::OrganizationDuo:
        return Text::tr("Members approve a Duo push or enter a code.");
    case ProviderType::U2f:
    case ProviderType::Remember:
    case ProviderType::RecoveryCode: return {};
    }
    Q_UNREACHABLE();
}

QString providerIcon(ProviderType type)
{
    switch (type) {
    case ProviderType::Authenticator: return u"authenticator"_s;
    case ProviderType::Email: return u"email"_s;
    case ProviderType::YubicoOtp: return u"yubiKey"_s;
    case ProviderType::Duo:
    case ProviderType::OrganizationDuo: return u"duo"_s;
    case ProviderType::U2f:
    case ProviderType::Passkey: return u"passkey"_s;
    case ProviderType::Remember: return u"lock"_s;
    case ProviderType::RecoveryCode: return u"key"_s;
    }
    Q_UNREACHABLE();
}

} // namespace Sparekey
