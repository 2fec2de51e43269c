// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/startoptions.h"

#include "app/language.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>

#include <memory>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// Gives the texts of this file their translation context.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(StartOptions)
};

constexpr auto Server = "server"_L1;
constexpr auto Authority = "certificate-authority"_L1;
constexpr auto Email = "email"_L1;
constexpr auto SelfTest = "self-test"_L1;
#ifdef SPAREKEY_DEMO
constexpr auto Demo = "demo-details"_L1;
#endif

void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(Text::tr(
        "Manages the two-step login of Bitwarden accounts and prints their recovery code."));
    // Accepts options with one dash, as Qt's own are written.
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({
        {Server, Text::tr("Start with this self-hosted server."), u"url"_s},
        {Authority, Text::tr("Trust the certificate authorities in this PEM file for that server."),
         u"file"_s},
        {Email, Text::tr("Start with this email address."), u"address"_s},
        {SelfTest,
         Text::tr("Print “first frame” and “ready” as the window gets there. End when the standard "
                  "input closes.")},
    });
#ifdef SPAREKEY_DEMO
    parser.addOption({Demo,
                      Text::tr("Read the details of a demo account and of simulated security keys "
                               "from the standard input, as one line of JSON.")});
#endif
    // QGuiApplication handles these; session managers pass one of them.
    for (const auto name : {"platform"_L1, "session"_L1, "display"_L1, "qwindowgeometry"_L1}) {
        QCommandLineOption option{QString(name), QString(), u"value"_s};
        option.setFlags(QCommandLineOption::HiddenFromHelp);
        parser.addOption(option);
    }
}

} // namespace

StartOptions parseStartOptions(int &argc, char **argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments += QString::fromLocal8Bit(argv[i]);

    const auto parser = std::make_unique<QCommandLineParser>();
    addOptions(*parser);
    if (!parser->parse(arguments) || parser->isSet(u"help"_s) || parser->isSet(u"help-all"_s)
        || parser->isSet(u"version"_s)) {
        // The output is in the user's language, for which Qt needs an application object.
        const QCoreApplication application(argc, argv);
        const Language language;
        QCommandLineParser translated;
        addOptions(translated);
        translated.process(application);
    }

    StartOptions options;
    options.server.base = parser->value(Server);
    options.server.certificateAuthorityFile = parser->value(Authority);
    options.email = parser->value(Email);
    options.selfTest = parser->isSet(SelfTest);
#ifdef SPAREKEY_DEMO
    options.demoDetails = parser->isSet(Demo);
#endif
    return options;
}

QVariantMap toMap(const StartOptions &options)
{
    QVariantMap map;
    const auto add = [&map](QLatin1StringView name, const QString &value) {
        if (!value.isEmpty())
            map.insert(name, value);
    };
    add(Server, options.server.base);
    // The running program has another working folder.
    if (!options.server.certificateAuthorityFile.isEmpty())
        add(Authority, QFileInfo(options.server.certificateAuthorityFile).absoluteFilePath());
    add(Email, options.email);
    return map;
}

StartOptions startOptionsFromMap(const QVariantMap &map)
{
    StartOptions options;
    options.server.base = map.value(Server).toString();
    options.server.certificateAuthorityFile = map.value(Authority).toString();
    options.email = map.value(Email).toString();
    return options;
}

} // namespace Sparekey
