// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/language.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Sparekey {

Language::Language()
{
    const QLocale system = QLocale::system();
    // The source texts are English except for the plural forms, which this file has. Other
    // languages are installed on top.
    if (m_english.load(u":/i18n/sparekey_en.qm"_s))
        QCoreApplication::installTranslator(&m_english);
    QLocale::Language language = QLocale::English;
    if (m_translation.load(system, u"sparekey"_s, u"_"_s, u":/i18n"_s)) {
        QCoreApplication::installTranslator(&m_translation);
        language = QLocale(m_translation.language()).language();
    }
    QLocale::setDefault(formatsFor(language, system));
}

QLocale formatsFor(QLocale::Language language, const QLocale &system)
{
    const bool agrees = system.language() == language
        || (system.language() == QLocale::C && language == QLocale::English);
    if (agrees)
        return system;
    const QLocale there(language, system.territory());
    if (there.territory() == system.territory())
        return there;
    return {language, QLocale::World};
}

} // namespace Sparekey
