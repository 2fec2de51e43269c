// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/keys/otptapviewmodel.h"
#include "ui/providers/providerviewmodel.h"
#include "ui/providers/yubikeyslotmodel.h"
#include "ui/secret/secretentry.h"

#include <QTimer>

namespace Sparekey {

/// Manage → Yubico OTP security key. A save replaces all five keys of the account, so what is
/// stored is looked at once more right before it.
// The base is written with its namespace, or the QML type information does not find it.
class YubicoOtpViewModel : public Sparekey::ProviderViewModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by TwoStepLoginViewModel")
    Q_PROPERTY(Sparekey::YubiKeySlotModel *keys READ keys CONSTANT FINAL)
    /// Codes of YubiKeys by a card reader; each goes into the first empty slot.
    Q_PROPERTY(Sparekey::OtpTapViewModel *otpTap READ otpTap CONSTANT FINAL)
    /// A phone will be asked to read a key.
    Q_PROPERTY(bool nfc READ isNfc WRITE setNfc NOTIFY changed FINAL)
    /// Something has been changed that is not saved.
    Q_PROPERTY(bool modified READ isModified NOTIFY changed FINAL)

public:
    /// `keys` must outlive this object.
    YubicoOtpViewModel(std::shared_ptr<ProviderApi> api, HardwareKeys &keys,
                       QObject *parent = nullptr);
    ~YubicoOtpViewModel() override;

    [[nodiscard]] YubiKeySlotModel *keys() { return &m_keys; }
    [[nodiscard]] OtpTapViewModel *otpTap() { return &m_otpTap; }
    [[nodiscard]] bool isNfc() const { return m_nfc; }
    void setNfc(bool nfc);
    [[nodiscard]] bool isModified() const;
    [[nodiscard]] QStringList keyNames() const override;

    // Slots count from 0.

    /// The field of an empty slot was edited. A whole code is taken once no more follows.
    Q_INVOKABLE void edit(int slot, Sparekey::SecretEntry *code)
    {
        code->look([this, slot](QStringView text) { edit(slot, text); });
    }
    void edit(int slot, QStringView text);
    /// Enter was pressed in the field, as keys do after each code: takes the code, never saves.
    Q_INVOKABLE void enter(int slot);
    /// Empties the slot, here until it is saved.
    Q_INVOKABLE void remove(int slot);
    Q_INVOKABLE void save();

Q_SIGNALS:
    /// The next key goes here, or what is wrong is here.
    void slotWanted(int slot);
    /// No slot is empty any more.
    void nfcWanted();

protected:
    QCoro::Task<Result<void>> read(SharedProof proof) override;
    void forget() override;

private:
    /// What a field held.
    enum class Entry {
        Empty,
        Code,
        Refused, ///< Said at the slot.
    };

    Entry takeEntry(int slot);
    void showNfc(const YubicoOtpDetails &details);
    QCoro::Task<void> write();
    void explainFailure(const Error &error);

    void takeTapped(SecureBuffer code);

    YubiKeySlotModel m_keys;
    OtpTapViewModel m_otpTap;
    QTimer m_entryEnd; ///< Runs while more letters may follow a whole code.
    int m_entrySlot = 0;
    bool m_nfc = false;
    bool m_storedNfc = false;
};

} // namespace Sparekey
