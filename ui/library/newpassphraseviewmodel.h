// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/desktop/timedclipboard.h"
#include "ui/secret/secretentry.h"
#include "ui/secret/secrettext.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <optional>

namespace Sparekey {

/// The choice of a passphrase for a library file: six random words, or the user's own with an
/// estimate of its strength. GUI thread.
class NewPassphraseViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the view-model of a dialog")
    /// Six random words, for `SecretTextItem`.
    Q_PROPERTY(Sparekey::SecretText *words READ words CONSTANT FINAL)
    /// 0 to 4; -1 while no passphrase is entered.
    Q_PROPERTY(int strength READ strength NOTIFY changed FINAL)
    Q_PROPERTY(QString strengthText READ strengthText NOTIFY changed FINAL)
    /// Why the own passphrase cannot be used, or no words could be made.
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)

public:
    explicit NewPassphraseViewModel(QObject *parent = nullptr);
    ~NewPassphraseViewModel() override;

    [[nodiscard]] SecretText *words() { return &m_words; }
    [[nodiscard]] int strength() const { return m_strength; }
    [[nodiscard]] QString strengthText() const;
    [[nodiscard]] QString errorText() const { return m_errorText; }

    /// Six new words.
    Q_INVOKABLE void makeWords();
    Q_INVOKABLE void copyWords();
    /// Rates the passphrase while it is entered.
    Q_INVOKABLE void assess(Sparekey::SecretEntry *passphrase);
    void clearError();
    /// Wipes everything that was entered or made, also from the clipboard.
    void clear();

    /// The user's own passphrase. Nothing if it cannot be used; `errorText` says why. The fields
    /// keep it until the dialog is closed, so that nobody has to enter it again after a mistake
    /// elsewhere.
    [[nodiscard]] std::optional<SecureBuffer> own(const SecretEntry *passphrase,
                                                  const SecretEntry *repeated);

Q_SIGNALS:
    void changed();

private:
    SecretText m_words;
    TimedClipboard m_clipboard;
    QString m_errorText;
    int m_strength = -1;
};

} // namespace Sparekey
