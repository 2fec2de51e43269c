// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/text/foreigntext.h"

#include <QString>

#include <chrono>
#include <tl/expected.hpp>

namespace Sparekey {

/// What went wrong, as far as the user can act on it. `ui/messages` words each kind, in a switch
/// without a default branch.
enum class ErrorKind {
    // The way to the server
    InvalidAddress,          ///< What was entered is not a usable server address.
    InsecureAddress,         ///< Plain HTTP to a host that is not this computer.
    HostNotFound,            ///< The name could not be resolved.
    Unreachable,             ///< Nothing answers at that address, or there is no network.
    ConnectionLost,          ///< Broke before the answer was complete; `status` is set if it began.
    TimedOut,                ///< The server did not answer in time.
    CertificateUntrusted,    ///< Not signed by an authority that this computer trusts.
    CertificateExpired,      ///< Out of date, or not valid yet.
    CertificateForOtherHost, ///< Issued for another name.
    TlsFailure,              ///< Another fault of the encrypted connection.
    ClientCertificateRequired, ///< The server requires a client certificate.
    ProxyUnreachable,          ///< The desktop's proxy, `Error::subject`, cannot be reached.
    ProxyPasswordRequired,     ///< That proxy requires a user name and a password.
    RedirectRefused,           ///< The server answered with a redirect, which is not followed.
    AnswerTooLarge,            ///< More bytes than any genuine answer has; reading was stopped.
    CertificateFileUnusable,   ///< The user's certificate authority file holds no certificate.
    NotAnAccountServer, ///< The answer is not of the Bitwarden protocol (HTML page, no JSON, …).

    // What the server said
    WrongCredentials, ///< Email or master password not accepted at sign-in.
    SsoRequired,      ///< The account may sign in only through its organization.
    RecoveredButSso,  ///< The recovery code was used up, but sign-in still needs SSO.
    OrganizationDuo,  ///< A recovery code cannot turn off the Duo of an organization.
    DuoAnswerStale,   ///< Duo's answer was used before, or came too late.
    WrongSecret,      ///< The master password or emailed code was not accepted as proof.
    SessionExpired,   ///< The session has ended and could not be refreshed.
    NotAllowed,       ///< 403: this account or this client may not do that.
    NotOffered,       ///< 404 or 405: this server does not have the function.
    RateLimited,      ///< 429: wait for `Error::retryAfter`.
    Refused,          ///< Another 4xx; `Error::serverText` says why.
    ServerFailure,    ///< 5xx.
    YubicoNotSetUp,   ///< The server is not set up to use Yubico's service.
    EmailNotSetUp,    ///< The server is not set up to send email.

    // Changing a provider
    ProofExpired,    ///< The proof of this dialog is no longer valid: ask for the password again.
    WrongCode,       ///< The entered code was not accepted; `Error::subject` may say which one.
    PremiumRequired, ///< The server wants a premium account for this.
    OutcomeUnknown,  ///< The answer to a change was lost, and reading the state back failed.
    AddressNotChangeable, ///< Email has to be turned off before it can have another address.
    DuoRefused,           ///< Duo or the server refused the values, or Duo could not be reached.
    TooManyPasskeys,      ///< The account has as many as the server allows.
    PasskeyRefused,       ///< The server refused the new credential; `Error::subject` is its host.

    // Lists from a server that cannot be shown correctly
    ListNotReadable, ///< Not a list, or an entry lacks its id.
    ListAmbiguous,   ///< Two entries have the same id.
    ListTooLong,     ///< `Error::count` entries, more than any account has.

    // Key derivation
    KdfTooLarge, ///< Would exhaust this computer; refused.
    KdfInvalid,  ///< Impossible settings, given in `Error::subject`.
    KdfWeaker,   ///< The server now asks for less than at sign-in; the user has to decide.

    // Files
    FileExists,           ///< A file of that name exists, and replacing it was not confirmed.
    FileNotWritable,      ///< No permission, or the name belongs to a folder.
    FolderMissing,        ///< The folder for the file does not exist.
    FolderReadOnly,       ///< The file system cannot be written to at all.
    DiskFull,             ///< No room; the old file, if any, is untouched.
    FileReadBackFailed,   ///< What is on the disk is not what was written.
    FileNotReadable,      ///< No permission, or not a file of the expected kind.
    FileDamaged,          ///< Kept aside as `Error::subject`.
    FileFromNewerVersion, ///< A later version of this program has written it.
    InventoryFull,        ///< No room for another key or registration.
    PassphraseTooShort,   ///< Shorter than the documented minimum.
    PassphraseTooLong,    ///< Longer than the file format supports.
    PassphraseRefused,    ///< The file does not open with this passphrase.

    // The library of recovery codes. The subject is the path of the file where nothing else is
    // said.
    LibraryFileGone,          ///< No longer at its place.
    LibraryInUse,             ///< Another program of ours has it open; it can only be read here.
    LibraryKeyWrong,          ///< It does not open with this passphrase and key file.
    LibraryKeyFileUnusable,   ///< The key file holds no key, or its own check fails.
    LibraryKeyChanged,        ///< Another program has given it another passphrase or key file.
    LibraryKeyRequired,       ///< Opened by the keyring, whose key does not open the file any more.
    LibraryNotKdbx,           ///< Another kind of file.
    LibraryFormatOlder,       ///< `Error::subject` is its version: KDBX 3 or older.
    LibraryFormatNewer,       ///< `Error::subject` is its version: KDBX 5 or later.
    LibraryFormatUnsupported, ///< Uses a cipher or function that we lack, `Error::subject`.
    LibraryDamaged,           ///< Cut off or changed; the key may be right.
    LibraryTooLarge,          ///< More than this program reads of a file.
    LibraryKdfTooLarge,       ///< Its key derivation, `Error::subject`, would exhaust the computer.
    LibraryTextUnusable,      ///< A value that the file format cannot hold.

    // The sheet
    CodeTooLong, ///< The code has more characters than a sheet or a QR code can hold.

    // Importing codes
    ImportTooLarge,           ///< More bytes, or larger as a picture, than is read.
    ImportNotReadable,        ///< Neither text nor a file of a kind that is known.
    ImportNothingFound,       ///< Holds neither recovery codes nor setup keys.
    ImportNoQrCode,           ///< The picture shows no QR code that can be read.
    ImportPassphraseRequired, ///< Encrypted, and no passphrase was given.
    ImportAccountBound,       ///< A Bitwarden export that only the same account can read.
    ImportUnsupported,        ///< Of a form that is not read; `Error::subject` names it.
    ImportKdfTooLarge, ///< The file's key derivation, `Error::subject`, would exhaust the computer.
    ImportDamaged,     ///< Cut off or changed.
    ImportKeyRefused,  ///< A KeePass file does not open with this passphrase and key file.
    ImportKeyFileUnusable, ///< The key file holds no key, or its own check fails.

    // Exporting codes
    GpgMissing,     ///< GnuPG is not installed.
    GpgKeyUnusable, ///< GnuPG cannot encrypt to `Error::subject`: no public key, or not a valid
                    ///< one.
    GpgFailure,     ///< GnuPG did not do its work; `Error::subject` is its own explanation.

    // Printing
    PrintServiceUnavailable, ///< No CUPS reachable.
    PrinterGone,             ///< The chosen printer is no longer there.
    PrintJobRefused,         ///< CUPS or the printer refused the job.

    // Hardware keys. The subject is the key's name, or the reader's.
    KeySupportMissing,     ///< libfido2 is not installed on this computer.
    KeyNoPermission,       ///< Plugged in, but this user may not open it.
    KeyInUse,              ///< Another program has it open.
    KeyBusy,               ///< Still busy with another operation.
    KeyRemoved,            ///< Not plugged in any more.
    KeyCardMoved,          ///< Taken off the reader before the exchange was complete.
    KeyNoAnswer,           ///< Plugged in, but does not answer.
    KeyAnswerInvalid,      ///< Its answer cannot be read, or does not verify.
    KeyPinRequired,        ///< The PIN of this key is needed.
    KeyPinNotSet,          ///< A PIN is needed or was given, and this key has none.
    KeyPinWrong,           ///< `Error::count` PIN retries are left; 0 if the key does not tell.
    KeyPinNeedsReplug,     ///< Three wrong PINs: replug the key before the next attempt.
    KeyPinBlocked,         ///< No PIN retries left; only a reset helps.
    KeyPinRefused,         ///< The key accepts no PIN now, right or wrong.
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
    KeyTooOld,             ///< Supports none of the requested algorithms.
    KeyLacksOption,        ///< Does not support an option, such as discoverable credentials.
    KeyFull,               ///< No room for another credential.
    KeyResetTooLate,       ///< A reset is possible only right after plugging in.
    KeyFailure,            ///< Another fault; `Error::detail` says which.
    CardServiceMissing,    ///< No PC/SC service reachable.
    CardReaderInUse,       ///< Another program holds the reader.
    CardReaderFailure,     ///< The reader is gone or does not work.
    CardIsNoKey,           ///< The card on the reader is not a security key.
    CardHasNoOtp,          ///< The key gives no Yubico one-time password over NFC.

    // What a server requests from a key
    OtherRelyingParty,     ///< It requests a signature for another relying party, `Error::subject`.
    ServerHasNoDomainName, ///< It is reached by a bare address, for which WebAuthn does not work.
    PasskeyRequestInvalid, ///< The request is malformed; no key could answer it.

    // This computer
    KeyringUnavailable, ///< The desktop has no keyring, or it stays locked.

    Cryptography, ///< A primitive of the crypto library failed.
    Canceled,     ///< Stopped by the user or because its owner was destroyed; not shown.
};

/// An expected failure. Copyable, free of secrets.
struct Error
{
    ErrorKind kind = ErrorKind::Canceled;
    // Texts from outside are stored only as `ForeignText`, which sanitizes them.
    /// What the error concerns: host name, file path, printer name, KDF values. May be shown.
    ForeignText subject = {};
    /// The server's (or CUPS') own explanation.
    ForeignText serverText = {};
    /// HTTP status, 0 if there was none.
    int status = 0;
    /// For `RateLimited`: how long the server wants us to wait.
    std::chrono::seconds retryAfter{0};
    /// The number that the comment of a kind above refers to.
    int count = 0;
    /// For a change whose outcome was unknown: the state was read back and is as before.
    bool nothingChanged = false;
    /// For security keys: the key is on a card reader, not plugged in.
    bool onReader = false;
    /// For `OtherRelyingParty`: the address of the account's web vault, with port and path.
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
