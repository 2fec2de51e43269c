// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/desktop/timedclipboard.h"
#include "ui/providers/providerviewmodel.h"
#include "ui/secret/secretentry.h"
#include "ui/secret/secrettext.h"
#include "ui/sheet/sheetviewmodel.h"
#include "ui/timing/stepclock.h"

namespace Sparekey {

/// Manage → Authenticator app. The key is never a property: items draw it from locked memory.
// The base is written with its namespace, or the QML type information does not find it.
class AuthenticatorViewModel : public Sparekey::ProviderViewModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by TwoStepLoginViewModel")
    /// The key in groups of four, for `SecretTextItem`.
    Q_PROPERTY(Sparekey::SecretText *keyText READ keyText CONSTANT FINAL)
    /// What an app scans, for `QrCodeItem`.
    Q_PROPERTY(Sparekey::SecretText *uri READ uri CONSTANT FINAL)
    /// Prints or saves the QR code and the key as a sheet.
    Q_PROPERTY(Sparekey::SheetViewModel *sheet READ sheet CONSTANT FINAL)
    /// QR code and key are shown. While the method is on, they stay hidden until `reveal`.
    Q_PROPERTY(bool revealed READ isRevealed NOTIFY changed FINAL)
    Q_PROPERTY(QString codeErrorText READ codeErrorText NOTIFY changed FINAL)
    /// Says how far this computer's clock is from the server's; empty if it is close enough.
    Q_PROPERTY(QString clockText READ clockText NOTIFY changed FINAL)
    /// Seconds until the app shows the next code, by the server's clock; 0 while no code is asked
    /// for.
    Q_PROPERTY(int codeSeconds READ codeSeconds NOTIFY codeSecondsChanged FINAL)
    /// The server has sent a new key since the dialog was opened: the one that was scanned is void.
    Q_PROPERTY(bool keyReplaced READ isKeyReplaced NOTIFY changed FINAL)
    /// Seconds until the copied key is taken from the clipboard; 0 when nothing was copied.
    Q_PROPERTY(int clipboardSeconds READ clipboardSeconds NOTIFY clipboardSecondsChanged FINAL)

public:
    /// `settings` and `printing` must outlive this object.
    AuthenticatorViewModel(std::shared_ptr<ProviderApi> api, Settings &settings,
                           PrintService &printing, QObject *parent = nullptr);
    ~AuthenticatorViewModel() override;

    [[nodiscard]] SecretText *keyText() { return &m_keyText; }
    [[nodiscard]] SecretText *uri() { return &m_uri; }
    [[nodiscard]] SheetViewModel *sheet() { return &m_sheet; }
    [[nodiscard]] bool isRevealed() const { return m_revealed; }
    [[nodiscard]] QString codeErrorText() const { return m_codeErrorText; }
    [[nodiscard]] QString clockText() const { return m_clockText; }
    [[nodiscard]] int codeSeconds() const { return m_steps.secondsLeft(); }
    [[nodiscard]] bool isKeyReplaced() const { return m_keyReplaced; }
    [[nodiscard]] int clipboardSeconds() const { return m_clipboard.secondsLeft(); }

    /// Clears from the clipboard at once what was copied here.
    void clearClipboard()
    {
        m_clipboard.clear();
        m_sheet.clearClipboard();
    }

    Q_INVOKABLE void reveal();
    /// Copies the key without spaces; it is cleared from the clipboard after 30 s if still there.
    Q_INVOKABLE void copyKey();
    /// `code` as entered or pasted; spaces and hyphens do not matter.
    Q_INVOKABLE void turnOn(Sparekey::SecretEntry *code)
    {
        code->peek([this](QStringView text) { turnOn(text); });
    }
    void turnOn(QStringView code);

Q_SIGNALS:
    void clipboardSecondsChanged();
    void codeSecondsChanged();
    /// The code was refused: the field should be focused and its text selected.
    void codeWanted();

protected:
    QCoro::Task<Result<void>> read(SharedProof proof) override;
    void forget() override;
    [[nodiscard]] SecureBuffer setupKey() const override { return m_key.clone(); }
    bool showError(const Error &error) override;

private:
    QCoro::Task<void> sendCode(QString code);

    SecureBuffer m_key;
    SecretText m_keyText;
    SecretText m_uri;
    SheetViewModel m_sheet;
    TimedClipboard m_clipboard;
    StepClock m_steps;
    QString m_codeErrorText;
    QString m_clockText;
    bool m_revealed = false;
    bool m_keyReplaced = false;
};

} // namespace Sparekey
