// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/libraryentryviewmodel.h"

#include "ui/library/entrysheet.h"
#include "ui/library/entrytexts.h"
#include "ui/messages/dates.h"
#include "ui/messages/usermessage.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

LibraryEntryViewModel::LibraryEntryViewModel(Library &library, Settings &settings,
                                             PrintService &printing, QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_sheet(settings, printing)
{
    connect(&library, &Library::entriesChanged, this, &LibraryEntryViewModel::reload);
    connect(&library, &Library::stateChanged, this, &LibraryEntryViewModel::reload);
    connect(&m_sheet, &SheetViewModel::copyMade, this, &LibraryEntryViewModel::recordCopy);
    connect(&m_clipboard, &TimedClipboard::secondsLeftChanged, this,
            &LibraryEntryViewModel::clipboardSecondsChanged);
}

LibraryEntryViewModel::~LibraryEntryViewModel() = default;

QString LibraryEntryViewModel::title() const
{
    return isOpen() ? shownTitle(m_entry) : QString();
}

QString LibraryEntryViewModel::subtitle() const
{
    if (!isOpen())
        return {};
    const QString service = serviceName(serviceOf(m_entry));
    if (m_entry.account.isEmpty())
        return service == title() ? QString() : service;
    return service == title() ? m_entry.account : tr("%1 · %2").arg(service, m_entry.account);
}

QString LibraryEntryViewModel::leftText() const
{
    return codesLeftText(m_entry);
}

QString LibraryEntryViewModel::noteText() const
{
    return conditionText(m_entry, m_due);
}

LibraryListModel::Tone LibraryEntryViewModel::tone() const
{
    return LibraryListModel::toneOf(m_entry, m_due);
}

QString LibraryEntryViewModel::hintText() const
{
    if (!isOpen())
        return {};
    const ServiceTemplate &service = serviceOf(m_entry);
    if (service.id == u"1password") {
        return tr("1Password has no recovery codes. This setup key makes the codes of its "
                  "authenticator app. Keep its sheet apart from the Emergency Kit.");
    }
    if (service.form == SecretForm::SetupKey)
        return tr("Anyone with this key can create your codes. Keep it apart from your password.");
    if (service.reusable)
        return tr("Stays valid after use, until you make a new one.");
    if (service.form == SecretForm::SingleCode) {
        return service.newSetVoidsOld ? tr("Works once. A new code makes this one void.")
                                      : tr("Works once.");
    }
    return service.newSetVoidsOld ? tr("Each code works once. A new set makes these codes void.")
                                  : tr("Each code works once.");
}

QString LibraryEntryViewModel::originText() const
{
    const CodeSet *set = m_entry.current();
    if (!set)
        return {};
    const QString date = shownDate(set->obtained.startOfDay());
    switch (set->source) {
    case CodeSource::Entered: return tr("Entered on %1").arg(date);
    case CodeSource::File: return tr("From a file, %1").arg(date);
    case CodeSource::QrCode: return tr("From a QR code, %1").arg(date);
    case CodeSource::Server: return tr("From the server, %1").arg(date);
    }
    Q_UNREACHABLE();
}

QString LibraryEntryViewModel::newCodesAddress() const
{
    return isOpen() ? newCodesAddressOf(m_entry) : QString();
}

QString LibraryEntryViewModel::tags() const
{
    return m_entry.tags.join(u", "_s);
}

QString LibraryEntryViewModel::needsText() const
{
    return Sparekey::needsText(m_entry.needs);
}

bool LibraryEntryViewModel::isSetupKey() const
{
    return isOpen() && serviceOf(m_entry).form == SecretForm::SetupKey;
}

void LibraryEntryViewModel::setHidden(bool hidden)
{
    if (hidden == m_hidden)
        return;
    m_hidden = hidden;
    updateQr();
    Q_EMIT hiddenChanged();
}

void LibraryEntryViewModel::show(QUuid id)
{
    close();
    if (const LibraryEntry *entry = m_library.find(id))
        setEntry(*entry);
    startEditing();
}

void LibraryEntryViewModel::close()
{
    m_tasks.cancel();
    m_sheet.clear();
    m_sheet.clearClipboard();
    m_entryOnSheet = {};
    m_clipboard.clear();
    m_saving = 0;
    m_errorText.clear();
    setHidden(true);
    setEntry({});
}

void LibraryEntryViewModel::makeSheet()
{
    if (!isOpen() || m_entryOnSheet == m_entry)
        return;
    // A sheet whose print nobody has confirmed yet is asked about later.
    m_sheet.clear();
    m_sheet.setSource(sheetSourceOf(m_entry));
    m_entryOnSheet = m_entry;
}

void LibraryEntryViewModel::recordCopy(const CopyRecord &record, const QString &path)
{
    const CodeSet *set = m_entryOnSheet.current();
    // A read-only library can be printed, but cannot record it.
    if (!set || isReadOnly())
        return;
    const LibraryCopy copy = libraryCopy(record, path, set->number);
    change([copy](LibraryEntry &entry) { entry.copies.append(copy); }, {});
}

void LibraryEntryViewModel::markUsed(int row)
{
    change(
        [row](LibraryEntry &entry) {
            Sparekey::markUsed(entry, row, QDateTime::currentDateTimeUtc(), {});
        },
        tr("Code %1 is marked as used.").arg(row + 1));
}

void LibraryEntryViewModel::markUnused(int row)
{
    change([row](LibraryEntry &entry) { Sparekey::markUnused(entry, row); }, {});
}

void LibraryEntryViewModel::copyCode(int row)
{
    const SecureBuffer code = m_codes.shownCode(row);
    if (!code.isEmpty())
        m_clipboard.copy(code);
}

void LibraryEntryViewModel::saveDetails(const QString &title, const QString &account,
                                        const QString &signInAddress,
                                        const QString &recoveryAddress, const QString &notes,
                                        const QString &tags, int lowAt, int reviewMonths)
{
    QStringList separate;
    const QStringList parts = tags.split(u',');
    for (const QString &part : parts) {
        const QString tag = part.simplified();
        if (!tag.isEmpty() && !separate.contains(tag))
            separate.append(tag);
    }
    const QList<Need> needs = m_editedNeeds.needs();
    change(
        [=](LibraryEntry &entry) {
            // What was not edited stays as another program wrote it.
            if (title != shownTitle(entry))
                entry.title = title.simplified();
            if (account != entry.account)
                entry.account = account.simplified();
            if (signInAddress != entry.signInAddress)
                entry.signInAddress = signInAddress.trimmed();
            if (recoveryAddress != entry.recoveryAddress)
                entry.recoveryAddress = recoveryAddress.trimmed();
            entry.notes = notes;
            entry.tags = separate;
            entry.needs = needs;
            entry.reminders.lowAt = lowAt;
            entry.reminders.reviewMonths = reviewMonths;
        },
        {}, true);
}

void LibraryEntryViewModel::markCopyChecked(int copy)
{
    change(
        [copy](LibraryEntry &entry) {
            if (copy >= 0 && copy < entry.copies.size())
                entry.copies[copy].checked = QDateTime::currentDateTimeUtc();
        },
        tr("The copy is marked as checked."));
}

void LibraryEntryViewModel::markCopyDestroyed(int copy)
{
    change(
        [copy](LibraryEntry &entry) {
            if (copy >= 0 && copy < entry.copies.size())
                entry.copies[copy].destroyed = QDateTime::currentDateTimeUtc();
        },
        tr("The copy is marked as destroyed."));
}

void LibraryEntryViewModel::setCopyPlace(int copy, const QString &place)
{
    change(
        [copy, place](LibraryEntry &entry) {
            if (copy >= 0 && copy < entry.copies.size())
                entry.copies[copy].place = place.simplified();
        },
        {}, true);
}

void LibraryEntryViewModel::remove()
{
    if (isOpen() && m_saving == 0)
        removeEntry(m_entry.id);
}

void LibraryEntryViewModel::change(const Change &how, const QString &message, bool details)
{
    if (!isOpen())
        return;
    LibraryEntry changed = m_entry;
    how(changed);
    if (changed == m_entry) {
        if (details)
            Q_EMIT detailsSaved();
        return;
    }
    // Shown at once; if it cannot be saved, `end` shows the saved state again.
    setEntry(changed);
    put(std::move(changed), message, details);
}

QCoro::Task<void> LibraryEntryViewModel::put(LibraryEntry entry, QString message, bool details)
{
    const auto ticket = m_tasks.ticket();
    ++m_saving;
    m_errorText.clear();
    Q_EMIT changed();
    const QString title = shownTitle(entry);
    const auto saved = co_await m_library.put(std::move(entry));
    if (!ticket) {
        if (ticket.ownerExists() && !saved)
            Q_EMIT notSaved(title, saved.error());
        co_return;
    }
    end(saved);
    if (saved && !message.isEmpty())
        Q_EMIT noted(message);
    if (saved && details)
        Q_EMIT detailsSaved();
}

QCoro::Task<void> LibraryEntryViewModel::removeEntry(QUuid id)
{
    const auto ticket = m_tasks.ticket();
    ++m_saving;
    m_errorText.clear();
    Q_EMIT changed();
    const QString name = title();
    const auto done = co_await m_library.remove(id);
    if (!ticket.ownerExists())
        co_return;
    // The library may have closed this entry already, because it is gone. The user may have, too.
    if (ticket)
        end(done);
    else if (!done)
        Q_EMIT notSaved(name, done.error());
    if (!done)
        co_return;
    if (m_entry.id == id)
        close();
    Q_EMIT removed();
}

void LibraryEntryViewModel::end(const Result<void> &result)
{
    --m_saving;
    m_errorText = result ? QString() : userMessage(result.error());
    if (m_saving == 0)
        reload();
    Q_EMIT changed();
}

void LibraryEntryViewModel::reload()
{
    if (!isOpen() || m_saving > 0)
        return;
    if (m_library.state() != Library::State::Open) {
        close();
        return;
    }
    if (const LibraryEntry *entry = m_library.find(m_entry.id))
        setEntry(*entry);
    else
        close();
}

void LibraryEntryViewModel::setEntry(const LibraryEntry &entry)
{
    m_entry = entry;
    m_due = Sparekey::conditions(entry, QDate::currentDate());
    const ServiceTemplate &service = serviceOf(entry);
    if (const CodeSet *set = entry.current())
        m_codes.setCodes(service, set->codes);
    else
        m_codes.clear();
    m_copies.setCopies(entry);
    m_oldCodesText.clear();
    const CodeSet *old = nullptr;
    const QList<qsizetype> toDestroy = copiesToDestroy(entry);
    for (const CodeSet &set : entry.sets) {
        const auto isOfSet = [&](qsizetype copy) {
            return entry.copies[copy].set == set.number;
        };
        if (std::ranges::any_of(toDestroy, isOfSet))
            old = &set;
    }
    if (old) {
        m_oldCodes.setCodes(service, old->codes);
        m_oldCodesText = voidText(*old);
    } else {
        m_oldCodes.clear();
    }
    updateQr();
    Q_EMIT changed();
}

void LibraryEntryViewModel::updateQr()
{
    const CodeSet *set = m_entry.current();
    if (m_hidden || !isSetupKey() || !set || set->codes.isEmpty())
        m_qr.clear();
    else
        m_qr.set(SecureBuffer::copyOf(set->codes.first().value.view()));
}

} // namespace Sparekey
