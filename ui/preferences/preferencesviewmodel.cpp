// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/preferences/preferencesviewmodel.h"

#include "core/secret/lockedmemory.h"

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr std::array LockMinutes{0, 1, 5, 15, 30, 60};

using Appearance = PreferencesViewModel::Appearance;

QString nameOf(Appearance appearance)
{
    switch (appearance) {
    case Appearance::System: return u"system"_s;
    case Appearance::Light: return u"light"_s;
    case Appearance::Dark: return u"dark"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

PreferencesViewModel::PreferencesViewModel(Settings &settings, ColorScheme &colorScheme,
                                           TextScale &textScale, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_colorScheme(colorScheme)
    , m_textScale(textScale)
{
    for (const auto appearance : {Appearance::Light, Appearance::Dark}) {
        if (settings.appearance() == nameOf(appearance))
            m_appearance = appearance;
    }
    connect(&colorScheme, &ColorScheme::darkChanged, this, &PreferencesViewModel::changed);
    connect(&textScale, &TextScale::changed, this, &PreferencesViewModel::changed);
}

void PreferencesViewModel::setAppearance(Appearance appearance)
{
    if (appearance == m_appearance)
        return;
    m_appearance = appearance;
    m_settings.setAppearance(nameOf(appearance));
    Q_EMIT changed();
}

bool PreferencesViewModel::isDark() const
{
    if (m_appearance == Appearance::System)
        return m_colorScheme.prefersDark();
    return m_appearance == Appearance::Dark;
}

bool PreferencesViewModel::letterPaper() const
{
    return m_settings.letterPaper();
}

void PreferencesViewModel::setLetterPaper(bool letter)
{
    if (letter == letterPaper())
        return;
    m_settings.setLetterPaper(letter);
    Q_EMIT changed();
}

QStringList PreferencesViewModel::lockChoices() const
{
    QStringList choices;
    for (const int minutes : LockMinutes)
        choices += minutes == 0 ? tr("Never") : tr("After %n minute(s)", nullptr, minutes);
    return choices;
}

int PreferencesViewModel::lockChoice() const
{
    const auto *found = std::ranges::find(LockMinutes, m_settings.lockAfter().count());
    return found == LockMinutes.end() ? -1 : static_cast<int>(found - LockMinutes.begin());
}

void PreferencesViewModel::setLockChoice(int index)
{
    if (index < 0 || index >= static_cast<int>(LockMinutes.size()) || index == lockChoice())
        return;
    m_settings.setLockAfter(std::chrono::minutes(LockMinutes[static_cast<std::size_t>(index)]));
    Q_EMIT changed();
}

QString PreferencesViewModel::memoryText() const
{
    if (m_unlockedBlocks == 0)
        return {};
    return tr("%n block(s) with secrets could not be locked in memory and may have been written to "
              "the swap space. Raise the limit for locked memory (ulimit -l), or encrypt the swap "
              "space.",
              nullptr, m_unlockedBlocks);
}

void PreferencesViewModel::updateMemoryState()
{
    if (std::exchange(m_unlockedBlocks, failedMemoryLocks()) != m_unlockedBlocks)
        Q_EMIT changed();
}

QString PreferencesViewModel::version() const
{
    return QStringLiteral(SPAREKEY_VERSION);
}

} // namespace Sparekey
