// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLocale>
#include <QTranslator>

namespace Sparekey {

/// The language of the window and of the command line. Loads the translation that the user prefers
/// and sets the default locale, so that dates and numbers match the language of the texts around
/// them. They follow the user's own country if that language is used there.
///
/// Needs an application object, and must live as long as texts are translated. GUI thread.
class Language
{
public:
    Language();
    Q_DISABLE_COPY_MOVE(Language)

private:
    QTranslator m_english;
    QTranslator m_translation;
};

/// How numbers and dates look beside texts of `language`, for a user with the locale `system`.
[[nodiscard]] QLocale formatsFor(QLocale::Language language, const QLocale &system);

} // namespace Sparekey
