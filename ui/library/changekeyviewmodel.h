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

/// Gives the open library another passphrase or key file, after the present ones were entered.
/// GUI thread.
class ChangeKeyViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by LibraryViewModel")
    Q_PROPERTY(Stage stage READ stage NOTIFY changed FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(Sparekey::NewPassphraseViewModel *passphrase READ passphrase CONSTANT FINAL)
    /// The present passphrase and key file are not those of the library.
    Q_PROPERTY(QString currentErrorText READ currentErrorText NOTIFY changed FINAL)
    Q_PROPERTY(QString keyFileErrorText READ keyFileErrorText NOTIFY changed FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)
    /// In `Changed`: how many older versions of the file still open with the old key.
    Q_PROPERTY(int olderVersions READ olderVersions NOTIFY changed FINAL)
    Q_PROPERTY(QString olderVersionsText READ olderVersionsText NOTIFY changed FINAL)

public:
    enum class Stage { Closed, Ask, Changed };
    Q_ENUM(Stage)
    enum class NewPassphrase { Keep, Words, Own };
    Q_ENUM(NewPassphrase)
    enum class NewKeyFile {
        KeepFile, ///< Also if there is none.
        None,
        Existing,
        Made, ///< A new file with a random key.
    };
    Q_ENUM(NewKeyFile)

    /// `library` must outlive this object.
    explicit ChangeKeyViewModel(Library &library, QObject *parent = nullptr);
    ~ChangeKeyViewModel() override;

    [[nodiscard]] Stage stage() const { return m_stage; }
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] NewPassphraseViewModel *passphrase() { return &m_passphrase; }
    [[nodiscard]] QString currentErrorText() const { return m_currentErrorText; }
    [[nodiscard]] QString keyFileErrorText() const { return m_keyFileErrorText; }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] int olderVersions() const { return m_olderVersions; }
    [[nodiscard]] QString olderVersionsText() const;

    Q_INVOKABLE void begin();
    /// Wipes everything that was entered or made.
    Q_INVOKABLE void close();
    /// `passphrase` is the present one, which this takes out of its field; `keyFile` is the path of
    /// the present key file, or empty. `own` and `repeated` are the new passphrase, `newKeyFile`
    /// the path of the new key file, where they are chosen.
    Q_INVOKABLE void change(Sparekey::SecretEntry *passphrase, const QString &keyFile,
                            Sparekey::ChangeKeyViewModel::NewPassphrase choice,
                            Sparekey::SecretEntry *own, Sparekey::SecretEntry *repeated,
                            Sparekey::ChangeKeyViewModel::NewKeyFile keyFileChoice,
                            const QString &newKeyFile);
    /// Deletes the files that open with the old key.
    Q_INVOKABLE void deleteOlderVersions();

Q_SIGNALS:
    void changed();
    void keyChanged();

private:
    struct Wish
    {
        NewPassphrase passphrase;
        SecureBuffer own; ///< Empty if the passphrase is kept.
        NewKeyFile keyFile;
        QString keyFilePath;
    };

    QCoro::Task<void> run(SecureBuffer current, QString keyFile, std::shared_ptr<Wish> wish);
    QCoro::Task<void> removeOlder();
    void clearErrors();
    void fail(QString &where, const QString &text);

    Library &m_library;
    NewPassphraseViewModel m_passphrase;
    Stage m_stage = Stage::Closed;
    bool m_busy = false;
    QString m_currentErrorText;
    QString m_keyFileErrorText;
    QString m_errorText;
    int m_olderVersions = 0;
    TaskGuard m_tasks;
};

} // namespace Sparekey
