// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Texts with recovery codes and setup keys: nothing is found that the preview could not show.

#include "core/codeimport/importtext.h"
#include "core/codeimport/otpmigration.h"
#include "core/codeimport/setupkeys.h"
#include "core/secret/wipedstack.h"
#include "core/servicecatalog/servicecatalog.h"
#include "tests/fuzz/require.h"

#include <cstdint>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

void check(const FoundCodes &found)
{
    const ServiceTemplate *service = ServiceCatalog::shipped().find(found.service);
    require(service && !found.codes.isEmpty());
    for (const FoundCode &code : found.codes) {
        require(!code.value.isEmpty());
        require(!code.fits || normalizedCode(*service, code.value.view()));
    }
}

void run(QByteArrayView bytes)
{
    for (const auto &name : {u""_s, u"github-recovery-codes.txt"_s, u"Backup-codes-a.txt"_s}) {
        if (const auto result = importText(bytes, name)) {
            for (const FoundCodes &found : result->found)
                check(found);
        }
    }
    for (const ServiceTemplate &service : ServiceCatalog::shipped().services()) {
        if (const auto found = recognizeAs(service, bytes))
            check(*found);
    }
    if (const auto text = decodeImportedText(bytes)) {
        require(!text->utf8.view().contains('\0') && !text->utf8.view().contains('\r'));
        (void)codesInText(*text, {});
        (void)setupKeysInText(text->utf8.view());
    }
    const QByteArray uri = "otpauth-migration://offline?data=" + bytes.toByteArray();
    for (const QByteArrayView migration : {bytes, QByteArrayView(uri)}) {
        if (const auto keys = setupKeysFromMigration(migration)) {
            for (const FoundCodes &found : keys->found)
                check(found);
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    // One wiped stack for all calls, as making them takes longer than the rest.
    callOnWipedStack([&] { run(QByteArrayView(data, qsizetype(size))); });
    return 0;
}
