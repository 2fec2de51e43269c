// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/codeimport/foundcodes.h"
#include "core/json/jsonfields.h"
#include "core/result.h"
#include "core/secret/securebuffer.h"

namespace Sparekey {

// Exports of other programs as JSON. Errors as `importFile`.

/// Bitwarden's export, in any of its three forms.
[[nodiscard]] bool isBitwardenExport(const JsonFields &file);
/// The plain form, and the password-protected one after its key was derived. The form that is bound
/// to an account is `ImportAccountBound`. Source: the export and import of the official clients.
[[nodiscard]] Result<ImportResult> importBitwarden(const JsonFields &file,
                                                   const SecureBuffer &passphrase);

/// A vault of the authenticator app Aegis, as its documentation describes it (version 1).
[[nodiscard]] bool isAegisExport(const JsonFields &file);
[[nodiscard]] Result<ImportResult> importAegis(const JsonFields &file,
                                               const SecureBuffer &passphrase);

/// A backup of the authenticator app 2FAS. The encrypted form is `ImportUnsupported`.
[[nodiscard]] bool is2fasExport(const JsonFields &file);
[[nodiscard]] Result<ImportResult> import2fas(const JsonFields &file);

} // namespace Sparekey
