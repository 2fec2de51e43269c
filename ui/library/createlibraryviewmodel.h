// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/library/library.h"
#include "core/task/taskguard.h"
#include "ui/library/newpassphraseviewmodel.h"
#include "ui/secret/secretentry.h"

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
    Q_PROPERTY(Sparekey::NewPassphraseViewModel *passphrase READ passphrase CONSTANT FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(QString pathErrorText READ pathErrorText NOTIFY changed FINAL)
    Q_PROPERTY(QString keyFileErrorText READ keyFileErrorText NOTIFY changed FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)

public:
    /// `library` must outlive this object.
    explicit CreateLibraryViewModel(Library &library, QObject *parent = nullptr);
    ~CreateLibraryViewModel() override;

    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] QString suggestedPath() const { return m_suggestedPath; }
    [[nodiscard]] NewPassphraseViewModel *passphrase() { return &m_passphrase; }
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString pathErrorText() const { return m_pathErrorText; }
    [[nodiscard]] QString keyFileErrorText() const { return m_keyFileErrorText; }
    [[nodiscard]] QString errorText() const { return m_errorText; }

    Q_INVOKABLE void begin();
    /// Wipes everything that was entered or made.
    Q_INVOKABLE void close();
    /// Makes the library with the six words. `keyFile` is a path; empty for none.
    Q_INVOKABLE void createWithWords(const QString &path, const QString &keyFile);
    /// Makes the library with a passphrase of the user's own, which both fields have.
    Q_INVOKABLE void createWithOwn(const QString &path, Sparekey::SecretEntry *passphrase,
                                   Sparekey::SecretEntry *repeated, const QString &keyFile);

Q_SIGNALS:
    void changed();
    /// The library exists and is open.
    void created();

private:
    QCoro::Task<void> create(QString path, SecureBuffer passphrase, QString keyFile);
    void clearErrors();
    void fail(QString &where, const QString &text);

    Library &m_library;
    QString m_suggestedPath;
    NewPassphraseViewModel m_passphrase;
    QString m_pathErrorText;
    QString m_keyFileErrorText;
    QString m_errorText;
    bool m_open = false;
    bool m_busy = false;
    TaskGuard m_tasks;
};

} // namespace Sparekey
