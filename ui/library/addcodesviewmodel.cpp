// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Over 400 lines: the steps of one dialog, which share all of their state.

#include "ui/library/addcodesviewmodel.h"

#include "core/files/enteredpath.h"
#include "ui/library/codereading.h"
#include "ui/library/entrytexts.h"
#include "ui/library/searchtext.h"
#include "ui/messages/usermessage.h"

#include <QCoroFuture>

#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMimeData>
#include <QUrl>
#include <QtConcurrentRun>

#include <algorithm>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

bool sameName(const QString &a, const QString &b)
{
    return foldedForSearch(a.simplified()) == foldedForSearch(b.simplified());
}

} // namespace

AddCodesViewModel::AddCodesViewModel(Library &library, QObject *parent)
    : QObject(parent)
    , m_library(library)
{
}

AddCodesViewModel::~AddCodesViewModel() = default;

QStringList AddCodesViewModel::services() const
{
    QStringList names;
    for (const ServiceTemplate &service : ServiceCatalog::shipped().services())
        names.append(serviceName(service));
    return names;
}

const ServiceTemplate *AddCodesViewModel::chosen() const
{
    const auto &services = ServiceCatalog::shipped().services();
    return m_service >= 0 && m_service < services.size() ? &services[m_service] : nullptr;
}

QString AddCodesViewModel::serviceText() const
{
    const ServiceTemplate *service = chosen();
    return service ? serviceName(*service) : QString();
}

bool AddCodesViewModel::isSetupKey() const
{
    const ServiceTemplate *service = chosen();
    return service && service->form == SecretForm::SetupKey;
}

bool AddCodesViewModel::isSingle() const
{
    const ServiceTemplate *service = chosen();
    return service && service->form != SecretForm::CodeList;
}

QString AddCodesViewModel::remarkText() const
{
    const ServiceTemplate *service = chosen();
    if (m_stage != Stage::Preview || !service)
        return {};
    return remarksText(*service, m_codes.count(), m_remarks);
}

QString AddCodesViewModel::encryptedFile() const
{
    return ForeignText(QFileInfo(m_encryptedFile).fileName()).text();
}

QString AddCodesViewModel::placeText() const
{
    return m_found.size() > 1 ? tr("%1 of %2").arg(m_place + 1).arg(m_found.size()) : QString();
}

const LibraryEntry *AddCodesViewModel::target() const
{
    const auto &entries = m_library.entries();
    const auto found = std::ranges::find_if(entries, [this](const LibraryEntry &entry) {
        if (!m_entry.isNull())
            return entry.id == m_entry;
        const ServiceTemplate *service = chosen();
        if (!service || entry.service != service->id || !sameName(entry.account, m_account))
            return false;
        return !service->isGeneric() || sameName(entry.title, m_title);
    });
    return found == entries.end() ? nullptr : &*found;
}

QString AddCodesViewModel::matchText() const
{
    const LibraryEntry *entry = m_stage == Stage::Preview && m_entry.isNull() ? target() : nullptr;
    if (!entry)
        return {};
    return entry->account.isEmpty()
        ? tr("“%1” is in your library already.").arg(shownTitle(*entry))
        : tr("“%1” of %2 is in your library already.").arg(shownTitle(*entry), entry->account);
}

QString AddCodesViewModel::blockedReason() const
{
    if (m_codes.chosenCount() == 0)
        return isSetupKey() ? tr("Enter the setup key.") : tr("Select at least one code.");
    if (isSingle() && m_codes.chosenCount() > 1)
        return tr("Select one code only.");
    if (const LibraryEntry *entry = target(); entry && (m_replaces || !m_entry.isNull())) {
        const CodeSet *current = entry->current();
        const auto chosenNow = m_codes.chosenCodes();
        if (current
            && std::ranges::equal(current->codes, chosenNow, {}, &LibraryCode::value,
                                  &LibraryCode::value))
            return tr("Nothing new: your library has these codes.");
    }
    return {};
}

void AddCodesViewModel::setReplaces(bool replaces)
{
    if (replaces == m_replaces)
        return;
    m_replaces = replaces;
    Q_EMIT changed();
}

void AddCodesViewModel::open()
{
    close();
    m_stage = Stage::Choose;
    Q_EMIT changed();
}

void AddCodesViewModel::openFor(const LibraryEntry &entry)
{
    close();
    m_entry = entry.id;
    m_entryTitle = shownTitle(entry);
    m_title = entry.title;
    m_account = entry.account;
    choose(serviceOf(entry).id);
    m_stage = Stage::Choose;
    Q_EMIT changed();
}

void AddCodesViewModel::close()
{
    m_entry = {};
    m_entryTitle.clear();
    startOver();
    m_stage = Stage::Closed;
    Q_EMIT changed();
}

void AddCodesViewModel::startOver()
{
    m_tasks.cancel();
    m_codes.clear();
    m_found.clear();
    m_place = 0;
    m_remarks.clear();
    m_source.clear();
    m_enteredCodes.clear();
    m_signInAddress.clear();
    m_notes.clear();
    m_obtained = {};
    m_errorText.clear();
    m_fileErrorText.clear();
    m_plainFile.clear();
    m_encryptedFile.clear();
    m_passphraseErrorText.clear();
    m_busy = false;
    m_replaces = true;
    m_titleEdited = false;
    m_hasEntered = false;
    m_origin = CodeSource::Entered;
    m_stage = Stage::Choose;
    if (m_entry.isNull()) {
        m_service = -1;
        m_title.clear();
        m_account.clear();
    }
    setEntered({}, {});
    Q_EMIT proposed();
    Q_EMIT changed();
}

void AddCodesViewModel::paste()
{
    const QMimeData *data = QGuiApplication::clipboard()->mimeData();
    if (!data || !takeData(*data))
        setError(tr("There is neither text nor a picture on the clipboard."));
}

void AddCodesViewModel::takeDropped(const QMimeData &data)
{
    if (!takeData(data))
        setError(tr("Only a file, a text or a picture can be dropped here."));
}

bool AddCodesViewModel::takeData(const QMimeData &data)
{
    if (m_stage != Stage::Choose || m_busy)
        return true;
    m_errorText.clear();
    m_fileErrorText.clear();
    const QList<QUrl> addresses = data.hasUrls() ? data.urls() : QList<QUrl>();
    if (!addresses.isEmpty() && addresses.first().isLocalFile()) {
        readFile(addresses.first().toLocalFile(), {});
        return true;
    }
    // A text first: some programs offer a picture of it as well.
    QString text = data.text();
    if (!text.trimmed().isEmpty()) {
        takeText(SecureBuffer::fromText(text), {}, CodeSource::Entered);
        wipe(text);
        return true;
    }
    SecureBuffer picture = pictureIn(data);
    if (picture.isEmpty())
        return false;
    readPicture(std::move(picture));
    return true;
}

void AddCodesViewModel::openFile(const QString &path)
{
    if (m_stage != Stage::Choose || m_busy)
        return;
    m_fileErrorText.clear();
    m_errorText.clear();
    const QString full = enteredPath(path, QDir::homePath());
    if (full.isEmpty()) {
        m_fileErrorText = tr("Enter the name of the file.");
        Q_EMIT changed();
        return;
    }
    readFile(full, {});
}

void AddCodesViewModel::submitPassphrase(SecretEntry *passphrase)
{
    if (m_stage != Stage::Passphrase || m_busy)
        return;
    SecureBuffer entered = passphrase->take();
    m_passphraseErrorText.clear();
    if (entered.isEmpty()) {
        m_passphraseErrorText = tr("Enter the passphrase.");
        Q_EMIT changed();
        return;
    }
    readFile(m_encryptedFile, std::move(entered));
}

QCoro::Task<void> AddCodesViewModel::readFile(QString path, SecureBuffer passphrase)
{
    const auto ticket = m_tasks.renew();
    const bool isEncrypted = !passphrase.isEmpty();
    m_busy = true;
    Q_EMIT changed();
    const auto read = co_await readCodesOfFile(path, std::move(passphrase));
    if (!ticket)
        co_return;
    m_busy = false;
    const auto problem = read ? std::optional<ErrorKind>() : read.error().kind;
    if (problem == ErrorKind::ImportPassphraseRequired) {
        m_encryptedFile = path;
        m_stage = Stage::Passphrase;
    } else if (isEncrypted && problem == ErrorKind::PassphraseRefused) {
        m_passphraseErrorText = userMessage(read.error());
    } else {
        m_stage = Stage::Choose;
        m_encryptedFile.clear();
        if (read)
            takeRead(*read, QFileInfo(path).fileName());
        m_fileErrorText = read ? std::exchange(m_errorText, {}) : userMessage(read.error());
        if (m_stage == Stage::Preview && !isEncrypted)
            m_plainFile = path;
    }
    Q_EMIT changed();
}

QCoro::Task<void> AddCodesViewModel::readPicture(SecureBuffer picture)
{
    const auto ticket = m_tasks.renew();
    m_busy = true;
    Q_EMIT changed();
    const auto read = co_await readCodesOfPicture(std::move(picture));
    if (!ticket)
        co_return;
    m_busy = false;
    if (read)
        takeRead(*read, {});
    else
        m_errorText = userMessage(read.error());
    Q_EMIT changed();
}

void AddCodesViewModel::takeRead(const ReadCodes &read, const QString &fileName)
{
    if (!read.text.isEmpty()) {
        takeText(read.text, fileName, read.source);
        return;
    }
    ImportResult result = read.found;
    if (const ServiceTemplate *service = chosen()) {
        result.found = foundOf(*service, m_account, result.found);
        if (result.found.isEmpty()) {
            setError(tr("Nothing in it is of %1. Choose another service, or another file.")
                         .arg(serviceName(*service)));
            return;
        }
    }
    takeResult(result, read.source);
}

void AddCodesViewModel::deletePlainFile()
{
    if (m_stage == Stage::Kept && !m_busy)
        removeFile(m_plainFile);
}

QCoro::Task<void> AddCodesViewModel::removeFile(QString path)
{
    const auto ticket = m_tasks.renew();
    m_busy = true;
    Q_EMIT changed();
    QFuture<bool> running = QtConcurrent::run([path] { return QFile::remove(path); });
    const bool removed = co_await running;
    if (!ticket)
        co_return;
    m_busy = false;
    if (!removed) {
        setError(tr("The file cannot be deleted. Check who may change its folder."));
        co_return;
    }
    finish();
    Q_EMIT noted(tr("%1 was deleted.").arg(QFileInfo(path).fileName()));
}

void AddCodesViewModel::keepPlainFile()
{
    if (m_stage == Stage::Kept && !m_busy)
        finish();
}

void AddCodesViewModel::finish()
{
    const QUuid entry = m_saved;
    close();
    Q_EMIT saved(entry);
}

void AddCodesViewModel::takeText(const SecureBuffer &text, const QString &fileName,
                                 CodeSource source)
{
    if (m_stage != Stage::Choose)
        return;
    m_errorText.clear();
    if (const ServiceTemplate *service = chosen()) {
        const auto found = recognizeAs(*service, text.view());
        if (!found) {
            setError(userMessage(found.error()));
            return;
        }
        m_source = text.clone();
        takeResult({.found = {*found}}, source);
        return;
    }
    const auto result = importText(text.view(), fileName);
    if (!result) {
        setError(userMessage(result.error()));
        return;
    }
    if (result->found.size() == 1)
        m_source = text.clone();
    takeResult(*result, source);
}

void AddCodesViewModel::takeResult(const ImportResult &result, CodeSource source)
{
    m_origin = source;
    m_found = result.found;
    m_place = 0;
    takeFound(m_found.first());
}

void AddCodesViewModel::showNext()
{
    ++m_place;
    m_codes.clear();
    m_enteredCodes.clear();
    m_titleEdited = false;
    m_replaces = true;
    m_errorText.clear();
    setEntered({}, {});
    takeFound(m_found[m_place]);
}

void AddCodesViewModel::skip()
{
    if (m_stage != Stage::Preview || m_busy)
        return;
    if (m_place + 1 < m_found.size())
        showNext();
    else
        close();
}

void AddCodesViewModel::takeFound(const FoundCodes &found)
{
    m_remarks = found.remarks;
    m_obtained = found.obtained;
    m_signInAddress = found.signInAddress;
    m_notes = found.notes;
    if (m_entry.isNull()) {
        choose(found.service);
        m_title = found.title;
        m_account = found.account;
        m_titleEdited = !m_title.isEmpty();
        propose();
    }
    m_codes.setCodes(*chosen(), found.codes);
    m_stage = Stage::Preview;
    Q_EMIT changed();
}

void AddCodesViewModel::choose(const QString &service)
{
    const auto &services = ServiceCatalog::shipped().services();
    const auto found = std::ranges::find(services, service, &ServiceTemplate::id);
    m_service = static_cast<int>(found == services.end() ? -1 : found - services.begin());
}

void AddCodesViewModel::propose()
{
    if (!m_titleEdited) {
        const ServiceTemplate *service = chosen();
        m_title = service && !service->isGeneric() ? service->name : QString();
    }
    Q_EMIT proposed();
}

void AddCodesViewModel::setService(int service)
{
    if (service == m_service || service < -1 || service >= services().size())
        return;
    m_service = service;
    setEntered({}, {});
    if (m_stage == Stage::Preview) {
        readAgain();
        propose();
    }
    Q_EMIT changed();
}

void AddCodesViewModel::readAgain()
{
    const ServiceTemplate &service = *chosen();
    QList<FoundCode> codes;
    m_remarks.clear();
    if (!m_source.isEmpty()) {
        if (const auto found = recognizeAs(service, m_source.view())) {
            codes = found->codes;
            m_remarks = found->remarks;
        }
    } else if (!m_found.isEmpty()) {
        for (FoundCode code : std::as_const(m_found[m_place].codes)) {
            const auto fitting = normalizedCode(service, code.value.view());
            code.fits = fitting.has_value();
            if (fitting)
                code.value = SecretBytes(fitting->view());
            codes.append(code);
        }
    }
    for (const SecureBuffer &entered : m_enteredCodes) {
        const auto fitting = normalizedCode(service, entered.view());
        codes.append({.value = SecretBytes(fitting ? fitting->view() : entered.view()),
                      .unsure = false,
                      .fits = fitting.has_value()});
    }
    m_codes.setCodes(service, codes);
}

void AddCodesViewModel::checkEntered(SecretEntry *entry)
{
    const ServiceTemplate *service = chosen();
    if (!service || service->content != CodeContent::Characters
        || service->shortest != service->longest) {
        setEntered({}, {});
        return;
    }
    qsizetype entered = 0;
    entry->peek([&entered, service](QStringView text) {
        for (const QChar character : text) {
            if (service->removesSpaces && character.isSpace())
                continue;
            if (service->removesHyphens && character.category() == QChar::Punctuation_Dash)
                continue;
            ++entered;
        }
    });
    setEntered(entered == 0 ? QString()
                            : tr("%1 of %2 characters").arg(entered).arg(service->longest),
               {});
}

void AddCodesViewModel::addEntered(SecretEntry *entry)
{
    if ((m_stage != Stage::Choose && m_stage != Stage::Preview) || m_busy)
        return;
    SecureBuffer entered = entry->copy();
    m_errorText.clear();
    if (entered.isEmpty()) {
        setEntered({}, isSetupKey() ? tr("Enter the setup key.") : tr("Enter a code."));
        return;
    }
    if (m_stage == Stage::Choose && !chosen()) {
        const auto result = importText(entered.view(), {});
        if (!result) {
            setEntered({}, userMessage(result.error()));
            return;
        }
        (void)entry->take();
        setEntered({}, {});
        m_source = std::move(entered);
        m_hasEntered = true;
        takeResult(*result, CodeSource::Entered);
        return;
    }
    const ServiceTemplate &service = *chosen();
    const auto normalized = normalizedCode(service, entered.view());
    if (!normalized) {
        setEntered(m_enteredNote,
                   isSetupKey()
                       ? tr("This is not a setup key. Check it, or choose another service.")
                       : tr("This is not a code of %1. Check it, or choose another service.")
                             .arg(serviceName(service)));
        return;
    }
    const FoundCode code{.value = SecretBytes(normalized->view()), .unsure = false, .fits = true};
    if (m_codes.contains(code.value)) {
        setEntered({}, tr("This code is in the list already."));
        return;
    }
    (void)entry->take();
    setEntered({}, {});
    if (m_stage == Stage::Choose) {
        m_codes.setCodes(service, {code});
        m_stage = Stage::Preview;
        if (m_entry.isNull())
            propose();
    } else {
        m_codes.append(code);
    }
    m_hasEntered = true;
    m_enteredCodes.push_back(std::move(entered));
    Q_EMIT changed();
}

void AddCodesViewModel::describe(const QString &title, const QString &account)
{
    m_titleEdited = m_titleEdited || title != m_title;
    m_title = title;
    m_account = account;
    Q_EMIT changed();
}

void AddCodesViewModel::save()
{
    const ServiceTemplate *service = chosen();
    if (m_stage != Stage::Preview || m_busy || !service || !blockedReason().isEmpty())
        return;
    // A key that is asked for once in years has to be right.
    if (service->form == SecretForm::SingleCode && service->reusable && m_hasEntered) {
        m_stage = Stage::Confirm;
        setEntered({}, {});
        Q_EMIT changed();
        return;
    }
    saveNow();
}

void AddCodesViewModel::confirm(SecretEntry *again)
{
    if (m_stage != Stage::Confirm || m_busy)
        return;
    const auto codes = m_codes.chosenCodes();
    const auto normalized = normalizedCode(*chosen(), again->copy().view());
    if (!normalized || !(SecretBytes(normalized->view()) == codes.first().value)) {
        setEntered({}, tr("This is not the same key. Compare it with what you wrote down."));
        return;
    }
    (void)again->take();
    saveNow();
}

void AddCodesViewModel::saveNow()
{
    const ServiceTemplate &service = *chosen();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const LibraryEntry *existing = target();
    LibraryEntry entry;
    if (existing && (m_replaces || !m_entry.isNull())) {
        entry = *existing;
    } else {
        entry = LibraryEntry::create(service.id, m_title.simplified(), now);
        entry.account = m_account.simplified();
        entry.signInAddress = m_signInAddress;
        entry.recoveryAddress = service.useAddress;
        entry.notes = m_notes;
    }
    startNewSet(entry, m_codes.chosenCodes(), m_origin,
                m_obtained.isValid() ? m_obtained : QDate::currentDate(), VoidReason::NewSet, now);
    put(std::move(entry));
}

QCoro::Task<void> AddCodesViewModel::put(LibraryEntry entry)
{
    const auto ticket = m_tasks.renew();
    const QUuid id = entry.id;
    m_busy = true;
    m_errorText.clear();
    Q_EMIT changed();
    const auto done = co_await m_library.put(std::move(entry));
    if (!ticket)
        co_return;
    m_busy = false;
    if (!done) {
        m_stage = Stage::Preview;
        setError(userMessage(done.error()));
        co_return;
    }
    // An entry takes one new set; a second would make the first one void.
    if (m_entry.isNull() && m_place + 1 < m_found.size()) {
        showNext();
        co_return;
    }
    m_saved = id;
    if (m_plainFile.isEmpty()) {
        finish();
        co_return;
    }
    m_codes.clear();
    m_source.clear();
    m_found.clear();
    m_stage = Stage::Kept;
    Q_EMIT changed();
}

void AddCodesViewModel::setError(const QString &text)
{
    m_errorText = text;
    Q_EMIT changed();
}

void AddCodesViewModel::setEntered(const QString &note, const QString &error)
{
    m_enteredNote = note;
    m_enteredErrorText = error;
    Q_EMIT enteredChanged();
}

} // namespace Sparekey
