// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/entrysheet.h"

#include "ui/library/entrytexts.h"

#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

SheetCodeState sheetState(CodeState state)
{
    switch (state) {
    case CodeState::Unused: return SheetCodeState::Unused;
    case CodeState::Used: return SheetCodeState::Used;
    case CodeState::Unsure: return SheetCodeState::Unsure;
    }
    Q_UNREACHABLE();
}

SheetCode sheetCode(const ServiceTemplate &service, const LibraryCode &code)
{
    return {.display = displayCode(service, code.value.view()),
            .normalized = SecureBuffer::copyOf(code.value.view()),
            .state = sheetState(code.state),
            .usedOn = code.usedOn.toLocalTime().date()};
}

} // namespace

QString currentSetOf(const LibraryEntry &entry)
{
    const CodeSet *set = entry.current();
    if (!set)
        return {};
    return u"%1/%2"_s.arg(entry.id.toString(QUuid::WithoutBraces)).arg(set->number);
}

std::unique_ptr<SheetSource> sheetSourceOf(const LibraryEntry &entry)
{
    const CodeSet *set = entry.current();
    if (!set || set->codes.isEmpty())
        return nullptr;
    const ServiceTemplate &service = serviceOf(entry);
    const ServiceSheetSubject subject{.serviceId = service.id,
                                      .service = shownTitle(entry),
                                      .account = entry.account,
                                      .useAddress = entry.recoveryAddress.isEmpty()
                                          ? service.useAddress
                                          : entry.recoveryAddress,
                                      .newCodesAddress = newCodesAddressOf(entry),
                                      .obtained = set->obtained,
                                      .lowAt = entry.reminders.lowAt,
                                      .reusable = service.reusable,
                                      .newSetVoidsOld = service.newSetVoidsOld};
    if (service.form == SecretForm::SetupKey)
        return setupKeySource(SecureBuffer::copyOf(set->codes.first().value.view()), subject,
                              currentSetOf(entry));
    if (service.form == SecretForm::SingleCode && set->codes.size() == 1)
        return singleCodeSource(sheetCode(service, set->codes.first()), subject,
                                currentSetOf(entry));
    std::vector<SheetCode> codes;
    for (const LibraryCode &code : set->codes)
        codes.push_back(sheetCode(service, code));
    return codeListSource(std::move(codes), subject, currentSetOf(entry));
}

LibraryCopy libraryCopy(const CopyRecord &record, const QString &path, int set)
{
    const auto kind = [&record] {
        switch (record.kind) {
        case CopyKind::Pdf: return LibraryCopyKind::Pdf;
        case CopyKind::ProtectedPdf: return LibraryCopyKind::ProtectedPdf;
        case CopyKind::Text: return LibraryCopyKind::Text;
        case CopyKind::Printed:
        case CopyKind::Elsewhere: return LibraryCopyKind::Paper;
        }
        Q_UNREACHABLE();
    }();
    return {
        .kind = kind, .made = record.when, .sheetId = record.sheetId, .set = set, .place = path};
}

} // namespace Sparekey
