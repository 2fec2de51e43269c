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
    /// QR code and key on paper.
    Q_PROPERTY(Sparekey::SheetViewModel *sheet READ sheet CONSTANT FINAL)
    /// QR code and key are on the screen. While on they stay hidden until asked for.
    Q_PROPERTY(bool revealed READ isRevealed NOTIFY changed FINAL)
    Q_PROPERTY(QString codeErrorText READ codeErrorText NOTIFY changed FINAL)
    /// How far this computer's clock is from the server's; empty if near enough.
    Q_PROPERTY(QString clockText READ clockText NOTIFY changed FINAL)
    /// Seconds until the app shows the next code, by the server's clock; 0 when none is asked for.
    Q_PROPERTY(int codeSeconds READ codeSeconds NOTIFY codeSecondsChanged FINAL)
    /// The server gave a new key since the dialog was opened: what was scanned is void.
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

    /// Takes back at once what was copied here.
    void clearClipboard()
    {
        m_clipboard.clear();
        m_sheet.clearClipboard();
    }

    Q_INVOKABLE void reveal();
    /// The key without spaces, cleared from the clipboard after 30 s if still there.
    Q_INVOKABLE void copyKey();
    /// `code` as typed or pasted; spaces and hyphens do not matter.
    Q_INVOKABLE void turnOn(Sparekey::SecretEntry *code)
    {
        code->look([this](QStringView text) { turnOn(text); });
    }
    void turnOn(QStringView code);

Q_SIGNALS:
    void clipboardSecondsChanged();
    void codeSecondsChanged();
    /// The code was refused: select it.
    void codeWanted();

protected:
    QCoro::Task<Result<void>> read(SharedProof proof) override;
    void forget() override;
    [[nodiscard]] SecureBuffer authenticatorKey() const override { return m_key.clone(); }
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
