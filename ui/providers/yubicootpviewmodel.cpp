// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/providers/yubicootpviewmodel.h"

#include "core/otp/yubicootp.h"
#include "core/twofactor/providererrors.h"

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey {

YubicoOtpViewModel::YubicoOtpViewModel(std::shared_ptr<ProviderApi> api, HardwareKeys &keys,
                                       QObject *parent)
    : ProviderViewModel(ProviderType::YubicoOtp, std::move(api), parent)
    , m_otpTap(keys, [this](SecureBuffer code) { takeTapped(std::move(code)); })
{
    // A key sends a letter every 10 to 20 ms, and may be configured to send no Enter.
    m_entryEnd.setInterval(300ms);
    m_entryEnd.setSingleShot(true);
    connect(&m_entryEnd, &QTimer::timeout, this, [this] { enter(m_entrySlot); });
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

void YubicoOtpViewModel::edit(int slot, QStringView text)
{
    if (stage() != Stage::Open || isBusy())
        return;
    m_keys.setEntered(slot, SecureBuffer::fromText(text));
    m_entryEnd.stop();
    if (yubicoOtpFlaw(yubicoOtpFrom(text)) == YubicoOtpFlaw::None) {
        m_entrySlot = slot;
        m_entryEnd.start();
    }
    Q_EMIT changed();
}

void YubicoOtpViewModel::enter(int slot)
{
    m_entryEnd.stop();
    if (stage() != Stage::Open || isBusy())
        return;
    const Entry entry = takeEntry(slot);
    Q_EMIT changed();
    if (entry == Entry::Refused)
        Q_EMIT slotWanted(slot);
    if (entry != Entry::Code)
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
    m_entryEnd.stop();
    for (int slot = 0; slot < YubiKeySlotModel::Slots; ++slot) {
        if (takeEntry(slot) == Entry::Refused) {
            Q_EMIT changed();
            Q_EMIT slotWanted(slot);
            return;
        }
    }
    Q_EMIT changed();
    if (m_keys.hasKeys()) {
        write();
    } else if (isOn()) {
        // No server accepts a list without keys.
        askToTurnOff();
    } else {
        m_keys.setError(0, tr("Add at least one key. Touch it now."));
        Q_EMIT slotWanted(0);
    }
}

YubicoOtpViewModel::Entry YubicoOtpViewModel::takeEntry(int slot)
{
    const QString code = yubicoOtpFrom(QString::fromUtf8(m_keys.entered(slot).view()));
    if (code.isEmpty())
        return Entry::Empty;
    const auto refuse = [this, slot](const QString &text) {
        m_keys.setError(slot, text);
        return Entry::Refused;
    };
    switch (yubicoOtpFlaw(code)) {
    case YubicoOtpFlaw::None: break;
    case YubicoOtpFlaw::OtherLetters:
        if (code.size() == yubicoOtpLength) {
            return refuse(
                tr("The keyboard layout has changed the letters of this code. Switch to the "
                   "layout “English (US)” and touch the key again."));
        }
        return refuse(
            tr("That is not a YubiKey code. Put the cursor here and touch the key. If you "
               "have touched it, switch to the keyboard layout “English (US)”."));
    case YubicoOtpFlaw::WrongLength:
        return refuse(tr("A YubiKey code has %1 letters. This one has %2. Touch the key once more.")
                          .arg(yubicoOtpLength)
                          .arg(code.size()));
    }
    const int known = m_keys.slotOf(QStringView(code).left(yubicoIdLength));
    if (known >= 0)
        return refuse(tr("This key is already on line %1.").arg(known + 1));
    m_keys.setCode(slot, code);
    return Entry::Code;
}

void YubicoOtpViewModel::showNfc(const YubicoOtpDetails &details)
{
    // While the method is off, start with what most keys support.
    m_storedNfc = details.nfc;
    m_nfc = details.nfc || !details.enabled;
}

QCoro::Task<Result<void>> YubicoOtpViewModel::read(SharedProof proof)
{
    const auto ticket = this->ticket();
    const bool again = stage() == Stage::VerifyingAgain;
    const auto opened = co_await api().openYubicoOtp(proof);
    if (!ticket)
        co_return fail(ErrorKind::Canceled);
    if (!opened) {
        if (openLapsed(proof, opened.error()))
            co_return Result<void>();
        co_return fail(opened.error());
    }
    // At a second verification the unsaved entries stay, and `write` compares what is stored.
    if (!again) {
        m_keys.setStored(opened->details.keyIds);
        showNfc(opened->details);
    }
    keep(opened->proof, opened->details.enabled);
    co_return Result<void>();
}

void YubicoOtpViewModel::forget()
{
    m_entryEnd.stop();
    m_keys.setStored({});
    m_nfc = false;
    m_storedNfc = false;
}

QCoro::Task<void> YubicoOtpViewModel::write()
{
    const auto ticket = this->ticket();
    begin();
    const SharedProof proof = this->proof();
    const YubicoOtpDetails shown{.enabled = isOn(), .keyIds = m_keys.stored(), .nfc = m_storedNfc};
    const auto since = co_await api().yubicoOtpSince(proof, shown);
    if (!ticket)
        co_return;
    if (!since) {
        end(fail(since.error()), [this] { write(); });
        co_return;
    }
    if (!since->unchanged) {
        m_keys.mergeStored(since->now.keyIds);
        showNfc(since->now);
        keep(proof, since->now.enabled);
        end({}, {});
        reportChangedElsewhere(
            tr("The keys of this account were changed elsewhere. Check them, then save."));
        co_return;
    }

    const bool wasOn = isOn();
    if (!wasOn)
        recordTurningOn();
    const auto saved = co_await api().writeYubicoOtp(proof, m_keys.toWrite(), m_nfc);
    if (!ticket.ownerExists())
        co_return;
    if (!ticket) {
        if (wasOn)
            Q_EMIT reloadWanted();
        else
            endAfterClosing(saved ? Result<void>() : Result<void>(fail(saved.error())), true,
                            proof);
        co_return;
    }
    if (!saved) {
        explainFailure(saved.error());
        end(fail(saved.error()), [this] { write(); });
    } else if (!isOn()) {
        succeed(true);
    } else {
        m_keys.setStored(saved->keyIds);
        showNfc(*saved);
        end({}, {});
        showNotice(tr("The YubiKeys were saved."));
    }
}

void YubicoOtpViewModel::explainFailure(const Error &error)
{
    if (!mayHaveUsedCodes(error))
        return;
    m_keys.dropCodes(tr("Each code works once. Touch this key again."));
    const auto refused = refusedYubiKey(error);
    if (refused) {
        m_keys.setError(*refused,
                        tr("The code for line %1 was refused. Each code works once. Touch the key "
                           "again.")
                            .arg(*refused + 1));
    }
    const int wanted = refused ? *refused : m_keys.emptySlotFrom(0);
    if (wanted >= 0)
        Q_EMIT slotWanted(wanted);
}

} // namespace Sparekey
