// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/codeproposal.h"

#include "core/codeimport/importtext.h"
#include "ui/library/entrytexts.h"
#include "ui/library/searchtext.h"

#include <algorithm>
#include <utility>

namespace Sparekey {

namespace {

bool sameName(const QString &a, const QString &b)
{
    return foldedForSearch(a.simplified()) == foldedForSearch(b.simplified());
}

} // namespace

CodeProposal::CodeProposal(const LibraryEntry &entry)
    : m_entry(entry.id)
    , m_entryTitle(shownTitle(entry))
    , m_title(entry.title)
    , m_account(entry.account)
{
    choose(serviceOf(entry).id);
}

void CodeProposal::startOver()
{
    CodeProposal again;
    if (isForEntry()) {
        again.m_entry = m_entry;
        again.m_entryTitle = m_entryTitle;
        again.m_service = m_service;
        again.m_title = m_title;
        again.m_account = m_account;
    }
    *this = std::move(again);
}

void CodeProposal::wipeCodes()
{
    m_found.clear();
    m_place = 0;
    m_text.clear();
    m_entered.clear();
}

void CodeProposal::setServiceIndex(int index)
{
    m_service = index;
}

const ServiceTemplate *CodeProposal::service() const
{
    const auto &services = ServiceCatalog::shipped().services();
    return m_service >= 0 && m_service < services.size() ? &services[m_service] : nullptr;
}

bool CodeProposal::isSetupKey() const
{
    const ServiceTemplate *chosen = service();
    return chosen && chosen->form == SecretForm::SetupKey;
}

bool CodeProposal::isSingle() const
{
    const ServiceTemplate *chosen = service();
    return chosen && chosen->form != SecretForm::CodeList;
}

void CodeProposal::choose(const QString &service)
{
    const auto &services = ServiceCatalog::shipped().services();
    const auto found = std::ranges::find(services, service, &ServiceTemplate::id);
    m_service = static_cast<int>(found == services.end() ? -1 : found - services.begin());
}

void CodeProposal::take(QList<FoundCodes> found, CodeSource source, SecureBuffer text)
{
    m_found = std::move(found);
    m_source = source;
    m_text = std::move(text);
    m_place = 0;
    show();
}

void CodeProposal::next()
{
    ++m_place;
    m_entered.clear();
    m_replaces.reset();
    show();
}

void CodeProposal::show()
{
    const FoundCodes &found = m_found[m_place];
    m_remarks = found.remarks;
    m_obtained = found.obtained;
    m_signInAddress = found.signInAddress;
    m_notes = found.notes;
    if (isForEntry())
        return;
    choose(found.service);
    m_title = found.title;
    m_account = found.account;
    m_titleEdited = !m_title.isEmpty();
    proposeTitle();
}

int CodeProposal::codesAfter() const
{
    qsizetype codes = 0;
    for (qsizetype i = m_place + 1; i < m_found.size(); ++i)
        codes += m_found[i].codes.size();
    return static_cast<int>(codes);
}

QStringList CodeProposal::candidates() const
{
    QStringList names;
    if (m_found.isEmpty() || isForEntry() || !service()
        || service()->id != m_found[m_place].service)
        return names;
    for (const QString &id : m_found[m_place].candidates) {
        if (const ServiceTemplate *other = ServiceCatalog::shipped().find(id))
            names.append(serviceName(*other));
    }
    return names;
}

QList<FoundCode> CodeProposal::codes() const
{
    return m_found.isEmpty() ? QList<FoundCode>() : m_found[m_place].codes;
}

QList<FoundCode> CodeProposal::codesOfService()
{
    const ServiceTemplate &chosen = *service();
    QList<FoundCode> fitted;
    m_remarks.clear();
    if (!m_text.isEmpty()) {
        if (const auto found = recognizeAs(chosen, m_text.view())) {
            fitted = found->codes;
            m_remarks = found->remarks;
        }
    } else {
        for (FoundCode code : codes()) {
            const auto fitting = normalizedCode(chosen, code.value.view());
            code.fits = fitting.has_value();
            if (fitting)
                code.value = SecretBytes(fitting->view());
            fitted.append(code);
        }
    }
    for (const SecureBuffer &entered : m_entered) {
        const auto fitting = normalizedCode(chosen, entered.view());
        fitted.append({.value = SecretBytes(fitting ? fitting->view() : entered.view()),
                       .unsure = false,
                       .fits = fitting.has_value()});
    }
    return fitted;
}

void CodeProposal::addEntered(SecureBuffer entered)
{
    m_hasEntered = true;
    m_entered.push_back(std::move(entered));
}

void CodeProposal::describe(const QString &title, const QString &account)
{
    m_titleEdited = m_titleEdited || title != m_title;
    m_title = title;
    m_account = account;
}

void CodeProposal::proposeTitle()
{
    if (m_titleEdited)
        return;
    const ServiceTemplate *chosen = service();
    m_title = chosen && !chosen->isGeneric() ? chosen->name : QString();
}

const LibraryEntry *CodeProposal::target(const QList<LibraryEntry> &entries) const
{
    const auto found = std::ranges::find_if(entries, [this](const LibraryEntry &entry) {
        if (isForEntry())
            return entry.id == m_entry;
        const ServiceTemplate *chosen = service();
        if (!chosen || entry.service != chosen->id || !sameName(entry.account, m_account))
            return false;
        return !chosen->isGeneric() || sameName(entry.title, m_title);
    });
    return found == entries.end() ? nullptr : &*found;
}

const LibraryEntry *CodeProposal::replaced(const QList<LibraryEntry> &entries) const
{
    return replaces() || isForEntry() ? target(entries) : nullptr;
}

LibraryEntry CodeProposal::entryWith(const QList<LibraryCode> &codes,
                                     const QList<LibraryEntry> &entries, const QDateTime &now) const
{
    const ServiceTemplate &chosen = *service();
    LibraryEntry entry;
    if (const LibraryEntry *existing = replaced(entries)) {
        entry = *existing;
    } else {
        entry = LibraryEntry::create(chosen.id, m_title.simplified(), now);
        entry.account = m_account.simplified();
        entry.signInAddress = m_signInAddress;
        entry.recoveryAddress = chosen.useAddress;
        entry.notes = m_notes;
    }
    startNewSet(entry, codes, m_source, m_obtained.isValid() ? m_obtained : QDate::currentDate(),
                VoidReason::NewSet, now);
    return entry;
}

} // namespace Sparekey
