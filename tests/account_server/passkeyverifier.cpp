// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/passkeyverifier.h"

#include <QCborMap>
#include <QCborValue>
#include <QCryptographicHash>
#include <QJsonDocument>

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>
#include <memory>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

struct Free
{
    void operator()(fido_cred_t *credential) const { fido_cred_free(&credential); }
    void operator()(fido_assert_t *assertion) const { fido_assert_free(&assertion); }
    void operator()(es256_pk_t *key) const { es256_pk_free(&key); }
    void operator()(eddsa_pk_t *key) const { eddsa_pk_free(&key); }
};

const unsigned char *in(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

std::size_t sizeOf(const QByteArray &bytes)
{
    return static_cast<std::size_t>(bytes.size());
}

QByteArray copyOf(const unsigned char *bytes, std::size_t size)
{
    return bytes == nullptr
        ? QByteArray()
        : QByteArray(reinterpret_cast<const char *>(bytes), static_cast<qsizetype>(size));
}

/// The value of the first member in @p names that exists; the names have the servers' spelling.
QJsonValue member(const QJsonObject &object, const QStringList &names, bool exactly)
{
    for (const QString &name : names) {
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (it.key().compare(name, exactly ? Qt::CaseSensitive : Qt::CaseInsensitive) == 0)
                return it.value();
        }
    }
    return QJsonValue::Undefined;
}

QByteArray bytesIn(const QJsonObject &object, const QStringList &names, bool exactly)
{
    const QByteArray text = member(object, names, exactly).toString().toLatin1();
    const auto decoded = QByteArray::fromBase64Encoding(
        text, QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? *decoded : QByteArray();
}

std::optional<QString> problemOfClientData(const QByteArray &clientData, const QString &type,
                                           const PasskeyRules &rules)
{
    const QJsonObject data = QJsonDocument::fromJson(clientData).object();
    if (data.value("type"_L1).toString() != type)
        return u"The client data is of another type"_s;
    if (rules.challenge.isEmpty()
        || QByteArray::fromBase64(data.value("challenge"_L1).toString().toLatin1(),
                                  QByteArray::Base64UrlEncoding)
            != rules.challenge)
        return u"The challenges do not match"_s;
    if (!rules.origins.contains(data.value("origin"_L1).toString(), Qt::CaseInsensitive))
        return u"The origin is not accepted"_s;
    if (data.value("crossOrigin"_L1).toBool())
        return u"The client data comes from another origin"_s;
    return {};
}

std::optional<QString> problemOfStatement(fido_cred_t *credential, const QString &format,
                                          const QCborMap &statement)
{
    if (format == "none"_L1) {
        if (!statement.isEmpty())
            return u"The attestation should be empty"_s;
        return {};
    }
    // Only one of the two kinds of packed attestation has a certificate; the other is self-signed.
    const QByteArray encoded = statement.toCborValue().toCbor();
    if (fido_cred_set_attstmt(credential, in(encoded), sizeOf(encoded)) != FIDO_OK)
        return u"The attestation cannot be read"_s;
    const int result = fido_cred_x5c_ptr(credential) != nullptr ? fido_cred_verify(credential)
                                                                : fido_cred_verify_self(credential);
    if (result != FIDO_OK)
        return u"The attestation does not verify"_s;
    return {};
}

} // namespace

QString base64UrlText(const QByteArray &bytes)
{
    return QString::fromLatin1(
        bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

QByteArray credentialIdIn(const QJsonObject &token)
{
    return bytesIn(token, {u"id"_s}, true);
}

std::optional<QString> problemOfRegistration(const QJsonObject &response, const PasskeyRules &rules,
                                             PasskeyCredential &credential)
{
    const bool exactly = rules.wantsExactNames;
    const QJsonObject inner = member(response, {u"response"_s}, exactly).toObject();
    const QByteArray clientData = bytesIn(inner, {u"clientDataJson"_s, u"clientDataJSON"_s},
                                          exactly);
    const QByteArray object = bytesIn(inner, {u"AttestationObject"_s, u"attestationObject"_s},
                                      exactly);
    if (member(response, {u"type"_s}, exactly).toString() != "public-key"_L1)
        return u"This is no public key"_s;
    if (const auto problem = problemOfClientData(clientData, u"webauthn.create"_s, rules))
        return problem;

    QCborParserError error;
    const QCborMap attestation = QCborValue::fromCbor(object, &error).toMap();
    if (error.error != QCborError::NoError || error.offset != object.size())
        return u"The attestation object is no CBOR"_s;
    const QString format = attestation.value(u"fmt"_s).toString();
    const QByteArray authData = attestation.value(u"authData"_s).toByteArray();
    if (attestation.size() != 3 || authData.isEmpty() || !attestation.value(u"attStmt"_s).isMap())
        return u"The attestation object is incomplete"_s;

    // libfido2 needs the algorithm before it parses the key.
    std::unique_ptr<fido_cred_t, Free> cred;
    for (const int algorithm : rules.algorithms) {
        cred.reset(fido_cred_new());
        if (fido_cred_set_type(cred.get(), algorithm) == FIDO_OK
            && fido_cred_set_authdata_raw(cred.get(), in(authData), sizeOf(authData)) == FIDO_OK)
            break;
        cred.reset();
    }
    if (!cred)
        return u"The authenticator data cannot be read, or the algorithm was not offered"_s;
    fido_cred_set_clientdata(cred.get(), in(clientData), sizeOf(clientData));
    fido_cred_set_rp(cred.get(), qUtf8Printable(rules.rpId), nullptr);
    if (format != "none"_L1 && fido_cred_set_fmt(cred.get(), qUtf8Printable(format)) != FIDO_OK)
        return u"The attestation is of an unknown format"_s;

    constexpr int UserPresent = 0x01;
    if ((fido_cred_flags(cred.get()) & UserPresent) == 0)
        return u"Nobody touched the key"_s;
    const QByteArray expectedHash = QCryptographicHash::hash(rules.rpId.toUtf8(),
                                                             QCryptographicHash::Sha256);
    if (authData.left(expectedHash.size()) != expectedHash)
        return u"The key was made for another site"_s;
    if (const auto problem = problemOfStatement(cred.get(), format,
                                                attestation.value(u"attStmt"_s).toMap()))
        return problem;

    credential.id = copyOf(fido_cred_id_ptr(cred.get()), fido_cred_id_len(cred.get()));
    if (credential.id != credentialIdIn(response)
        || credential.id != bytesIn(response, {u"rawId"_s}, exactly))
        return u"The ids do not match"_s;
    credential.algorithm = fido_cred_type(cred.get());
    credential.publicKey = copyOf(fido_cred_pubkey_ptr(cred.get()),
                                  fido_cred_pubkey_len(cred.get()));
    credential.counter = fido_cred_sigcount(cred.get());
    return {};
}

std::optional<QString> problemOfAssertion(const QJsonObject &token, const PasskeyRules &rules,
                                          PasskeyCredential &credential)
{
    const bool exactly = rules.wantsExactNames;
    const QJsonObject inner = member(token, {u"response"_s}, exactly).toObject();
    const QByteArray clientData = bytesIn(inner, {u"clientDataJson"_s, u"clientDataJSON"_s},
                                          exactly);
    const QByteArray authData = bytesIn(inner, {u"authenticatorData"_s}, exactly);
    const QByteArray signature = bytesIn(inner, {u"signature"_s}, exactly);
    const QJsonValue extensions = member(token, {u"extensions"_s}, exactly);
    if (member(token, {u"type"_s}, exactly).toString() != "public-key"_L1)
        return u"This is no public key"_s;
    if (!extensions.isObject())
        return u"The extensions are missing"_s;
    if (credentialIdIn(token) != credential.id
        || bytesIn(token, {u"rawId"_s}, exactly) != credential.id)
        return u"The ids do not match"_s;
    if (const auto problem = problemOfClientData(clientData, u"webauthn.get"_s, rules))
        return problem;

    const bool byAppId = extensions.toObject().value("appid"_L1).toBool() && !rules.appId.isEmpty();
    const std::unique_ptr<fido_assert_t, Free> assertion(fido_assert_new());
    fido_assert_t *it = assertion.get();
    fido_assert_set_clientdata(it, in(clientData), sizeOf(clientData));
    fido_assert_set_rp(it, qUtf8Printable(byAppId ? rules.appId : rules.rpId));
    fido_assert_set_up(it, FIDO_OPT_TRUE);
    fido_assert_set_count(it, 1);
    if (fido_assert_set_authdata_raw(it, 0, in(authData), sizeOf(authData)) != FIDO_OK
        || fido_assert_set_sig(it, 0, in(signature), sizeOf(signature)) != FIDO_OK)
        return u"The assertion cannot be read"_s;

    int result = FIDO_ERR_INVALID_ARGUMENT;
    if (credential.algorithm == COSE_ES256) {
        const std::unique_ptr<es256_pk_t, Free> key(es256_pk_new());
        if (es256_pk_from_ptr(key.get(), in(credential.publicKey), sizeOf(credential.publicKey))
            == FIDO_OK)
            result = fido_assert_verify(it, 0, COSE_ES256, key.get());
    } else if (credential.algorithm == COSE_EDDSA) {
        const std::unique_ptr<eddsa_pk_t, Free> key(eddsa_pk_new());
        if (eddsa_pk_from_ptr(key.get(), in(credential.publicKey), sizeOf(credential.publicKey))
            == FIDO_OK)
            result = fido_assert_verify(it, 0, COSE_EDDSA, key.get());
    }
    if (result != FIDO_OK)
        return u"The signature does not verify"_s;
    const quint32 counter = fido_assert_sigcount(it, 0);
    if ((counter != 0 || credential.counter != 0) && counter <= credential.counter)
        return u"The counter did not grow: this may be a copy of the key"_s;
    credential.counter = counter;
    return {};
}

} // namespace Sparekey
