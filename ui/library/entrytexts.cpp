// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/entrytexts.h"

#include "ui/messages/dates.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// Gives the texts of this file their context for translators.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Sparekey::EntryTexts)
};

QString copyKindText(LibraryCopyKind kind)
{
    switch (kind) {
    case LibraryCopyKind::Paper: return Text::tr("Paper");
    case LibraryCopyKind::Pdf: return Text::tr("PDF");
    case LibraryCopyKind::ProtectedPdf: return Text::tr("PDF with password");
    case LibraryCopyKind::Text: return Text::tr("Text file");
    case LibraryCopyKind::Kdbx: return Text::tr("KeePass file");
    case LibraryCopyKind::Json: return Text::tr("Bitwarden file");
    case LibraryCopyKind::OpenPgp: return Text::tr("OpenPGP file");
    }
    Q_UNREACHABLE();
}

QString voidReasonText(VoidReason reason)
{
    switch (reason) {
    case VoidReason::None: return Text::tr("No longer valid");
    case VoidReason::NewSet: return Text::tr("Replaced by new codes");
    case VoidReason::Used: return Text::tr("Used up");
    case VoidReason::ServerChanged: return Text::tr("The service has made another code");
    case VoidReason::Lost: return Text::tr("Lost");
    case VoidReason::Other: return Text::tr("No longer valid");
    }
    Q_UNREACHABLE();
}

// Other programs do not say which form a code has.
SecretForm formOf(const LibraryEntry &entry)
{
    const CodeSet *set = entry.current();
    if (!set || set->codes.size() != 1)
        return SecretForm::CodeList;
    const QByteArrayView code = set->codes.first().value.view();
    constexpr QByteArrayView scheme = "otpauth://";
    const bool isSetupKey = code.size() > scheme.size()
        && qstrnicmp(code.data(), scheme.data(), static_cast<size_t>(scheme.size())) == 0;
    return isSetupKey ? SecretForm::SetupKey : SecretForm::SingleCode;
}

} // namespace

QString serviceName(const ServiceTemplate &service)
{
    if (!service.isGeneric())
        return service.name;
    switch (service.form) {
    case SecretForm::CodeList: return Text::tr("List of codes");
    case SecretForm::SingleCode: return Text::tr("Single code");
    case SecretForm::SetupKey: return Text::tr("Setup key of an authenticator app");
    }
    Q_UNREACHABLE();
}

const ServiceTemplate &serviceOf(const LibraryEntry &entry)
{
    return ServiceCatalog::shipped().findOrGeneric(entry.service, formOf(entry));
}

QString shownTitle(const LibraryEntry &entry)
{
    return entry.title.isEmpty() ? serviceName(serviceOf(entry)) : entry.title;
}

QString newCodesAddressOf(const LibraryEntry &entry)
{
    if (entry.serverAccount.isEmpty() || entry.signInAddress.isEmpty())
        return serviceOf(entry).newCodesAddress;
    return entry.signInAddress + u"/#/settings/security/two-factor"_s;
}

QString codesLeftText(const LibraryEntry &entry)
{
    const CodeSet *set = entry.current();
    if (!set || set->codes.isEmpty())
        return Text::tr("No codes");
    const auto &service = serviceOf(entry);
    if (service.form == SecretForm::SetupKey)
        return Text::tr("Setup key");
    const int total = static_cast<int>(set->codes.size());
    const int left = set->unused();
    const int unsure = static_cast<int>(
        std::ranges::count(set->codes, CodeState::Unsure, &LibraryCode::state));
    if (total == 1 && unsure == 1)
        return Text::tr("Maybe used");
    if (total == 1)
        return left == 1 ? Text::tr("1 code") : Text::tr("Used");
    if (unsure > 0)
        return Text::tr("%1 of %2 left, %3 maybe used").arg(left).arg(total).arg(unsure);
    return left == 0 ? Text::tr("All %n used", nullptr, total)
                     : Text::tr("%1 of %2 left").arg(left).arg(total);
}

QString conditionText(const LibraryEntry &entry, const QList<EntryCondition> &due)
{
    const auto is = [&due](EntryCondition condition) {
        return due.contains(condition);
    };
    if (is(EntryCondition::NoCodes))
        return Text::tr("Add codes");
    if (is(EntryCondition::AllUsed) || is(EntryCondition::Low))
        return Text::tr("Make new codes");
    if (!copiesToDestroy(entry).isEmpty())
        return Text::tr("Destroy old copies");
    if (is(EntryCondition::NeverPrinted))
        return Text::tr("Not printed");
    if (is(EntryCondition::CheckDue))
        return Text::tr("Check the paper");
    if (is(EntryCondition::ReviewDue))
        return Text::tr("Review due");
    return Text::tr("Up to date");
}

QString copyText(const LibraryCopy &copy)
{
    const QString date = shownDate(copy.made);
    const QString kind = copyKindText(copy.kind);
    if (copy.sheetId.isEmpty())
        return Text::tr("%1, %2").arg(kind, date);
    return Text::tr("%1, sheet %2, %3").arg(kind, copy.sheetId, date);
}

QString needName(Need::Kind kind)
{
    switch (kind) {
    case Need::Kind::Password: return Text::tr("Password");
    case Need::Kind::Email: return Text::tr("Email account");
    case Need::Kind::Phone: return Text::tr("Phone");
    case Need::Kind::SecurityKey: return Text::tr("Security key");
    case Need::Kind::Device: return Text::tr("Device");
    case Need::Kind::Person: return Text::tr("Person");
    case Need::Kind::Other: return Text::tr("Something else");
    }
    Q_UNREACHABLE();
}

QString needsText(const QList<Need> &needs)
{
    QStringList lines;
    for (const Need &need : needs) {
        lines.append(need.kind == Need::Kind::Other
                         ? need.text
                         : Text::tr("%1: %2").arg(needName(need.kind), need.text));
    }
    return lines.join(u'\n');
}

QString voidText(const CodeSet &set)
{
    return Text::tr("%1 on %2").arg(voidReasonText(set.reason), shownDate(set.voidedOn));
}

QString remarksText(const ServiceTemplate &service, int count, const QList<ImportRemark> &odd,
                    const QStringList &candidates)
{
    QStringList remarks;
    if (service.form == SecretForm::CodeList && service.usualCount > 0 && count > 0
        && count != service.usualCount) {
        remarks.append(Text::tr("%1 usually gives %2 codes. These are %3.")
                           .arg(serviceName(service))
                           .arg(service.usualCount)
                           .arg(count));
    }
    if (odd.contains(ImportRemark::MarksFound))
        remarks.append(Text::tr("Some codes have a mark beside them. Check which ones are used."));
    if (odd.contains(ImportRemark::AllMarkedAlike))
        remarks.append(Text::tr("All codes have the same mark beside them. It was left out."));
    if (odd.contains(ImportRemark::SomeDoNotFit))
        remarks.append(
            Text::tr("Some codes look unusual. Compare them with where they come from."));
    if (odd.contains(ImportRemark::DuplicatesDropped))
        remarks.append(Text::tr("Codes that were there twice are listed once."));
    if (odd.contains(ImportRemark::HiddenCharacters))
        remarks.append(Text::tr("Invisible characters were left out."));
    if (!candidates.isEmpty()) {
        remarks.append(Text::tr("Such codes could also be of: %1. Check the service.")
                           .arg(candidates.join(u", "_s)));
    } else if (odd.contains(ImportRemark::ServiceAmbiguous)) {
        remarks.append(Text::tr("Several services have such codes. Check the service."));
    }
    return remarks.join(u'\n');
}

} // namespace Sparekey
