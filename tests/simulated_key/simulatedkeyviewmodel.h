// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/authenticator/keylender.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <memory>

namespace Sparekey {

/// The simulated key as a person has it in hand. GUI thread.
class SimulatedKeyViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by main")
    Q_PROPERTY(bool pluggedIn READ isPluggedIn NOTIFY changed)
    Q_PROPERTY(bool onReader READ isOnReader NOTIFY changed)
    Q_PROPERTY(bool blinking READ isBlinking NOTIFY changed)
    Q_PROPERTY(bool hasPin READ hasPin NOTIFY changed)
    Q_PROPERTY(int pinRetriesLeft READ pinRetriesLeft NOTIFY changed)
    Q_PROPERTY(int shortestPin READ shortestPin CONSTANT)
    Q_PROPERTY(int credentials READ credentials NOTIFY changed)

public:
    /// As in `KeyLender`.
    explicit SimulatedKeyViewModel(const QString &folder, std::optional<quint16> vpcd = {});
    ~SimulatedKeyViewModel() override;

    [[nodiscard]] bool isPluggedIn() const;
    [[nodiscard]] bool isOnReader() const;
    [[nodiscard]] bool isBlinking() const;
    [[nodiscard]] bool hasPin() const;
    [[nodiscard]] int pinRetriesLeft() const;
    [[nodiscard]] int shortestPin() const;
    [[nodiscard]] int credentials() const;

    Q_INVOKABLE void plugIn();
    Q_INVOKABLE void placeOnReader();
    /// Pulls it out, or takes it off the reader.
    Q_INVOKABLE void putAside();
    Q_INVOKABLE void touch();
    /// Sets or changes it without asking for the old one, as nobody can with a real key: this one
    /// protects nothing, so its PIN is no secret either. False if it is too short or too long.
    Q_INVOKABLE bool setPin(const QString &entered);

Q_SIGNALS:
    void changed();

private:
    /// How the key's threads ask for a look at it; outlives both.
    class Bell;

    const std::shared_ptr<Bell> m_bell;
    const std::unique_ptr<KeyLender> m_lender;
};

} // namespace Sparekey
