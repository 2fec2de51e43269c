// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/codetexts.h"

#include "core/text/foreigntext.h"

namespace Sparekey {

QString CodeTexts::nothingEntered(ProviderType type)
{
    switch (type) {
    case ProviderType::Duo:
    case ProviderType::OrganizationDuo: return tr("Paste the address.");
    case ProviderType::RecoveryCode: return tr("Enter your recovery code.");
    default: return tr("Enter the code.");
    }
}

QString CodeTexts::unusable(ProviderType type, const QUrl &webVault)
{
    switch (type) {
    case ProviderType::Email: return tr("The code from the email is made of digits, usually six.");
    case ProviderType::YubicoOtp:
        return tr("This is no code of a YubiKey. If you touched the key, the keyboard layout has "
                  "changed the letters: switch to the US layout and touch it again.");
    case ProviderType::Duo:
    case ProviderType::OrganizationDuo:
        return tr("This is not the address that your browser shows after Duo. It begins with %1 "
                  "and contains “code” and “state”.")
            .arg(webVault.toString());
    default: return tr("The code has six digits.");
    }
}

QString CodeTexts::refused(ProviderType type)
{
    switch (type) {
    case ProviderType::Email:
        return tr("That code was not accepted. Only the code of the newest email counts.");
    case ProviderType::YubicoOtp:
        return tr("That code was not accepted. Each code works once: touch the key again. If that "
                  "does not help, this key may not be registered with your account: use another "
                  "one.");
    case ProviderType::Passkey:
        return tr("The server did not accept the answer of the key. Try again, or use another "
                  "method.");
    case ProviderType::RecoveryCode:
        return tr("Email, master password or recovery code is wrong. The server does not say "
                  "which.");
    default: return tr("That code was not accepted. Wait for the next one and try again.");
    }
}

QString CodeTexts::duoUnreachable()
{
    return tr("The server can’t reach Duo, so it doesn’t say which other methods are on. If you "
              "have turned on another one, select it. Your recovery code lets you in, too.");
}

QString CodeTexts::passkeysWithoutKey()
{
    return tr("Passkeys are on for your account, but no security key is registered, so the server "
              "doesn’t say which other methods are on. If you have turned on another one, select "
              "it. Your recovery code lets you in, too.");
}

QString CodeTexts::foreignDuo(const QString &address)
{
    // The beginning is enough to see whose address it is.
    constexpr qsizetype longest = 80;
    return tr("The server sent an address for Duo that does not belong to Duo: “%1”. It will not "
              "be opened. Use another method, and tell who runs the server.")
        .arg(ForeignText(address, longest).isolated());
}

} // namespace Sparekey
