// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/library/library.h"
#include "core/task/taskguard.h"
#include "ui/desktop/timedclipboard.h"
#include "ui/secret/secretentry.h"
#include "ui/secret/secrettext.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// Makes a new library: where it lies, and which passphrase and key file open it. GUI thread.
class CreateLibraryViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by LibraryViewModel")
    Q_PROPERTY(bool open READ isOpen NOTIFY changed FINAL)
    /// The path that is proposed.
    Q_PROPERTY(QString suggestedPath READ suggestedPath NOTIFY changed FINAL)
    /// Six random words, for `SecretTextItem`.
    Q_PROPERTY(Sparekey::SecretText *words READ words CONSTANT FINAL)
    /// 0 to 4; -1 while no passphrase is entered.
    Q_PROPERTY(int strength READ strength NOTIFY strengthChanged FINAL)
    Q_PROPERTY(QString strengthText READ strengthText NOTIFY strengthChanged FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(QString pathErrorText READ pathErrorText NOTIFY changed FINAL)
    Q_PROPERTY(QString passphraseErrorText READ passphraseErrorText NOTIFY changed FINAL)
    Q_PROPERTY(QString keyFileErrorText READ keyFileErrorText NOTIFY changed FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)

public:
    /// `library` must outlive this object.
    explicit CreateLibraryViewModel(Library &library, QObject *parent = nullptr);
    ~CreateLibraryViewModel() override;

    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] QString suggestedPath() const { return m_suggestedPath; }
    [[nodiscard]] SecretText *words() { return &m_words; }
    [[nodiscard]] int strength() const { return m_strength; }
    [[nodiscard]] QString strengthText() const;
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString pathErrorText() const { return m_pathErrorText; }
    [[nodiscard]] QString passphraseErrorText() const { return m_passphraseErrorText; }
    [[nodiscard]] QString keyFileErrorText() const { return m_keyFileErrorText; }
    [[nodiscard]] QString errorText() const { return m_errorText; }

    Q_INVOKABLE void begin();
    /// Wipes everything that was entered or made.
    Q_INVOKABLE void close();
    /// Six new words.
    Q_INVOKABLE void makeWords();
    Q_INVOKABLE void copyWords();
    /// Rates the passphrase while it is entered.
    Q_INVOKABLE void assess(Sparekey::SecretEntry *passphrase);
    /// Makes the library with the six words. `keyFile` is a path; empty for none.
    Q_INVOKABLE void createWithWords(const QString &path, const QString &keyFile);
    /// Makes the library with a passphrase of the user's own; takes it out of both fields.
    Q_INVOKABLE void createWithOwn(const QString &path, Sparekey::SecretEntry *passphrase,
                                   Sparekey::SecretEntry *repeated, const QString &keyFile);

Q_SIGNALS:
    void changed();
    void strengthChanged();
    /// The library exists and is open.
    void created();

private:
    QCoro::Task<void> create(QString path, SecureBuffer passphrase, QString keyFile);
    void fail(QString &where, const QString &text);

    Library &m_library;
    QString m_suggestedPath;
    SecretText m_words;
    TimedClipboard m_clipboard;
    QString m_pathErrorText;
    QString m_passphraseErrorText;
    QString m_keyFileErrorText;
    QString m_errorText;
    int m_strength = -1;
    bool m_open = false;
    bool m_busy = false;
    TaskGuard m_tasks;
};

} // namespace Sparekey
