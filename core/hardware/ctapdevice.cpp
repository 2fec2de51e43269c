// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/ctapdevice.h"

#include "core/crypto/randomoctets.h"
#include "core/hardware/ctapcard.h"
#include "core/hardware/fido2library.h"
#include "core/hardware/keyerror.h"
#include "core/hardware/keytext.h"

#include <QFile>
#include <QMap>
#include <QThread>

#include <algorithm>
#include <condition_variable>
#include <fido/param.h>
#include <span>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// A key that knows only U2F cannot be told to stop, so it is asked again and again this long.
constexpr milliseconds u2fSlice(1000);
// After a time-out a key may still be at work on the old request.
constexpr milliseconds settle(150);
// No message to stop is sent this long after a call began, while its request may be under way.
constexpr milliseconds requestTime(100);
constexpr milliseconds touchPoll(50);
// libfido2 counts down in whole milliseconds.
constexpr milliseconds timeoutPrecision(20);
constexpr qsizetype longestPin = 63;

template<class T, void (*Free)(T **)>
struct FreeByAddress
{
    void operator()(T *pointer) const { Free(&pointer); }
};

void freeInfo(fido_cbor_info_t **info)
{
    fido_cbor_info_free(info);
}
void freeCredential(fido_cred_t **credential)
{
    fido_cred_free(credential);
}
void freeAssertion(fido_assert_t **assertion)
{
    fido_assert_free(assertion);
}
void freeMetadata(fido_credman_metadata_t **metadata)
{
    fido_credman_metadata_free(metadata);
}
void freeRelyingParties(fido_credman_rp_t **parties)
{
    fido_credman_rp_free(parties);
}
void freeKept(fido_credman_rk_t **kept)
{
    fido_credman_rk_free(kept);
}
void freeEs256(es256_pk_t **key)
{
    es256_pk_free(key);
}
void freeEs384(es384_pk_t **key)
{
    es384_pk_free(key);
}
void freeEdDsa(eddsa_pk_t **key)
{
    eddsa_pk_free(key);
}
void freeRs256(rs256_pk_t **key)
{
    rs256_pk_free(key);
}

using CborInfo = std::unique_ptr<fido_cbor_info_t, FreeByAddress<fido_cbor_info_t, freeInfo>>;
using Credential = std::unique_ptr<fido_cred_t, FreeByAddress<fido_cred_t, freeCredential>>;
using Assertion = std::unique_ptr<fido_assert_t, FreeByAddress<fido_assert_t, freeAssertion>>;
using Metadata =
    std::unique_ptr<fido_credman_metadata_t, FreeByAddress<fido_credman_metadata_t, freeMetadata>>;
using RelyingParties =
    std::unique_ptr<fido_credman_rp_t, FreeByAddress<fido_credman_rp_t, freeRelyingParties>>;
using Kept = std::unique_ptr<fido_credman_rk_t, FreeByAddress<fido_credman_rk_t, freeKept>>;
using Es256Key = std::unique_ptr<es256_pk_t, FreeByAddress<es256_pk_t, freeEs256>>;
using Es384Key = std::unique_ptr<es384_pk_t, FreeByAddress<es384_pk_t, freeEs384>>;
using EdDsaKey = std::unique_ptr<eddsa_pk_t, FreeByAddress<eddsa_pk_t, freeEdDsa>>;
using Rs256Key = std::unique_ptr<rs256_pk_t, FreeByAddress<rs256_pk_t, freeRs256>>;

// libfido2 gives nothing but the path to the function that opens, and only on this thread.
thread_local void *openingHandle = nullptr;

void *openHandle(const char *)
{
    return openingHandle;
}

void closeHandle(void *) {}

QByteArray bytes(const unsigned char *data, std::size_t size)
{
    return data ? QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size))
                : QByteArray();
}

const unsigned char *data(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

std::size_t size(const QByteArray &bytes)
{
    return static_cast<std::size_t>(bytes.size());
}

// libfido2 wants null where there is no PIN.
const char *pinPointer(const SecureBuffer &forKey)
{
    return forKey.size() > 1 ? reinterpret_cast<const char *>(forKey.data()) : nullptr;
}

// The content of a CBOR byte string (RFC 8949, 3.1): libfido2 1.12 gives authenticator data of an
// assertion in no other form.
QByteArray contentOfCborString(const QByteArray &cbor)
{
    if (cbor.isEmpty())
        return {};
    const auto head = static_cast<unsigned char>(cbor.at(0));
    qsizetype headSize = 1;
    if (head == 0x58)
        headSize = 2;
    else if (head == 0x59)
        headSize = 3;
    else if (head < 0x40 || head > 0x57)
        return {};
    return cbor.mid(headSize);
}

// libfido2 adds the algorithm to what U2F keys attest, which WebAuthn (Level 2, 8.6) does not know.
QByteArray withoutAlgorithm(const QByteArray &statement)
{
    const auto three = "\xa3\x63\x61lg\x26"_ba; // a map of three that begins with "alg": -7
    const auto two = "\xa2"_ba;
    return statement.startsWith(three) ? two + statement.sliced(three.size()) : statement;
}

QStringList texts(char **all, std::size_t count)
{
    QStringList list;
    for (std::size_t i = 0; i < count; ++i)
        list += shownKeyText(all[i]);
    return list;
}

int limited(quint64 value)
{
    return static_cast<int>(std::min<quint64>(value, 1 << 20));
}

// Somebody may have typed a PIN before it was known which key it is for.
bool usesPin(const KeyInfo &info, bool required)
{
    return info.pin == KeyInfo::Pin::Set || (info.pin == KeyInfo::Pin::NotSet && required);
}

fido_opt_t uvOption(bool wanted)
{
    return wanted ? FIDO_OPT_TRUE : FIDO_OPT_OMIT;
}

// Of libfido2; keys may know more.
bool isKnownAlgorithm(int algorithm)
{
    return algorithm == COSE_ES256 || algorithm == COSE_ES384 || algorithm == COSE_EDDSA
        || algorithm == COSE_RS256;
}

// Of `assertion`'s only answer, RP ID hash included, and the touch if that was asked for.
bool verifies(fido_assert_t *assertion, const CredentialPublicKey &publicKey)
{
    const auto verifiesBy = [&](const auto &key, const auto &read) {
        return key && read(key.get(), publicKey.bytes.constData(), size(publicKey.bytes)) == FIDO_OK
            && fido_assert_verify(assertion, 0, publicKey.algorithm, key.get()) == FIDO_OK;
    };
    switch (publicKey.algorithm) {
    case COSE_ES256: return verifiesBy(Es256Key(es256_pk_new()), es256_pk_from_ptr);
    case COSE_ES384: return verifiesBy(Es384Key(es384_pk_new()), es384_pk_from_ptr);
    case COSE_EDDSA: return verifiesBy(EdDsaKey(eddsa_pk_new()), eddsa_pk_from_ptr);
    case COSE_RS256: return verifiesBy(Rs256Key(rs256_pk_new()), rs256_pk_from_ptr);
    default: return false;
    }
}

} // namespace

void CtapDevice::Free::operator()(fido_dev *device) const
{
    fido_dev_free(&device);
}

/// CTAPHID frames between libfido2 and a HidLink.
class CtapDevice::Link
{
public:
    explicit Link(std::unique_ptr<HidLink> link)
        : m_link(std::move(link))
    {
    }

    static const fido_dev_io_t functions;
    [[nodiscard]] bool isGone() const { return m_gone; }
    /// Whether the last answer was that the key works for somebody else.
    [[nodiscard]] bool isBusy() const { return m_busy; }

private:
    static int read(void *handle, unsigned char *buffer, std::size_t size, int ms)
    {
        return static_cast<Link *>(handle)->receive({buffer, size}, ms);
    }
    static int write(void *handle, const unsigned char *buffer, std::size_t size)
    {
        return static_cast<Link *>(handle)->send({buffer, size});
    }

    int receive(std::span<unsigned char> buffer, int ms)
    {
        HidLink::Frame frame;
        if (buffer.size() != frame.size())
            return -1;
        const auto timeout = ms < 0 ? std::nullopt : std::optional(milliseconds(ms));
        const auto received = m_link->receive(frame, timeout);
        if (received == HidLink::Received::Gone)
            m_gone = true;
        if (received != HidLink::Received::Frame)
            return -1;
        constexpr std::size_t commandAt = 4;
        constexpr std::size_t firstDataAt = 7;
        constexpr unsigned char errorFrame = CTAP_FRAME_INIT | 0x3f; // CTAP 2.1, 11.2.9.1.6
        m_busy = frame[commandAt] == errorFrame && frame[firstDataAt] == FIDO_ERR_CHANNEL_BUSY;
        std::copy(frame.begin(), frame.end(), buffer.begin());
        return static_cast<int>(frame.size());
    }

    int send(std::span<const unsigned char> report)
    {
        HidLink::Frame frame;
        if (report.size() != frame.size() + 1)
            return -1;
        std::copy(report.begin() + 1, report.end(), frame.begin()); // without the report's number
        std::unique_lock lock(m_mutex);
        constexpr std::size_t commandAt = 4;
        if (frame[commandAt] == (CTAP_FRAME_INIT | CTAP_CMD_CANCEL)) {
            // Another thread sends this one. Between the frames of a message it would break it.
            if (!m_messageSent.wait_for(lock, requestTime, [this] { return m_toSend <= 0; }))
                return -1;
        } else if ((frame[commandAt] & CTAP_FRAME_INIT) != 0) {
            constexpr int inFirst = CTAP_MAX_REPORT_LEN - CTAP_INIT_HEADER_LEN;
            m_toSend = (frame[commandAt + 1] << 8 | frame[commandAt + 2]) - inFirst;
        } else {
            m_toSend -= CTAP_MAX_REPORT_LEN - CTAP_CONT_HEADER_LEN;
        }
        const bool sent = m_link->send(frame);
        if (!sent) {
            m_gone = true;
            m_toSend = 0;
        }
        m_messageSent.notify_all();
        return sent ? static_cast<int>(report.size()) : -1;
    }

    std::unique_ptr<HidLink> m_link;
    std::mutex m_mutex;
    std::condition_variable m_messageSent;
    int m_toSend = 0;
    std::atomic<bool> m_gone = false;
    bool m_busy = false; // of the thread that receives
};

const fido_dev_io_t CtapDevice::Link::functions{openHandle, closeHandle, read, write};

/// CTAP messages between libfido2 and a CtapCard.
class CtapDevice::Card
{
public:
    explicit Card(std::unique_ptr<SmartCard> card)
        : m_card(std::move(card))
    {
    }

    static const fido_dev_io_t functions;
    static const fido_dev_transport_t transport;
    [[nodiscard]] const std::optional<Error> &error() const { return m_card.error(); }

private:
    // Must be there, but a transport of messages never calls them.
    static int read(void *, unsigned char *, std::size_t, int) { return -1; }
    static int write(void *, const unsigned char *, std::size_t) { return -1; }

    static int receive(fido_dev_t *device, uint8_t command, unsigned char *buffer, std::size_t size,
                       int)
    {
        auto *self = static_cast<Card *>(fido_dev_io_handle(device));
        return self->m_card.receive(command, {buffer, size});
    }
    static int send(fido_dev_t *device, uint8_t command, const unsigned char *buffer,
                    std::size_t size)
    {
        auto *self = static_cast<Card *>(fido_dev_io_handle(device));
        return self->m_card.send(command, {buffer, size}) ? 0 : -1;
    }

    CtapCard m_card;
};

const fido_dev_io_t CtapDevice::Card::functions{openHandle, closeHandle, read, write};
const fido_dev_transport_t CtapDevice::Card::transport{receive, send};

CtapDevice::CtapDevice(QString name, Timeouts timeouts)
    : m_name(std::move(name))
    , m_timeouts(timeouts)
{
}

CtapDevice::~CtapDevice()
{
    closeDevice();
}

// ---------------------------------------------------------------- open, close, cancel

Result<void> CtapDevice::open(KeyConnection connection)
{
    if (!fido2Library.load())
        return failureOfKind(ErrorKind::KeySupportMissing);
    if (auto *path = std::get_if<HidPath>(&connection))
        m_path = path->path;
    else if (auto *link = std::get_if<std::unique_ptr<HidLink>>(&connection))
        m_link = std::make_unique<Link>(std::move(*link));
    else if (auto *card = std::get_if<std::unique_ptr<SmartCard>>(&connection))
        m_card = std::make_unique<Card>(std::move(*card));
    // Per thread. A key that says it knows CTAP2 and then answers nonsense is no U2F key.
    fido_init(FIDO_DISABLE_U2F_FALLBACK);
    return openDevice();
}

Result<void> CtapDevice::openDevice()
{
    Device device(fido_dev_new());
    if (!device)
        return failureOfKind(ErrorKind::KeyFailure, u"no memory"_s);
    // Any path that libfido2 does not take for one of its own.
    const char *path = m_path.isEmpty() ? "sparekey" : m_path.constData();
    int result = FIDO_OK;
    if (m_link) {
        openingHandle = m_link.get();
        result = fido_dev_set_io_functions(device.get(), &Link::functions);
    } else if (m_card) {
        openingHandle = m_card.get();
        result = fido_dev_set_io_functions(device.get(), &Card::functions);
        if (result == FIDO_OK)
            result = fido_dev_set_transport_functions(device.get(), &Card::transport);
    }
    if (result == FIDO_OK)
        result = fido_dev_set_timeout(device.get(), static_cast<int>(m_timeouts.answer.count()));
    m_callBegan = Clock::now().time_since_epoch().count();
    m_callTimeout = m_timeouts.answer;
    if (result == FIDO_OK && m_canceled)
        result = FIDO_ERR_KEEPALIVE_CANCEL;
    if (result == FIDO_OK)
        result = fido_dev_open(device.get(), path);
    openingHandle = nullptr;
    if (result != FIDO_OK)
        return failure(result);
    const std::lock_guard lock(m_mutex);
    m_device = std::move(device);
    m_isOpen = true;
    return {};
}

void CtapDevice::closeDevice()
{
    const std::lock_guard lock(m_mutex);
    if (m_isOpen)
        fido_dev_close(m_device.get());
    m_isOpen = false;
    m_device.reset();
}

void CtapDevice::cancel()
{
    m_canceled = true;
    const std::lock_guard lock(m_mutex);
    if (!m_isOpen)
        return;
    const Clock::time_point began{Clock::duration(m_callBegan.load())};
    if (m_link || Clock::now() - began > requestTime)
        (void)fido_dev_cancel(m_device.get());
}

// ---------------------------------------------------------------- failures

Failure CtapDevice::failureOfKind(ErrorKind kind, const QString &detail) const
{
    return fail(Error{.kind = kind, .subject = m_name, .detail = detail});
}

Failure CtapDevice::failure(int code)
{
    if (m_canceled)
        return failureOfKind(ErrorKind::Canceled);
    if (m_card && code < 0) {
        if (std::optional<Error> error = m_card->error()) {
            error->subject = m_name;
            return fail(*std::move(error));
        }
    }
    const bool isGone = (m_link && m_link->isGone())
        || (!m_path.isEmpty() && !QFile::exists(QString::fromLocal8Bit(m_path)));
    if (isGone)
        return failureOfKind(ErrorKind::KeyRemoved);
    // libfido2 says the same of a key that is silent, of one that is at work for another program
    // and refuses at once, and of a nonsensical answer. The latter two cannot be told apart where
    // libfido2 itself reads the frames, and broken keys are rarer. Cards are never silent.
    if (code == FIDO_ERR_RX && (m_card || !hasTimedOut())) {
        const bool isBusy = m_link ? m_link->isBusy() : !m_card;
        return failureOfKind(isBusy ? ErrorKind::KeyBusy : ErrorKind::KeyAnswerInvalid,
                             QString::fromLatin1(fido_strerr(code)));
    }
    return failureOfKind(keyErrorKind(code), QString::fromLatin1(fido_strerr(code)));
}

Failure CtapDevice::pinFailure(int code)
{
    Failure failed = failure(code);
    if (failed.value().kind != ErrorKind::KeyPinWrong)
        return failed;
    int tries = 0;
    const int result = answered([&] { return fido_dev_get_retry_count(m_device.get(), &tries); });
    if (result == FIDO_OK)
        failed.value().count = tries;
    if (result == FIDO_OK && tries == 0)
        failed.value().kind = ErrorKind::KeyPinBlocked;
    return failed;
}

void CtapDevice::beginCall(milliseconds timeout)
{
    (void)fido_dev_set_timeout(m_device.get(), static_cast<int>(timeout.count()));
    m_callTimeout = timeout;
    m_callBegan = Clock::now().time_since_epoch().count();
}

bool CtapDevice::hasTimedOut() const
{
    const Clock::time_point began{Clock::duration(m_callBegan.load())};
    return Clock::now() - began > m_callTimeout - timeoutPrecision;
}

template<class Call>
int CtapDevice::answered(Call call)
{
    if (m_canceled)
        return FIDO_ERR_KEEPALIVE_CANCEL;
    beginCall(m_timeouts.answer);
    return call();
}

template<class Call>
int CtapDevice::touched(Call call)
{
    const bool canBeCanceled = m_card || fido_dev_is_fido2(m_device.get());
    const auto deadline = Clock::now() + m_timeouts.touch;
    while (!m_canceled) {
        beginCall(canBeCanceled ? m_timeouts.touch : u2fSlice);
        const int result = call();
        if (canBeCanceled && result == FIDO_ERR_RX)
            (void)fido_dev_cancel(m_device.get()); // it may still wait for the touch
        if (canBeCanceled || result != FIDO_ERR_RX)
            return result;
        if (Clock::now() > deadline)
            return FIDO_ERR_USER_ACTION_TIMEOUT;
        closeDevice();
        QThread::msleep(static_cast<unsigned long>(settle.count()));
        if (!openDevice())
            return FIDO_ERR_RX;
    }
    return FIDO_ERR_KEEPALIVE_CANCEL;
}

// ---------------------------------------------------------------- what the key says

Result<KeyInfo> CtapDevice::capabilities()
{
    if (m_capabilities)
        return *m_capabilities;
    KeyInfo info;
    info.fido2 = fido_dev_is_fido2(m_device.get());
    if (!m_card) {
        info.deviceVersion = u"%1.%2.%3"_s.arg(fido_dev_major(m_device.get()))
                                 .arg(fido_dev_minor(m_device.get()))
                                 .arg(fido_dev_build(m_device.get()));
    }
    if (!info.fido2) {
        info.versions = {u"U2F_V2"_s};
        info.algorithms = {COSE_ES256};
        m_capabilities = info;
        return info;
    }
    const CborInfo cbor(fido_cbor_info_new());
    if (!cbor)
        return failureOfKind(ErrorKind::KeyFailure, u"no memory"_s);
    const int result = answered([&] { return fido_dev_get_cbor_info(m_device.get(), cbor.get()); });
    if (result != FIDO_OK)
        return failure(result);

    info.versions = texts(fido_cbor_info_versions_ptr(cbor.get()),
                          fido_cbor_info_versions_len(cbor.get()));
    if (info.versions.isEmpty())
        return failureOfKind(ErrorKind::KeyAnswerInvalid, u"no versions"_s);
    info.extensions = texts(fido_cbor_info_extensions_ptr(cbor.get()),
                            fido_cbor_info_extensions_len(cbor.get()));
    info.transports = texts(fido_cbor_info_transports_ptr(cbor.get()),
                            fido_cbor_info_transports_len(cbor.get()));
    info.aaguid = bytes(fido_cbor_info_aaguid_ptr(cbor.get()),
                        fido_cbor_info_aaguid_len(cbor.get()));
    info.firmware = fido_cbor_info_fwversion(cbor.get());
    char **names = fido_cbor_info_options_name_ptr(cbor.get());
    const bool *values = fido_cbor_info_options_value_ptr(cbor.get());
    for (std::size_t i = 0; i < fido_cbor_info_options_len(cbor.get()); ++i) {
        const QByteArrayView name(names[i]);
        if (name == "clientPin"_ba)
            info.pin = values[i] ? KeyInfo::Pin::Set : KeyInfo::Pin::NotSet;
        else if (name == "uv"_ba)
            info.builtInVerification = values[i];
        else if (name == "alwaysUv"_ba)
            info.alwaysVerifies = values[i];
        else if (name == "makeCredUvNotRqd"_ba)
            info.verifiesForRegistration = !values[i];
        else if (name == "credMgmt"_ba || name == "credentialMgmtPreview"_ba)
            info.managesCredentials = info.managesCredentials || values[i];
    }
    info.pinChangeForced = fido_cbor_info_new_pin_required(cbor.get());
    if (const quint64 least = fido_cbor_info_minpinlen(cbor.get()))
        info.minPinLength = std::clamp(limited(least), 4, static_cast<int>(longestPin));
    if (const qint64 remaining = fido_cbor_info_rk_remaining(cbor.get()); remaining >= 0)
        info.remainingSlots = limited(static_cast<quint64>(remaining));
    for (std::size_t i = 0; i < fido_cbor_info_algorithm_count(cbor.get()); ++i)
        info.algorithms += fido_cbor_info_algorithm_cose(cbor.get(), i);
    if (info.algorithms.isEmpty())
        info.algorithms = {COSE_ES256};
    info.maxMessageSize = limited(fido_cbor_info_maxmsgsiz(cbor.get()));
    info.maxCredentialsInList = limited(fido_cbor_info_maxcredcntlst(cbor.get()));
    info.maxCredentialIdLength = limited(fido_cbor_info_maxcredidlen(cbor.get()));
    m_capabilities = info;
    return info;
}

Result<KeyInfo> CtapDevice::info()
{
    auto info = capabilities();
    if (!info || info->pin != KeyInfo::Pin::Set)
        return info;
    int tries = 0;
    const int result = answered([&] { return fido_dev_get_retry_count(m_device.get(), &tries); });
    if (result == FIDO_OK)
        info->pinTries = tries;
    else if (result < 0)
        return failure(result);
    return info;
}

// ---------------------------------------------------------------- lists of credentials

/// Cuts a list into pieces that the key takes (CTAP 2.1, 6.4: maxMsgSize,
/// maxCredentialCountInList, maxCredentialIdLength).
struct CtapDevice::Batches
{
    Batches(const KeyInfo &info, const QList<QByteArray> &ids, qsizetype otherBytes)
    {
        // Around each id: the map with "id" and "type": "public-key".
        constexpr qsizetype aroundId = 26;
        constexpr qsizetype defaultMessage = 1024;
        // 0 stands for unknown; one at a time is always right then.
        const qsizetype most = std::max(info.maxCredentialsInList, 1);
        const qsizetype room = std::max<qsizetype>(info.maxMessageSize, defaultMessage)
            - otherBytes;
        QList<QByteArray> batch;
        qsizetype used = 0;
        for (const QByteArray &id : ids) {
            // Longer than any of its own.
            if (info.maxCredentialIdLength > 0 && id.size() > info.maxCredentialIdLength)
                continue;
            const qsizetype needed = id.size() + aroundId;
            if (!batch.isEmpty() && (batch.size() == most || used + needed > room)) {
                all.append(std::exchange(batch, {}));
                used = 0;
            }
            batch.append(id);
            used += needed;
        }
        if (!batch.isEmpty())
            all.append(batch);
    }

    QList<QList<QByteArray>> all;
};

/// A key's answer, without a touch, that it holds one of several credentials.
struct CtapDevice::Probe
{
    Assertion assertion;
    QByteArray id;          ///< The one it would sign with; empty if it names none.
    bool hasSigned = false; ///< Not so keys of the time of U2F.
    bool wantedPin = false;
};

Result<std::optional<CtapDevice::Probe>>
CtapDevice::probe(const QString &rpId, const QList<QByteArray> &batch, const SecureBuffer &pin)
{
    Probe probe{.assertion = Assertion(fido_assert_new()), .id = {}};
    fido_assert_t *assertion = probe.assertion.get();
    if (!assertion)
        return failureOfKind(ErrorKind::KeyFailure, u"no memory"_s);
    // In place of a hash: what an earlier answer had signed verifies with no other bytes, and no
    // client data can be found for them, so that no server takes the signature.
    constexpr int hashSize = 32;
    const auto hash = randomOctets(hashSize);
    if (!hash)
        return failureOfKind(hash.error().kind);
    int result = fido_assert_set_clientdata_hash(assertion, data(*hash), size(*hash));
    if (result == FIDO_OK)
        result = fido_assert_set_rp(assertion, rpId.toUtf8().constData());
    if (result == FIDO_OK)
        result = fido_assert_set_up(assertion, FIDO_OPT_FALSE);
    for (const QByteArray &id : batch) {
        if (result == FIDO_OK)
            result = fido_assert_allow_cred(assertion, data(id), size(id));
    }
    const auto ask = [&](const char *pinText) {
        return answered([&] { return fido_dev_get_assert(m_device.get(), assertion, pinText); });
    };
    if (result == FIDO_OK)
        result = ask(nullptr);
    if (result == FIDO_ERR_PIN_REQUIRED && pinPointer(pin)) {
        probe.wantedPin = true;
        result = ask(pinPointer(pin));
    }
    if (result == FIDO_ERR_NO_CREDENTIALS)
        return std::optional<Probe>();
    // U2F keys tell in this way that they have one (libfido2).
    if (result == FIDO_ERR_USER_PRESENCE_REQUIRED)
        return std::optional(std::move(probe));
    if (result != FIDO_OK)
        return pinFailure(result);
    probe.id = bytes(fido_assert_id_ptr(assertion, 0), fido_assert_id_len(assertion, 0));
    probe.hasSigned = true;
    return std::optional(std::move(probe));
}

Result<std::optional<QList<QByteArray>>>
CtapDevice::batchWithCredential(const QString &rpId, const QList<QByteArray> &ids,
                                qsizetype otherBytes, const SecureBuffer &pin)
{
    const auto info = capabilities();
    if (!info)
        return fail(info.error());
    const Batches batches(*info, ids, otherBytes);
    for (const QList<QByteArray> &batch : batches.all) {
        const auto held = probe(rpId, batch, pin);
        if (!held)
            return fail(held.error());
        if (*held)
            return std::optional(batch);
    }
    return std::optional<QList<QByteArray>>();
}

// ---------------------------------------------------------------- make credential

Result<MakeCredentialReply> CtapDevice::makeCredential(const MakeCredentialRequest &request,
                                                       const SecureBuffer &pin)
{
    const auto info = capabilities();
    if (!info)
        return fail(info.error());
    const auto known = std::find_if(request.algorithms.begin(), request.algorithms.end(),
                                    [&info](int algorithm) {
                                        return isKnownAlgorithm(algorithm)
                                            && info->algorithms.contains(algorithm);
                                    });
    if (known == request.algorithms.end())
        return failureOfKind(ErrorKind::KeyTooOld);

    const bool required = request.userVerification == UserVerification::Required;
    const SecureBuffer pinText = usesPin(*info, required) ? pinForKey(pin) : SecureBuffer();
    bool useBuiltIn = false;
    if (!pinPointer(pinText) && request.userVerification != UserVerification::Discouraged) {
        useBuiltIn = info->builtInVerification;
        if (required && !useBuiltIn) {
            return failureOfKind(info->pin == KeyInfo::Pin::Set ? ErrorKind::KeyPinRequired
                                                                : ErrorKind::KeyPinNotSet);
        }
    }

    // Beside the list: names, ids, hash and PIN proof.
    constexpr qsizetype otherBytes = 600;
    QList<QByteArray> exclude = request.excludeCredentials;
    if (info->fido2 && Batches(*info, exclude, otherBytes).all.size() > 1) {
        auto batch = batchWithCredential(request.rpId, exclude, otherBytes, pinText);
        if (!batch)
            return fail(batch.error());
        exclude = batch->value_or(QList<QByteArray>());
    } else if (info->fido2 && !exclude.isEmpty()) {
        exclude = Batches(*info, exclude, otherBytes).all.value(0);
    }

    const Credential credential(fido_cred_new());
    if (!credential)
        return failureOfKind(ErrorKind::KeyFailure, u"no memory"_s);
    int result = fido_cred_set_type(credential.get(), *known);
    if (result == FIDO_OK)
        result = fido_cred_set_clientdata(credential.get(), data(request.clientDataJson),
                                          size(request.clientDataJson));
    if (result == FIDO_OK)
        result = fido_cred_set_rp(credential.get(), request.rpId.toUtf8().constData(),
                                  storedKeyText(request.rpName).constData());
    if (result == FIDO_OK)
        result = fido_cred_set_user(credential.get(), data(request.userId), size(request.userId),
                                    storedKeyText(request.userName).constData(),
                                    storedKeyText(request.userDisplayName).constData(), nullptr);
    for (const QByteArray &id : std::as_const(exclude)) {
        if (result == FIDO_OK)
            result = fido_cred_exclude(credential.get(), data(id), size(id));
    }
    if (result == FIDO_OK && request.discoverable)
        result = fido_cred_set_rk(credential.get(), FIDO_OPT_TRUE);
    if (result == FIDO_OK)
        result = fido_cred_set_uv(credential.get(), uvOption(useBuiltIn));
    if (result != FIDO_OK)
        return failure(result);

    const auto make = [&] {
        return touched([&] {
            return fido_dev_make_cred(m_device.get(), credential.get(), pinPointer(pinText));
        });
    };
    result = make();
    if ((result == FIDO_ERR_UNSUPPORTED_OPTION || result == FIDO_ERR_INVALID_OPTION) && useBuiltIn
        && !required) {
        (void)fido_cred_set_uv(credential.get(), FIDO_OPT_OMIT);
        result = make();
    }
    if (result != FIDO_OK) {
        if (result == FIDO_ERR_PIN_REQUIRED && info->pin == KeyInfo::Pin::NotSet)
            return failureOfKind(ErrorKind::KeyPinNotSet);
        return pinFailure(result);
    }

    MakeCredentialReply reply;
    reply.format = QString::fromLatin1(fido_cred_fmt(credential.get()));
    if (reply.format != u"none") {
        result = fido_cred_x5c_ptr(credential.get()) ? fido_cred_verify(credential.get())
                                                     : fido_cred_verify_self(credential.get());
        if (result != FIDO_OK)
            return failure(result);
    }
    reply.attestationStatement = bytes(fido_cred_attstmt_ptr(credential.get()),
                                       fido_cred_attstmt_len(credential.get()));
    if (reply.format == u"fido-u2f")
        reply.attestationStatement = withoutAlgorithm(reply.attestationStatement);
    if (reply.attestationStatement.isEmpty())
        reply.attestationStatement = "\xA0"_ba; // an empty map
    reply.authenticatorData = bytes(fido_cred_authdata_raw_ptr(credential.get()),
                                    fido_cred_authdata_raw_len(credential.get()));
    reply.credentialId = bytes(fido_cred_id_ptr(credential.get()),
                               fido_cred_id_len(credential.get()));
    reply.publicKey = {.algorithm = fido_cred_type(credential.get()),
                       .bytes = bytes(fido_cred_pubkey_ptr(credential.get()),
                                      fido_cred_pubkey_len(credential.get()))};
    reply.userVerified = (fido_cred_flags(credential.get()) & CTAP_AUTHDATA_USER_VERIFIED) != 0;
    reply.transports = info->transports;
    if (reply.transports.isEmpty())
        reply.transports = {m_card ? u"nfc"_s : u"usb"_s};
    if (required && !reply.userVerified)
        return failureOfKind(ErrorKind::KeyAnswerInvalid, u"did not verify the user"_s);
    return reply;
}

// ---------------------------------------------------------------- get assertion

// Beside the list: RP id, hash and PIN proof.
constexpr qsizetype bytesBesideAllowList = 400;

Result<void> CtapDevice::lookFor(const GetAssertionRequest &request)
{
    if (request.allowCredentials.isEmpty())
        return {};
    for (const QString &rpId : {request.rpId, request.appId}) {
        if (rpId.isEmpty())
            continue;
        const auto batch = batchWithCredential(rpId, request.allowCredentials, bytesBesideAllowList,
                                               SecureBuffer());
        if (!batch)
            return fail(batch.error());
        if (*batch)
            return {};
    }
    return failureOfKind(ErrorKind::KeyNotRegistered);
}

Result<HeldCredentials> CtapDevice::recognize(const QList<KnownCredential> &candidates,
                                              const SecureBuffer &pin)
{
    const auto info = capabilities();
    if (!info)
        return fail(info.error());
    const SecureBuffer pinText = usesPin(*info, false) ? pinForKey(pin) : SecureBuffer();
    QMap<QString, QMap<QByteArray, std::optional<CredentialPublicKey>>> sites;
    for (const KnownCredential &candidate : candidates)
        sites[candidate.rpId].insert(candidate.id, candidate.publicKey);
    HeldCredentials held;
    for (auto site = sites.cbegin(); site != sites.cend(); ++site) {
        const Batches batches(*info, site->keys(), bytesBesideAllowList);
        for (QList<QByteArray> batch : batches.all) {
            // A key names one of those it holds, so the others are asked for again.
            while (!batch.isEmpty()) {
                const auto found = probe(site.key(), batch, pinText);
                if (!found)
                    return fail(found.error());
                const std::optional<Probe> &answer = *found;
                if (!answer)
                    break;
                // May be left out where it is the only one (CTAP 2.1, 6.2.3).
                const QByteArray id = batch.size() == 1 ? batch.first() : answer->id;
                if (batch.removeAll(id) == 0)
                    return failureOfKind(ErrorKind::KeyAnswerInvalid, u"not asked for"_s);
                const std::optional<CredentialPublicKey> publicKey = site->value(id);
                if (!answer->hasSigned || !publicKey)
                    held.claimed.append(id);
                else if (verifies(answer->assertion.get(), *publicKey))
                    held.proven.append(id);
                held.byPin = held.byPin || answer->wantedPin;
            }
        }
    }
    return held;
}

Result<GetAssertionReply> CtapDevice::getAssertion(const GetAssertionRequest &request,
                                                   const SecureBuffer &pin)
{
    const auto info = capabilities();
    if (!info)
        return fail(info.error());
    const Batches batches(*info, request.allowCredentials, bytesBesideAllowList);
    if (batches.all.isEmpty() && !request.allowCredentials.isEmpty())
        return failureOfKind(ErrorKind::KeyNotRegistered);
    // A key may want a touch before it says that it has none, so with several questions the answer
    // is looked for beforehand.
    if (batches.all.size() <= 1 && request.appId.isEmpty())
        return assertFor(request.rpId, batches.all.value(0), request, pin);

    const SecureBuffer pinText = pinForKey(pin);
    for (const QString &rpId : {request.rpId, request.appId}) {
        if (rpId.isEmpty())
            continue;
        auto batch = batchWithCredential(rpId, request.allowCredentials, bytesBesideAllowList,
                                         pinText);
        if (!batch)
            return fail(batch.error());
        if (const std::optional<QList<QByteArray>> &held = *batch)
            return assertFor(rpId, *held, request, pin);
    }
    return failureOfKind(ErrorKind::KeyNotRegistered);
}

Result<GetAssertionReply> CtapDevice::assertFor(const QString &rpId, const QList<QByteArray> &ids,
                                                const GetAssertionRequest &request,
                                                const SecureBuffer &pin)
{
    const auto info = capabilities();
    if (!info)
        return fail(info.error());
    const bool required = request.userVerification == UserVerification::Required;
    const SecureBuffer pinText = usesPin(*info, required) ? pinForKey(pin) : SecureBuffer();
    bool useBuiltIn = false;
    if (!pinPointer(pinText) && request.userVerification != UserVerification::Discouraged) {
        useBuiltIn = info->builtInVerification;
        if (required && !useBuiltIn) {
            return failureOfKind(info->pin == KeyInfo::Pin::Set ? ErrorKind::KeyPinRequired
                                                                : ErrorKind::KeyPinNotSet);
        }
    }
    const Assertion assertion(fido_assert_new());
    if (!assertion)
        return failureOfKind(ErrorKind::KeyFailure, u"no memory"_s);
    int result = fido_assert_set_clientdata(assertion.get(), data(request.clientDataJson),
                                            size(request.clientDataJson));
    if (result == FIDO_OK)
        result = fido_assert_set_rp(assertion.get(), rpId.toUtf8().constData());
    for (const QByteArray &id : ids) {
        if (result == FIDO_OK)
            result = fido_assert_allow_cred(assertion.get(), data(id), size(id));
    }
    if (result == FIDO_OK)
        result = fido_assert_set_uv(assertion.get(), uvOption(useBuiltIn));
    if (result != FIDO_OK)
        return failure(result);
    const auto get = [&] {
        return touched([&] {
            return fido_dev_get_assert(m_device.get(), assertion.get(), pinPointer(pinText));
        });
    };
    result = get();
    if ((result == FIDO_ERR_UNSUPPORTED_OPTION || result == FIDO_ERR_INVALID_OPTION) && useBuiltIn
        && !required) {
        (void)fido_assert_set_uv(assertion.get(), FIDO_OPT_OMIT);
        result = get();
    }
    if (result != FIDO_OK) {
        if (result == FIDO_ERR_PIN_REQUIRED && info->pin == KeyInfo::Pin::NotSet)
            return failureOfKind(ErrorKind::KeyPinNotSet);
        return pinFailure(result);
    }
    if (fido_assert_count(assertion.get()) == 0)
        return failureOfKind(ErrorKind::KeyAnswerInvalid, u"no assertion"_s);

    // Several come only without a list, the latest first.
    GetAssertionReply reply;
    reply.credentialId = bytes(fido_assert_id_ptr(assertion.get(), 0),
                               fido_assert_id_len(assertion.get(), 0));
    if (reply.credentialId.isEmpty() && ids.size() == 1)
        reply.credentialId = ids.first(); // may be left out then (CTAP 2.1, 6.2.3)
    reply.authenticatorData = contentOfCborString(
        bytes(fido_assert_authdata_ptr(assertion.get(), 0),
              fido_assert_authdata_len(assertion.get(), 0)));
    reply.signature = bytes(fido_assert_sig_ptr(assertion.get(), 0),
                            fido_assert_sig_len(assertion.get(), 0));
    reply.userHandle = bytes(fido_assert_user_id_ptr(assertion.get(), 0),
                             fido_assert_user_id_len(assertion.get(), 0));
    reply.usedAppId = rpId != request.rpId;
    reply.userVerified = (fido_assert_flags(assertion.get(), 0) & CTAP_AUTHDATA_USER_VERIFIED) != 0;
    const bool wanted = ids.isEmpty() || ids.contains(reply.credentialId);
    if (!wanted || reply.authenticatorData.isEmpty() || reply.signature.isEmpty())
        return failureOfKind(ErrorKind::KeyAnswerInvalid, u"not what was asked for"_s);
    if (required && !reply.userVerified)
        return failureOfKind(ErrorKind::KeyAnswerInvalid, u"did not verify the user"_s);
    // Whether it was touched is judged as well.
    if (request.verifyWith
        && (fido_assert_set_up(assertion.get(), FIDO_OPT_TRUE) != FIDO_OK
            || !verifies(assertion.get(), *request.verifyWith)))
        return failureOfKind(ErrorKind::KeyAnswerInvalid, u"the signature does not verify"_s);
    return reply;
}

// ---------------------------------------------------------------- PIN, credentials, reset, touch

Result<void> CtapDevice::setPin(const SecureBuffer &newPin, const SecureBuffer &oldPin)
{
    const auto info = capabilities();
    if (!info)
        return fail(info.error());
    if (info->pin == KeyInfo::Pin::Unsupported)
        return failureOfKind(ErrorKind::KeyLacksOption);
    const SecureBuffer newText = pinForKey(newPin);
    const SecureBuffer oldText = pinForKey(oldPin);
    const QByteArrayView characters = newText.view().chopped(1);
    if (codePoints(characters) < info->minPinLength) {
        return fail(Error{.kind = ErrorKind::KeyPinTooShort,
                          .subject = m_name,
                          .count = info->minPinLength});
    }
    if (characters.size() > longestPin)
        return failureOfKind(ErrorKind::KeyPinTooLong);
    if (characters.contains('\0'))
        return failureOfKind(ErrorKind::KeyPinNotAccepted);
    const int result = answered(
        [&] { return fido_dev_set_pin(m_device.get(), pinPointer(newText), pinPointer(oldText)); });
    m_capabilities.reset();
    if (result != FIDO_OK)
        return pinFailure(result);
    return {};
}

Result<DiscoverableCredentials> CtapDevice::credentials(const SecureBuffer &pin)
{
    const auto info = capabilities();
    if (!info)
        return fail(info.error());
    if (!info->managesCredentials)
        return failureOfKind(ErrorKind::KeyLacksOption);
    const SecureBuffer pinText = pinForKey(pin);

    DiscoverableCredentials found;
    const Metadata metadata(fido_credman_metadata_new());
    const RelyingParties parties(fido_credman_rp_new());
    if (!metadata || !parties)
        return failureOfKind(ErrorKind::KeyFailure, u"no memory"_s);
    int result = answered([&] {
        return fido_credman_get_dev_metadata(m_device.get(), metadata.get(), pinPointer(pinText));
    });
    if (result != FIDO_OK)
        return pinFailure(result);
    found.remainingSlots = limited(fido_credman_rk_remaining(metadata.get()));
    result = answered([&] {
        return fido_credman_get_dev_rp(m_device.get(), parties.get(), pinPointer(pinText));
    });
    if (result == FIDO_ERR_NO_CREDENTIALS)
        return found;
    if (result != FIDO_OK)
        return pinFailure(result);

    for (std::size_t i = 0; i < fido_credman_rp_count(parties.get()); ++i) {
        const char *rpId = fido_credman_rp_id(parties.get(), i);
        const Kept kept(fido_credman_rk_new());
        if (!rpId || !kept)
            return failureOfKind(ErrorKind::KeyAnswerInvalid, u"a credential for nobody"_s);
        result = answered([&] {
            return fido_credman_get_dev_rk(m_device.get(), rpId, kept.get(), pinPointer(pinText));
        });
        if (result == FIDO_ERR_NO_CREDENTIALS)
            continue;
        if (result != FIDO_OK)
            return pinFailure(result);
        for (std::size_t j = 0; j < fido_credman_rk_count(kept.get()); ++j) {
            const fido_cred_t *credential = fido_credman_rk(kept.get(), j);
            found.credentials.append(DiscoverableCredential{
                .rpId = shownKeyText(rpId),
                .rpName = shownKeyText(fido_credman_rp_name(parties.get(), i)),
                .credentialId = bytes(fido_cred_id_ptr(credential), fido_cred_id_len(credential)),
                .userId = bytes(fido_cred_user_id_ptr(credential),
                                fido_cred_user_id_len(credential)),
                .userName = shownKeyText(fido_cred_user_name(credential)),
                .userDisplayName = shownKeyText(fido_cred_display_name(credential)),
            });
        }
    }
    return found;
}

Result<void> CtapDevice::deleteCredential(const QByteArray &id, const SecureBuffer &pin)
{
    const auto info = capabilities();
    if (!info)
        return fail(info.error());
    if (!info->managesCredentials)
        return failureOfKind(ErrorKind::KeyLacksOption);
    const SecureBuffer pinText = pinForKey(pin);
    const int result = answered([&] {
        return fido_credman_del_dev_rk(m_device.get(), data(id), size(id), pinPointer(pinText));
    });
    if (result != FIDO_OK)
        return pinFailure(result);
    return {};
}

Result<void> CtapDevice::reset()
{
    if (!fido_dev_is_fido2(m_device.get()))
        return failureOfKind(ErrorKind::KeyLacksOption);
    const int result = touched([&] { return fido_dev_reset(m_device.get()); });
    if (result == FIDO_ERR_NOT_ALLOWED)
        return failureOfKind(ErrorKind::KeyResetTooLate);
    if (result != FIDO_OK)
        return failure(result);
    return {};
}

Result<void> CtapDevice::waitForTouch()
{
    if (m_card)
        return {}; // whoever laid it on the reader meant it
    int result = answered([&] { return fido_dev_get_touch_begin(m_device.get()); });
    int wasTouched = 0;
    const auto deadline = Clock::now() + m_timeouts.touch;
    while (result == FIDO_OK && wasTouched == 0 && !m_canceled) {
        if (Clock::now() > deadline)
            return failureOfKind(ErrorKind::KeyNotTouched);
        result = fido_dev_get_touch_status(m_device.get(), &wasTouched,
                                           static_cast<int>(touchPoll.count()));
    }
    if (result == FIDO_OK && wasTouched != 0)
        return {};
    if (m_canceled && result == FIDO_OK) {
        // Fetches the answer to the request that is given up, which the next one would get else.
        (void)fido_dev_cancel(m_device.get());
        (void)fido_dev_get_touch_status(m_device.get(), &wasTouched,
                                        static_cast<int>(settle.count()));
    }
    return failure(result == FIDO_OK ? FIDO_ERR_KEEPALIVE_CANCEL : result);
}

} // namespace Sparekey
