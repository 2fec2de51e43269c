// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/controls/characterlimit.h"

#include "core/text/characters.h"

#include <algorithm>

namespace Sparekey {

CharacterLimit::CharacterLimit(QObject *parent)
    : QValidator(parent)
{
}

QValidator::State CharacterLimit::validate(QString &input, int &position) const
{
    if (m_most > 0) {
        input.truncate(firstCharacters(input, m_most).size());
        position = std::min(position, static_cast<int>(input.size()));
    }
    return Acceptable;
}

} // namespace Sparekey
