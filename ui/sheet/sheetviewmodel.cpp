// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sheet/sheetviewmodel.h"

#include "core/passphrase/passphrase.h"
#include "ui/messages/usermessage.h"
#include "ui/render/sheetfile.h"
#include "ui/render/sheetpainter.h"
#include "ui/sheet/fontwarning.h"

#include <QCoroTimer>

#include <QDesktopServices>
#include <QFileInfo>
#include <QUrl>

#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

using Format = SheetViewModel::Format;

CopyKind copyKind(Format format)
{
    switch (format) {
    case Format::Pdf: return CopyKind::Pdf;
    case Format::ProtectedPdf: return CopyKind::ProtectedPdf;
    case Format::Text: return CopyKind::Text;
    }
    Q_UNREACHABLE();
}

SheetFormat sheetFormat(Format format)
{
    switch (format) {
    case Format::Pdf: return SheetFormat::Pdf;
    case Format::ProtectedPdf: return SheetFormat::ProtectedPdf;
    case Format::Text: return SheetFormat::Text;
    }
    Q_UNREACHABLE();
}

} // namespace

SheetViewModel::SheetViewModel(Settings &settings, PrintService &printing, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_printing(printing)
{
    m_options.paper = settings.letterPaper() ? PaperSize::Letter : PaperSize::A4;
}

SheetViewModel::~SheetViewModel()
{
    leavePrintOpen();
}

void SheetViewModel::setSource(std::unique_ptr<SheetSource> source)
{
    m_tasks.cancel();
    m_source = std::move(source);
    m_options = {};
    m_options.paper = m_settings.letterPaper() ? PaperSize::Letter : PaperSize::A4;
    Q_EMIT optionsChanged();
    makeSheet();
}

void SheetViewModel::clear()
{
    m_tasks.cancel();
    leavePrintOpen();
    m_source.reset();
    m_sheet.reset();
    m_pages = 0;
    m_passphrase.clear();
    m_ownPassphrase.clear();
    m_fileExists = false;
    setWork(Work::Idle);
    Q_EMIT sheetChanged();
}

SheetViewModel::Content SheetViewModel::content() const
{
    if (!m_source)
        return Content::Nothing;
    switch (m_source->kind()) {
    case SheetKind::RecoveryCode: return Content::RecoveryCode;
    case SheetKind::AccountSetupKey: return Content::AccountSetupKey;
    case SheetKind::CodeList: return Content::CodeList;
    case SheetKind::ServiceCode: return Content::ServiceCode;
    case SheetKind::ServiceSetupKey: return Content::ServiceSetupKey;
    }
    Q_UNREACHABLE();
}

bool SheetViewModel::setUp() const
{
    return m_source && isSetupSheet(m_source->kind());
}

bool SheetViewModel::ofService() const
{
    const Content what = content();
    return what == Content::CodeList || what == Content::ServiceCode
        || what == Content::ServiceSetupKey;
}

SheetViewModel::Paper SheetViewModel::paper() const
{
    return m_options.paper == PaperSize::Letter ? Paper::Letter : Paper::A4;
}

void SheetViewModel::setPrinterIndex(int index)
{
    if (index == m_printerIndex || !m_printers.at(index))
        return;
    m_printerIndex = index;
    Q_EMIT printersChanged();
}

QString SheetViewModel::fontWarning() const
{
    return m_source ? Sparekey::fontWarning(*m_source, m_options) : QString();
}

bool SheetViewModel::isLongPassphrase(SecretEntry *passphrase) const
{
    qsizetype bytes = 0;
    passphrase->peek([&bytes](QStringView text) { bytes = SecureBuffer::fromText(text).size(); });
    return bytes > widelyReadPassphraseBytes;
}

void SheetViewModel::findPrinters()
{
    if (m_work == Work::Idle)
        loadPrinters();
}

void SheetViewModel::print()
{
    const Printer *printer = m_printers.at(m_printerIndex);
    if (m_work == Work::Idle && m_sheet && printer)
        printSheet(printer->name);
}

void SheetViewModel::reportPrintOutcome(bool good)
{
    if (!m_job)
        return;
    const PrintJob job = *m_job;
    m_job.reset();
    m_printing.confirm(job, good);
    if (good)
        recordCopy(CopyKind::Printed);
    setWork(Work::Idle, {},
            good ? tr("Printed copy noted.") : tr("Not marked as printed. Shred the bad copy."));
}

QString SheetViewModel::suggestedPath(Format format) const
{
    return m_sheet ? suggestedSheetPath(*m_sheet, sheetFormat(format)) : QString();
}

void SheetViewModel::save(Format format, const QString &path, bool replace)
{
    if (m_work != Work::Idle || !m_sheet)
        return;
    if (path.trimmed().isEmpty()) {
        setWork(Work::Idle, tr("Enter a file name."));
        return;
    }
    saveSheet(format, sheetPath(path, sheetFormat(format)),
              replace ? ExistingFile::Replace : ExistingFile::Keep);
}

void SheetViewModel::generatePassphrase()
{
    auto phrase = Sparekey::generatePassphrase();
    if (!phrase) {
        setWork(Work::Idle, userMessage(phrase.error()));
        return;
    }
    m_ownPassphrase.clear();
    m_passphrase.set(std::move(*phrase));
}

QString SheetViewModel::useOwnPassphrase(SecureBuffer passphrase, const SecureBuffer &repeated)
{
    m_ownPassphrase.clear();
    if (const auto usable = checkOwnPassphrase(passphrase); !usable)
        return userMessage(usable.error());
    if (!passphrase.equals(repeated.view()))
        return tr("The two passphrases are not the same.");
    m_passphrase.clear();
    m_ownPassphrase = std::move(passphrase);
    return {};
}

void SheetViewModel::copyPassphrase()
{
    if (!m_passphrase.isEmpty())
        m_clipboard.copy(m_passphrase.text());
}

void SheetViewModel::showInFolder() const
{
    if (!m_savedPath.isEmpty())
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(m_savedPath).path()));
}

void SheetViewModel::reset()
{
    m_fileExists = false;
    m_passphrase.clear();
    m_ownPassphrase.clear();
    if (m_work == Work::Idle)
        setWork(Work::Idle);
}

QCoro::Task<void> SheetViewModel::loadPrinters()
{
    const auto ticket = m_tasks.ticket();
    setWork(Work::FindingPrinters);
    const auto printers = co_await m_printing.printers();
    if (!ticket.ownerExists())
        co_return;
    const Printer *chosen = m_printers.at(m_printerIndex);
    const QString before = chosen ? chosen->name : QString();
    m_printers.setPrinters(printers ? *printers : QList<Printer>());
    m_printerIndex = m_printers.count() > 0 ? 0 : -1;
    for (int row = 0; row < m_printers.count(); ++row) {
        if (m_printers.at(row)->name == before)
            m_printerIndex = row;
    }
    Q_EMIT printersChanged();
    setWork(Work::Idle, printers ? QString() : userMessage(printers.error()));
}

QCoro::Task<void> SheetViewModel::printSheet(QString printer)
{
    const auto ticket = m_tasks.ticket();
    const auto sheet = m_sheet;
    setWork(Work::Printing);
    if (const auto job = std::exchange(m_job, std::nullopt))
        m_printing.confirm(*job, false);
    const Printer *chosen = m_printers.at(m_printerIndex);
    const QString shownName = chosen ? chosen->description : printer;
    auto pdf = co_await sheetBytesInBackground(sheet, SheetFormat::Pdf, {});
    if (!ticket)
        co_return;
    if (!pdf) {
        setWork(Work::Idle, userMessage(pdf.error()));
        co_return;
    }
    // Each copy is a separate page with its number on it, so the job itself has one copy.
    const SentSheet about{.printerTitle = shownName,
                          .account = m_source->accountKey(),
                          .librarySet = m_source->librarySet(),
                          .sheetId = sheet->sheetId,
                          .setUp = isSetupSheet(sheet->kind)};
    PrintService &printing = m_printing; // outlives this object
    const auto job = co_await printing.print(printer, std::move(*pdf), sheet->options.paper, 1,
                                             about);
    if (!ticket) {
        if (job)
            printing.leaveOpen(*job);
        co_return;
    }
    if (!job) {
        Error shown = job.error();
        shown.subject = shownName; // the description, not the queue's name
        setWork(Work::Idle, userMessage(shown), {},
                shown.kind == ErrorKind::PrintJobRefused ? shown.serverText.text() : QString());
        co_return;
    }
    m_job = *job;
    setWork(Work::Idle, {}, tr("Sent to “%1”.").arg(shownName));
    watchJob(*job);
}

QCoro::Task<void> SheetViewModel::watchJob(PrintJob job)
{
    const auto ticket = m_tasks.ticket();
    // Polls until the user has answered or the job is done. Reports a stopped printer.
    for (;;) {
        co_await QCoro::sleepFor(std::chrono::seconds(2));
        if (!ticket.ownerExists() || !m_job || m_job->id != job.id)
            co_return;
        const auto status = co_await m_printing.status(job);
        if (!ticket.ownerExists() || !m_job || m_job->id != job.id || !status)
            co_return;
        const auto state = status->state;
        if (state == PrintJobState::Stopped && m_errorText.isEmpty()) {
            setWork(m_work,
                    status->message.isEmpty()
                        ? tr("The printer has stopped. Check what it needs.")
                        : tr("The printer has stopped: “%1”").arg(status->message));
        }
        if (state == PrintJobState::Canceled) {
            m_job.reset();
            m_printing.confirm(job, false);
            setWork(m_work, tr("The job was canceled at the printer."));
            co_return;
        }
        if (state == PrintJobState::Completed || state == PrintJobState::Gone)
            co_return;
    }
}

QCoro::Task<void> SheetViewModel::saveSheet(Format format, QString path, ExistingFile existing)
{
    const auto ticket = m_tasks.ticket();
    // A file has no copy number, unlike a printed sheet.
    SheetOptions options = m_options;
    options.copies = 0;
    auto composed = m_source->makeSheet(options);
    if (!composed) {
        setWork(Work::Idle, userMessage(composed.error()));
        co_return;
    }
    const auto sheet = std::make_shared<const Sheet>(std::move(*composed));
    SecureBuffer passphrase;
    if (format == Format::ProtectedPdf)
        passphrase = m_ownPassphrase.isEmpty() ? m_passphrase.text().clone()
                                               : m_ownPassphrase.clone();
    m_fileExists = false;
    setWork(Work::Saving);
    auto bytes = co_await sheetBytesInBackground(sheet, sheetFormat(format), std::move(passphrase));
    if (!ticket)
        co_return;
    Result<void> written = bytes ? Result<void>() : fail(bytes.error());
    if (bytes)
        written = co_await saveSecretFile(path, std::move(*bytes), existing);
    if (!ticket)
        co_return;
    if (!written) {
        m_fileExists = written.error().kind == ErrorKind::FileExists;
        setWork(Work::Idle, userMessage(written.error()));
        co_return;
    }
    recordCopy(copyKind(format), path);
    setWork(Work::Idle, {}, tr("Saved and verified: %1").arg(path));
    m_savedPath = path;
    Q_EMIT saved(path);
}

void SheetViewModel::makeSheet()
{
    if (!m_source)
        return;
    auto sheet = m_source->makeSheet(m_options);
    const Result<int> pages = sheet ? pagesOf(*sheet) : fail(sheet.error());
    if (pages) {
        m_sheet = std::make_shared<const Sheet>(std::move(*sheet));
        m_pages = *pages;
        setWork(m_work);
    } else {
        m_sheet.reset();
        m_pages = 0;
        setWork(m_work, userMessage(pages.error()));
    }
    Q_EMIT sheetChanged();
}

void SheetViewModel::leavePrintOpen()
{
    if (const auto job = std::exchange(m_job, std::nullopt))
        m_printing.leaveOpen(*job);
}

void SheetViewModel::recordCopy(CopyKind kind, const QString &path)
{
    Q_EMIT copyMade({.kind = kind,
                     .when = QDateTime::currentDateTimeUtc(),
                     .sheetId = m_sheet ? m_sheet->sheetId : QString()},
                    path);
}

void SheetViewModel::setWork(Work work, const QString &errorText, const QString &doneText,
                             const QString &errorDetail)
{
    m_work = work;
    m_errorText = errorText;
    m_errorDetail = errorDetail;
    m_doneText = doneText;
    Q_EMIT workChanged();
}

} // namespace Sparekey
