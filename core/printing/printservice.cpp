// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/printing/printservice.h"

#include "core/printing/cupslibrary.h"

#include <QCoroFuture>

#include <QMutex>
#include <QPointer>
#include <QtConcurrent>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

class SpooledJobs
{
public:
    void add(const PrintJob &job)
    {
        const QMutexLocker lock(&m_mutex);
        m_jobs.append(job);
    }
    void remove(const PrintJob &job)
    {
        const QMutexLocker lock(&m_mutex);
        m_jobs.removeIf([&job](const PrintJob &other) { return other.id == job.id; });
    }
    [[nodiscard]] QList<PrintJob> all() const
    {
        const QMutexLocker lock(&m_mutex);
        return m_jobs;
    }

private:
    mutable QMutex m_mutex;
    QList<PrintJob> m_jobs;
};

namespace {

using CancelFlag = std::shared_ptr<std::atomic<int>>;

constexpr int connectMilliseconds = 3000;
constexpr double answerSeconds = 5;
constexpr const char *neutralTitle = "Document";
constexpr const char *mediaA4 = "iso_a4_210x297mm";
constexpr const char *mediaLetter = "na_letter_8.5x11in";

struct CloseConnection
{
    void operator()(http_t *http) const { httpClose(http); }
};
using Connection = std::unique_ptr<http_t, CloseConnection>;

struct DeleteIpp
{
    void operator()(ipp_t *ipp) const { ippDelete(ipp); }
};
using Answer = std::unique_ptr<ipp_t, DeleteIpp>;

struct FreeInfo
{
    void operator()(cups_dinfo_t *info) const { cupsFreeDestInfo(info); }
};

struct FreeDestination
{
    void operator()(cups_dest_t *destination) const { cupsFreeDests(1, destination); }
};

class Destinations
{
public:
    explicit Destinations(http_t *http)
        : m_count(cupsGetDests2(http, &m_all))
    {
    }
    ~Destinations() { cupsFreeDests(m_count, m_all); }
    Destinations(const Destinations &) = delete;
    Destinations &operator=(const Destinations &) = delete;

    [[nodiscard]] const cups_dest_t *begin() const { return m_all; }
    [[nodiscard]] const cups_dest_t *end() const { return m_all + m_count; }

private:
    cups_dest_t *m_all = nullptr;
    int m_count = 0;
};

class JobOptions
{
public:
    JobOptions() = default;
    ~JobOptions() { cupsFreeOptions(m_count, m_all); }
    JobOptions(const JobOptions &) = delete;
    JobOptions &operator=(const JobOptions &) = delete;

    void add(const char *name, const char *value)
    {
        m_count = cupsAddOption(name, value, m_count, &m_all);
    }
    [[nodiscard]] int count() const { return m_count; }
    [[nodiscard]] cups_option_t *all() const { return m_all; }

private:
    cups_option_t *m_all = nullptr;
    int m_count = 0;
};

int giveUp(http_t *, void *)
{
    return 0;
}

// A connection of our own, because the one libcups keeps for a thread has no time-out.
Connection connectToServer(const CancelFlag &canceled)
{
    if (!cupsLibrary.load())
        return {};
    static_assert(sizeof(std::atomic<int>) == sizeof(int) && std::atomic<int>::is_always_lock_free);
    // libcups polls this int while it connects.
    int *cancel = reinterpret_cast<int *>(canceled.get());
    Connection connection(httpConnect2(cupsServer(), ippPort(), nullptr, AF_UNSPEC,
                                       cupsEncryption(), 1, connectMilliseconds, cancel));
    if (connection)
        httpSetTimeout(connection.get(), answerSeconds, giveUp, nullptr);
    return connection;
}

// Some calls of libcups fall back on its own connection, which waits for a minute; so a server
// that does not answer has to be noticed before.
bool answers(http_t *http)
{
    const Answer answer(cupsDoRequest(http, ippNewRequest(IPP_OP_CUPS_GET_DEFAULT), "/"));
    return answer != nullptr;
}

QString cleaned(const char *text)
{
    QString out;
    const QString words = QString::fromUtf8(text);
    for (const QChar c : words) {
        if (out.size() == 300)
            break;
        out += c.isPrint() ? c : QChar(u' ');
    }
    return out.simplified();
}

bool succeeded(ipp_status_t status)
{
    return status < IPP_STATUS_REDIRECTION_OTHER_SITE;
}

Failure unavailable()
{
    Error error{.kind = ErrorKind::PrintServiceUnavailable};
    if (cupsLibrary.load())
        error.serverText = cleaned(cupsLastErrorString());
    return fail(std::move(error));
}

// What libcups noted about its last call in this thread.
Failure lastFailure(const QString &printer)
{
    Error error{.kind = ErrorKind::PrintJobRefused,
                .subject = printer,
                .serverText = cleaned(cupsLastErrorString()),
                .detail = QString::fromLatin1(ippErrorString(cupsLastError()))};
    switch (cupsLastError()) {
    case IPP_STATUS_ERROR_NOT_FOUND:
    case IPP_STATUS_ERROR_GONE: error.kind = ErrorKind::PrinterGone; break;
    case IPP_STATUS_ERROR_SERVICE_UNAVAILABLE:
    case IPP_STATUS_ERROR_TIMEOUT: error.kind = ErrorKind::PrintServiceUnavailable; break;
    default: break;
    }
    return fail(std::move(error));
}

QString option(const cups_dest_t &destination, const char *name)
{
    return QString::fromUtf8(cupsGetOption(name, destination.num_options, destination.options));
}

bool isOnThisComputer(QStringView authority)
{
    return authority.startsWith(u"localhost") || authority.startsWith(u"127.")
        || authority.startsWith(u"[::1]");
}

// By the scheme of the device (the names of CUPS' back ends).
PrinterConnection connectionOf(const cups_dest_t &destination)
{
    const uint type = option(destination, "printer-type").toUInt();
    if ((type & (CUPS_PRINTER_REMOTE | CUPS_PRINTER_DISCOVERED)) != 0)
        return PrinterConnection::Network;
    const QString uri = option(destination, "device-uri");
    const QString scheme = uri.section(u':', 0, 0).toLower();
    const QStringView rest = QStringView(uri).mid(scheme.size() + 1);
    if (uri.startsWith(u'/') || scheme == u"file" || scheme == u"cups-pdf")
        return PrinterConnection::File;
    if (scheme == u"usb" || scheme == u"parallel" || scheme == u"serial")
        return PrinterConnection::Cable;
    if (scheme == u"hp" || scheme == u"hpfax")
        return rest.startsWith(u"/net") ? PrinterConnection::Network : PrinterConnection::Cable;
    static const QStringList network{u"socket"_s, u"lpd"_s,   u"dnssd"_s,        u"smb"_s,
                                     u"http"_s,   u"https"_s, u"implicitclass"_s};
    if (scheme == u"ipp" || scheme == u"ipps") {
        // ipp-usb offers printers on a cable under a local address.
        return isOnThisComputer(rest.mid(2)) ? PrinterConnection::Cable
                                             : PrinterConnection::Network;
    }
    return network.contains(scheme) ? PrinterConnection::Network : PrinterConnection::Unknown;
}

QList<PaperSize> papersOf(http_t *http, const cups_dest_t &destination)
{
    const QByteArray uri = option(destination, "printer-uri-supported").toUtf8();
    if (uri.isEmpty())
        return {};
    ipp_t *request = ippNewRequest(IPP_OP_GET_PRINTER_ATTRIBUTES);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", nullptr, uri.constData());
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", nullptr,
                 cupsUser());
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", nullptr,
                 "media-supported");
    const Answer answer(cupsDoRequest(http, request, "/")); // deletes the request
    QList<PaperSize> papers;
    ipp_attribute_t *media = answer
        ? ippFindAttribute(answer.get(), "media-supported", IPP_TAG_ZERO)
        : nullptr;
    if (!media)
        return papers;
    if (ippContainsString(media, mediaA4))
        papers.append(PaperSize::A4);
    if (ippContainsString(media, mediaLetter))
        papers.append(PaperSize::Letter);
    return papers;
}

Result<QList<Printer>> listPrinters(const CancelFlag &canceled)
{
    const Connection http = connectToServer(canceled);
    if (!http || !answers(http.get()))
        return unavailable();
    QList<Printer> printers;
    const Destinations destinations(http.get());
    for (const cups_dest_t &destination : destinations) {
        if (destination.instance) // a set of options under a name of its own, no other printer
            continue;
        Printer printer;
        printer.name = QString::fromUtf8(destination.name);
        printer.description = option(destination, "printer-info").simplified();
        if (printer.description.isEmpty())
            printer.description = printer.name;
        printer.location = option(destination, "printer-location").simplified();
        printer.isDefault = destination.is_default != 0;
        printer.takesJobs = option(destination, "printer-is-accepting-jobs") != u"false";
        printer.connection = connectionOf(destination);
        printer.papers = papersOf(http.get(), destination);
        printers.append(printer);
    }
    if (printers.isEmpty() && !succeeded(cupsLastError())
        && cupsLastError() != IPP_STATUS_ERROR_NOT_FOUND)
        return unavailable();
    std::sort(printers.begin(), printers.end(), [](const Printer &a, const Printer &b) {
        if (a.isDefault != b.isDefault)
            return a.isDefault;
        return a.description.localeAwareCompare(b.description) < 0;
    });
    return printers;
}

// Creates the job, sends its only document and closes it.
bool submit(http_t *http, cups_dest_t *destination, cups_dinfo_t *info, const JobOptions &options,
            QByteArrayView pdf, int *id)
{
    if (!succeeded(cupsCreateDestJob(http, destination, info, id, neutralTitle, options.count(),
                                     options.all())))
        return false;
    if (cupsStartDestDocument(http, destination, info, *id, neutralTitle, CUPS_FORMAT_PDF,
                              options.count(), options.all(), 1)
        != HTTP_STATUS_CONTINUE)
        return false;
    if (cupsWriteRequestData(http, pdf.data(), static_cast<std::size_t>(pdf.size()))
        != HTTP_STATUS_CONTINUE)
        return false;
    return succeeded(cupsFinishDestDocument(http, destination, info));
}

Result<PrintJob> submitJob(const CancelFlag &canceled, const QString &printer,
                           const std::shared_ptr<const SecureBuffer> &pdf, PaperSize paper,
                           int copies)
{
    const Connection http = connectToServer(canceled);
    if (!http || !answers(http.get()))
        return unavailable();
    const QByteArray name = printer.toUtf8();
    const std::unique_ptr<cups_dest_t, FreeDestination> destination(
        cupsGetNamedDest(http.get(), name.constData(), nullptr));
    if (!destination) {
        return fail(Error{.kind = ErrorKind::PrinterGone,
                          .subject = printer,
                          .serverText = cleaned(cupsLastErrorString())});
    }
    const std::unique_ptr<cups_dinfo_t, FreeInfo> info(
        cupsCopyDestInfo(http.get(), destination.get()));
    if (!info)
        return lastFailure(printer);

    JobOptions options;
    options.add(CUPS_COPIES, QByteArray::number(std::clamp(copies, 1, 99)).constData());
    options.add(CUPS_MEDIA, paper == PaperSize::A4 ? mediaA4 : mediaLetter);
    // Two copies on the two sides of one paper would be one copy.
    options.add(CUPS_SIDES, CUPS_SIDES_ONE_SIDED);
    PrintJob job{.printer = printer};
    if (!submit(http.get(), destination.get(), info.get(), options, pdf->view(), &job.id)) {
        const Failure failure = lastFailure(printer);
        if (job.id > 0)
            (void)cupsCancelJob2(http.get(), name.constData(), job.id, 1);
        return failure;
    }
    return job;
}

PrintJobState stateOf(int state)
{
    switch (static_cast<ipp_jstate_t>(state)) {
    case IPP_JSTATE_PENDING:
    case IPP_JSTATE_HELD: return PrintJobState::Waiting;
    case IPP_JSTATE_PROCESSING: return PrintJobState::Printing;
    case IPP_JSTATE_STOPPED: return PrintJobState::Stopped;
    case IPP_JSTATE_CANCELED:
    case IPP_JSTATE_ABORTED: return PrintJobState::Canceled;
    case IPP_JSTATE_COMPLETED: return PrintJobState::Completed;
    }
    return PrintJobState::Gone;
}

Result<PrintJobStatus> jobStatus(const CancelFlag &canceled, const PrintJob &job)
{
    const Connection http = connectToServer(canceled);
    if (!http)
        return unavailable();
    const QByteArray uri = "ipp://localhost/jobs/" + QByteArray::number(job.id);
    ipp_t *request = ippNewRequest(IPP_OP_GET_JOB_ATTRIBUTES);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "job-uri", nullptr, uri.constData());
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", nullptr,
                 cupsUser());
    constexpr std::array wanted{"job-state", "job-printer-state-message"};
    ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                  static_cast<int>(wanted.size()), nullptr, wanted.data());
    const Answer answer(cupsDoRequest(http.get(), request, "/")); // deletes the request
    if (cupsLastError() == IPP_STATUS_ERROR_NOT_FOUND)
        return PrintJobStatus{};
    if (!answer || !succeeded(cupsLastError()))
        return lastFailure(job.printer);
    PrintJobStatus status;
    if (ipp_attribute_t *state = ippFindAttribute(answer.get(), "job-state", IPP_TAG_ENUM))
        status.state = stateOf(ippGetInteger(state, 0));
    if (ipp_attribute_t *message = ippFindAttribute(answer.get(), "job-printer-state-message",
                                                    IPP_TAG_TEXT))
        status.message = cleaned(ippGetString(message, 0, nullptr));
    return status;
}

Result<void> purgeJob(const CancelFlag &canceled, const PrintJob &job)
{
    const Connection http = connectToServer(canceled);
    if (!http)
        return unavailable();
    const ipp_status_t status = cupsCancelJob2(http.get(), job.printer.toUtf8().constData(), job.id,
                                               1);
    if (succeeded(status) || status == IPP_STATUS_ERROR_NOT_FOUND)
        return {};
    return lastFailure(job.printer);
}

void forgetFinished(const CancelFlag &canceled, const std::shared_ptr<SpooledJobs> &spooled)
{
    const QList<PrintJob> jobs = spooled->all();
    for (const PrintJob &job : jobs) {
        const auto status = jobStatus(canceled, job);
        if (!status)
            return; // no answer now; the next round asks again
        const bool finished = status->state == PrintJobState::Completed
            || status->state == PrintJobState::Canceled || status->state == PrintJobState::Gone;
        if (finished && purgeJob(canceled, job))
            spooled->remove(job);
    }
}

} // namespace

PrintService::PrintService()
    : m_canceled(std::make_shared<std::atomic<int>>(0))
    , m_spooled(std::make_shared<SpooledJobs>())
{
    m_forgetTimer.setInterval(std::chrono::seconds(3));
    m_forgetTimer.callOnTimeout([this] { forgetPrintedJobs(); });
    // libcups keeps the server's address for each thread; one thread that stays reads it once.
    m_thread.setMaxThreadCount(1);
    m_thread.setExpiryTimeout(-1);
}

PrintService::~PrintService()
{
    m_forgetTimer.stop();
    forgetPrintedJobs();
    if (m_spooled->all().isEmpty())
        *m_canceled = 1;
    m_thread.waitForDone();
}

void PrintService::forgetPrintedJobs()
{
    if (m_spooled->all().isEmpty()) {
        m_forgetTimer.stop();
        return;
    }
    (void)QtConcurrent::run(&m_thread, forgetFinished, m_canceled, m_spooled);
}

// No lambda with captures stands in a coroutine: g++ 12 destroys the captures twice.
QCoro::Task<Result<QList<Printer>>> PrintService::printers()
{
    QFuture<Result<QList<Printer>>> running = QtConcurrent::run(&m_thread, listPrinters,
                                                                m_canceled);
    co_return co_await running;
}

QCoro::Task<Result<PrintJob>> PrintService::print(QString printer, SecureBuffer pdf,
                                                  PaperSize paper, int copies)
{
    auto shared = std::make_shared<const SecureBuffer>(std::move(pdf));
    QFuture<Result<PrintJob>> running = QtConcurrent::run(&m_thread, submitJob, m_canceled, printer,
                                                          shared, paper, copies);
    const auto spooled = m_spooled;
    const QPointer<QTimer> timer(&m_forgetTimer); // this object may be gone afterwards
    const Result<PrintJob> job = co_await running;
    if (job) {
        spooled->add(*job);
        if (timer)
            timer->start();
    }
    co_return job;
}

QCoro::Task<Result<PrintJobStatus>> PrintService::status(PrintJob job)
{
    QFuture<Result<PrintJobStatus>> running = QtConcurrent::run(&m_thread, jobStatus, m_canceled,
                                                                job);
    co_return co_await running;
}

QCoro::Task<Result<void>> PrintService::removeJob(PrintJob job)
{
    QFuture<Result<void>> running = QtConcurrent::run(&m_thread, purgeJob, m_canceled, job);
    co_return co_await running;
}

} // namespace Sparekey
