// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Pictures, and what QR codes in them say.

#include "core/codeimport/importqr.h"
#include "tests/fuzz/require.h"

#include <cstdint>

using namespace Sparekey;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    LuminancePlane picture{.pixels = data + 1, .width = 1 + data[0] % 128};
    picture.height = static_cast<int>(size - 1) / picture.width;
    picture.stride = picture.width;
    if (const auto found = importQr(picture))
        require(!found->found.isEmpty());
    if (const auto found = importQrText(QByteArrayView(data, qsizetype(size))))
        require(!found->found.isEmpty());
    return 0;
}
