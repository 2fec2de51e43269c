// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codeimport/setupkeys.h"

#include "core/codeimport/otpmigration.h"
#include "core/codeimport/textcells.h"
#include "core/servicecatalog/servicecatalog.h"

#include <algorithm>

namespace Sparekey {

namespace {

const ServiceTemplate &serviceOfIssuer(const QString &issuer)
{
    const auto &catalog = ServiceCatalog::shipped();
    for (const ServiceTemplate &service : catalog.services()) {
        if (service.form == SecretForm::SetupKey && !service.isGeneric()
            && service.name.compare(issuer, Qt::CaseInsensitive) == 0)
            return service;
    }
    return catalog.findOrGeneric({}, SecretForm::SetupKey);
}

} // namespace

std::optional<FoundCodes> foundSetupKey(const OtpauthKey &key)
{
    const SecureBuffer uri = otpauthUri(key);
    if (uri.isEmpty() || uri.size() > OtpauthKey::longestUri)
        return std::nullopt;
    const ServiceTemplate &service = serviceOfIssuer(key.issuer);
    return FoundCodes{.service = service.id,
                      .certainty = service.isGeneric() ? Certainty::Guess : Certainty::Stated,
                      .account = key.account,
                      .codes = {{.value = SecretBytes(uri.view())}},
                      .title = key.issuer};
}

ImportResult setupKeysInText(QByteArrayView text)
{
    ImportResult result;
    while (!text.isEmpty()) {
        const auto end = std::ranges::find_if(text, [](char c) {
            return c == ' ' || c == '\t' || c == '\n' || c == '"' || c == '<' || c == '>';
        });
        const auto size = end - text.begin();
        const auto word = text.first(size);
        text = text.sliced(std::min<qsizetype>(size + 1, text.size()));
        if (isOtpMigrationUri(word)) {
            auto migrated = setupKeysFromMigration(word);
            if (!migrated) {
                ++result.skipped;
                continue;
            }
            result.found.append(migrated->found);
            result.skipped += migrated->skipped;
        } else if (word.size() > 10
                   && word.first(10).compare("otpauth://", Qt::CaseInsensitive) == 0) {
            const auto key = otpauthKeyFrom(word);
            const auto found = key ? foundSetupKey(*key) : std::nullopt;
            if (!found)
                ++result.skipped;
            else if (std::ranges::none_of(result.found, [&found](const FoundCodes &other) {
                         return other.codes == found->codes;
                     }))
                result.found.append(*found);
        }
    }
    return result;
}

} // namespace Sparekey
