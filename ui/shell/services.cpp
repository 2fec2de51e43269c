// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/services.h"

#include <QFileInfo>

#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

QString sentSheetsBeside(const QString &settingsFile)
{
    const QFileInfo info(settingsFile);
    return u"%1/%2-sheets.json"_s.arg(info.path(), info.completeBaseName());
}

} // namespace

Services::Services(const QString &settingsFile, const QString &keyringService,
                   HardwareKeys::Transports transports)
    : settings(settingsFile)
    , keyring(keyringService)
    , identity(settings)
    , store(settings, keyring, identity)
    , printing(sentSheetsBeside(settingsFile))
    , keys(std::move(transports))
    , inventory(KeyInventory::fileBeside(settingsFile))
    , libraries(settingsFile)
    , libraryEvents(settingsFile)
    , codeKeeper(library, libraryEvents)
    , keyringUnlock(libraries, keyring)
{
}

} // namespace Sparekey
