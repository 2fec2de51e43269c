// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/providers/yubicootpviewmodel.h"

#include "core/otp/yubicootp.h"

#include <QPointer>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey {

namespace {

/// Whether the server may have asked Yubico about a code before this came: each is good for one
/// question.
bool mayHaveUsedCodes(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::HostNotFound:
    case ErrorKind::Unreachable:
    case ErrorKind::CertificateUntrusted:
    case ErrorKind::CertificateExpired:
    case ErrorKind::CertificateForOtherHost:
    case ErrorKind::ProofExpired:
    case ErrorKind::WrongSecret:
    case ErrorKind::SessionExpired:
    case ErrorKind::NotAllowed:
    case ErrorKind::NotOffered:
    case ErrorKind::RateLimited:
    case ErrorKind::YubicoNotSetUp:
    case ErrorKind::PremiumNeeded: return false;
    default: return true;
    }
}

} // namespace

YubicoOtpViewModel::YubicoOtpViewModel(std::shared_ptr<ProviderApi> api, HardwareKeys &keys,
                                       QObject *parent)
    : ProviderViewModel(ProviderType::YubicoOtp, std::move(api), parent)
    , m_otpTap(keys, [this](SecureBuffer code) { takeTapped(std::move(code)); })
{
    // A key types a letter each 10 to 20 ms, and may be set to send no Enter.
    m_settle.setInterval(300ms);
    m_settle.setSingleShot(true);
    connect(&m_settle, &QTimer::timeout, this, [this] { enter(m_settlingSlot); });
}

YubicoOtpViewModel::~YubicoOtpViewModel() = default;

void YubicoOtpViewModel::setNfc(bool nfc)
{
    m_nfc = nfc;
    Q_EMIT changed();
}

bool YubicoOtpViewModel::isModified() const
{
    return m_keys.isModified() || (isOn() && m_nfc != m_storedNfc);
}

QStringList YubicoOtpViewModel::keyNames() const
{
    QStringList names;
    for (const QString &id : m_keys.stored()) {
        if (!id.isEmpty())
            names.append(id);
    }
    return names;
}

void YubicoOtpViewModel::edit(int slot, const QString &text)
{
    if (stage() != Stage::Open || isBusy())
        return;
    m_keys.setTyped(slot, text);
    m_settle.stop();
    if (yubicoOtpFlaw(yubicoOtpFrom(text)) == YubicoOtpFlaw::None) {
        m_settlingSlot = slot;
        m_settle.start();
    }
    Q_EMIT changed();
}

void YubicoOtpViewModel::enter(int slot)
{
    m_settle.stop();
    if (stage() != Stage::Open || isBusy())
        return;
    const Took took = take(slot);
    Q_EMIT changed();
    if (took == Took::Flaw)
        Q_EMIT slotWanted(slot);
    if (took != Took::Code)
        return;
    const int next = m_keys.emptySlotFrom(slot);
    if (next >= 0)
        Q_EMIT slotWanted(next);
    else
        Q_EMIT nfcWanted();
}

void YubicoOtpViewModel::takeTapped(SecureBuffer code)
{
    const int slot = m_keys.emptySlotFrom(0);
    if (slot < 0)
        return;
    QString text = QString::fromLatin1(code.view());
    edit(slot, text);
    wipe(text);
    enter(slot);
}

void YubicoOtpViewModel::remove(int slot)
{
    if (stage() != Stage::Open || isBusy())
        return;
    m_keys.clear(slot);
    Q_EMIT changed();
    Q_EMIT slotWanted(slot);
}

void YubicoOtpViewModel::save()
{
    if (!mayChange() || isLapsed())
        return;
    m_settle.stop();
    for (int slot = 0; slot < YubiKeySlotModel::Slots; ++slot) {
        if (take(slot) == Took::Flaw) {
            Q_EMIT changed();
            Q_EMIT slotWanted(slot);
            return;
        }
    }
    Q_EMIT changed();
    if (m_keys.hasKeys()) {
        write();
    } else if (isOn()) {
        // No server takes a list without keys.
        askToTurnOff();
    } else {
        m_keys.setError(0, tr("Add at least one key: touch it now."));
        Q_EMIT slotWanted(0);
    }
}

YubicoOtpViewModel::Took YubicoOtpViewModel::take(int slot)
{
    const QString code = yubicoOtpFrom(m_keys.typed(slot));
    if (code.isEmpty())
        return Took::Nothing;
    const auto refuse = [this, slot](const QString &text) {
        m_keys.setError(slot, text);
        return Took::Flaw;
    };
    switch (yubicoOtpFlaw(code)) {
    case YubicoOtpFlaw::None: break;
    case YubicoOtpFlaw::OtherLetters:
        if (code.size() == yubicoOtpLength) {
            return refuse(
                tr("The keyboard layout has changed the letters of this code. Switch to the "
                   "layout “English (US)” and touch the key again."));
        }
        return refuse(tr("That is not a YubiKey code. Put the cursor here and touch the key; if "
                         "it has been touched, the keyboard layout may be another than "
                         "“English (US)”."));
    case YubicoOtpFlaw::WrongLength:
        return refuse(tr("A YubiKey code has %1 letters; this one has %2. Touch the key again, "
                         "once.")
                          .arg(yubicoOtpLength)
                          .arg(code.size()));
    }
    const int known = m_keys.slotOf(QStringView(code).left(yubicoIdLength));
    if (known >= 0)
        return refuse(tr("This key is already on line %1.").arg(known + 1));
    m_keys.setCode(slot, code);
    return Took::Code;
}

void YubicoOtpViewModel::take(const YubicoOtpDetails &details)
{
    // Off, it starts with what most keys can do.
    m_storedNfc = details.nfc;
    m_nfc = details.nfc || !details.enabled;
}

QCoro::Task<Result<void>> YubicoOtpViewModel::read(SharedProof proof)
{
    const QPointer self(this);
    const quint64 opening = this->opening();
    const bool again = stage() == Stage::VerifyingAgain;
    const auto opened = co_await api().openYubicoOtp(proof);
    if (!self || opening != this->opening())
        co_return fail(ErrorKind::Canceled);
    if (!opened) {
        if (keepLapsed(proof, opened.error()))
            co_return Result<void>();
        co_return fail(opened.error());
    }
    // The second time there is unsaved work, and `write` compares what is stored.
    if (!again) {
        m_keys.setStored(opened->details.keyIds);
        take(opened->details);
    }
    keep(opened->proof, opened->details.enabled);
    co_return Result<void>();
}

void YubicoOtpViewModel::forget()
{
    m_settle.stop();
    m_keys.setStored({});
    m_nfc = false;
    m_storedNfc = false;
}

QCoro::Task<void> YubicoOtpViewModel::write()
{
    const QPointer self(this);
    const quint64 opening = this->opening();
    begin();
    const SharedProof proof = this->proof();
    const auto now = co_await api().yubicoOtpNow(proof);
    if (!self || opening != this->opening())
        co_return;
    if (!now) {
        end(fail(now.error()), [this] { write(); });
        co_return;
    }
    if (now->enabled != isOn() || now->keyIds != m_keys.stored()) {
        m_keys.mergeStored(now->keyIds);
        take(*now);
        keep(proof, now->enabled);
        end({}, {});
        noteChangedElsewhere(
            tr("The keys of this account were changed meanwhile. Look at them, then save."));
        co_return;
    }

    const bool wasOn = isOn();
    const auto saved = co_await api().writeYubicoOtp(proof, m_keys.toWrite(), m_nfc);
    if (!self)
        co_return;
    if (opening != this->opening()) {
        if (saved && !wasOn)
            endLate({}, true, proof);
        else
            Q_EMIT reloadWanted();
        co_return;
    }
    if (!saved) {
        explainFailure(saved.error());
        end(fail(saved.error()), [this] { write(); });
    } else if (!isOn()) {
        succeed(true);
    } else {
        m_keys.setStored(saved->keyIds);
        take(*saved);
        end({}, {});
        tell(tr("The YubiKeys were saved."));
    }
}

void YubicoOtpViewModel::explainFailure(const Error &error)
{
    if (!mayHaveUsedCodes(error.kind))
        return;
    m_keys.dropCodes(tr("Each code works once: touch this key again."));
    // Official servers name the refused one, as "key1" to "key5".
    int line = 0;
    if (error.kind == ErrorKind::WrongCode && error.subject.text().startsWith("key"_L1))
        line = QStringView(error.subject.text()).sliced(3).toInt();
    const bool named = line >= 1 && line <= YubiKeySlotModel::Slots;
    if (named) {
        m_keys.setError(line - 1,
                        tr("The code for line %1 was refused. Each one works once: touch the key "
                           "again.")
                            .arg(line));
    }
    const int wanted = named ? line - 1 : m_keys.emptySlotFrom(0);
    if (wanted >= 0)
        Q_EMIT slotWanted(wanted);
}

} // namespace Sparekey
