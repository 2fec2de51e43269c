// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Codes and setup keys of any service: what a template accepts is shown so that it is accepted
// again, and stays the same.

#include "core/otp/otpauth.h"
#include "core/otp/otpauthkey.h"
#include "core/servicecatalog/servicecatalog.h"
#include "tests/fuzz/require.h"

#include <cstdint>

using namespace Sparekey;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView entered(data, qsizetype(size));
    for (const ServiceTemplate &service : ServiceCatalog::shipped().services()) {
        const auto code = normalizedCode(service, entered);
        if (!code)
            continue;
        const auto again = normalizedCode(service, code->view());
        require(again && again->equals(code->view()));
        const auto shown = normalizedCode(service, displayCode(service, code->view()).view());
        if (service.content != CodeContent::SetupKey)
            require(shown && shown->equals(code->view()));
    }
    if (const auto key = otpauthKeyFrom(entered)) {
        require(isSetupKey(key->key.view()));
        require(key->digits > 0 && key->period > 0 && key->counter >= 0);
        const SecureBuffer uri = otpauthUri(*key);
        const auto again = otpauthKeyFrom(uri.view());
        require(uri.size() > OtpauthKey::longestUri
                || (again && again->key.equals(key->key.view()) && again->issuer == key->issuer
                    && again->digits == key->digits && again->steam == key->steam));
    }
    const SecureBuffer key = setupKeyFrom(entered);
    require(key.isEmpty() || isSetupKey(key.view()));
    return 0;
}
