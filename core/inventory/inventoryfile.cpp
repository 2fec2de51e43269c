// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inventory/inventoryfile.h"

#include "core/files/secretfile.h"
#include "core/webauthn/authenticatordata.h"
#include "core/webauthn/base64url.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <limits>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey {

namespace {

using State = KeyRegistration::State;

constexpr int fileVersion = 1;
// More than any other process of ours holds the file for.
constexpr auto lockPatience = 5s;

QString stateName(State state)
{
    switch (state) {
    case State::Registered: return u"registered"_s;
    case State::RemovedAtServer: return u"removed-at-server"_s;
    case State::GoneFromKey: return u"gone-from-key"_s;
    }
    Q_UNREACHABLE();
}

QString timeText(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODate);
}

// Reads the parts of an object, and remembers whether one was not as it was written.
class Reader
{
public:
    explicit Reader(QJsonObject object)
        : m_object(std::move(object))
    {
    }

    [[nodiscard]] bool isGood() const { return m_good; }

    QString text(QLatin1StringView name)
    {
        const QJsonValue value = m_object.value(name);
        m_good = m_good && value.isString();
        return value.toString();
    }

    // One that the others cannot do without.
    QString identifier(QLatin1StringView name)
    {
        QString value = text(name);
        m_good = m_good && !value.isEmpty() && value.size() <= Inventory::LongestIdentifier;
        return value;
    }

    QDateTime time(QLatin1StringView name)
    {
        const auto value = QDateTime::fromString(text(name), Qt::ISODate);
        m_good = m_good && value.isValid();
        return value;
    }

    qint64 number(QLatin1StringView name)
    {
        const QJsonValue value = m_object.value(name);
        constexpr auto none = std::numeric_limits<qint64>::min();
        const qint64 number = value.toInteger(none);
        m_good = m_good && number != none;
        return number;
    }

    QByteArray credentialId(QLatin1StringView name)
    {
        const auto value = fromBase64Url(text(name));
        m_good = m_good && value && value->size() <= Inventory::LongestCredentialId;
        return value.value_or(QByteArray());
    }

    // Nothing where there is none.
    std::optional<CredentialPublicKey> publicKey(QLatin1StringView name)
    {
        if (!m_object.contains(name))
            return {};
        Reader reader(m_object.value(name).toObject());
        const qint64 algorithm = reader.number("algorithm"_L1);
        const auto bytes = fromBase64Url(reader.text("bytes"_L1));
        constexpr qint64 least = std::numeric_limits<int>::min();
        const bool fits = algorithm >= least && algorithm < 0;
        CredentialPublicKey key{.algorithm = fits ? static_cast<int>(algorithm) : 0,
                                .bytes = bytes.value_or(QByteArray())};
        m_good = m_good && reader.isGood() && key.isWellFormed();
        return key;
    }

    QByteArray aaguid(QLatin1StringView name)
    {
        const QString letters = text(name);
        const QByteArray value = QByteArray::fromHex(letters.toLatin1());
        m_good = m_good
            && (letters.isEmpty()
                || (value.size() == AuthenticatorData::AaguidSize
                    && QLatin1StringView(value.toHex()) == letters));
        return value;
    }

    State state(QLatin1StringView name)
    {
        const QString value = text(name);
        for (const State state : {State::Registered, State::RemovedAtServer, State::GoneFromKey}) {
            if (value == stateName(state))
                return state;
        }
        m_good = false;
        return State::Registered;
    }

    QJsonArray array(QLatin1StringView name)
    {
        const QJsonValue value = m_object.value(name);
        m_good = m_good && value.isArray();
        return value.toArray();
    }

private:
    QJsonObject m_object;
    bool m_good = true;
};

std::optional<KeyRegistration> registrationFrom(const QJsonValue &value)
{
    Reader reader(value.toObject());
    KeyRegistration registration{.accountKey = reader.identifier("account"_L1),
                                 .server = reader.text("server"_L1),
                                 .rpId = reader.identifier("rpId"_L1),
                                 .credentialId = reader.credentialId("credential"_L1),
                                 .publicKey = reader.publicKey("publicKey"_L1),
                                 .number = reader.number("number"_L1),
                                 .name = reader.text("name"_L1),
                                 .added = reader.time("added"_L1),
                                 .state = reader.state("state"_L1)};
    return reader.isGood() ? std::optional(registration) : std::nullopt;
}

std::optional<KnownCredential> markFrom(const QJsonValue &value)
{
    Reader reader(value.toObject());
    KnownCredential mark{.rpId = reader.identifier("rpId"_L1),
                         .id = reader.credentialId("credential"_L1),
                         .publicKey = reader.publicKey("publicKey"_L1)};
    return reader.isGood() ? std::optional(mark) : std::nullopt;
}

// What can be read of it; `whole` is taken back if that is not all.
std::optional<InventoryKey> keyFrom(const QJsonValue &value, bool &whole)
{
    Reader reader(value.toObject());
    InventoryKey key{.id = reader.identifier("id"_L1),
                     .name = reader.text("name"_L1),
                     .place = reader.text("place"_L1),
                     .product = reader.text("product"_L1),
                     .aaguid = reader.aaguid("aaguid"_L1),
                     .added = reader.time("added"_L1),
                     .registrations = {},
                     .marks = {}};
    const QJsonArray registrations = reader.array("registrations"_L1);
    const QJsonArray marks = reader.array("marks"_L1);
    whole = whole && reader.isGood();
    if (!reader.isGood())
        return {};
    for (const QJsonValue &each : registrations) {
        if (const auto registration = registrationFrom(each))
            key.registrations.append(*registration);
        else
            whole = false;
    }
    for (const QJsonValue &each : marks) {
        if (const auto mark = markFrom(each))
            key.marks.append(*mark);
        else
            whole = false;
    }
    return key;
}

std::optional<AccountSight> sightFrom(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    Reader reader(object);
    AccountSight sight;
    if (object.contains("methods"_L1)) {
        sight.methodsSeen = reader.time("methodsSeen"_L1);
        sight.methods.emplace();
        const QJsonArray methods = reader.array("methods"_L1);
        for (const QJsonValue &each : methods) {
            const auto type = providerType(each.toInteger(-1));
            if (!type)
                return {};
            sight.methods->append(*type);
        }
    }
    if (object.contains("passkeys"_L1)) {
        sight.passkeys.emplace();
        const QJsonArray passkeys = reader.array("passkeys"_L1);
        for (const QJsonValue &each : passkeys) {
            Reader passkey(each.toObject());
            const qint64 number = passkey.number("number"_L1);
            sight.passkeys->insert(number, passkey.text("name"_L1));
            if (!passkey.isGood())
                return {};
        }
    }
    return reader.isGood() ? std::optional(sight) : std::nullopt;
}

void insertPublicKey(QJsonObject &object, const std::optional<CredentialPublicKey> &key)
{
    if (key) {
        object.insert("publicKey"_L1,
                      QJsonObject{{"algorithm"_L1, key->algorithm},
                                  {"bytes"_L1, toBase64Url(key->bytes)}});
    }
}

QJsonObject keyJson(const InventoryKey &key)
{
    QJsonArray registrations;
    for (const KeyRegistration &each : key.registrations) {
        QJsonObject registration{{"account"_L1, each.accountKey},
                                 {"server"_L1, each.server},
                                 {"rpId"_L1, each.rpId},
                                 {"credential"_L1, toBase64Url(each.credentialId)},
                                 {"number"_L1, each.number},
                                 {"name"_L1, each.name},
                                 {"added"_L1, timeText(each.added)},
                                 {"state"_L1, stateName(each.state)}};
        insertPublicKey(registration, each.publicKey);
        registrations.append(registration);
    }
    QJsonArray marks;
    for (const KnownCredential &each : key.marks) {
        QJsonObject mark{{"rpId"_L1, each.rpId}, {"credential"_L1, toBase64Url(each.id)}};
        insertPublicKey(mark, each.publicKey);
        marks.append(mark);
    }
    return {{"id"_L1, key.id},
            {"name"_L1, key.name},
            {"place"_L1, key.place},
            {"product"_L1, key.product},
            {"aaguid"_L1, QString::fromLatin1(key.aaguid.toHex())},
            {"added"_L1, timeText(key.added)},
            {"registrations"_L1, registrations},
            {"marks"_L1, marks}};
}

QJsonObject sightJson(const AccountSight &sight)
{
    QJsonObject object;
    if (sight.methods) {
        QJsonArray methods;
        for (const ProviderType type : *sight.methods)
            methods.append(static_cast<int>(type));
        object.insert("methods"_L1, methods);
        object.insert("methodsSeen"_L1, timeText(sight.methodsSeen));
    }
    if (sight.passkeys) {
        QJsonArray passkeys;
        for (auto each = sight.passkeys->cbegin(); each != sight.passkeys->cend(); ++each)
            passkeys.append(QJsonObject{{"number"_L1, each.key()}, {"name"_L1, each.value()}});
        object.insert("passkeys"_L1, passkeys);
    }
    return object;
}

Failure notReadable(const QString &path, int error)
{
    return fail(Error{.kind = ErrorKind::FileNotReadable,
                      .subject = path,
                      .detail = QString::fromLocal8Bit(std::strerror(error))});
}

// Empty if there is no file. Nothing that is no plain file is waited for.
Result<QByteArray> bytesOf(const QString &path)
{
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT)
        return QByteArray();
    if (fd < 0)
        return notReadable(path, errno);
    QFile file;
    struct stat status;
    const bool plain = ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
    if (!file.open(fd, QIODevice::ReadOnly, QFile::AutoCloseHandle)) {
        ::close(fd);
        return notReadable(path, EIO);
    }
    if (!plain)
        return notReadable(path, EISDIR);
    if (status.st_size > largestInventory)
        return notReadable(path, EFBIG);
    QByteArray bytes = file.read(largestInventory);
    if (file.error() != QFile::NoError)
        return notReadable(path, EIO);
    return bytes;
}

// @return its new path
Result<QString> putAside(const QString &path)
{
    constexpr int mostTries = 100;
    for (int i = 1; i <= mostTries; ++i) {
        const QString aside = i == 1 ? path + ".damaged"_L1 : u"%1.damaged-%2"_s.arg(path).arg(i);
        // Never over an older one.
        if (!QFileInfo::exists(aside) && QFile::rename(path, aside))
            return aside;
    }
    return fail(Error{.kind = ErrorKind::FileNotWritable, .subject = path});
}

Result<void> write(const QString &path, const Inventory &inventory)
{
    const QByteArray json = inventoryToJson(inventory);
    if (json.size() > largestInventory)
        return fail(Error{.kind = ErrorKind::InventoryFull, .subject = path});
    return writeSecretFile(path, json, ExistingFile::Replace);
}

// Only one process at a time; the lock of one that has ended counts for nothing.
Result<InventoryReading> readLocked(const QString &path)
{
    const auto bytes = bytesOf(path);
    if (!bytes)
        return fail(bytes.error());
    InventoryReading reading;
    if (bytes->isEmpty() && !QFileInfo::exists(path))
        return reading;
    const auto content = inventoryFromJson(*bytes);
    if (!content && content.error().kind != ErrorKind::FileDamaged) {
        Error error = content.error();
        error.subject = path;
        return fail(error);
    }
    if (content)
        reading.inventory = content->inventory;
    if (content && !content->damaged)
        return reading;
    const auto aside = putAside(path);
    if (!aside)
        return fail(aside.error());
    reading.keptAside = *aside;
    if (content) {
        if (const auto written = write(path, reading.inventory); !written)
            return fail(written.error());
    }
    return reading;
}

Result<InventoryReading> underLock(const QString &path,
                                   const std::function<Result<InventoryReading>()> &act)
{
    QLockFile lock(path + ".lock"_L1);
    if (!lock.tryLock(std::chrono::milliseconds(lockPatience).count())) {
        return fail(Error{.kind = ErrorKind::FileNotWritable,
                          .subject = path,
                          .detail = u"lock: %1"_s.arg(static_cast<int>(lock.error()))});
    }
    return act();
}

} // namespace

Result<InventoryContent> inventoryFromJson(const QByteArray &json)
{
    const QJsonObject root = QJsonDocument::fromJson(json).object();
    const qint64 version = root.value("version"_L1).toInteger(0);
    if (version > fileVersion)
        return fail(ErrorKind::FileFromNewerVersion);
    if (version != fileVersion || !root.value("keys"_L1).isArray())
        return fail(ErrorKind::FileDamaged);
    InventoryContent content;
    bool whole = root.value("accounts"_L1).isObject();
    const QJsonArray keys = root.value("keys"_L1).toArray();
    for (const QJsonValue &each : keys) {
        const auto key = keyFrom(each, whole);
        if (key && !content.inventory.key(key->id))
            content.inventory.append(*key);
        else
            whole = false;
    }
    const QJsonObject accounts = root.value("accounts"_L1).toObject();
    for (auto each = accounts.begin(); each != accounts.end(); ++each) {
        if (const auto sight = sightFrom(each.value()))
            content.inventory.setSight(each.key(), *sight);
        else
            whole = false;
    }
    content.damaged = !whole;
    return content;
}

QByteArray inventoryToJson(const Inventory &inventory)
{
    QJsonArray keys;
    for (const InventoryKey &key : inventory.keys())
        keys.append(keyJson(key));
    QJsonObject accounts;
    const auto &sights = inventory.accounts();
    for (auto each = sights.cbegin(); each != sights.cend(); ++each)
        accounts.insert(each.key(), sightJson(each.value()));
    const QJsonObject root{{"version"_L1, fileVersion},
                           {"keys"_L1, keys},
                           {"accounts"_L1, accounts}};
    return QJsonDocument(root).toJson(QJsonDocument::Indented);
}

Result<InventoryReading> readInventory(const QString &path)
{
    const auto bytes = bytesOf(path);
    if (!bytes)
        return fail(bytes.error());
    // A look alone makes no folder and no lock.
    if (bytes->isEmpty() && !QFileInfo::exists(path))
        return InventoryReading();
    const auto content = inventoryFromJson(*bytes);
    if (content && !content->damaged)
        return InventoryReading{.inventory = content->inventory, .keptAside = {}};
    return underLock(path, [&path] { return readLocked(path); });
}

Result<InventoryReading> changeInventory(const QString &path,
                                         const std::function<void(Inventory &)> &change)
{
    // What concerns no key makes no file, no folder and no lock.
    if (!QFileInfo::exists(path)) {
        Inventory inventory;
        change(inventory);
        if (inventory == Inventory())
            return InventoryReading();
    }
    const QString folder = QFileInfo(path).absolutePath();
    if (!QDir().mkpath(folder))
        return fail(Error{.kind = ErrorKind::FileNotWritable, .subject = path});
    return underLock(path, [&]() -> Result<InventoryReading> {
        auto reading = readLocked(path);
        if (!reading)
            return reading;
        const Inventory before = reading->inventory;
        change(reading->inventory);
        if (reading->inventory == before)
            return reading;
        if (const auto written = write(path, reading->inventory); !written)
            return fail(written.error());
        return reading;
    });
}

} // namespace Sparekey
