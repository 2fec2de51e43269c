// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Over 400 lines: the steps of one dialog, which share its stage and its messages.

#include "ui/library/addcodesviewmodel.h"

#include "core/codeimport/importfile.h"
#include "core/files/enteredpath.h"
#include "ui/library/codereading.h"
#include "ui/library/entrytexts.h"
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

AddCodesViewModel::AddCodesViewModel(Library &library, QObject *parent)
    : QObject(parent)
    , m_library(library)
{
    connect(&m_screen, &PortalScreenshot::availableChanged, this, &AddCodesViewModel::changed);
    connect(&m_screen, &PortalScreenshot::taken, this, &AddCodesViewModel::readScreenPicture);
    connect(&m_screen, &PortalScreenshot::canceled, this, &AddCodesViewModel::changed);
    connect(&m_screen, &PortalScreenshot::failed, this, [this] {
        setError(tr("Your desktop gave no picture of the screen. Save a picture of the QR code, "
                    "and open it here."));
    });
}

AddCodesViewModel::~AddCodesViewModel() = default;

QStringList AddCodesViewModel::services() const
{
    QStringList names;
    for (const ServiceTemplate &service : ServiceCatalog::shipped().services())
        names.append(serviceName(service));
    return names;
}

QString AddCodesViewModel::serviceText() const
{
    const ServiceTemplate *service = m_proposal.service();
    return service ? serviceName(*service) : QString();
}

QString AddCodesViewModel::remarkText() const
{
    const ServiceTemplate *service = m_proposal.service();
    if (m_stage != Stage::Preview || !service)
        return {};
    return remarksText(*service, m_codes.count(), m_proposal.remarks(), m_proposal.candidates());
}

QString AddCodesViewModel::encryptedFile() const
{
    return ForeignText(QFileInfo(m_encryptedFile).fileName()).text();
}

QString AddCodesViewModel::placeText() const
{
    if (m_proposal.count() < 2)
        return {};
    return tr("%1 of %2").arg(m_proposal.place() + 1).arg(m_proposal.count());
}

QString AddCodesViewModel::matchText() const
{
    if (m_stage != Stage::Preview || m_proposal.isForEntry())
        return {};
    const LibraryEntry *entry = m_proposal.target(m_library.entries());
    if (!entry)
        return {};
    return entry->account.isEmpty()
        ? tr("“%1” is in your library already.").arg(shownTitle(*entry))
        : tr("“%1” of %2 is in your library already.").arg(shownTitle(*entry), entry->account);
}

QString AddCodesViewModel::blockedReason() const
{
    if (m_codes.chosenCount() == 0)
        return m_proposal.isSetupKey() ? tr("Enter the setup key.")
                                       : tr("Select at least one code.");
    if (m_proposal.isSingle() && m_codes.chosenCount() > 1)
        return tr("Select one code only.");
    if (hasThese() && !m_proposal.isSeparate())
        return tr("Nothing new: your library has these codes.");
    return {};
}

bool AddCodesViewModel::hasThese() const
{
    const LibraryEntry *entry = m_proposal.target(m_library.entries());
    const CodeSet *current = entry ? entry->current() : nullptr;
    const auto chosenNow = m_codes.chosenCodes();
    return current
        && std::ranges::equal(current->codes, chosenNow, {}, &LibraryCode::value,
                              &LibraryCode::value);
}

QString AddCodesViewModel::plainFileText() const
{
    if (m_leftOut > 0) {
        return tr(
            "The codes that you chose are in your library. The file still has them in plain text, "
            "and %n codes that you left out:",
            nullptr, m_leftOut);
    }
    return holdsMore()
        ? tr("The codes are in your library. The file still has them in plain text, "
             "and may hold other things that are only there:")
        : tr("The codes are in your library. The file still has them in plain text:");
}

void AddCodesViewModel::setReplaces(bool replaces)
{
    m_proposal.setReplaces(replaces);
    Q_EMIT changed();
}

void AddCodesViewModel::open()
{
    close();
    m_screen.find();
    m_stage = Stage::Choose;
    Q_EMIT changed();
}

void AddCodesViewModel::openFor(const LibraryEntry &entry)
{
    close();
    m_proposal = CodeProposal(entry);
    m_screen.find();
    Q_EMIT proposed();
    m_stage = Stage::Choose;
    Q_EMIT changed();
}

void AddCodesViewModel::close()
{
    m_proposal = {};
    startOver();
    m_stage = Stage::Closed;
    Q_EMIT changed();
}

void AddCodesViewModel::startOver()
{
    m_tasks.cancel();
    m_screen.cancel();
    m_codes.clear();
    m_proposal.startOver();
    m_errorText.clear();
    m_fileErrorText.clear();
    m_plainFile.clear();
    m_encryptedFile.clear();
    m_passphraseErrorText.clear();
    m_saved = {};
    m_leftOut = 0;
    m_skipped = 0;
    m_holdsMore = false;
    m_busy = false;
    m_stage = Stage::Choose;
    setEntered({}, {});
    Q_EMIT proposed();
    Q_EMIT changed();
}

void AddCodesViewModel::paste()
{
    if (m_stage == Stage::Choose && !m_busy)
        readClipboardContent();
}

QCoro::Task<void> AddCodesViewModel::readClipboardContent()
{
    const auto ticket = m_tasks.renew();
    m_busy = true;
    m_errorText.clear();
    m_fileErrorText.clear();
    Q_EMIT changed();
    ClipboardContent content = co_await readClipboard(largestImportedFile);
    if (!ticket)
        co_return;
    m_busy = false;
    const bool timedOut = content.timedOut;
    if (takeContent(std::move(content)))
        co_return;
    setError(timedOut
                 ? tr("The program that you copied from does not answer. Copy the codes again.")
                 : tr("There is neither text nor a picture on the clipboard."));
}

void AddCodesViewModel::readScreen()
{
    if (m_stage != Stage::Choose || m_busy)
        return;
    m_errorText.clear();
    m_fileErrorText.clear();
    m_screen.take();
    Q_EMIT changed();
}

QCoro::Task<void> AddCodesViewModel::readScreenPicture(QString path)
{
    // The user may have taken the codes from somewhere else meanwhile.
    const bool wanted = m_stage == Stage::Choose && !m_busy;
    const auto ticket = wanted ? m_tasks.renew() : m_tasks.ticket();
    m_busy = m_busy || wanted;
    Q_EMIT changed();
    const auto read = co_await readCodesOfFile(path, {});
    QFuture<bool> removing = QtConcurrent::run([path] { return QFile::remove(path); });
    const bool removed = co_await removing;
    if (!ticket.ownerExists())
        co_return;
    if (!removed)
        Q_EMIT noted(tr("The picture of the screen could not be deleted: %1").arg(path));
    if (!ticket || !wanted)
        co_return;
    m_busy = false;
    if (read)
        takeRead(*read, {});
    else
        m_errorText = userMessage(read.error());
    Q_EMIT changed();
}

void AddCodesViewModel::takeDropped(const QMimeData &data)
{
    if (m_stage != Stage::Choose || m_busy)
        return;
    m_errorText.clear();
    m_fileErrorText.clear();
    if (!takeContent(contentOf(data, largestImportedFile)))
        setError(tr("Only a file, a text or a picture can be dropped here."));
}

bool AddCodesViewModel::takeContent(ClipboardContent content)
{
    const QList<QUrl> &addresses = content.addresses;
    if (!addresses.isEmpty() && addresses.first().isLocalFile())
        readFile(addresses.first().toLocalFile(), {});
    else if (!content.text.isEmpty())
        takeText(content.text, {}, CodeSource::Entered);
    else if (!content.picture.isEmpty())
        readPicture(std::move(content.picture));
    else
        return false;
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
    ImportKey key{.passphrase = std::move(passphrase)};
    const auto read = co_await readCodesOfFile(path, std::move(key));
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
        if (m_stage == Stage::Preview && !isEncrypted) {
            m_plainFile = path;
            // A picture and an export of another program can show or hold anything.
            m_holdsMore = read->text.isEmpty();
        }
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
    if (const ServiceTemplate *service = m_proposal.service()) {
        result.found = foundOf(*service, m_proposal.account(), result.found);
        if (result.found.isEmpty()) {
            setError(tr("Nothing in it is of %1. Choose another service, or another file.")
                         .arg(serviceName(*service)));
            return;
        }
    }
    m_skipped = result.skipped;
    takeFound(result.found, read.source);
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
    if (const ServiceTemplate *service = m_proposal.service()) {
        const auto found = recognizeAs(*service, text.view());
        if (!found) {
            setError(userMessage(found.error()));
            return;
        }
        takeFound({*found}, source, text.clone());
        return;
    }
    const auto result = importText(text.view(), fileName);
    if (!result) {
        setError(userMessage(result.error()));
        return;
    }
    m_skipped = result->skipped;
    takeFound(result->found, source, text.clone());
}

QString AddCodesViewModel::skippedText() const
{
    if (m_stage != Stage::Preview || m_skipped == 0)
        return {};
    return tr("%n other items were skipped. They hold no recovery codes or cannot be read.",
              nullptr, m_skipped);
}

void AddCodesViewModel::takeFound(const QList<FoundCodes> &found, CodeSource source,
                                  SecureBuffer text)
{
    // A text with several findings cannot be read again for one of them.
    if (found.size() > 1)
        text.clear();
    m_proposal.take(found, source, std::move(text));
    showFound();
}

void AddCodesViewModel::showNext()
{
    m_errorText.clear();
    setEntered({}, {});
    m_proposal.next();
    showFound();
}

void AddCodesViewModel::showFound()
{
    m_codes.setCodes(*m_proposal.service(), m_proposal.codes());
    m_stage = Stage::Preview;
    Q_EMIT proposed();
    Q_EMIT changed();
}

void AddCodesViewModel::skip()
{
    if (m_stage != Stage::Preview || m_busy)
        return;
    if (!hasThese())
        m_leftOut += m_codes.count();
    goOn();
}

void AddCodesViewModel::goOn()
{
    // An entry takes one new set; a second would make the first one void.
    if (m_proposal.hasNext() && (m_saved.isNull() || !m_proposal.isForEntry())) {
        showNext();
        return;
    }
    m_leftOut += m_proposal.codesAfter();
    if (m_saved.isNull()) {
        close();
        return;
    }
    if (m_plainFile.isEmpty()) {
        finish();
        return;
    }
    m_codes.clear();
    m_proposal.wipeCodes();
    m_stage = Stage::Kept;
    Q_EMIT changed();
}

void AddCodesViewModel::setService(int service)
{
    if (service == m_proposal.serviceIndex() || service < -1 || service >= services().size())
        return;
    // Codes that were found are always of a service.
    if (service == -1 && m_stage != Stage::Choose)
        return;
    m_proposal.setServiceIndex(service);
    setEntered({}, {});
    if (m_stage == Stage::Preview) {
        m_codes.setCodes(*m_proposal.service(), m_proposal.codesOfService());
        m_proposal.proposeTitle();
        Q_EMIT proposed();
    }
    Q_EMIT changed();
}

void AddCodesViewModel::checkEntered(SecretEntry *entry)
{
    const ServiceTemplate *service = m_proposal.service();
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
        setEntered({}, m_proposal.isSetupKey() ? tr("Enter the setup key.") : tr("Enter a code."));
        return;
    }
    if (m_stage == Stage::Choose && !m_proposal.service()) {
        const auto result = importText(entered.view(), {});
        if (!result) {
            setEntered({}, userMessage(result.error()));
            return;
        }
        (void)entry->take();
        setEntered({}, {});
        takeFound(result->found, CodeSource::Entered, std::move(entered));
        m_proposal.setHasEntered();
        return;
    }
    const ServiceTemplate &service = *m_proposal.service();
    const auto normalized = normalizedCode(service, entered.view());
    if (!normalized) {
        setEntered(m_enteredNote,
                   m_proposal.isSetupKey()
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
        if (!m_proposal.isForEntry()) {
            m_proposal.proposeTitle();
            Q_EMIT proposed();
        }
    } else {
        m_codes.append(code);
    }
    m_proposal.addEntered(std::move(entered));
    Q_EMIT changed();
}

void AddCodesViewModel::describe(const QString &title, const QString &account)
{
    m_proposal.describe(title, account);
    Q_EMIT changed();
}

void AddCodesViewModel::save()
{
    const ServiceTemplate *service = m_proposal.service();
    if (m_stage != Stage::Preview || m_busy || !service || !blockedReason().isEmpty())
        return;
    // A key that is asked for once in years has to be right.
    if (service->form == SecretForm::SingleCode && service->reusable && m_proposal.hasEntered()) {
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
    const auto normalized = normalizedCode(*m_proposal.service(), again->copy().view());
    if (!normalized || !(SecretBytes(normalized->view()) == codes.first().value)) {
        setEntered({}, tr("This is not the same key. Compare it with what you wrote down."));
        return;
    }
    (void)again->take();
    saveNow();
}

void AddCodesViewModel::saveNow()
{
    put(m_proposal.entryWith(m_codes.chosenCodes(), m_library.entries(),
                             QDateTime::currentDateTimeUtc()));
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
    m_saved = id;
    m_leftOut += m_codes.count() - m_codes.chosenCount();
    goOn();
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
