// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/session.h"
#include "core/recovery/recoverycode.h"
#include "core/sheet/servicesheet.h"
#include "core/sheet/sheet.h"

#include <functional>
#include <memory>
#include <vector>

namespace Sparekey {

/// A name on a sheet that no font of this computer has all letters of.
struct UnprintableName
{
    QString ascii;       ///< What the sheet shows as well.
    QString fontPackage; ///< The Debian package with the letters (`missingFontPackage`).
};

/// A secret, and all that is needed to make sheets of it. Owns the secret, which is wiped with it.
/// All sheets of a source have the same id. GUI thread.
class SheetSource
{
public:
    SheetSource() = default;
    virtual ~SheetSource() = default;
    SheetSource(const SheetSource &) = delete;
    SheetSource &operator=(const SheetSource &) = delete;

    [[nodiscard]] virtual SheetKind kind() const = 0;
    /// A sheet with the current date. Errors: those of the functions that `SheetKind` names.
    [[nodiscard]] virtual Result<Sheet> makeSheet(const SheetOptions &options) const = 0;
    /// Whose recovery code it is (`accountKey`), for the record of copies; else empty.
    [[nodiscard]] virtual QString accountKey() const { return {}; }
    /// The set of a library's entry that it shows (`LibraryEvent::subject`), for the record of its
    /// copies; else empty.
    [[nodiscard]] virtual QString librarySet() const { return {}; }
    /// The names that have letters without a font, of sheets with these options.
    [[nodiscard]] virtual QList<UnprintableName> unprintableNames(const SheetOptions &) const
    {
        return {};
    }
    /// The Debian package with the letters of a code that no font of this computer has; empty if
    /// none is missing.
    [[nodiscard]] virtual QString fontPackageOfCodes() const { return {}; }
};

/// Sheets with the recovery code of an account, which must not be empty. `librarySet` is asked at
/// each print, and must be valid as long as the source. Needs a QGuiApplication, as all of these.
[[nodiscard]] std::unique_ptr<SheetSource>
recoveryCodeSource(RecoveryCode code, const Session::Account &account,
                   std::function<QString()> librarySet = {});
/// Sheets with the setup key of an account's authenticator app, in base32.
[[nodiscard]] std::unique_ptr<SheetSource> authenticatorKeySource(SecureBuffer key,
                                                                  const Session::Account &account);
/// Sheets with a list of codes of any service (`makeListSheet`). Date, sheet id and ASCII names of
/// the subject are filled in. `librarySet` is that of the source.
[[nodiscard]] std::unique_ptr<SheetSource> codeListSource(std::vector<SheetCode> codes,
                                                          const ServiceSheetSubject &subject,
                                                          const QString &librarySet = {});
/// The same with the one code of a service (`makeSingleCodeSheet`).
[[nodiscard]] std::unique_ptr<SheetSource> singleCodeSource(SheetCode code,
                                                            const ServiceSheetSubject &subject,
                                                            const QString &librarySet = {});
/// The same with the setup key of any service, an `otpauth` URI (`makeServiceSetupSheet`).
[[nodiscard]] std::unique_ptr<SheetSource> setupKeySource(SecureBuffer uri,
                                                          const ServiceSheetSubject &subject,
                                                          const QString &librarySet = {});

/// What sheets of this account say about it, with a new sheet id. Has the ASCII form of the email
/// too, if no font has all of its letters. Needs a QGuiApplication.
[[nodiscard]] SheetSubject sheetSubject(const Session::Account &account);

} // namespace Sparekey
