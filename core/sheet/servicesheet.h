// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"
#include "core/sheet/sheet.h"

#include <QDate>

#include <vector>

namespace Sparekey {

/// What codes of any service belong to. Plain facts; no account of this program is needed.
struct ServiceSheetSubject
{
    /// Of the service catalog; selects what is special about a service. Others have nothing
    /// special.
    QString serviceId = {};
    QString service = {}; ///< Its name, as the user calls it.
    QString account = {}; ///< The name of the account; may be empty.
    /// The same in ASCII, where letters cannot be printed; else empty. Filled in by
    /// `codeListSource` and its like.
    QString serviceAscii = {};
    QString accountAscii = {};
    QString useAddress = {};      ///< Page on which a code is used; may be empty.
    QString newCodesAddress = {}; ///< Page on which new codes are made; may be empty.
    QDate obtained = {};          ///< When the service gave the codes; invalid if not known.
    int lowAt = 3;                ///< With so many unused codes left, a new set is due.
    bool reusable = false;        ///< A code stays valid after it was used.
    bool newSetVoidsOld = true;   ///< New codes make these invalid.
    QDateTime made = {};          ///< When the sheet is made.
    QString sheetId = {};         ///< Of `makeSheetId`; empty: a new one.
};

/// A code of a service. Move-only.
struct SheetCode
{
    /// As the service shows it, in UTF-8. Lines of the sheet break only at its spaces and hyphens,
    /// unless a group is longer than a line.
    SecureBuffer display = {};
    SecureBuffer normalized = {}; ///< As it is entered: for the QR code and the check characters.
    SheetCodeState state = SheetCodeState::Unused;
    QDate usedOn = {}; ///< Invalid if not known.
};

/// The content of a sheet for a list of codes, on as many pages as are needed. The QR code has the
/// codes that are not used, one a line; if they are too many, there is none, and the sheet says so.
/// The words are in the language of the installed translator. `codes` must not be empty. Errors:
/// `CodeTooLong` for more than 1 000 codes or a code of more than 512 bytes; `Cryptography` if the
/// system has no random numbers.
[[nodiscard]] Result<Sheet> makeListSheet(const std::vector<SheetCode> &codes,
                                          const ServiceSheetSubject &subject,
                                          const SheetOptions &options);

/// The content of a sheet for the one code of a service, which must not be empty. Errors: as of
/// `makeListSheet`.
[[nodiscard]] Result<Sheet> makeSingleCodeSheet(const SheetCode &code,
                                                const ServiceSheetSubject &subject,
                                                const SheetOptions &options);

/// The content of a sheet from which an authenticator app can be set up again for any service.
/// `uri`, which must not be empty, should be an `otpauth` URI (`otpauthKeyFrom`); anything else is
/// printed as it is. It is in the QR code too, but without the name of the account if the options
/// leave it out. Errors: as of `makeListSheet`, also for a URI too large for a QR code.
[[nodiscard]] Result<Sheet> makeServiceSetupSheet(const SecureBuffer &uri,
                                                  const ServiceSheetSubject &subject,
                                                  const SheetOptions &options);

} // namespace Sparekey
