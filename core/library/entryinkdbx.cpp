// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Over 400 lines: what it writes is what it has to read.

#include "core/library/entryinkdbx.h"

#include "core/kdbx/kdbxvalues.h"
#include "core/library/entrydetails.h"
#include "core/text/foreigntext.h"

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

const auto dataName = u"Sparekey"_s;
const auto otpName = u"otp"_s;
const auto usedName = u"Used recovery codes"_s;
constexpr qsizetype LongestName = 1000;
constexpr qsizetype LongestAddress = 2000;
constexpr qsizetype LongestNotes = 100'000;

// The number of an attribute `Recovery code 01` or `Void set 2 code 01`. The set is 0 for the
// current one.
struct CodePlace
{
    int set = 0;
    int code = 0;

    auto operator<=>(const CodePlace &) const = default;
};

std::optional<int> numberIn(QStringView text)
{
    constexpr qsizetype MostDigits = 6;
    const auto isDigit = [](QChar c) {
        return c >= u'0' && c <= u'9';
    };
    if (text.isEmpty() || text.size() > MostDigits || !std::ranges::all_of(text, isDigit))
        return std::nullopt;
    return text.toInt();
}

std::optional<CodePlace> codePlace(QStringView attribute)
{
    constexpr QStringView ofCurrent(u"Recovery code");
    constexpr QStringView ofVoid(u"Void set ");
    constexpr QStringView beforeCode(u" code ");
    if (attribute == ofCurrent)
        return CodePlace();
    if (attribute.startsWith(ofCurrent) && attribute[ofCurrent.size()] == u' ') {
        const auto code = numberIn(attribute.sliced(ofCurrent.size() + 1));
        return code ? std::optional(CodePlace{.code = *code}) : std::nullopt;
    }
    const auto between = attribute.indexOf(beforeCode);
    if (!attribute.startsWith(ofVoid) || between < ofVoid.size())
        return std::nullopt;
    const auto set = numberIn(attribute.sliced(ofVoid.size(), between - ofVoid.size()));
    const auto code = numberIn(attribute.sliced(between + beforeCode.size()));
    return set && code ? std::optional(CodePlace{.set = *set, .code = *code}) : std::nullopt;
}

QString codeName(const CodePlace &place, qsizetype count)
{
    const int width = std::max(2, static_cast<int>(QString::number(count).size()));
    const QString number = u"%1"_s.arg(place.code, width, 10, QLatin1Char('0'));
    return place.set == 0 ? "Recovery code "_L1 + number
                          : u"Void set %1 code %2"_s.arg(place.set).arg(number);
}

bool isSetupKey(const SecretBytes &value)
{
    constexpr QByteArrayView scheme("otpauth://");
    return value.size() > scheme.size()
        && value.view().first(scheme.size()).compare(scheme, Qt::CaseInsensitive) == 0;
}

bool isSetupKey(const CodeSet &set)
{
    return set.codes.size() == 1 && isSetupKey(set.codes.first().value);
}

quint16 checksumOf(const SecretBytes &value)
{
    return qChecksum(value.view());
}

// The strings of an entry that hold codes.
struct StoredCodes
{
    std::map<CodePlace, SecretBytes> codes; ///< Empty ones count as removed.
    SecretBytes otp;
};

StoredCodes storedCodes(const KdbxEntry &stored)
{
    StoredCodes found;
    // Another program may have added the same number in another spelling.
    QList<std::pair<int, SecretBytes>> repeated;
    const auto strings = stored.strings();
    for (const KdbxString &string : strings) {
        if (string.name == otpName)
            found.otp = string.octets();
        else if (const auto place = codePlace(string.name)) {
            const SecretBytes value = string.octets();
            if (!value.isEmpty() && !found.codes.emplace(*place, value).second)
                repeated.append({place->set, value});
        }
    }
    for (const auto &[set, value] : std::as_const(repeated)) {
        const auto last = std::prev(found.codes.lower_bound({.set = set + 1, .code = 0}));
        found.codes.emplace(CodePlace{.set = set, .code = last->first.code + 1}, value);
    }
    return found;
}

// The details of the code with that number. If another program has moved the code, they are found
// by its checksum; a code that is new or changed has none.
CodeDetails detailsOf(const SecretBytes &value, int number, const QList<CodeDetails> &details)
{
    const quint16 checksum = checksumOf(value);
    if (number >= 1 && number <= details.size() && details[number - 1].checksum == checksum)
        return details[number - 1];
    const auto moved = std::ranges::find(details, checksum, &CodeDetails::checksum);
    return moved == details.end() ? CodeDetails() : *moved;
}

void addCode(SetDetails &set, const SecretBytes &value, int number)
{
    const CodeDetails details = detailsOf(value, number, set.codes);
    set.set.codes.append({.value = value,
                          .state = details.state,
                          .usedOn = details.usedOn,
                          .usedWhere = details.usedWhere});
}

// The sets of which something is known, by number, so that codes can be put into them.
class KnownSets
{
public:
    explicit KnownSets(const QList<SetDetails> &details)
    {
        for (const SetDetails &set : details) {
            m_sets.emplace(set.set.number, set);
            if (set.set.state == SetState::Current)
                m_current = set.set.number;
        }
    }

    SetDetails &voidSet(int number)
    {
        // A set is either current or void. The current one gets another number, so that the codes
        // of the two stay apart.
        if (number == m_current) {
            auto current = m_sets.extract(number);
            m_current = m_sets.empty() ? number + 1 : std::max(number, m_sets.rbegin()->first) + 1;
            current.key() = m_current;
            current.mapped().set.number = m_current;
            m_sets.insert(std::move(current));
        }
        const auto [set, isNew] = m_sets.try_emplace(number);
        if (isNew)
            set->second.set = {.number = number,
                               .state = SetState::Void,
                               .reason = VoidReason::Other};
        return set->second;
    }

    SetDetails &current()
    {
        if (m_current == 0) {
            m_current = m_sets.empty() ? 1 : m_sets.rbegin()->first + 1;
            m_sets[m_current].set.number = m_current;
        }
        return m_sets[m_current];
    }

    // At most one is current, and it comes last.
    [[nodiscard]] QList<CodeSet> sets() const
    {
        QList<CodeSet> sets;
        for (const auto &[number, details] : m_sets) {
            if (number != m_current) {
                sets.append(details.set);
                sets.last().state = SetState::Void;
            }
        }
        if (m_current != 0)
            sets.append(m_sets.at(m_current).set);
        return sets;
    }

private:
    std::map<int, SetDetails> m_sets;
    int m_current = 0; ///< 0 if none is.
};

QString shortText(const KdbxEntry &stored, QStringView name, qsizetype longest = LongestName)
{
    // Other programs may protect a name. It is shown all the same.
    const auto secret = stored.secret(name);
    const QString text = secret ? QString::fromUtf8(secret->view())
                                : stored.text(name).value_or(QString());
    return ForeignText(text, longest).text();
}

QString notesOf(const KdbxEntry &stored)
{
    return stored.text(u"Notes").value_or(QString()).left(LongestNotes);
}

// XML cannot hold most control characters, and half a surrogate pair.
QString storable(const QString &text)
{
    QString kept;
    kept.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar character = text[i];
        if (character.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            kept.append(character).append(text[++i]);
            continue;
        }
        const bool isControl = character.unicode() < 0x20 && character != u'\n'
            && character != u'\t' && character != u'\r';
        if (!isControl && !character.isSurrogate() && character.unicode() < 0xFFFE)
            kept.append(character);
    }
    return kept;
}

// Keeps what the entry was made of, where it was only cleaned for reading.
void writeText(KdbxEntry &stored, const QString &name, const QString &before, const QString &after)
{
    const bool isProtected = stored.secret(name).has_value();
    if (before == after && (isProtected || stored.text(name)))
        return;
    if (isProtected)
        stored.setSecret(name, SecretBytes(storable(after).toUtf8()));
    else
        stored.setText(name, storable(after));
}

QStringList tagsOf(const KdbxEntry &stored)
{
    QStringList tags;
    for (const QString &tag : stored.tags())
        tags.append(ForeignText(tag).text());
    return tags;
}

// For people who read the file with another program.
QString usedCodes(const CodeSet *current)
{
    QStringList used;
    for (qsizetype i = 0; current && i < current->codes.size(); ++i) {
        const LibraryCode &code = current->codes[i];
        if (code.state != CodeState::Used)
            continue;
        const QString number = u"%1"_s.arg(i + 1, 2, 10, QLatin1Char('0'));
        used.append(code.usedOn.isValid()
                        ? u"%1 (%2)"_s.arg(number, code.usedOn.date().toString(Qt::ISODate))
                        : number);
    }
    return used.join(", "_L1);
}

SetDetails detailsOf(const CodeSet &set)
{
    SetDetails details{.set = set};
    details.set.codes.clear();
    for (const LibraryCode &code : set.codes)
        details.codes.append({.checksum = checksumOf(code.value),
                              .state = code.state,
                              .usedOn = code.usedOn,
                              .usedWhere = code.usedWhere});
    return details;
}

void writeCodes(KdbxEntry &stored, const LibraryEntry &entry, bool hadOtp)
{
    // An `otp` that is not a set of this entry stays what it is.
    const bool mayUseOtp = hadOtp || !stored.stringNames().contains(otpName);
    std::map<QString, SecretBytes> wanted;
    for (const CodeSet &set : entry.sets) {
        const bool isCurrent = &set == entry.current();
        if (isCurrent && isSetupKey(set) && mayUseOtp) {
            wanted.emplace(otpName, set.codes.first().value);
            continue;
        }
        for (qsizetype i = 0; i < set.codes.size(); ++i)
            wanted.emplace(codeName({.set = isCurrent ? 0 : set.number,
                                     .code = static_cast<int>(i + 1)},
                                    set.codes.size()),
                           set.codes[i].value);
    }
    for (const QString &name : stored.stringNames()) {
        const bool isOurs = codePlace(name) || (name == otpName && hadOtp);
        if (isOurs && !wanted.contains(name))
            stored.removeString(name);
    }
    for (const auto &[name, value] : wanted) {
        if (stored.secret(name) != value)
            stored.setSecret(name, value);
    }
}

} // namespace

std::optional<LibraryEntry> readEntry(const KdbxEntry &stored)
{
    const auto id = stored.uuid();
    const auto data = stored.customData(dataName);
    const auto [codes, otp] = storedCodes(stored);
    if (!id || (!data && codes.empty() && !isSetupKey(otp)))
        return std::nullopt;

    const EntryDetails details = entryDetailsFromJson(data.value_or(QString()));
    KnownSets sets(details.sets);
    const auto firstVoid = codes.lower_bound({.set = 1, .code = 0});
    for (auto code = firstVoid; code != codes.end(); ++code)
        addCode(sets.voidSet(code->first.set), code->second, code->first.code);
    for (auto code = codes.begin(); code != firstVoid; ++code)
        addCode(sets.current(), code->second, code->first.code);
    if (firstVoid == codes.begin() && isSetupKey(otp))
        addCode(sets.current(), otp, 1);

    return LibraryEntry{.id = *id,
                        .service = details.service,
                        .title = shortText(stored, u"Title"),
                        .account = shortText(stored, u"UserName"),
                        .signInAddress = shortText(stored, u"URL", LongestAddress),
                        .recoveryAddress = details.recoveryAddress,
                        .notes = notesOf(stored),
                        .tags = tagsOf(stored),
                        .serverAccount = details.serverAccount,
                        .created = stored.date(KdbxDate::Created).value_or(QDateTime()),
                        .changed = stored.date(KdbxDate::Modified).value_or(QDateTime()),
                        .sets = sets.sets(),
                        .copies = details.copies,
                        .needs = details.needs,
                        .reminders = details.reminders};
}

void writeEntry(KdbxEntry stored, const LibraryEntry &entry)
{
    const LibraryEntry before = readEntry(stored).value_or(LibraryEntry());
    const CodeSet *set = before.current();
    const bool hadOtp = set && isSetupKey(*set)
        && set->codes.first().value == storedCodes(stored).otp;

    writeText(stored, u"Title"_s, shortText(stored, u"Title"), entry.title);
    writeText(stored, u"UserName"_s, shortText(stored, u"UserName"), entry.account);
    writeText(stored, u"URL"_s, shortText(stored, u"URL", LongestAddress), entry.signInAddress);
    writeText(stored, u"Notes"_s, notesOf(stored), entry.notes);
    if (entry.tags != tagsOf(stored))
        stored.setTags(entry.tags);
    writeCodes(stored, entry, hadOtp);
    if (const QString used = usedCodes(entry.current()); used.isEmpty())
        stored.removeString(usedName);
    else
        stored.setText(usedName, used);

    EntryDetails details = entryDetailsFromJson(stored.customData(dataName).value_or(QString()));
    details.service = entry.service;
    details.recoveryAddress = entry.recoveryAddress;
    details.serverAccount = entry.serverAccount;
    details.sets.clear();
    for (const CodeSet &one : entry.sets)
        details.sets.append(detailsOf(one));
    details.copies = entry.copies;
    details.needs = entry.needs;
    details.reminders = entry.reminders;
    stored.setCustomData(dataName, storable(entryDetailsToJson(details)));

    if (entry.created.isValid())
        stored.setDate(KdbxDate::Created, entry.created);
    stored.setDate(KdbxDate::Modified, entry.changed);
}

void addEntry(KdbxGroup group, const LibraryEntry &entry, const QDateTime &now)
{
    KdbxEntry added = group.addEntry(now);
    added.element().setChildText(u"UUID"_s, kdbxText(entry.id));
    writeEntry(added, entry);
}

bool holdsOnlyCodes(const KdbxEntry &stored)
{
    static const QStringList known{u"Title"_s, u"UserName"_s, u"URL"_s,
                                   u"Notes"_s, otpName,       usedName};
    const auto strings = stored.strings();
    return stored.attachments().isEmpty()
        && std::ranges::all_of(strings, [](const KdbxString &string) {
               return known.contains(string.name) || codePlace(string.name)
                   || string.octets().isEmpty();
           });
}

void removeCodes(KdbxEntry stored)
{
    const auto names = stored.stringNames();
    for (const QString &name : names) {
        if (codePlace(name) || name == otpName || name == usedName)
            stored.removeString(name);
    }
    stored.removeCustomData(dataName);
}

} // namespace Sparekey
