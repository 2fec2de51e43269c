// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Over 400 lines: the texts of all kinds of errors are in one switch, so that the compiler warns
// about a kind without a text.

#include "ui/messages/usermessage.h"

#include <QCoreApplication>
#include <QUrl>

namespace Sparekey {

namespace {

// Gives the texts of this file their context for translators.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(UserMessage)
};

// The server's own error text if there is one, else the status.
QString refusal(const Error &error)
{
    if (!error.serverText.isEmpty())
        return Text::tr("The server refused: “%1”").arg(error.serverText.isolated());
    return Text::tr("The server refused (status %1).").arg(error.status);
}

QString brokenOff(const Error &error)
{
    if (error.status == 0)
        return Text::tr("The connection to %1 broke off. Try again.").arg(error.subject.isolated());
    return Text::
        tr("No Bitwarden server at %1: its answer (status %2) broke off. Try again. If that does "
           "not help, check the address, or try another network.")
            .arg(error.subject.isolated())
            .arg(error.status);
}

// A self-hosted server asks for its configured name, whatever address it was opened with.
QString otherRelyingParty(const Error &error)
{
    const QUrl opened(error.counterpart.text());
    QUrl named = opened;
    named.setHost(error.subject.text());
    if (named.host().isEmpty()) {
        return Text::tr("The server asks your key to sign, but names no valid site. Blocked: this "
                        "is how sign-ins are stolen.");
    }
    return Text::tr("The server asks your key to sign for “%1”, but you opened it as “%2”. "
                    "Blocked: this is how sign-ins are stolen. If this is your own server and its "
                    "name is “%1”, sign in again and enter “%3” as the server address.")
        .arg(error.subject.isolated(), ForeignText(opened.host()).isolated(),
             ForeignText(named.toString()).isolated());
}

QString notAnAccountServer(const Error &error)
{
    if (error.status == 0) {
        return Text::tr("No Bitwarden server at %1. Check the address, or ask who runs the server.")
            .arg(error.subject.isolated());
    }
    // A server that runs there, and has nothing at this path.
    constexpr int notFound = 404;
    if (error.status == notFound) {
        return Text::tr("No Bitwarden server at this address of %1 (status %2). Compare it with "
                        "the address of your web vault: a path such as /vault may be missing, or "
                        "be too much.")
            .arg(error.subject.isolated())
            .arg(error.status);
    }
    return Text::
        tr("No Bitwarden server at %1 (status %2). Check the address. If it is right, a company "
           "proxy or a hotel login page may be answering instead: try another network.")
            .arg(error.subject.isolated())
            .arg(error.status);
}

// What happened and what to do, without whether something was changed.
QString happening(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::InvalidAddress:
        return Text::tr("“%1” is not a server address. It looks like https://vault.example.org.")
            .arg(error.subject.isolated());
    case ErrorKind::InsecureAddress:
        return Text::tr(
                   "%1 must be reached over https://. Without encryption anyone on the way could "
                   "read your secrets.")
            .arg(error.subject.isolated());
    case ErrorKind::HostNotFound:
        return Text::tr(
                   "There is no server named %1, or the name cannot be looked up right now. Check "
                   "the address and your network.")
            .arg(error.subject.isolated());
    case ErrorKind::Unreachable:
        return Text::tr(
                   "%1 cannot be reached. Check your network, or whether the server is running.")
            .arg(error.subject.isolated());
    case ErrorKind::ConnectionLost: return brokenOff(error);
    case ErrorKind::TimedOut:
        return Text::tr("%1 did not answer in time. Try again in a moment.")
            .arg(error.subject.isolated());
    case ErrorKind::CertificateUntrusted:
        return Text::tr(
                   "The certificate of %1 is not signed by an authority that this computer "
                   "trusts. If it is your own server, choose its authority in the server settings.")
            .arg(error.subject.isolated());
    case ErrorKind::CertificateExpired:
        return Text::tr(
                   "The certificate of %1 is out of date. Check this computer’s clock; if it is "
                   "right, the server’s administrator has to renew the certificate.")
            .arg(error.subject.isolated());
    case ErrorKind::CertificateForOtherHost:
        return Text::tr(
                   "The certificate belongs to another server than %1. Check the address; someone "
                   "may be trying to read your data.")
            .arg(error.subject.isolated());
    case ErrorKind::TlsFailure:
        return Text::tr("No secure connection to %1 could be made.").arg(error.subject.isolated());
    case ErrorKind::ClientCertificateRequired:
        return Text::tr("%1 admits only devices with a certificate of their own. Sparekey cannot "
                        "show one. Ask whoever runs the server.")
            .arg(error.subject.isolated());
    case ErrorKind::ProxyUnreachable:
        return Text::tr("Your proxy %1 can't be reached. Check the network settings of your "
                        "desktop.")
            .arg(error.subject.isolated());
    case ErrorKind::ProxyPasswordRequired:
        return Text::tr("Your proxy %1 asks for a user name and a password.")
            .arg(error.subject.isolated());
    case ErrorKind::RedirectRefused:
        return Text::tr("%1 wants to send you on to “%2”. Your secrets are not sent along. If that "
                        "is the right server, enter its address.")
            .arg(error.subject.isolated(), error.serverText.isolated());
    case ErrorKind::AnswerTooLarge:
        return Text::tr("No Bitwarden server at %1 (status %2): it sent too much data. Check the "
                        "address. If it is right, a company proxy may be answering instead: try "
                        "another network.")
            .arg(error.subject.isolated())
            .arg(error.status);
    case ErrorKind::CertificateFileUnusable:
        return Text::tr("No certificate was found in %1. Choose a file in PEM format.")
            .arg(error.subject.isolated());
    case ErrorKind::NotAnAccountServer: return notAnAccountServer(error);

    case ErrorKind::WrongCredentials:
        return Text::tr("Wrong email or master password. Check Caps Lock and the server.");
    case ErrorKind::SsoRequired:
        return Text::tr("Your organization lets you sign in with single sign-on (SSO) only, which "
                        "Sparekey can't do. Manage two-step login in the web vault. If you have "
                        "lost your second step, ask the administrator of your organization.");
    case ErrorKind::RecoveredButSso:
        return Text::tr("Your recovery code worked: all two-step methods are off, and your old "
                        "sheet is void. Your organization lets you sign in with single sign-on "
                        "(SSO) only: sign in to the web vault, turn on a method, and print the new "
                        "code there.");
    case ErrorKind::OrganizationDuo:
        return Text::tr("A recovery code doesn't turn off the Duo of an organization. Ask your "
                        "organization's Duo administrator for a way in.");
    case ErrorKind::DuoAnswerStale:
        return Text::tr("Duo's answer came too late or was used before. Open Duo again.");
    case ErrorKind::WrongSecret: return Text::tr("Wrong master password. Check Caps Lock.");
    case ErrorKind::SessionExpired: return Text::tr("Your session has ended. Sign in to continue.");
    case ErrorKind::NotAllowed: return Text::tr("The server does not allow this for your account.");
    case ErrorKind::NotOffered: return Text::tr("This server doesn’t support that.");
    case ErrorKind::RateLimited:
        return Text::tr("Too many attempts. The server wants you to wait.");
    case ErrorKind::Refused: return refusal(error);
    case ErrorKind::ServerFailure:
        return Text::tr("Server error (%1). Try again later.").arg(error.status);

    case ErrorKind::YubicoNotSetUp:
        return Text::tr("This server is not set up for Yubico codes. Ask its administrator.");
    case ErrorKind::EmailNotSetUp:
        return Text::tr("This server is not set up to send emails. Ask its administrator.");

    case ErrorKind::ProofExpired:
        return Text::tr("Enter your master password again to continue. What you entered is kept.");
    case ErrorKind::WrongCode:
        return Text::tr("That code was not accepted. Wait for the next one and try again.");
    case ErrorKind::PremiumRequired:
        return Text::tr("This method needs Premium. Nothing was changed.");
    case ErrorKind::OutcomeUnknown:
        return Text::tr("Connection lost. The change may or may not be saved. Reload before trying "
                        "again.");

    case ErrorKind::KdfWeaker:
        return Text::tr("This server now asks for a weaker protection of your master password "
                        "than before (%1). Sign out, and sign in again only if you know why.")
            .arg(error.subject.isolated());
    case ErrorKind::KdfInvalid:
        return Text::tr("This server sent settings for your master password that make no sense "
                        "(%1). Check the server address.")
            .arg(error.subject.isolated());
    case ErrorKind::AddressNotChangeable:
        return Text::tr("This server cannot change the address while email is on. Turn email off, "
                        "then set it up with the new address.");
    case ErrorKind::DuoRefused:
        if (error.serverText.text().isEmpty()) {
            return Text::tr("Duo did not accept these values, or cannot be reached. Copy them "
                            "again from the Duo admin page.");
        }
        return Text::tr("Duo did not accept these values, or cannot be reached. Copy them again "
                        "from the Duo admin page. The server says: “%1”")
            .arg(error.serverText.isolated());
    case ErrorKind::TooManyPasskeys:
        return Text::tr("This account has as many security keys as the server allows. Remove one "
                        "that you do not need.");
    case ErrorKind::PasskeyRefused:
        if (error.serverText.text().isEmpty()) {
            return Text::tr("The server did not accept this security key (status %1). Nothing was "
                            "registered. If it happens again, the server may know itself by "
                            "another address than %2: ask who runs it.")
                .arg(error.status)
                .arg(error.subject.isolated());
        }
        return Text::tr("The server did not accept this security key: “%1” Nothing was registered. "
                        "If it happens again, the server may know itself by another address than "
                        "%2: ask who runs it.")
            .arg(error.serverText.isolated(), error.subject.isolated());
    case ErrorKind::ListNotReadable:
        return Text::tr("%1 sent a list that cannot be read. Nothing is shown, so that nothing is "
                        "changed by mistake. Ask who runs the server.")
            .arg(error.subject.isolated());
    case ErrorKind::ListAmbiguous:
        return Text::tr("%1 sent a list in which two entries have the same number. Nothing is "
                        "shown, so that the wrong one is not changed. Ask who runs the server.")
            .arg(error.subject.isolated());
    case ErrorKind::ListTooLong:
        return Text::tr(
                   "%1 sent a list of %n entries, more than any account has. Nothing is shown. "
                   "Ask who runs the server.",
                   nullptr, error.count)
            .arg(error.subject.isolated());

    case ErrorKind::KdfTooLarge:
        return Text::tr(
                   "The server asks for a key derivation that would exhaust this computer (%1). "
                   "Nothing was sent. Check the email and the server; if both are right, ask who "
                   "runs the server.")
            .arg(error.subject.isolated());

    case ErrorKind::FileExists: return Text::tr("A file with this name already exists.");
    case ErrorKind::FileNotWritable:
        return Text::tr("%1 cannot be written. Choose another name or folder.")
            .arg(error.subject.isolated());
    case ErrorKind::FolderMissing:
        return Text::tr("The folder for %1 does not exist. Choose another one.")
            .arg(error.subject.isolated());
    case ErrorKind::FolderReadOnly:
        return Text::tr("Can’t save in this folder: read-only. Choose another.");
    case ErrorKind::DiskFull: return Text::tr("Disk full; nothing saved. Choose another folder.");
    case ErrorKind::FileReadBackFailed:
        return Text::tr(
                   "%1 could not be read back correctly and was not kept. Choose another place; "
                   "the disk may be failing.")
            .arg(error.subject.isolated());
    case ErrorKind::FileNotReadable:
        return Text::tr("%1 cannot be read. Check who may read it.").arg(error.subject.isolated());
    case ErrorKind::FileDamaged:
        return Text::tr("The list of your keys was damaged. What could be read of it is here; the "
                        "damaged file was kept as %1.")
            .arg(error.subject.isolated());
    case ErrorKind::FileFromNewerVersion:
        return Text::tr("%1 was written by a newer version of Sparekey. It stays as it is; use "
                        "that version, or move the file away.")
            .arg(error.subject.isolated());
    case ErrorKind::LibraryFileGone:
        return Text::tr("The library is no longer at %1. Put the file back there, or open it where "
                        "it is now.")
            .arg(error.subject.isolated());
    case ErrorKind::LibraryInUse:
        return Text::tr("Another Sparekey window has %1 open, so it cannot be changed here. Close "
                        "the library there, then open it again.")
            .arg(error.subject.isolated());
    case ErrorKind::LibraryKeyWrong:
        return Text::tr("This passphrase or key file does not open the library. Check both. "
                        "Capital letters and spaces count.");
    case ErrorKind::LibraryKeyFileUnusable:
    case ErrorKind::ImportKeyFileUnusable:
        return Text::tr("This is not a usable key file: it is empty, damaged or of a version that "
                        "Sparekey does not know. Choose another file.");
    case ErrorKind::LibraryKeyChanged:
        return Text::tr("Another program has given %1 another passphrase or key file. Nothing was "
                        "saved. Lock the library, then open it with the new one.")
            .arg(error.subject.isolated());
    case ErrorKind::LibraryKeyRequired:
        return Text::tr("Another program has saved %1, so the keyring cannot unlock it any more. "
                        "Lock the library, then unlock it with its passphrase.")
            .arg(error.subject.isolated());
    case ErrorKind::LibraryNotKdbx:
        return Text::tr("%1 is not a library or another KeePass file. Choose a file that ends in "
                        ".kdbx.")
            .arg(error.subject.isolated());
    case ErrorKind::LibraryFormatOlder:
        return Text::tr("The file has the older format %1. Open it in KeePassXC and save it as "
                        "KDBX 4, then open it here.")
            .arg(error.subject.isolated());
    case ErrorKind::LibraryFormatNewer:
        return Text::tr("The file has the newer format %1. Update Sparekey, then open it.")
            .arg(error.subject.isolated());
    case ErrorKind::LibraryFormatUnsupported:
        return Text::tr("The file uses encryption that Sparekey does not support (%1). In "
                        "KeePassXC, change the encryption settings to AES-256 and Argon2.")
            .arg(error.subject.isolated());
    case ErrorKind::LibraryDamaged:
        return Text::tr("%1 is damaged. It was not changed. Older versions are beside it, with "
                        "“old-1” to “old-5” in their names: open one of these, or a backup.")
            .arg(error.subject.isolated());
    case ErrorKind::LibraryTooLarge:
        return Text::tr("%1 is larger than Sparekey can open.").arg(error.subject.isolated());
    case ErrorKind::LibraryKdfTooLarge:
        return Text::tr("Opening this file would need more memory or time than this computer has "
                        "(%1). In KeePassXC, choose a shorter decryption time.")
            .arg(error.subject.isolated());
    case ErrorKind::LibraryTextUnusable:
        return Text::tr("The entry has characters that the file cannot store. Nothing was saved. "
                        "Remove unusual characters, then save again.");
    case ErrorKind::InventoryFull:
        return Text::tr("The list of your keys is full. Forget keys that you no longer have.");
    case ErrorKind::PassphraseTooShort:
        return Text::tr("A passphrase needs at least 12 characters.");
    case ErrorKind::PassphraseTooLong:
        return Text::tr(
            "This passphrase is too long for the file. Use at most 127 characters, fewer "
            "if they are not plain letters.");
    case ErrorKind::PassphraseRefused:
        return Text::tr("The file does not open with this passphrase.");

    case ErrorKind::CodeTooLong:
        return Text::tr("This code is too long for a sheet. Copy it instead.");

    case ErrorKind::ImportTooLarge:
        return Text::tr("This is too large. A text may have 64 KiB, a file 64 MiB, a picture 32 "
                        "million pixels.");
    case ErrorKind::ImportNotReadable:
        return Text::tr("This is neither text nor a file that Sparekey can read. It reads text "
                        "files, pictures that do not move, KeePass files (.kdbx), and exports of "
                        "Bitwarden, Aegis and 2FAS.");
    case ErrorKind::ImportNothingFound:
        return Text::tr("No recovery codes and no setup keys were found. You can enter the codes "
                        "by hand.");
    case ErrorKind::ImportNoQrCode:
        return Text::tr("No QR code was found in the picture. Cut the picture so that it shows the "
                        "code, or enter the setup key by hand.");
    case ErrorKind::ImportPassphraseRequired:
        return Text::tr("This file is encrypted. Enter its passphrase.");
    case ErrorKind::ImportAccountBound:
        return Text::tr("Only the Bitwarden account that made this export can read it. Export "
                        "again as “.json (Encrypted)” and choose “Password protected”.");
    case ErrorKind::ImportUnsupported:
        return Text::tr("Sparekey cannot read this form of file: %1. Export it again in another "
                        "form.")
            .arg(error.subject.isolated());
    case ErrorKind::ImportKdfTooLarge:
        return Text::tr("Opening this file would exhaust this computer (%1). If the file is yours, "
                        "export it again with lower settings.")
            .arg(error.subject.isolated());
    case ErrorKind::ImportDamaged:
        return Text::tr("This file is damaged: it was cut off or changed. Export it again.");
    case ErrorKind::ImportKeyRefused:
        return Text::tr("The file does not open with this passphrase and key file. Check both. "
                        "Capital letters and spaces count.");

    case ErrorKind::GpgMissing:
        return Text::tr("GnuPG is not installed on this computer. Install the package “gpg”, or "
                        "choose another format.");
    case ErrorKind::GpgKeyUnusable:
        return Text::tr("GnuPG cannot encrypt to “%1”. Import a valid public key of that name "
                        "first, or enter its fingerprint.")
            .arg(error.subject.isolated());
    case ErrorKind::GpgFailure:
        return error.subject.isEmpty()
            ? Text::tr("GnuPG could not encrypt the codes. Nothing was saved.")
            : Text::tr("GnuPG could not encrypt the codes: %1. Nothing was saved.")
                  .arg(error.subject.isolated());

    case ErrorKind::PrintServiceUnavailable:
        return Text::tr("The print service of this computer does not answer. You can save a file "
                        "instead.");
    case ErrorKind::PrinterGone:
        return Text::tr("The printer “%1” is no longer there. Choose another one, or save a file.")
            .arg(error.subject.isolated());
    case ErrorKind::PrintJobRefused:
        return Text::tr("Couldn’t print on “%1”.").arg(error.subject.isolated());

    case ErrorKind::KeySupportMissing:
        return Text::tr("This computer lacks the library for security keys. Install the package "
                        "libfido2-1 and start Sparekey again.");
    case ErrorKind::KeyNoPermission:
        return Text::tr("The key is plugged in, but Sparekey may not open it. It needs to run in "
                        "your own session at this computer, and outside of a sandbox or with "
                        "access to devices.");
    case ErrorKind::KeyInUse:
        return Text::tr("Another program is using the key. Close it, or wait until it is done, and "
                        "try again.");
    case ErrorKind::KeyBusy: return Text::tr("The key is busy. Try again.");
    case ErrorKind::KeyRemoved:
        return error.onReader
            ? Text::tr(
                  "The reader was unplugged before the key was done. Plug it in and try again.")
            : Text::tr("The key was removed before it was done. Plug it in and try again.");
    case ErrorKind::KeyCardMoved:
        return Text::tr("The key moved before it was done. Place it on the reader again and hold "
                        "it still.");
    case ErrorKind::KeyNoAnswer:
        return error.onReader
            ? Text::tr("The key does not answer. Lift it, place it on the reader again and try "
                       "again.")
            : Text::tr("The key does not answer. Unplug it, plug it in again and try again.");
    case ErrorKind::KeyAnswerInvalid:
        return error.onReader
            ? Text::tr("The key gave an invalid answer. Lift it, place it on the reader again and "
                       "try again. If that does not help, the key may be broken.")
            : Text::tr("The key gave an invalid answer. Unplug it, plug it in again and try again. "
                       "If that does not help, the key may be broken.");
    case ErrorKind::KeyPinRequired: return Text::tr("Enter the PIN of this key.");
    case ErrorKind::KeyPinNotSet: return Text::tr("This key has no PIN yet. Set one first.");
    case ErrorKind::KeyPinWrong:
        // A key without retries left reports `KeyPinBlocked`, so 0 means that the count is unknown.
        if (error.count <= 0)
            return Text::tr("Wrong PIN.");
        return Text::tr("Wrong PIN. %n tries are left.", nullptr, error.count);
    case ErrorKind::KeyPinNeedsReplug:
        return error.onReader
            ? Text::tr("Too many wrong PINs in a row. Lift the key and place it on the reader "
                       "again. Make sure of the PIN before you try again.")
            : Text::tr("Too many wrong PINs in a row. Unplug the key and plug it in again. Make "
                       "sure of the PIN before you try again.");
    case ErrorKind::KeyPinBlocked:
        return Text::tr("The PIN of this key is blocked. Only a reset helps, which deletes all "
                        "sign-ins on the key.");
    case ErrorKind::KeyPinRefused:
        return error.onReader
            ? Text::tr("The key did not accept the PIN. Lift it, place it on the reader again and "
                       "try again.")
            : Text::tr("The key did not accept the PIN. Unplug it, plug it in again and try "
                       "again.");
    case ErrorKind::KeyPinChangeRequired:
        return Text::tr("This key requires a new PIN before it can be used. Change the PIN under "
                        "Security keys, then try again.");
    case ErrorKind::KeyPinTooShort:
        return Text::tr("The PIN needs at least %n characters.", nullptr, error.count);
    case ErrorKind::KeyPinTooLong:
        return Text::tr("This PIN is too long. A key takes up to 63 characters, and fewer if there "
                        "are accents or symbols among them.");
    case ErrorKind::KeyPinNotAccepted:
        return Text::tr("The key does not accept this PIN. Choose another one.");
    case ErrorKind::KeyFingerprintFailed:
        return Text::tr("The fingerprint was not recognized. Try again.");
    case ErrorKind::KeyFingerprintBlocked:
        return Text::tr("The key does not take fingerprints any more for now. Use its PIN.");
    case ErrorKind::KeyAlreadyRegistered:
        return Text::tr("This key is already registered with this account. Choose another one.");
    case ErrorKind::KeyNotRegistered:
        return Text::tr("This key is not registered with this account. Use another one.");
    case ErrorKind::KeyNotTouched: return Text::tr("The key was not touched in time. Try again.");
    case ErrorKind::KeyDeclined: return Text::tr("The key declined.");
    case ErrorKind::KeyTooOld: return Text::tr("This key is too old for this account.");
    case ErrorKind::KeyLacksOption: return Text::tr("This key cannot do that.");
    case ErrorKind::KeyFull:
        return Text::tr("There is no room left on the key. Delete a sign-in that you do not need "
                        "from it.");
    case ErrorKind::KeyResetTooLate:
        return error.onReader
            ? Text::tr("A key can be reset only in the first seconds after it was placed on the "
                       "reader. Lift it, place it there again and try again at once.")
            : Text::tr("A key can be reset only in the first seconds after it was plugged in. "
                       "Unplug it, plug it in and try again at once.");
    case ErrorKind::KeyFailure:
        return error.onReader
            ? Text::tr("The key reports a problem. Lift it, place it on the reader again and try "
                       "again.")
            : Text::tr("The key reports a problem. Unplug it, plug it in again and try again.");
    case ErrorKind::CardServiceMissing:
        return Text::tr("The smart card service of this computer is not running, so no key can be "
                        "read over NFC. Install or start pcscd.");
    case ErrorKind::CardReaderInUse:
        return Text::tr("Another program is using the reader. Close it, or wait until it is done, "
                        "and try again.");
    case ErrorKind::CardReaderFailure:
        return Text::tr("The reader does not work. Unplug it, plug it in again and try again.");
    case ErrorKind::CardIsNoKey: return Text::tr("What lies on the reader is no security key.");
    case ErrorKind::CardHasNoOtp:
        return Text::tr("This key gives no one-time password over NFC. Use another YubiKey, or "
                        "plug it in and touch it.");
    case ErrorKind::OtherRelyingParty: return otherRelyingParty(error);
    case ErrorKind::ServerHasNoDomainName:
        return Text::tr("Security keys work only with servers that are reached by a name, and "
                        "this one is reached by its address, %1.")
            .arg(error.subject.isolated());
    case ErrorKind::PasskeyRequestInvalid:
        return Text::tr("What the server asks of your key makes no sense. Nothing was registered "
                        "or signed.");

    case ErrorKind::KeyringUnavailable:
        return Text::tr("The keyring of your desktop cannot be used: there is none, or it is "
                        "locked.");

    case ErrorKind::Cryptography:
        return Text::tr("A cryptographic step failed on this computer. Nothing was changed.");
    case ErrorKind::Canceled: return {};
    }
    Q_UNREACHABLE();
}

} // namespace

QString userMessage(const Error &error)
{
    const QString happened = happening(error);
    //: %1 is one or more whole sentences.
    return error.nothingChanged ? Text::tr("%1 Nothing was changed.").arg(happened) : happened;
}

QString sessionEndedText()
{
    return userMessage({.kind = ErrorKind::SessionExpired});
}

bool isConnectionProblem(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::HostNotFound:
    case ErrorKind::Unreachable:
    case ErrorKind::ConnectionLost:
    case ErrorKind::TimedOut:
    case ErrorKind::CertificateUntrusted:
    case ErrorKind::CertificateExpired:
    case ErrorKind::CertificateForOtherHost:
    case ErrorKind::TlsFailure:
    case ErrorKind::ProxyUnreachable:
    case ErrorKind::ProxyPasswordRequired: return true;
    default: return false;
    }
}

bool isSameForAnySecret(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::SessionExpired:
    case ErrorKind::NotAllowed:
    case ErrorKind::NotOffered:
    case ErrorKind::YubicoNotSetUp:
    case ErrorKind::EmailNotSetUp:
    case ErrorKind::PremiumRequired:
    case ErrorKind::ListNotReadable:
    case ErrorKind::ListAmbiguous:
    case ErrorKind::ListTooLong:
    case ErrorKind::ServerHasNoDomainName: return true;
    default: return false;
    }
}

} // namespace Sparekey
