// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Files of any program. Without a passphrase, as a file that is dropped: key derivations of the
// fuzzer's choice would take all its time.

#include "core/codeimport/importfile.h"
#include "core/servicecatalog/servicecatalog.h"
#include "tests/fuzz/require.h"

#include <cstdint>

using namespace Sparekey;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto file = SecureBuffer::copyOf(QByteArrayView(data, qsizetype(size)));
    const auto result = importFile(file, {}, {});
    if (!result) {
        require(result.error().kind != ErrorKind::Canceled);
        return 0;
    }
    require(!result->found.isEmpty());
    for (const FoundCodes &found : result->found) {
        const ServiceTemplate *service = ServiceCatalog::shipped().find(found.service);
        require(service && !found.codes.isEmpty());
        for (const FoundCode &code : found.codes)
            require(!code.fits || normalizedCode(*service, code.value.view()));
    }
    return 0;
}
