// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/startoptions.h"

#include <QCommandLineParser>
#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// Gives the texts of this file their context for translators.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(StartOptions)
};

} // namespace

StartOptions parseStartOptions(const QCoreApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Text::tr(
        "Manages the two-step login of Bitwarden accounts and prints their recovery code."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption server(u"server"_s, Text::tr("Start with this self-hosted server."),
                                    u"url"_s);
    const QCommandLineOption authority(
        u"certificate-authority"_s,
        Text::tr("Trust the certificate authorities in this PEM file for that server."), u"file"_s);
    const QCommandLineOption email(u"email"_s, Text::tr("Start with this email address."),
                                   u"address"_s);
    const QCommandLineOption selfTest(
        u"self-test"_s,
        Text::tr("Say “first frame” and “ready” as the window gets there; end when the standard "
                 "input closes."));
    parser.addOptions({server, authority, email, selfTest});
#ifdef SPAREKEY_DEMO
    const QCommandLineOption demo(u"demo-details"_s,
                                  Text::tr(
                                      "Read the details of a demo account, and of keys that are "
                                      "made of software, from the standard input, as one line "
                                      "of JSON."));
    parser.addOption(demo);
#endif
    parser.process(application);

    StartOptions options;
    options.server.base = parser.value(server);
    options.server.certificateAuthorityFile = parser.value(authority);
    options.email = parser.value(email);
    options.selfTest = parser.isSet(selfTest);
#ifdef SPAREKEY_DEMO
    options.demoDetails = parser.isSet(demo);
#endif
    return options;
}

} // namespace Sparekey
