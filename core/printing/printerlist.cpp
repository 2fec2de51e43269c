// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/printing/printerlist.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

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

QString option(const cups_dest_t &destination, const char *name)
{
    return QString::fromUtf8(cupsGetOption(name, destination.num_options, destination.options));
}

QString cleanedOption(const cups_dest_t &destination, const char *name)
{
    return cleaned(cupsGetOption(name, destination.num_options, destination.options));
}

bool isOnThisComputer(QStringView authority)
{
    return authority.startsWith(u"localhost") || authority.startsWith(u"127.")
        || authority.startsWith(u"[::1]");
}

// Recognized by the scheme of the device URI (the names of CUPS backends).
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
        // ipp-usb exposes USB printers under a local address.
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

} // namespace

Result<QList<Printer>> listPrinters(const CancelFlag &canceled)
{
    const Connection http = connectToServer(canceled);
    if (!http || !answers(http.get()))
        return printServiceUnavailable();
    QList<Printer> printers;
    const Destinations destinations(http.get());
    for (const cups_dest_t &destination : destinations) {
        if (destination.instance) // a named set of options, not another printer
            continue;
        Printer printer;
        printer.name = QString::fromUtf8(destination.name);
        printer.description = cleanedOption(destination, "printer-info");
        if (printer.description.isEmpty())
            printer.description = printer.name;
        printer.location = cleanedOption(destination, "printer-location");
        printer.isDefault = destination.is_default != 0;
        printer.acceptsJobs = option(destination, "printer-is-accepting-jobs") != u"false";
        printer.connection = connectionOf(destination);
        printer.papers = papersOf(http.get(), destination);
        printers.append(printer);
    }
    if (printers.isEmpty() && !succeeded(cupsLastError())
        && cupsLastError() != IPP_STATUS_ERROR_NOT_FOUND)
        return printServiceUnavailable();
    std::sort(printers.begin(), printers.end(), [](const Printer &a, const Printer &b) {
        if (a.isDefault != b.isDefault)
            return a.isDefault;
        return a.description.localeAwareCompare(b.description) < 0;
    });
    return printers;
}

} // namespace Sparekey
