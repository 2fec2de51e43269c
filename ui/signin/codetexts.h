// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/api/provider.h"

#include <QCoreApplication>
#include <QString>
#include <QUrl>

namespace Sparekey {

/// Messages about the codes of each method. The code for a new device counts as `Email`.
struct CodeTexts
{
    Q_DECLARE_TR_FUNCTIONS(Sparekey::CodeTexts)

public:
    [[nodiscard]] static QString nothingEntered(ProviderType type);
    /// The entry cannot be a code of this method. Duo redirects to `webVault`.
    [[nodiscard]] static QString unusable(ProviderType type, const QUrl &webVault = {});
    /// The server did not accept the code. Not for Duo, which fails with `DuoAnswerStale`.
    [[nodiscard]] static QString refused(ProviderType type);

    // Why the server does not list all methods (`SecondStepChallenge`).
    [[nodiscard]] static QString duoUnreachable();
    [[nodiscard]] static QString passkeysWithoutKey();
    /// The server's address for Duo does not belong to Duo.
    [[nodiscard]] static QString foreignDuo(const QString &address);
};

} // namespace Sparekey
