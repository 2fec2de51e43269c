// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/startoptions.h"

#include <QObject>
#include <QVariantMap>

namespace Sparekey {

/// One window for each user: the first start registers a name on the session bus; a second one
/// passes its options to the first and ends. Without a session bus each start opens a window of its
/// own. GUI thread; needs an application object.
class SingleInstance : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.sparekey.Sparekey")

public:
    enum class Role {
        First,      ///< Continue: this object answers second starts from now on.
        HandedOver, ///< The running program has the options.
        NoAnswer,   ///< Another program has the name, but does not accept the options.
    };

    explicit SingleInstance(QObject *parent = nullptr);
    ~SingleInstance() override;

    /// Waits for the bus and for the running program, some seconds at most.
    [[nodiscard]] Role claim(const StartOptions &options);

Q_SIGNALS:
    /// The program was started a second time. `activationToken` lets the window come to the front
    /// under Wayland (xdg-activation), and may be empty.
    void startedAgain(const Sparekey::StartOptions &options, const QString &activationToken);

public Q_SLOTS:
    /// Called over the bus.
    Q_SCRIPTABLE void Start(const QVariantMap &options);
};

} // namespace Sparekey
