// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// An account server for the demo and the tests: it simulates Bitwarden servers on this computer
// only and keeps everything in memory. See --help.

#include "tests/account_server/accountserver.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QSocketNotifier>

#include <array>
#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

/// @return nothing if an option has an invalid value; prints the error to stderr then.
std::optional<AccountServerOptions> readOptions(const QCommandLineParser &parser)
{
    bool allNumbers = true;
    const auto number = [&](const QString &option) {
        bool isNumber = false;
        const int value = parser.value(option).toInt(&isNumber);
        allNumbers = allNumbers && isNumber && value >= 0;
        return value;
    };
    const auto port = [&](const QString &option) {
        const int value = number(option);
        allNumbers = allNumbers && value <= 65535;
        return quint16(value);
    };
    AccountServerOptions options;
    const auto generation = generationFromName(parser.value(u"generation"_s));
    const auto certificate = certificateKindFromName(parser.value(u"certificate"_s));
    options.settings.requestsPerMinute = number(u"rate-limit"_s);
    options.settings.tokenLifetime = std::chrono::seconds(number(u"token-lifetime"_s));
    options.settings.refusalDelay = std::chrono::milliseconds(number(u"refusal-delay"_s));
    options.httpPort = port(u"http-port"_s);
    options.httpsPort = port(u"https-port"_s);
    options.controlPort = port(u"control-port"_s);
    options.basePath = parser.value(u"base-path"_s);
    options.authorityFile = parser.value(u"ca-out"_s);
    while (options.basePath.endsWith(u'/'))
        options.basePath.chop(1);
    const bool goodPath = options.basePath.isEmpty() || options.basePath.startsWith(u'/');
    if (!generation || !certificate || !allNumbers || !goodPath) {
        std::fputs("An option has a value that it does not take; see --help.\n", stderr);
        return std::nullopt;
    }
    options.settings.generation = *generation;
    options.certificate = *certificate;
    return options;
}

void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        u"Account server for the demo and the tests. Prints one line of JSON when it is ready."_s);
    parser.addHelpOption();
    const QString seconds = u"seconds"_s;
    const QString port = u"port"_s;
    parser.addOptions({
        {u"generation"_s, u"Speak as: classic, middle, token, pascal, fido4 or nested."_s,
         u"name"_s, u"token"_s},
        {u"base-path"_s, u"Serve below this path, such as /vault."_s, u"path"_s},
        {u"http-port"_s, u"Port for HTTP; 0 takes a free one."_s, port, u"0"_s},
        {u"https-port"_s, u"Port for HTTPS; 0 takes a free one."_s, port, u"0"_s},
        {u"control-port"_s, u"Port for the control interface; 0 takes a free one."_s, port, u"0"_s},
        {u"certificate"_s, u"Which certificate: good, wrong-host, expired or self-signed."_s,
         u"kind"_s, u"good"_s},
        {u"ca-out"_s, u"Write the certificate of the test authority to this file."_s, u"file"_s},
        {u"token-lifetime"_s, u"How long an access token is good."_s, seconds, u"3600"_s},
        {u"rate-limit"_s, u"Sign-in requests a minute; 0 switches the limit off."_s, u"count"_s,
         u"10"_s},
        {u"refusal-delay"_s, u"Wait so long before refusing a secret."_s, u"milliseconds"_s,
         u"0"_s},
        {u"until-stdin-closes"_s, u"End when the standard input is closed."_s},
    });
}

/// The process that started the server holds the other end, so the server ends with it, even if it
/// crashes.
void quitWhenStdinCloses(QCoreApplication &application)
{
    auto *notifier = new QSocketNotifier(STDIN_FILENO, QSocketNotifier::Read, &application);
    QObject::connect(notifier, &QSocketNotifier::activated, &application, [] {
        std::array<char, 256> ignored{};
        if (read(STDIN_FILENO, ignored.data(), ignored.size()) <= 0)
            QCoreApplication::quit();
    });
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    addOptions(parser);
    parser.process(application);
    const auto options = readOptions(parser);
    if (!options)
        return 2;

    AccountServer server(*options);
    if (const auto problem = server.start()) {
        std::fprintf(stderr, "%s\n", qPrintable(*problem));
        return 1;
    }
    if (parser.isSet(u"until-stdin-closes"_s))
        quitWhenStdinCloses(application);
    std::puts(QJsonDocument(server.readyMessage()).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
    server.prepareDemoAccount();
    return QCoreApplication::exec();
}
