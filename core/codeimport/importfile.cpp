// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codeimport/importfile.h"

#include "core/codeimport/importtext.h"
#include "core/codeimport/jsonexports.h"
#include "core/codeimport/kdbxitems.h"
#include "core/json/jsonfields.h"

#include <optional>

namespace Sparekey {

namespace {

// No export has more levels of lists and objects.
constexpr int MostLevels = 32;

bool isNestedTooDeep(QByteArrayView json)
{
    int level = 0;
    bool inText = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inText) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inText = false;
        } else if (c == '"') {
            inText = true;
        } else if (c == '{' || c == '[') {
            if (++level > MostLevels)
                return true;
        } else if (c == '}' || c == ']') {
            --level;
        }
    }
    return false;
}

QByteArrayView withoutByteOrderMark(QByteArrayView bytes)
{
    return bytes.startsWith("\xEF\xBB\xBF") ? bytes.sliced(3) : bytes;
}

// An export of a program that is known; nothing if it is of another one.
std::optional<Result<ImportResult>> importJson(QByteArrayView json, const SecureBuffer &passphrase)
{
    if (isNestedTooDeep(json))
        return fail(ErrorKind::ImportDamaged);
    const auto fields = JsonFields::parse(SecureBuffer::copyOf(json));
    if (!fields)
        return std::nullopt;
    if (isBitwardenExport(*fields))
        return importBitwarden(*fields, passphrase);
    if (isAegisExport(*fields))
        return importAegis(*fields, passphrase);
    if (is2fasExport(*fields))
        return import2fas(*fields);
    return std::nullopt;
}

} // namespace

Result<ImportResult> importFile(const SecureBuffer &bytes, const QString &fileName,
                                const ImportKey &key)
{
    if (bytes.size() > largestImportedFile)
        return fail(ErrorKind::ImportTooLarge);
    if (isKeePassFile(bytes.view()))
        return importKdbx(bytes.view(), key);
    const auto text = withoutByteOrderMark(bytes.view());
    if (text.trimmed().startsWith('{')) {
        if (auto result = importJson(text, key.passphrase))
            return *std::move(result);
        if (bytes.size() > longestImportedText)
            return fail(ErrorKind::ImportNotReadable);
    }
    return importText(bytes.view(), fileName);
}

} // namespace Sparekey
