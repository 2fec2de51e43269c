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
    /// The color scheme in effect; follows the desktop while `appearance` is `System`.
    Q_PROPERTY(bool dark READ isDark NOTIFY changed FINAL)
    /// The desktop's text scale factor; 1 is the normal size.
    Q_PROPERTY(qreal textScale READ textScale NOTIFY changed FINAL)
    /// The default paper size is Letter instead of A4.
    Q_PROPERTY(bool letterPaper READ letterPaper WRITE setLetterPaper NOTIFY changed FINAL)
    /// When the window locks automatically: the texts of the choices, and the current index.
    Q_PROPERTY(QStringList lockChoices READ lockChoices CONSTANT FINAL)
    Q_PROPERTY(int lockChoice READ lockChoice WRITE setLockChoice NOTIFY changed FINAL)
    Q_PROPERTY(QString version READ version CONSTANT FINAL)
    /// Says that some secrets could not be locked in memory and what to do about it; empty if all
    /// are locked. Updated by `updateMemoryState`.
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
    /// -1 if the stored value is none of the choices.
    [[nodiscard]] int lockChoice() const;
    void setLockChoice(int index);
    /// 0 for never.
    [[nodiscard]] std::chrono::minutes lockAfter() const { return m_settings.lockAfter(); }
    [[nodiscard]] QString version() const;
    [[nodiscard]] QString memoryText() const;
    /// Updates `memoryText`.
    Q_INVOKABLE void updateMemoryState();

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
