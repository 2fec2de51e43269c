// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/settings/settings.h"
#include "ui/desktop/colorscheme.h"
#include "ui/desktop/textscale.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// What the user chose for this computer. Kept in a plain settings file, without secrets.
class PreferencesViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by AppViewModel")
    Q_PROPERTY(Appearance appearance READ appearance WRITE setAppearance NOTIFY changed FINAL)
    /// What `appearance` comes to just now; follows the desktop when it is `System`.
    Q_PROPERTY(bool dark READ isDark NOTIFY changed FINAL)
    /// How much larger the desktop wants text than usual.
    Q_PROPERTY(qreal textScale READ textScale NOTIFY changed FINAL)
    /// The sheet starts with Letter instead of A4.
    Q_PROPERTY(bool letterPaper READ letterPaper WRITE setLetterPaper NOTIFY changed FINAL)
    /// When the window locks by itself: the texts to choose from, and which one holds.
    Q_PROPERTY(QStringList lockChoices READ lockChoices CONSTANT FINAL)
    Q_PROPERTY(int lockChoice READ lockChoice WRITE setLockChoice NOTIFY changed FINAL)
    Q_PROPERTY(QString version READ version CONSTANT FINAL)
    /// That some secrets could not be locked in memory, and what to do about it; else empty. As of
    /// the last `lookAtMemory`.
    Q_PROPERTY(QString memoryText READ memoryText NOTIFY changed FINAL)

public:
    enum class Appearance { System, Light, Dark };
    Q_ENUM(Appearance)

    /// All must outlive this object.
    PreferencesViewModel(Settings &settings, ColorScheme &colorScheme, TextScale &textScale,
                         QObject *parent = nullptr);

    [[nodiscard]] Appearance appearance() const { return m_appearance; }
    void setAppearance(Appearance appearance);
    [[nodiscard]] bool isDark() const;
    [[nodiscard]] qreal textScale() const { return m_textScale.factor(); }
    [[nodiscard]] bool letterPaper() const;
    void setLetterPaper(bool letter);
    [[nodiscard]] QStringList lockChoices() const;
    /// -1 if what is set is none of the choices.
    [[nodiscard]] int lockChoice() const;
    void setLockChoice(int index);
    /// 0 for never.
    [[nodiscard]] std::chrono::minutes lockAfter() const { return m_settings.lockAfter(); }
    [[nodiscard]] QString version() const;
    [[nodiscard]] QString memoryText() const;
    /// Asks again how many secrets could not be locked in memory.
    Q_INVOKABLE void lookAtMemory();

Q_SIGNALS:
    void changed();

private:
    Settings &m_settings;
    ColorScheme &m_colorScheme;
    TextScale &m_textScale;
    Appearance m_appearance = Appearance::System;
    int m_unlockedBlocks = 0;
};

} // namespace Sparekey
