// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The data file of services: what is read can be used for any code.

#include "core/servicecatalog/servicecatalog.h"
#include "tests/fuzz/require.h"

#include <cstdint>

using namespace Sparekey;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto catalog = readServiceCatalog(QByteArrayView(data, qsizetype(size)));
    if (!catalog) {
        require(!catalog.error().isEmpty());
        return 0;
    }
    for (const ServiceTemplate &service : catalog->services()) {
        require(catalog->find(service.id) == &service);
        for (const QByteArrayView entered :
             {"1234 5678", "a1b2c-d3e4f", "otpauth://totp/x?secret=A"}) {
            if (const auto code = normalizedCode(service, entered))
                (void)displayCode(service, code->view());
        }
    }
    return 0;
}
