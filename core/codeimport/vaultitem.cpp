// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codeimport/vaultitem.h"

#include "core/codeimport/importtext.h"
#include "core/codeimport/setupkeys.h"
#include "core/servicecatalog/servicecatalog.h"

#include <algorithm>
#include <initializer_list>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

bool containsAnyOf(const QString &text, std::initializer_list<QLatin1StringView> words)
{
    return std::ranges::any_of(words, [&text](QLatin1StringView word) {
        return text.contains(word, Qt::CaseInsensitive);
    });
}

// "Recovery code 01", "Backup codes", "KeePassOTP.RecoveryCodes", "2FA codes"
bool saysRecoveryCode(const QString &name)
{
    if (containsAnyOf(name, {"recoverycode"_L1, "backupcode"_L1, "backup-code"_L1}))
        return true;
    return containsAnyOf(name,
                         {"recovery"_L1, "backup"_L1, "rescue"_L1, "emergency"_L1, "scratch"_L1,
                          "2fa"_L1, "one-time"_L1})
        && containsAnyOf(name, {"code"_L1, "key"_L1});
}

// "01", "02 (used 2026-05-04)"
bool isNumbered(const QString &name)
{
    const QString number = name.section(u' ', 0, 0);
    return !number.isEmpty() && number.size() <= 3
        && std::ranges::all_of(number, [](QChar c) { return c >= u'0' && c <= u'9'; })
        && (number.size() == name.size() || name.contains("(used"_L1));
}

// A heading that names the service for the recognition, and is no code itself.
SecureBuffer headingOf(const VaultItem &item)
{
    QString title = item.title;
    for (QChar &c : title) {
        if (!c.isLetterOrNumber() && c != u'.')
            c = u' ';
    }
    return SecureBuffer::fromText(QString(u"Title: "_s + title.simplified() + u" :\n"_s));
}

std::optional<FoundCodes> codesIn(const SecureBuffer &text, const VaultItem &item)
{
    auto result = importText(text.view(), {});
    if (!result)
        return std::nullopt;
    for (FoundCodes &found : result->found) {
        // The other setup keys are found by themselves.
        const bool isSetupKey = found.codes.size() == 1
            && found.codes.constFirst().value.view().startsWith("otpauth://");
        if (isSetupKey)
            continue;
        found.title = item.title;
        found.account = item.account.isEmpty() ? found.account.text() : item.account;
        found.signInAddress = item.address;
        return found;
    }
    return std::nullopt;
}

// What the item says is surer than a mark.
void markUsedCodes(FoundCodes &found, const VaultItem &item)
{
    const auto &service = ServiceCatalog::shipped().findOrGeneric(found.service,
                                                                  SecretForm::CodeList);
    for (const VaultField &field : item.fields) {
        const auto value = field.used ? normalizedCode(service, field.value.view()) : std::nullopt;
        if (!value)
            continue;
        for (FoundCode &code : found.codes) {
            if (value->equals(code.value.view())) {
                code.used = true;
                code.usedOn = field.usedOn;
                code.unsure = false;
            }
        }
    }
    if (std::ranges::none_of(found.codes, &FoundCode::unsure))
        found.remarks.removeAll(ImportRemark::MarksFound);
    if (std::ranges::any_of(found.codes, &FoundCode::used))
        found.remarks.removeAll(ImportRemark::AllMarkedAlike);
}

std::optional<FoundCodes> codesInFields(const VaultItem &item)
{
    SecureBuffer text = headingOf(item);
    const bool numbered = std::ranges::count_if(item.fields,
                                                [](const VaultField &field) {
                                                    return isNumbered(field.name);
                                                })
        > 1;
    bool any = false;
    for (const VaultField &field : item.fields) {
        if (!saysRecoveryCode(field.name) && !(numbered && isNumbered(field.name)))
            continue;
        any = true;
        text.append(field.value.view());
        if (field.used || field.name.contains("(used"_L1, Qt::CaseInsensitive))
            text.append(" (used)");
        text.append("\n");
    }
    auto found = any ? codesIn(text, item) : std::nullopt;
    if (found)
        markUsedCodes(*found, item);
    return found;
}

std::optional<FoundCodes> codesInNotes(const VaultItem &item)
{
    // Notes are private; only those are read that speak of codes.
    const QByteArray notes = QByteArray::fromRawData(item.notes.view().data(), item.notes.size());
    const auto mentions = [&notes](QByteArrayView word) {
        return std::ranges::search(notes, word,
                                   [](char a, char b) {
                                       return a == b
                                           || (a >= 'A' && a <= 'Z' && a - 'A' + 'a' == b);
                                   })
                   .begin()
            != notes.end();
    };
    if (!mentions("recovery code") && !mentions("backup code") && !mentions("recovery key")
        && !saysRecoveryCode(item.title))
        return std::nullopt;
    SecureBuffer text = headingOf(item);
    text.append(item.notes.view());
    return codesIn(text, item);
}

} // namespace

std::optional<FoundCodes> foundSetupKeyOf(const VaultItem &item)
{
    const auto stored = item.setupKey.view();
    auto key = otpauthKeyFrom(stored);
    if (!key) {
        const bool steam = stored.startsWith("steam://");
        key = OtpauthKey{.issuer = item.title,
                         .account = item.account,
                         .key = setupKeyFrom(steam ? stored.sliced(8) : stored),
                         .digits = steam ? 5 : 6,
                         .steam = steam};
    }
    auto found = foundSetupKey(*key);
    if (!found)
        return std::nullopt;
    if (!item.title.isEmpty())
        found->title = item.title;
    if (!item.account.isEmpty())
        found->account = item.account;
    found->signInAddress = item.address;
    return found;
}

QList<FoundCodes> foundInVaultItem(const VaultItem &item)
{
    QList<FoundCodes> all;
    if (auto key = foundSetupKeyOf(item))
        all.append(*std::move(key));
    auto codes = codesInFields(item);
    if (!codes)
        codes = codesInNotes(item);
    if (codes)
        all.append(*std::move(codes));
    return all;
}

} // namespace Sparekey
