// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/text/foreigntext.h"

#include <QString>

#include <chrono>
#include <tl/expected.hpp>

namespace Sparekey {

/// What went wrong, as far as a person can act on it. The words for each kind are made in one
/// place, `ui/messages`, by a switch without a default branch.
enum class ErrorKind {
    // The way to the server
    InvalidAddress,          ///< What was typed is no usable server address.
    InsecureAddress,         ///< Plain HTTP to a host that is not this computer.
    HostNotFound,            ///< The name could not be resolved.
    Unreachable,             ///< Nobody answers at that address, or there is no network.
    ConnectionLost,          ///< It broke off before the whole answer; with a status, within it.
    TimedOut,                ///< The server did not answer in time.
    CertificateUntrusted,    ///< Not signed by an authority that this computer trusts.
    CertificateExpired,      ///< Out of date, or not valid yet.
    CertificateForOtherHost, ///< Made out to another name.
    TlsFailure,              ///< Another fault of the encrypted connection.
    ClientCertificateWanted, ///< It admits only who shows a certificate of their own.
    ProxyUnreachable,        ///< The desktop's proxy, `Error::subject`, cannot be reached.
    ProxyPasswordWanted,     ///< That proxy wants a user name and a password.
    RedirectRefused,         ///< The server sent us on to another host.
    AnswerTooLarge,          ///< More bytes than any true answer has; reading was stopped.
    CertificateFileUnusable, ///< The user's certificate authority file holds no certificate.
    NotAnAccountServer, ///< The answer is not of the Bitwarden protocol (HTML page, no JSON, …).

    // What the server said
    WrongCredentials, ///< Email or master password not accepted at sign-in.
    SsoRequired,      ///< The account may sign in through its organization only.
    RecoveredButSso,  ///< The recovery code was used up, but signing in takes `SsoRequired`.
    OrganizationDuo,  ///< No recovery code lifts the Duo of an organization.
    DuoAnswerStale,   ///< Duo's answer was used before, or came too late.
    WrongSecret,      ///< The proof (master password) was not accepted for this act.
    SessionExpired,   ///< The session has ended and could not be refreshed.
    NotAllowed,       ///< 403: this account or this client may not do that.
    NotOffered,       ///< 404 or 405: this server does not have the function.
    RateLimited,      ///< 429: wait for `Error::retryAfter`.
    Refused,          ///< Another 4xx; `Error::serverText` says why.
    ServerFailure,    ///< 5xx.
    YubicoNotSetUp,   ///< Its administrator has given it no access to Yubico's service.
    MailNotSetUp,     ///< Its administrator has given it no way to send mails.

    // Changing a provider
    ProofExpired,   ///< The proof of this dialog is no longer good: ask for the password again.
    WrongCode,      ///< The typed code was not accepted; `Error::subject` may say which one.
    PremiumNeeded,  ///< The server wants a premium account for this.
    OutcomeUnknown, ///< The answer to a change was lost, and so was the look at what became of it.
    AddressNotChangeable, ///< Email has to be turned off before it can have another address.
    DuoRefused,           ///< Duo, or the server, did not take the values, or Duo was out of reach.
    TooManyPasskeys,      ///< The account has as many as the server allows.
    PasskeyRefused, ///< The server did not take what the key made; `Error::subject` is its host.

    // Lists of a server that cannot be shown truly
    ListNotReadable, ///< It is no list, or an entry lacks what tells it from others.
    ListAmbiguous,   ///< Two entries have one number.
    ListTooLong,     ///< `Error::count` entries, more than any account has.

    // Key derivation
    KdfTooLarge, ///< Would exhaust this computer; refused.
    KdfInvalid,  ///< Settings that there cannot be, `Error::subject`.
    KdfWeaker,   ///< The server now asks for less than at sign-in; a person has to decide.

    // Files
    FileExists,           ///< There is a file of that name already, and nobody said to replace it.
    FileNotWritable,      ///< No permission, or the name belongs to a folder.
    FolderMissing,        ///< The folder for the file does not exist.
    FolderReadOnly,       ///< The file system cannot be written to at all.
    DiskFull,             ///< No room; the old file, if any, is untouched.
    FileReadBackFailed,   ///< What lies on the disk is not what was written.
    FileNotReadable,      ///< No permission, or it is no file of that kind at all.
    FileDamaged,          ///< Kept aside as `Error::subject`.
    FileFromNewerVersion, ///< A later version of this program has written it.
    InventoryFull,        ///< No room for another key or registration.
    PassphraseTooShort,   ///< Shorter than the documented minimum.
    PassphraseTooLong,    ///< Longer than the file format takes into account.
    PassphraseRefused,    ///< The file does not open with this passphrase.

    // The sheet
    CodeTooLong, ///< The code has more characters than a sheet or a QR code can hold.

    // Printing
    PrintServiceUnavailable, ///< No CUPS reachable.
    PrinterGone,             ///< The chosen printer is no longer there.
    PrintJobRefused,         ///< CUPS or the printer refused the job.

    // Hardware keys. The subject is the key's name, or the reader's.
    KeySupportMissing,     ///< libfido2 is not installed on this computer.
    KeyNoPermission,       ///< Plugged in, but this user may not open it.
    KeyInUse,              ///< Another program has it open.
    KeyBusy,               ///< Still at work on something else.
    KeyRemoved,            ///< Not plugged in any more.
    KeyCardMoved,          ///< Taken off the reader before everything was said.
    KeyNoAnswer,           ///< Plugged in, but silent.
    KeyAnswerInvalid,      ///< Its answer cannot be read, or does not verify.
    KeyPinRequired,        ///< The PIN of this key is needed.
    KeyPinNotSet,          ///< A PIN is needed or was given, and this key has none.
    KeyPinWrong,           ///< `Error::count` tries are left; 0 if the key does not tell.
    KeyPinNeedsReplug,     ///< Three wrong PINs: only a replugged key takes another.
    KeyPinBlocked,         ///< No tries left; only a reset helps.
    KeyPinRefused,         ///< Right or wrong, the key does not take it now.
    KeyPinChangeRequired,  ///< The key wants a new PIN before it is used (CTAP 2.1 forcePINChange).
    KeyPinTooShort,        ///< Less than `Error::count` characters.
    KeyPinTooLong,         ///< More than 63 bytes.
    KeyPinNotAccepted,     ///< The key's own rules forbid this PIN.
    KeyFingerprintFailed,  ///< Not recognized.
    KeyFingerprintBlocked, ///< Too many failures; the PIN still works.
    KeyAlreadyRegistered,  ///< Holds one of the excluded credentials.
    KeyNotRegistered,      ///< Holds none of the wanted credentials.
    KeyNotTouched,         ///< Nobody touched it in time.
    KeyDeclined,           ///< Refused on the key itself.
    KeyTooOld,             ///< Knows none of the algorithms.
    KeyLacksOption,        ///< Cannot do what was asked for, such as keeping a credential itself.
    KeyFull,               ///< No room for another credential.
    KeyResetTooLate,       ///< A reset is taken only right after plugging in.
    KeyFailure,            ///< Another fault; `Error::detail` says which.
    CardServiceMissing,    ///< No PC/SC service reachable.
    CardReaderInUse,       ///< Another program holds the reader.
    CardReaderFailure,     ///< The reader is gone or does not work.
    CardIsNoKey,           ///< What lies on the reader is no security key.
    CardHasNoOtp,          ///< The key gives no Yubico one-time password over NFC.

    // What a server asks of a key
    ForeignSite,           ///< It wants a signature for another site, `Error::subject`.
    SiteHasNoName,         ///< It is reached by a bare address, where keys do not work.
    PasskeyRequestInvalid, ///< No key can be asked that.

    // This computer
    KeyringUnavailable, ///< The desktop has no keyring, or it stays locked.

    Cryptography, ///< A primitive of the crypto library failed.
    Canceled,     ///< The user, or the end of the owner, stopped it; nothing to say.
};

/// An expected failure. Copyable, free of secrets.
struct Error
{
    ErrorKind kind = ErrorKind::Canceled;
    // What others wrote is taken only as `ForeignText`, which is clean whatever it was made of.
    /// Which thing it concerns and may be shown: host name, file path, printer name, KDF values.
    ForeignText subject = {};
    /// The server's (or CUPS') own explanation.
    ForeignText serverText = {};
    /// HTTP status, 0 if there was none.
    int status = 0;
    /// For `RateLimited`: how long the server wants us to wait.
    std::chrono::seconds retryAfter{0};
    /// The number that a kind above speaks of.
    int count = 0;
    /// For a change that may have been made all the same: what it was to change was read back, and
    /// is as before.
    bool nothingChanged = false;
    /// For security keys: it lies on a card reader, instead of being plugged in.
    bool onReader = false;
    /// For `ForeignSite`: the host of the account's own server.
    ForeignText counterpart = {};
    /// For the log only, in English, never shown.
    QString detail = {};
};

template<class T>
using Result = tl::expected<T, Error>;

using Failure = tl::unexpected<Error>;

inline Failure fail(Error error)
{
    return Failure(std::move(error));
}

inline Failure fail(ErrorKind kind)
{
    return Failure(Error{.kind = kind});
}

} // namespace Sparekey
