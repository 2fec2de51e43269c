// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/codeimport/foundcodes.h"
#include "core/codeimport/textcells.h"
#include "core/servicecatalog/servicetemplate.h"

#include <QByteArrayView>
#include <QList>

namespace Sparekey {

/// How much a text has to look like the codes of a service.
enum class Strictness {
    Shape,   ///< Whatever fits the template once gaps are gone.
    AsShown, ///< With the separators that the service shows; spaces may be missing.
};

/// The codes of a service in a text. With `Shape` there are also those that nearly fit, if at least
/// one does fit. List numbers, dates, years, addresses and parts of longer runs of digits are no
/// codes. `remarks` gets what is odd about them.
[[nodiscard]] QList<FoundCode> codesIn(const QList<TextCell> &cells, const ServiceTemplate &service,
                                       Strictness strictness, QList<ImportRemark> &remarks);

} // namespace Sparekey
