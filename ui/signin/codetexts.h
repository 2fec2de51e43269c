// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/api/provider.h"

#include <QCoreApplication>
#include <QString>
#include <QUrl>

namespace Sparekey {

/// What is said about a code and the method that gives it. The code for a new device counts as
/// `Email`.
struct CodeTexts
{
    Q_DECLARE_TR_FUNCTIONS(Sparekey::CodeTexts)

public:
    [[nodiscard]] static QString nothingEntered(ProviderType type);
    /// What was entered can be no such code. Duo leads back to `webVault`.
    [[nodiscard]] static QString unusable(ProviderType type, const QUrl &webVault = {});
    /// The server did not take it.
    [[nodiscard]] static QString refused(ProviderType type);

    // Why the server does not tell all methods (`SecondStepChallenge`).
    [[nodiscard]] static QString duoUnreachable();
    [[nodiscard]] static QString passkeysWithoutKey();
    /// The address for Duo leads elsewhere.
    [[nodiscard]] static QString foreignDuo(const QString &address);
};

} // namespace Sparekey
