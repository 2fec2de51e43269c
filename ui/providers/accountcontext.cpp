// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/providers/accountcontext.h"

#include <QCoreApplication>
#include <QStringList>

namespace Sparekey {

namespace {

// Gives the texts of this file their context for translators.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TurnOffNote)
};

} // namespace

QList<ProviderType> AccountContext::othersOn(ProviderType type) const
{
    QList<ProviderType> others;
    for (auto it = states.cbegin(); it != states.cend(); ++it) {
        if (it.value() && it.key() != type)
            others.append(it.key());
    }
    return others;
}

QString AccountContext::turnOffNote(ProviderType type, bool lapsed) const
{
    if (type == ProviderType::OrganizationDuo)
        return Text::tr("Members of the organization will no longer be asked for Duo.");
    QStringList notes;
    const QList<ProviderType> others = othersOn(type);
    if (others.isEmpty()) {
        notes.append(Text::tr("Only your password will protect this account."));
        if (requiredByOrganization) {
            notes.append(Text::tr("Your organization requires two-step login. It may remove you "
                                  "if you turn this off."));
        } else if (inOrganization) {
            notes.append(Text::tr("An organization that requires two-step login may remove you."));
        }
    } else if (others == QList{ProviderType::Email}) {
        notes.append(Text::tr("Only email will be left."));
    }
    if (lapsed)
        notes.append(Text::tr("Without Premium it cannot be turned on again."));
    return notes.join(u'\n');
}

} // namespace Sparekey
