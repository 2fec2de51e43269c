// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/render/sheetsource.h"

#include "core/recovery/visibletext.h"
#include "core/settings/settings.h"
#include "core/sheet/recoverysheet.h"
#include "core/sheet/setupsheet.h"
#include "ui/render/missingglyphs.h"

#include <algorithm>
#include <utility>

namespace Sparekey {

namespace {

// The ASCII form, if no font has all letters of the name.
QString asciiIfNeeded(const QString &name)
{
    return missingFontPackage(name).isEmpty() ? QString() : asciiEmail(name);
}

void addUnprintable(QList<UnprintableName> &names, const QString &name, const QString &ascii)
{
    if (!ascii.isEmpty())
        names.append({ascii, missingFontPackage(name)});
}

// As `missingFontPackage`, of a code as it is shown.
QString fontPackageOf(const SecureBuffer &code)
{
    const auto isAscii = [](char byte) {
        return static_cast<unsigned char>(byte) < 0x80;
    };
    if (std::all_of(code.view().begin(), code.view().end(), isAscii))
        return {};
    QString text = QString::fromUtf8(visibleText(code.view()).view());
    const QString package = missingFontPackage(text);
    wipe(text);
    return package;
}

QString fontPackageOf(const SheetCode &code)
{
    return fontPackageOf(code.display);
}

QString fontPackageOf(const std::vector<SheetCode> &codes)
{
    for (const SheetCode &code : codes) {
        const QString package = fontPackageOf(code);
        if (!package.isEmpty())
            return package;
    }
    return {};
}

class AccountSource : public SheetSource
{
public:
    explicit AccountSource(const Session::Account &account)
        : m_key(Sparekey::accountKey(account.environment, account.email))
        , m_subject(sheetSubject(account))
    {
    }

    [[nodiscard]] QList<UnprintableName>
    unprintableNames(const SheetOptions &options) const override
    {
        QList<UnprintableName> names;
        if (options.email)
            addUnprintable(names, m_subject.accountEmail, m_subject.accountAscii);
        return names;
    }

protected:
    [[nodiscard]] const QString &key() const { return m_key; }
    [[nodiscard]] SheetSubject subjectOfNow() const
    {
        SheetSubject subject = m_subject;
        subject.made = QDateTime::currentDateTime();
        return subject;
    }

private:
    const QString m_key;
    const SheetSubject m_subject;
};

class RecoveryCodeSource : public AccountSource
{
public:
    RecoveryCodeSource(RecoveryCode code, const Session::Account &account,
                       std::function<QString()> librarySet)
        : AccountSource(account)
        , m_code(std::move(code))
        , m_fontPackage(fontPackageOf(m_code.displayText()))
        , m_librarySet(std::move(librarySet))
    {
    }

    [[nodiscard]] SheetKind kind() const override { return SheetKind::RecoveryCode; }
    [[nodiscard]] QString accountKey() const override { return key(); }
    [[nodiscard]] QString fontPackageOfCodes() const override { return m_fontPackage; }
    [[nodiscard]] QString librarySet() const override
    {
        return m_librarySet ? m_librarySet() : QString();
    }
    [[nodiscard]] Result<Sheet> makeSheet(const SheetOptions &options) const override
    {
        return makeRecoverySheet(m_code, subjectOfNow(), options);
    }

private:
    const RecoveryCode m_code;
    const QString m_fontPackage;
    const std::function<QString()> m_librarySet;
};

class AccountSetupKeySource : public AccountSource
{
public:
    AccountSetupKeySource(SecureBuffer key, const Session::Account &account)
        : AccountSource(account)
        , m_key(std::move(key))
    {
    }

    [[nodiscard]] SheetKind kind() const override { return SheetKind::AccountSetupKey; }
    [[nodiscard]] Result<Sheet> makeSheet(const SheetOptions &options) const override
    {
        return makeSetupSheet(m_key, subjectOfNow(), options);
    }

private:
    const SecureBuffer m_key;
};

// A secret of any other service, and the function that makes its sheets.
template<SheetKind Kind, typename Secret, auto Make>
class ServiceSource : public SheetSource
{
public:
    ServiceSource(Secret secret, const ServiceSheetSubject &subject, const QString &librarySet)
        : m_secret(std::move(secret))
        , m_subject(subject)
        , m_librarySet(librarySet)
        , m_fontPackage(fontPackageOf(m_secret))
    {
        m_subject.serviceAscii = asciiIfNeeded(subject.service);
        m_subject.accountAscii = asciiIfNeeded(subject.account);
        if (m_subject.sheetId.isEmpty())
            m_subject.sheetId = makeSheetId().value_or(QString());
    }

    [[nodiscard]] SheetKind kind() const override { return Kind; }
    [[nodiscard]] QString librarySet() const override { return m_librarySet; }
    [[nodiscard]] QString fontPackageOfCodes() const override { return m_fontPackage; }

    [[nodiscard]] Result<Sheet> makeSheet(const SheetOptions &options) const override
    {
        ServiceSheetSubject subject = m_subject;
        subject.made = QDateTime::currentDateTime();
        return Make(m_secret, subject, options);
    }

    [[nodiscard]] QList<UnprintableName>
    unprintableNames(const SheetOptions &options) const override
    {
        QList<UnprintableName> names;
        addUnprintable(names, m_subject.service, m_subject.serviceAscii);
        if (options.email)
            addUnprintable(names, m_subject.account, m_subject.accountAscii);
        return names;
    }

private:
    const Secret m_secret;
    ServiceSheetSubject m_subject;
    const QString m_librarySet;
    const QString m_fontPackage;
};

using CodeListSource = ServiceSource<SheetKind::CodeList, std::vector<SheetCode>, makeListSheet>;
using SingleCodeSource = ServiceSource<SheetKind::ServiceCode, SheetCode, makeSingleCodeSheet>;
using ServiceSetupKeySource =
    ServiceSource<SheetKind::ServiceSetupKey, SecureBuffer, makeServiceSetupSheet>;

} // namespace

SheetSubject sheetSubject(const Session::Account &account)
{
    const Environment &environment = account.environment;
    SheetSubject subject;
    subject.serverAddress = environment.webVault.toDisplayString();
    subject.selfHosted = environment.region == Environment::Region::SelfHosted;
    subject.accountEmail = account.email;
    subject.accountAscii = asciiIfNeeded(account.email);
    // The ASCII form of an address always exists and works when it is entered.
    if (!missingFontPackage(subject.serverAddress).isEmpty())
        subject.serverAddress = QString::fromLatin1(environment.webVault.toEncoded());
    subject.recoveryAddress = environment.recoveryPage().toDisplayString();
    if (!missingFontPackage(subject.recoveryAddress).isEmpty())
        subject.recoveryAddress = QString::fromLatin1(environment.recoveryPage().toEncoded());
    // Stays the same for all sheets of this secret, even if the user changes the options.
    subject.sheetId = makeSheetId().value_or(QString());
    return subject;
}

std::unique_ptr<SheetSource> recoveryCodeSource(RecoveryCode code, const Session::Account &account,
                                                std::function<QString()> librarySet)
{
    return std::make_unique<RecoveryCodeSource>(std::move(code), account, std::move(librarySet));
}

std::unique_ptr<SheetSource> authenticatorKeySource(SecureBuffer key,
                                                    const Session::Account &account)
{
    return std::make_unique<AccountSetupKeySource>(std::move(key), account);
}

std::unique_ptr<SheetSource> codeListSource(std::vector<SheetCode> codes,
                                            const ServiceSheetSubject &subject,
                                            const QString &librarySet)
{
    return std::make_unique<CodeListSource>(std::move(codes), subject, librarySet);
}

std::unique_ptr<SheetSource> singleCodeSource(SheetCode code, const ServiceSheetSubject &subject,
                                              const QString &librarySet)
{
    return std::make_unique<SingleCodeSource>(std::move(code), subject, librarySet);
}

std::unique_ptr<SheetSource> setupKeySource(SecureBuffer uri, const ServiceSheetSubject &subject,
                                            const QString &librarySet)
{
    return std::make_unique<ServiceSetupKeySource>(std::move(uri), subject, librarySet);
}

} // namespace Sparekey
