// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inventory/inventoryfile.h"

#include "core/webauthn/authenticatordata.h"
#include "core/webauthn/base64url.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <limits>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

using State = KeyRegistration::State;

constexpr int fileVersion = 1;

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

// Reads the members of an object, and remembers whether one was missing or not valid.
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

    // A text that must not be empty or too long.
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

    // Nothing if there is no such member.
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

std::optional<PendingRegistration> pendingFrom(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    const auto registration = registrationFrom(object.value("registration"_L1));
    Reader reader(object);
    PendingRegistration pending{.registration = registration.value_or(KeyRegistration()),
                                .seen = {.product = reader.text("product"_L1),
                                         .aaguid = reader.aaguid("aaguid"_L1),
                                         .held = {}},
                                .newId = reader.identifier("newId"_L1)};
    const QJsonArray held = reader.array("held"_L1);
    for (const QJsonValue &each : held) {
        const auto id = fromBase64Url(each.toString());
        if (!id || id->size() > Inventory::LongestCredentialId)
            return {};
        pending.seen.held.append(*id);
    }
    return registration && reader.isGood() ? std::optional(pending) : std::nullopt;
}

std::optional<KnownCredential> recognitionCredentialFrom(const QJsonValue &value)
{
    Reader reader(value.toObject());
    KnownCredential recognitionCredential{.rpId = reader.identifier("rpId"_L1),
                                          .id = reader.credentialId("credential"_L1),
                                          .publicKey = reader.publicKey("publicKey"_L1)};
    return reader.isGood() ? std::optional(recognitionCredential) : std::nullopt;
}

// Reads as much as it can; sets `whole` to false if that is not all.
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
                     .recognitionCredentials = {}};
    const QJsonArray registrations = reader.array("registrations"_L1);
    const QJsonArray recognitionCredentials = reader.array("marks"_L1);
    whole = whole && reader.isGood();
    if (!reader.isGood())
        return {};
    for (const QJsonValue &each : registrations) {
        if (const auto registration = registrationFrom(each))
            key.registrations.append(*registration);
        else
            whole = false;
    }
    for (const QJsonValue &each : recognitionCredentials) {
        if (const auto recognitionCredential = recognitionCredentialFrom(each))
            key.recognitionCredentials.append(*recognitionCredential);
        else
            whole = false;
    }
    return key;
}

std::optional<AccountSnapshot> snapshotFrom(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    Reader reader(object);
    AccountSnapshot snapshot;
    if (object.contains("methods"_L1)) {
        snapshot.methodsSeen = reader.time("methodsSeen"_L1);
        snapshot.methods.emplace();
        const QJsonArray methods = reader.array("methods"_L1);
        for (const QJsonValue &each : methods) {
            const auto type = providerType(each.toInteger(-1));
            if (!type)
                return {};
            snapshot.methods->append(*type);
        }
    }
    if (object.contains("passkeys"_L1)) {
        snapshot.passkeys.emplace();
        const QJsonArray passkeys = reader.array("passkeys"_L1);
        for (const QJsonValue &each : passkeys) {
            Reader passkey(each.toObject());
            const qint64 number = passkey.number("number"_L1);
            snapshot.passkeys->insert(number, passkey.text("name"_L1));
            if (!passkey.isGood())
                return {};
        }
    }
    return reader.isGood() ? std::optional(snapshot) : std::nullopt;
}

void insertPublicKey(QJsonObject &object, const std::optional<CredentialPublicKey> &key)
{
    if (key) {
        object.insert("publicKey"_L1,
                      QJsonObject{{"algorithm"_L1, key->algorithm},
                                  {"bytes"_L1, toBase64Url(key->bytes)}});
    }
}

QJsonObject registrationJson(const KeyRegistration &registration)
{
    QJsonObject object{{"account"_L1, registration.accountKey},
                       {"server"_L1, registration.server},
                       {"rpId"_L1, registration.rpId},
                       {"credential"_L1, toBase64Url(registration.credentialId)},
                       {"number"_L1, registration.number},
                       {"name"_L1, registration.name},
                       {"added"_L1, timeText(registration.added)},
                       {"state"_L1, stateName(registration.state)}};
    insertPublicKey(object, registration.publicKey);
    return object;
}

QJsonObject pendingJson(const PendingRegistration &pending)
{
    QJsonArray held;
    for (const QByteArray &id : pending.seen.held)
        held.append(toBase64Url(id));
    return {{"registration"_L1, registrationJson(pending.registration)},
            {"product"_L1, pending.seen.product},
            {"aaguid"_L1, QString::fromLatin1(pending.seen.aaguid.toHex())},
            {"held"_L1, held},
            {"newId"_L1, pending.newId}};
}

QJsonObject keyJson(const InventoryKey &key)
{
    QJsonArray registrations;
    for (const KeyRegistration &each : key.registrations)
        registrations.append(registrationJson(each));
    QJsonArray recognitionCredentials;
    for (const KnownCredential &each : key.recognitionCredentials) {
        QJsonObject recognitionCredential{{"rpId"_L1, each.rpId},
                                          {"credential"_L1, toBase64Url(each.id)}};
        insertPublicKey(recognitionCredential, each.publicKey);
        recognitionCredentials.append(recognitionCredential);
    }
    return {{"id"_L1, key.id},
            {"name"_L1, key.name},
            {"place"_L1, key.place},
            {"product"_L1, key.product},
            {"aaguid"_L1, QString::fromLatin1(key.aaguid.toHex())},
            {"added"_L1, timeText(key.added)},
            {"registrations"_L1, registrations},
            {"marks"_L1, recognitionCredentials}};
}

QJsonObject snapshotJson(const AccountSnapshot &snapshot)
{
    QJsonObject object;
    if (snapshot.methods) {
        QJsonArray methods;
        for (const ProviderType type : *snapshot.methods)
            methods.append(static_cast<int>(type));
        object.insert("methods"_L1, methods);
        object.insert("methodsSeen"_L1, timeText(snapshot.methodsSeen));
    }
    if (snapshot.passkeys) {
        QJsonArray passkeys;
        for (auto each = snapshot.passkeys->cbegin(); each != snapshot.passkeys->cend(); ++each)
            passkeys.append(QJsonObject{{"number"_L1, each.key()}, {"name"_L1, each.value()}});
        object.insert("passkeys"_L1, passkeys);
    }
    return object;
}

} // namespace

Result<DataFile<Inventory>::Content> inventoryFromJson(const QByteArray &json)
{
    const QJsonObject root = QJsonDocument::fromJson(json).object();
    const qint64 version = root.value("version"_L1).toInteger(0);
    if (version > fileVersion)
        return fail(ErrorKind::FileFromNewerVersion);
    if (version != fileVersion || !root.value("keys"_L1).isArray())
        return fail(ErrorKind::FileDamaged);
    DataFile<Inventory>::Content content;
    bool whole = root.value("accounts"_L1).isObject();
    const QJsonArray keys = root.value("keys"_L1).toArray();
    for (const QJsonValue &each : keys) {
        const auto key = keyFrom(each, whole);
        if (key && !content.value.key(key->id))
            content.value.append(*key);
        else
            whole = false;
    }
    const QJsonObject accounts = root.value("accounts"_L1).toObject();
    for (auto each = accounts.begin(); each != accounts.end(); ++each) {
        if (const auto snapshot = snapshotFrom(each.value()))
            content.value.setSnapshot(each.key(), *snapshot);
        else
            whole = false;
    }
    const QJsonArray pending = root.value("pending"_L1).toArray();
    for (const QJsonValue &each : pending) {
        if (const auto registration = pendingFrom(each))
            content.value.appendPending(*registration);
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
    const auto &snapshots = inventory.accounts();
    for (auto each = snapshots.cbegin(); each != snapshots.cend(); ++each)
        accounts.insert(each.key(), snapshotJson(each.value()));
    QJsonObject root{{"version"_L1, fileVersion}, {"keys"_L1, keys}, {"accounts"_L1, accounts}};
    QJsonArray pending;
    for (const PendingRegistration &each : inventory.pending())
        pending.append(pendingJson(each));
    if (!pending.isEmpty())
        root.insert("pending"_L1, pending);
    return QJsonDocument(root).toJson(QJsonDocument::Indented);
}

DataFile<Inventory> inventoryFile(const QString &path)
{
    return {path,
            {.read = inventoryFromJson,
             .write = inventoryToJson,
             .largest = largestInventory,
             .tooLarge = ErrorKind::InventoryFull}};
}

} // namespace Sparekey
