// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/printing/cupsserver.h"

#include <utility>

namespace Sparekey {

namespace {

constexpr int connectMilliseconds = 3000;
constexpr double answerSeconds = 5;

int cancelOnTimeout(http_t *, void *)
{
    return 0;
}

} // namespace

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
        httpSetTimeout(connection.get(), answerSeconds, cancelOnTimeout, nullptr);
    return connection;
}

bool answers(http_t *http)
{
    const Answer answer(cupsDoRequest(http, ippNewRequest(IPP_OP_CUPS_GET_DEFAULT), "/"));
    return answer != nullptr;
}

QString cleaned(const char *text)
{
    return ForeignText(QString::fromUtf8(text));
}

bool succeeded(ipp_status_t status)
{
    return status < IPP_STATUS_REDIRECTION_OTHER_SITE;
}

Failure printServiceUnavailable()
{
    Error error{.kind = ErrorKind::PrintServiceUnavailable};
    if (cupsLibrary.load())
        error.serverText = cleaned(cupsLastErrorString());
    return fail(std::move(error));
}

Failure lastCupsFailure(const QString &printer)
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

} // namespace Sparekey
