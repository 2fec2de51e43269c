// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/settings/settings.h"

#include <QList>
#include <QString>

namespace Sparekey {

/// "Printed 30 November 2026 · Text file 30 November 2026"; empty if there is no copy.
[[nodiscard]] QString copiesText(const QList<CopyRecord> &copies);

} // namespace Sparekey
