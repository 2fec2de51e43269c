// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <optional>

namespace Sparekey {

/// From which descriptor a child reads its secret.
inline constexpr int childSecretDescriptor = 3;

/// What a program has answered.
struct ChildOutput
{
    int exitCode = -1;
    SecureBuffer output = {};
    QByteArray diagnostics = {}; ///< Its standard error.
};

/// Runs a program with `input` as its standard input and `secret` on `childSecretDescriptor`, and
/// waits until it has ended, for at most a minute. Unlike QProcess it keeps no copy of either in
/// memory that is not wiped. Any thread, but not the GUI thread. Nothing if the program cannot be
/// started, takes longer, is killed, or writes more than 256 MiB.
[[nodiscard]] std::optional<ChildOutput> runChildProcess(const QString &program,
                                                         const QList<QByteArray> &arguments,
                                                         QByteArrayView input,
                                                         QByteArrayView secret);

} // namespace Sparekey
