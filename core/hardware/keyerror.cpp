// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/keyerror.h"

#include <fido/err.h>

namespace Sparekey {

ErrorKind keyErrorKind(int code)
{
    switch (code) {
    case FIDO_ERR_KEEPALIVE_CANCEL: return ErrorKind::Canceled;

    case FIDO_ERR_PIN_REQUIRED: return ErrorKind::KeyPinRequired;
    case FIDO_ERR_PIN_NOT_SET: return ErrorKind::KeyPinNotSet;
    case FIDO_ERR_PIN_INVALID: return ErrorKind::KeyPinWrong;
    case FIDO_ERR_PIN_AUTH_BLOCKED: return ErrorKind::KeyPinNeedsReplug;
    case FIDO_ERR_PIN_BLOCKED: return ErrorKind::KeyPinBlocked;
    case FIDO_ERR_PIN_AUTH_INVALID:
    case FIDO_ERR_PIN_TOKEN_EXPIRED:
    case FIDO_ERR_UNAUTHORIZED_PERM: return ErrorKind::KeyPinRefused;
    case FIDO_ERR_PIN_POLICY_VIOLATION: return ErrorKind::KeyPinNotAccepted;
    case FIDO_ERR_UV_INVALID: return ErrorKind::KeyFingerprintFailed;
    case FIDO_ERR_UV_BLOCKED: return ErrorKind::KeyFingerprintBlocked;

    case FIDO_ERR_CREDENTIAL_EXCLUDED: return ErrorKind::KeyAlreadyRegistered;
    case FIDO_ERR_NO_CREDENTIALS: return ErrorKind::KeyNotRegistered;
    case FIDO_ERR_USER_ACTION_TIMEOUT:
    case FIDO_ERR_ACTION_TIMEOUT:
    case FIDO_ERR_UP_REQUIRED: return ErrorKind::KeyNotTouched;
    case FIDO_ERR_OPERATION_DENIED: return ErrorKind::KeyDeclined;
    case FIDO_ERR_UNSUPPORTED_ALGORITHM: return ErrorKind::KeyTooOld;
    case FIDO_ERR_UNSUPPORTED_OPTION:
    case FIDO_ERR_INVALID_OPTION:
    case FIDO_ERR_INVALID_COMMAND:
    case FIDO_ERR_UNSUPPORTED_EXTENSION: return ErrorKind::KeyLacksOption;
    case FIDO_ERR_KEY_STORE_FULL: return ErrorKind::KeyFull;

    case FIDO_ERR_TIMEOUT:
    case FIDO_ERR_CHANNEL_BUSY:
    case FIDO_ERR_LOCK_REQUIRED:
    case FIDO_ERR_PROCESSING:
    case FIDO_ERR_OPERATION_PENDING:
    case FIDO_ERR_USER_ACTION_PENDING: return ErrorKind::KeyBusy;

    case FIDO_ERR_TX:
    case FIDO_ERR_RX: return ErrorKind::KeyNoAnswer;
    case FIDO_ERR_RX_NOT_CBOR:
    case FIDO_ERR_RX_INVALID_CBOR:
    case FIDO_ERR_INVALID_PARAM:
    case FIDO_ERR_INVALID_SIG: return ErrorKind::KeyAnswerInvalid;

    default: return ErrorKind::KeyFailure;
    }
}

} // namespace Sparekey
