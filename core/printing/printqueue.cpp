// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/printing/printqueue.h"

#include "core/printing/printerlist.h"

#include <QUrl>

#include <algorithm>
#include <array>

#include <cstring>

namespace Sparekey {

namespace {

constexpr const char *neutralTitle = "Document";

struct FreeInfo
{
    void operator()(cups_dinfo_t *info) const { cupsFreeDestInfo(info); }
};

struct FreeDestination
{
    void operator()(cups_dest_t *destination) const { cupsFreeDests(1, destination); }
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

// Creates the job, sends its only document and closes it.
bool submit(http_t *http, cups_dest_t *destination, cups_dinfo_t *info, const JobOptions &options,
            QByteArrayView pdf, PrintJob &job, const std::function<void(const PrintJob &)> &created)
{
    if (!succeeded(cupsCreateDestJob(http, destination, info, &job.id, neutralTitle,
                                     options.count(), options.all())))
        return false;
    created(job);
    if (cupsStartDestDocument(http, destination, info, job.id, neutralTitle, CUPS_FORMAT_PDF,
                              options.count(), options.all(), 1)
        != HTTP_STATUS_CONTINUE)
        return false;
    if (cupsWriteRequestData(http, pdf.data(), static_cast<std::size_t>(pdf.size()))
        != HTTP_STATUS_CONTINUE)
        return false;
    return succeeded(cupsFinishDestDocument(http, destination, info));
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

// CUPS may have been reinstalled since, and the number may belong to a job of another program.
bool isOurs(ipp_t *answer, const PrintJob &job)
{
    ipp_attribute_t *name = ippFindAttribute(answer, "job-name", IPP_TAG_NAME);
    ipp_attribute_t *queue = ippFindAttribute(answer, "job-printer-uri", IPP_TAG_URI);
    if (!name || !queue || std::strcmp(ippGetString(name, 0, nullptr), neutralTitle) != 0)
        return false;
    const QUrl uri(QString::fromUtf8(ippGetString(queue, 0, nullptr)));
    return uri.fileName(QUrl::FullyDecoded) == job.printer;
}

} // namespace

Result<PrintJob> submitJob(const CancelFlag &canceled, const QString &printer,
                           const SecureBuffer &pdf, PaperSize paper, int copies,
                           const std::function<void(const PrintJob &)> &created)
{
    const Connection http = connectToServer(canceled);
    if (!http || !answers(http.get()))
        return printServiceUnavailable();
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
        return lastCupsFailure(printer);

    JobOptions options;
    options.add(CUPS_COPIES, QByteArray::number(std::clamp(copies, 1, 99)).constData());
    options.add(CUPS_MEDIA, paper == PaperSize::A4 ? mediaA4 : mediaLetter);
    // Printed on both sides, two copies would be on one piece of paper.
    options.add(CUPS_SIDES, CUPS_SIDES_ONE_SIDED);
    PrintJob job{.printer = printer};
    if (!submit(http.get(), destination.get(), info.get(), options, pdf.view(), job, created)) {
        const Failure failure = lastCupsFailure(printer);
        if (job.id > 0)
            (void)cupsCancelJob2(http.get(), name.constData(), job.id, 1);
        return failure;
    }
    return job;
}

Result<PrintJobStatus> jobStatus(const CancelFlag &canceled, const PrintJob &job)
{
    const Connection http = connectToServer(canceled);
    if (!http)
        return printServiceUnavailable();
    const QByteArray uri = "ipp://localhost/jobs/" + QByteArray::number(job.id);
    ipp_t *request = ippNewRequest(IPP_OP_GET_JOB_ATTRIBUTES);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "job-uri", nullptr, uri.constData());
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", nullptr,
                 cupsUser());
    constexpr std::array wanted{"job-name", "job-printer-uri", "job-state",
                                "job-printer-state-message"};
    ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                  static_cast<int>(wanted.size()), nullptr, wanted.data());
    const Answer answer(cupsDoRequest(http.get(), request, "/")); // deletes the request
    if (cupsLastError() == IPP_STATUS_ERROR_NOT_FOUND)
        return PrintJobStatus{};
    if (!answer || !succeeded(cupsLastError()))
        return lastCupsFailure(job.printer);
    if (!isOurs(answer.get(), job))
        return PrintJobStatus{};
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
        return printServiceUnavailable();
    const ipp_status_t status = cupsCancelJob2(http.get(), job.printer.toUtf8().constData(), job.id,
                                               1);
    if (succeeded(status) || status == IPP_STATUS_ERROR_NOT_FOUND)
        return {};
    return lastCupsFailure(job.printer);
}

} // namespace Sparekey
