// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>

namespace Sparekey {

/// What a sheet says about one service beyond what is true of all. For the makers of sheets only.
struct ServiceHints
{
    QStringList notes = {};  ///< Below the account; what else is needed, and what to beware of.
    QString howToEnter = {}; ///< The step in which the code is entered; empty: the usual one.
};

/// The hints for a service of the catalog, in the language of the installed translator; empty for
/// others.
[[nodiscard]] ServiceHints serviceHints(const QString &serviceId);

} // namespace Sparekey
