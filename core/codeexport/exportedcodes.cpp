// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codeexport/exportedcodes.h"

#include "core/codeexport/jsontext.h"
#include "core/codeimport/protectedjson.h"
#include "core/kdbx/kdbx.h"
#include "core/library/entryinkdbx.h"
#include "core/library/libraryerror.h"
#include "core/servicecatalog/servicecatalog.h"

#include <QCoreApplication>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ExportedCodes)
};

const QByteArray setupKeyScheme("otpauth://");

bool isSetupKey(const LibraryCode &code)
{
    return code.value.view().startsWith(setupKeyScheme);
}

// Without what only matters to the library.
LibraryEntry exported(const LibraryEntry &entry)
{
    LibraryEntry kept = entry;
    kept.serverAccount.clear();
    kept.copies.clear();
    kept.needs.clear();
    kept.reminders = {};
    kept.sets.removeIf([](const CodeSet &set) { return set.state != SetState::Current; });
    return kept;
}

QList<LibraryCode> codesOf(const LibraryEntry &entry)
{
    const CodeSet *set = entry.current();
    return set ? set->codes : QList<LibraryCode>();
}

QString number(qsizetype code)
{
    return u"%1"_s.arg(code + 1, 2, 10, QLatin1Char('0'));
}

// Names that importing codes understands, so they are not translated.
QString fieldName(const QList<LibraryCode> &codes, qsizetype index)
{
    const LibraryCode &code = codes[index];
    const QString name = codes.size() == 1 ? u"Recovery code"_s
                                           : u"Recovery code %1"_s.arg(number(index));
    switch (code.state) {
    case CodeState::Unused: return name;
    case CodeState::Unsure: return name + u" (used?)"_s;
    case CodeState::Used: break;
    }
    return code.usedOn.isValid()
        ? u"%1 (used %2)"_s.arg(name, code.usedOn.date().toString(Qt::ISODate))
        : name + u" (used)"_s;
}

// The JSON of the items, written by hand as it is full of secrets.
class ItemsWriter
{
public:
    [[nodiscard]] Result<SecureBuffer> write(const QList<LibraryEntry> &entries)
    {
        const QString folder = QUuid::createUuid().toString(QUuid::WithoutBraces);
        put(R"({"encrypted":false,"folders":[{"id":)");
        putText(folder);
        put(R"(,"name":)");
        putText(Text::tr("Recovery codes"));
        put(R"(}],"items":[)");
        for (const LibraryEntry &entry : entries) {
            if (&entry != &entries.first())
                put(",");
            putItem(entry, folder);
        }
        put("]}");
        if (!m_isText)
            return fail(ErrorKind::LibraryTextUnusable);
        return std::move(m_json);
    }

private:
    void putItem(const LibraryEntry &entry, const QString &folder)
    {
        put(R"({"id":)");
        putText(entry.id.toString(QUuid::WithoutBraces));
        put(R"(,"organizationId":null,"collectionIds":null,"folderId":)");
        putText(folder);
        put(R"(,"type":1,"reprompt":0,"favorite":false,"name":)");
        putText(entry.title);
        put(R"(,"notes":)");
        putTextOrNull(entry.notes);
        put(R"(,"fields":[)");
        const auto codes = codesOf(entry);
        const LibraryCode *setupKey = nullptr;
        bool isFirst = true;
        for (qsizetype i = 0; i < codes.size(); ++i) {
            if (isSetupKey(codes[i])) {
                setupKey = &codes[i];
                continue;
            }
            put(isFirst ? R"({"name":)" : R"(,{"name":)");
            isFirst = false;
            putText(fieldName(codes, i));
            put(R"(,"type":1,"linkedId":null,"value":)");
            putText(codes[i].value.view());
            put("}");
        }
        put(R"(],"login":{"uris":[)");
        putAddresses(entry);
        put(R"(],"username":)");
        putTextOrNull(entry.account);
        put(R"(,"password":null,"totp":)");
        if (setupKey)
            putText(setupKey->value.view());
        else
            put("null");
        put("}}");
    }

    void putAddresses(const LibraryEntry &entry)
    {
        bool isFirst = true;
        for (const QString &address : {entry.signInAddress, entry.recoveryAddress}) {
            if (address.isEmpty())
                continue;
            put(isFirst ? R"({"match":null,"uri":)" : R"(,{"match":null,"uri":)");
            isFirst = false;
            putText(address);
            put("}");
        }
    }

    void put(QByteArrayView json) { m_json.append(json); }
    void putText(const QString &text) { putText(SecureBuffer::fromText(text).view()); }
    void putText(QByteArrayView text)
    {
        m_isText = m_isText && text.isValidUtf8();
        appendJsonText(m_json, text);
    }
    void putTextOrNull(const QString &text)
    {
        if (text.isEmpty())
            put("null");
        else
            putText(text);
    }

    SecureBuffer m_json;
    bool m_isText = true;
};

// What is behind a code.
QString remarkOn(const LibraryCode &code)
{
    if (code.state != CodeState::Used)
        return {};
    const QString day = code.usedOn.date().toString(Qt::ISODate);
    if (code.usedOn.isValid() && !code.usedWhere.isEmpty())
        return Text::tr("used %1, %2").arg(day, code.usedWhere);
    if (code.usedOn.isValid())
        return Text::tr("used %1").arg(day);
    return code.usedWhere.isEmpty() ? Text::tr("used") : Text::tr("used, %1").arg(code.usedWhere);
}

QByteArrayView markOf(CodeState state)
{
    switch (state) {
    case CodeState::Unused: return "[ ] ";
    case CodeState::Used: return "[x] ";
    case CodeState::Unsure: return "[?] ";
    }
    Q_UNREACHABLE();
}

} // namespace

Result<QByteArray> codesAsKdbx(const QList<LibraryEntry> &entries, const SecureBuffer &passphrase,
                               const VariantDictionary &kdf, const QDateTime &now)
{
    KdbxDatabase database = KdbxDatabase::create(Text::tr("Recovery codes"), now);
    database.header.kdf = kdf;
    for (const LibraryEntry &entry : entries)
        addEntry(database.rootGroup(), exported(entry), now);
    CompositeKey key;
    if (const auto set = key.setPassphrase(passphrase); !set)
        return fail(libraryError(set.error(), {}));
    const auto file = writeKdbx(database, key);
    if (!file)
        return fail(libraryError(file.error(), {}));
    const auto read = openKdbx(*file, key);
    if (!read || read->root != database.root)
        return fail(ErrorKind::FileReadBackFailed);
    return *file;
}

Result<SecureBuffer> codesAsBitwardenJson(const QList<LibraryEntry> &entries)
{
    return ItemsWriter().write(entries);
}

Result<QByteArray> codesAsProtectedJson(const QList<LibraryEntry> &entries,
                                        const SecureBuffer &passphrase)
{
    const auto plain = codesAsBitwardenJson(entries);
    if (!plain)
        return fail(plain.error());
    const auto file = sealProtectedJson(*plain, passphrase);
    if (!file)
        return fail(file.error());
    const auto fields = JsonFields::parse(SecureBuffer::copyOf(*file));
    const auto read = fields ? openProtectedJson(*fields, passphrase) : fail(fields.error());
    if (!read || !read->equals(plain->view()))
        return fail(ErrorKind::FileReadBackFailed);
    return *file;
}

SecureBuffer codesAsText(const QList<LibraryEntry> &entries, const QDate &today)
{
    SecureBuffer text;
    const auto put = [&text](const QString &line) {
        text.append(SecureBuffer::fromText(line).view());
        text.append("\n");
    };
    put(Text::tr("Recovery codes, saved by Sparekey on %1").arg(today.toString(Qt::ISODate)));
    for (const LibraryEntry &entry : entries) {
        const auto codes = codesOf(entry);
        const bool isKey = codes.size() == 1 && isSetupKey(codes.first());
        const auto &service = ServiceCatalog::shipped().findOrGeneric(entry.service,
                                                                      isKey ? SecretForm::SetupKey
                                                                          : codes.size() == 1
                                                                          ? SecretForm::SingleCode
                                                                          : SecretForm::CodeList);
        put({});
        put(entry.title);
        if (!entry.account.isEmpty())
            put(Text::tr("Account: %1").arg(entry.account));
        if (!entry.signInAddress.isEmpty())
            put(Text::tr("Sign in: %1").arg(entry.signInAddress));
        if (!entry.recoveryAddress.isEmpty())
            put(Text::tr("Use a code: %1").arg(entry.recoveryAddress));
        for (const LibraryCode &code : codes) {
            // Other programs can import the whole URI, but not the bare key.
            if (isSetupKey(code)) {
                text.append(code.value.view());
                text.append("\n");
                continue;
            }
            text.append(markOf(code.state));
            text.append(displayCode(service, code.value.view()).view());
            if (const QString remark = remarkOn(code); !remark.isEmpty())
                text.append(SecureBuffer::fromText(QString(u" ("_s + remark + u')')).view());
            text.append("\n");
        }
    }
    return text;
}

} // namespace Sparekey
