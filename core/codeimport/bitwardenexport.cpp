// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codeimport/jsonexports.h"

#include "core/codeimport/protectedjson.h"
#include "core/codeimport/vaultitem.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

SecretBytes secretOf(const JsonFields &fields, QStringView name)
{
    return SecretBytes(fields.secret(name).view());
}

VaultItem itemOf(const JsonFields &item)
{
    const JsonFields login = item.object(u"login");
    VaultItem vaultItem{
        .title = item.text(u"name"),
        .account = login.text(u"username"),
        .address = JsonFields(login.array(u"uris").at(0).toObject()).text(u"uri"),
        .fields = {},
        .setupKey = secretOf(login, u"totp"),
        .notes = secretOf(item, u"notes"),
    };
    for (const QJsonValue &value : item.array(u"fields")) {
        const JsonFields field(value.toObject());
        vaultItem.fields.append({.name = field.text(u"name"), .value = secretOf(field, u"value")});
    }
    return vaultItem;
}

Result<ImportResult> importItems(const JsonFields &file)
{
    ImportResult result;
    for (const QJsonValue &item : file.array(u"items")) {
        const auto found = foundInVaultItem(itemOf(JsonFields(item.toObject())));
        result.found.append(found);
        if (found.isEmpty())
            ++result.skipped;
    }
    if (result.found.isEmpty())
        return fail(ErrorKind::ImportNothingFound);
    return result;
}

} // namespace

bool isBitwardenExport(const JsonFields &file)
{
    return file.has(u"encKeyValidation_DO_NOT_EDIT")
        || (file.has(u"encrypted") && (file.has(u"items") || file.has(u"data")));
}

Result<ImportResult> importBitwarden(const JsonFields &file, const SecureBuffer &passphrase)
{
    if (!file.boolean(u"encrypted").value_or(false))
        return importItems(file);
    if (!file.boolean(u"passwordProtected").value_or(false))
        return fail(ErrorKind::ImportAccountBound);
    const auto data = openProtectedJson(file, passphrase);
    if (!data)
        return fail(data.error());
    const auto plain = JsonFields::parse(*data);
    if (!plain)
        return fail(ErrorKind::ImportDamaged);
    return importItems(*plain);
}

} // namespace Sparekey
