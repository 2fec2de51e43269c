// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/render/sheetsource.h"

#include "core/settings/settings.h"
#include "core/sheet/recoverysheet.h"
#include "core/sheet/setupsheet.h"
#include "ui/render/missingglyphs.h"

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
    RecoveryCodeSource(RecoveryCode code, const Session::Account &account)
        : AccountSource(account)
        , m_code(std::move(code))
    {
    }

    [[nodiscard]] SheetKind kind() const override { return SheetKind::RecoveryCode; }
    [[nodiscard]] QString accountKey() const override { return key(); }
    [[nodiscard]] Result<Sheet> makeSheet(const SheetOptions &options) const override
    {
        return makeRecoverySheet(m_code, subjectOfNow(), options);
    }

private:
    const RecoveryCode m_code;
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
    ServiceSource(Secret secret, const ServiceSheetSubject &subject)
        : m_secret(std::move(secret))
        , m_subject(subject)
    {
        m_subject.serviceAscii = asciiIfNeeded(subject.service);
        m_subject.accountAscii = asciiIfNeeded(subject.account);
        if (m_subject.sheetId.isEmpty())
            m_subject.sheetId = makeSheetId().value_or(QString());
    }

    [[nodiscard]] SheetKind kind() const override { return Kind; }

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

std::unique_ptr<SheetSource> recoveryCodeSource(RecoveryCode code, const Session::Account &account)
{
    return std::make_unique<RecoveryCodeSource>(std::move(code), account);
}

std::unique_ptr<SheetSource> authenticatorKeySource(SecureBuffer key,
                                                    const Session::Account &account)
{
    return std::make_unique<AccountSetupKeySource>(std::move(key), account);
}

std::unique_ptr<SheetSource> codeListSource(std::vector<SheetCode> codes,
                                            const ServiceSheetSubject &subject)
{
    return std::make_unique<CodeListSource>(std::move(codes), subject);
}

std::unique_ptr<SheetSource> singleCodeSource(SheetCode code, const ServiceSheetSubject &subject)
{
    return std::make_unique<SingleCodeSource>(std::move(code), subject);
}

std::unique_ptr<SheetSource> setupKeySource(SecureBuffer uri, const ServiceSheetSubject &subject)
{
    return std::make_unique<ServiceSetupKeySource>(std::move(uri), subject);
}

} // namespace Sparekey
