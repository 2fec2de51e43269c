// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/exportviewmodel.h"

#include "core/codeexport/exportcodes.h"
#include "core/files/enteredpath.h"
#include "ui/library/entrypdf.h"
#include "ui/library/entrytexts.h"
#include "ui/library/libraryfiles.h"
#include "ui/messages/usermessage.h"

#include <QDate>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <QUrl>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

using Format = ExportViewModel::Format;

QString suffixOf(ExportViewModel::Format format)
{
    switch (format) {
    case Format::Pdf:
    case Format::ProtectedPdf: return u"pdf"_s;
    case Format::Kdbx: return u"kdbx"_s;
    case Format::Json: return u"json"_s;
    case Format::OpenPgp: return u"asc"_s;
    case Format::Text: return u"txt"_s;
    }
    Q_UNREACHABLE();
}

// Of the formats that are not for paper.
ExportFormat exportFormat(Format format)
{
    switch (format) {
    case Format::Kdbx: return ExportFormat::Kdbx;
    case Format::Json: return ExportFormat::Bitwarden;
    case Format::OpenPgp: return ExportFormat::OpenPgp;
    case Format::Text: return ExportFormat::Text;
    case Format::Pdf:
    case Format::ProtectedPdf: break;
    }
    Q_UNREACHABLE();
}

QStringList separated(const QString &entered)
{
    QStringList parts;
    const QStringList all = entered.split(u',');
    for (const QString &part : all) {
        if (!part.trimmed().isEmpty())
            parts.append(part.trimmed());
    }
    return parts;
}

LibraryCopyKind copyKindOf(ExportViewModel::Format format)
{
    switch (format) {
    case Format::Pdf: return LibraryCopyKind::Pdf;
    case Format::ProtectedPdf: return LibraryCopyKind::ProtectedPdf;
    case Format::Kdbx: return LibraryCopyKind::Kdbx;
    case Format::Json: return LibraryCopyKind::Json;
    case Format::OpenPgp: return LibraryCopyKind::OpenPgp;
    case Format::Text: return LibraryCopyKind::Text;
    }
    Q_UNREACHABLE();
}

QString documentsFolder()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QFileInfo(folder).isDir() ? folder : QDir::homePath();
}

} // namespace

ExportViewModel::ExportViewModel(Library &library, Settings &settings, QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_settings(settings)
{
    connect(&library, &Library::stateChanged, this, [this] {
        if (m_library.state() != Library::State::Open)
            close();
    });
}

ExportViewModel::~ExportViewModel() = default;

QString ExportViewModel::entryTitle() const
{
    const LibraryEntry *entry = m_entry.isNull() ? nullptr : m_library.find(m_entry);
    return entry ? shownTitle(*entry) : QString();
}

void ExportViewModel::setFormat(Format format)
{
    if (format == m_format || m_busy)
        return;
    m_format = format;
    m_errorText.clear();
    m_fileExists = false;
    Q_EMIT changed();
}

bool ExportViewModel::needsPassphrase() const
{
    return m_format != Format::Pdf && m_format != Format::Text;
}

QString ExportViewModel::suggestedPath() const
{
    // Says nothing about whose codes it holds.
    return u"%1/recovery-codes-%2.%3"_s.arg(documentsFolder(),
                                            QDate::currentDate().toString(Qt::ISODate),
                                            suffixOf(m_format));
}

void ExportViewModel::open()
{
    begin({});
}

void ExportViewModel::openFor(const QUuid &entry)
{
    if (m_library.find(entry))
        begin(entry);
}

void ExportViewModel::begin(const QUuid &entry)
{
    close();
    if (m_library.state() != Library::State::Open)
        return;
    m_entry = entry;
    m_format = Format::ProtectedPdf;
    m_gpgOffered = canExportOpenPgp();
    m_passphrase.makeWords();
    m_stage = Stage::Key;
    Q_EMIT changed();
}

void ExportViewModel::close()
{
    m_tasks.cancel();
    m_passphrase.clear();
    m_entry = {};
    m_keyErrorText.clear();
    m_errorText.clear();
    m_doneText.clear();
    m_savedPath.clear();
    m_fileExists = false;
    m_busy = false;
    if (m_stage == Stage::Closed)
        return;
    m_stage = Stage::Closed;
    Q_EMIT changed();
}

void ExportViewModel::proveKey(SecretEntry *passphrase, const QString &keyFile)
{
    if (m_stage != Stage::Key || m_busy)
        return;
    SecureBuffer entered = passphrase->take();
    m_keyErrorText.clear();
    if (entered.isEmpty() && keyFile.trimmed().isEmpty()) {
        m_keyErrorText = tr("Enter the passphrase.");
        Q_EMIT changed();
        return;
    }
    prove(std::move(entered), keyFile);
}

QCoro::Task<void> ExportViewModel::prove(SecureBuffer passphrase, QString keyFile)
{
    const auto ticket = m_tasks.renew();
    m_busy = true;
    Q_EMIT changed();
    auto key = co_await readLibraryKey(std::move(passphrase), keyFile);
    if (!ticket)
        co_return;
    Result<bool> proved = false;
    if (key)
        proved = co_await m_library.provesKey(std::move(*key));
    else
        proved = Sparekey::fail(key.error());
    if (!ticket)
        co_return;
    m_busy = false;
    if (!proved)
        m_keyErrorText = userMessage(proved.error());
    else if (!*proved)
        m_keyErrorText = userMessage({.kind = ErrorKind::LibraryKeyWrong});
    else
        m_stage = Stage::Choose;
    Q_EMIT changed();
}

void ExportViewModel::saveWithWords(const QString &path, const QString &recipients, bool replace)
{
    if (m_stage != Stage::Choose || m_busy)
        return;
    const QStringList keys = m_format == Format::OpenPgp ? separated(recipients) : QStringList();
    SecureBuffer words;
    if (needsPassphrase() && keys.isEmpty())
        words = m_passphrase.words()->text().clone();
    save(path, std::move(words), keys, replace ? ExistingFile::Replace : ExistingFile::Keep);
}

void ExportViewModel::saveWithOwn(const QString &path, SecretEntry *own, SecretEntry *repeated,
                                  bool replace)
{
    if (m_stage != Stage::Choose || m_busy)
        return;
    if (auto passphrase = m_passphrase.own(own, repeated)) {
        save(path, std::move(*passphrase), {},
             replace ? ExistingFile::Replace : ExistingFile::Keep);
    }
}

QCoro::Task<void> ExportViewModel::save(QString path, SecureBuffer passphrase,
                                        QStringList recipients, ExistingFile existing)
{
    const auto ticket = m_tasks.renew();
    m_errorText.clear();
    m_fileExists = false;
    path = enteredPath(path, documentsFolder());
    if (path.isEmpty()) {
        m_errorText = tr("Enter the name of the file.");
        Q_EMIT changed();
        co_return;
    }
    if (QFileInfo(path).suffix().isEmpty() && !QFileInfo(path).isDir())
        path += u'.' + suffixOf(m_format);
    const QList<LibraryEntry> entries = chosenEntries();
    const auto hasCodes = [](const LibraryEntry &entry) {
        const CodeSet *set = entry.current();
        return set && !set->codes.isEmpty();
    };
    if (std::ranges::none_of(entries, hasCodes)) {
        m_errorText = tr("There are no valid codes to save.");
        Q_EMIT changed();
        co_return;
    }
    m_busy = true;
    Q_EMIT changed();
    Result<void> written;
    if (m_format == Format::Pdf || m_format == Format::ProtectedPdf) {
        const PaperSize paper = m_settings.letterPaper() ? PaperSize::Letter : PaperSize::A4;
        written = co_await savePdf(entries, path, std::move(passphrase), paper, existing);
    } else {
        ExportTarget target{.format = exportFormat(m_format),
                            .path = path,
                            .existing = existing,
                            .passphrase = std::move(passphrase),
                            .recipients = recipients};
        written = co_await exportCodes(entries, std::move(target));
    }
    if (!ticket)
        co_return;
    m_busy = false;
    if (!written) {
        m_fileExists = written.error().kind == ErrorKind::FileExists;
        m_errorText = userMessage(written.error());
        Q_EMIT changed();
        co_return;
    }
    m_savedPath = path;
    m_doneText = tr("Saved and verified: %1").arg(path);
    m_stage = Stage::Saved;
    Q_EMIT changed();
    recordCopies(entries);
}

QList<LibraryEntry> ExportViewModel::chosenEntries() const
{
    if (m_entry.isNull())
        return m_library.entries();
    const LibraryEntry *entry = m_library.find(m_entry);
    return entry ? QList<LibraryEntry>{*entry} : QList<LibraryEntry>();
}

QCoro::Task<void> ExportViewModel::recordCopies(QList<LibraryEntry> exported)
{
    if (m_library.isReadOnly())
        co_return;
    const auto ticket = m_tasks.ticket();
    QList<LibraryEntry> entries;
    for (const LibraryEntry &was : std::as_const(exported)) {
        const LibraryEntry *now = m_library.find(was.id);
        const CodeSet *set = was.current();
        if (!now || !set)
            continue;
        LibraryEntry entry = *now;
        entry.copies.append({.kind = copyKindOf(m_format),
                             .made = QDateTime::currentDateTimeUtc(),
                             .set = set->number,
                             .place = m_savedPath});
        entries.append(entry);
    }
    const auto saved = co_await m_library.putAll(std::move(entries));
    if (!ticket || saved)
        co_return;
    m_errorText = userMessage(saved.error());
    Q_EMIT changed();
}

void ExportViewModel::showInFolder() const
{
    if (!m_savedPath.isEmpty())
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(m_savedPath).path()));
}

} // namespace Sparekey
