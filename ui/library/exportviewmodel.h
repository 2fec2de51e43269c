// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/files/secretfile.h"
#include "core/library/library.h"
#include "core/settings/settings.h"
#include "core/task/taskguard.h"
#include "ui/library/newpassphraseviewmodel.h"
#include "ui/secret/secretentry.h"

#include <QList>
#include <QObject>
#include <QUuid>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// Saves codes of the open library in a file of another format: all of them, or those of one entry.
/// The key of the library is proved first. GUI thread.
class ExportViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by LibraryViewModel")
    Q_PROPERTY(Stage stage READ stage NOTIFY changed FINAL)
    /// The entry that is exported; empty for the whole library.
    Q_PROPERTY(QString entryTitle READ entryTitle NOTIFY changed FINAL)
    Q_PROPERTY(Format format READ format WRITE setFormat NOTIFY changed FINAL)
    /// The file gets a passphrase of its own.
    Q_PROPERTY(bool needsPassphrase READ needsPassphrase NOTIFY changed FINAL)
    Q_PROPERTY(Sparekey::NewPassphraseViewModel *passphrase READ passphrase CONSTANT FINAL)
    /// In the documents folder, with a neutral name.
    Q_PROPERTY(QString suggestedPath READ suggestedPath NOTIFY changed FINAL)
    /// Whether OpenPGP is offered.
    Q_PROPERTY(bool gpgOffered READ isGpgOffered NOTIFY changed FINAL)
    /// The passphrase or key file of the library was not accepted.
    Q_PROPERTY(QString keyErrorText READ keyErrorText NOTIFY changed FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)
    /// The last save failed only because the file exists; `save` may be called with `replace`.
    Q_PROPERTY(bool fileExists READ fileExists NOTIFY changed FINAL)
    /// "Saved and verified: …"
    Q_PROPERTY(QString doneText READ doneText NOTIFY changed FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)

public:
    enum class Stage {
        Closed,
        Key,    ///< The key of the library is asked for.
        Choose, ///< Format, passphrase and place.
        Saved,
    };
    Q_ENUM(Stage)
    enum class Format {
        Pdf,
        ProtectedPdf,
        Kdbx,
        Json, ///< Of Bitwarden, with a password.
        OpenPgp,
        Text,
    };
    Q_ENUM(Format)

    /// Both must outlive this object.
    ExportViewModel(Library &library, Settings &settings, QObject *parent = nullptr);
    ~ExportViewModel() override;

    [[nodiscard]] Stage stage() const { return m_stage; }
    [[nodiscard]] bool isOpen() const { return m_stage != Stage::Closed; }
    [[nodiscard]] QString entryTitle() const;
    [[nodiscard]] Format format() const { return m_format; }
    void setFormat(Format format);
    [[nodiscard]] bool needsPassphrase() const;
    [[nodiscard]] NewPassphraseViewModel *passphrase() { return &m_passphrase; }
    [[nodiscard]] QString suggestedPath() const;
    [[nodiscard]] bool isGpgOffered() const { return m_gpgOffered; }
    [[nodiscard]] QString keyErrorText() const { return m_keyErrorText; }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] bool fileExists() const { return m_fileExists; }
    [[nodiscard]] QString doneText() const { return m_doneText; }
    [[nodiscard]] bool isBusy() const { return m_busy; }

    /// For the whole library.
    Q_INVOKABLE void open();
    /// For one entry.
    void openFor(const QUuid &entry);
    /// Wipes what was entered.
    Q_INVOKABLE void close();

    /// Proves the key of the library; takes the passphrase out of the field.
    Q_INVOKABLE void proveKey(Sparekey::SecretEntry *passphrase, const QString &keyFile);
    /// Saves with the six words, to the OpenPGP keys of `recipients`, or without protection.
    Q_INVOKABLE void saveWithWords(const QString &path, const QString &recipients, bool replace);
    /// Saves with the user's own passphrase.
    Q_INVOKABLE void saveWithOwn(const QString &path, Sparekey::SecretEntry *own,
                                 Sparekey::SecretEntry *repeated, bool replace);
    /// Opens the folder of the file.
    Q_INVOKABLE void showInFolder() const;

Q_SIGNALS:
    void changed();

private:
    QCoro::Task<void> prove(SecureBuffer passphrase, QString keyFile);
    QCoro::Task<void> save(QString path, SecureBuffer passphrase, QStringList recipients,
                           ExistingFile existing);
    /// Notes in the entries that there is a copy.
    QCoro::Task<void> recordCopies(QList<LibraryEntry> exported);
    [[nodiscard]] QList<LibraryEntry> chosenEntries() const;
    void begin(const QUuid &entry);

    Library &m_library;
    Settings &m_settings;
    NewPassphraseViewModel m_passphrase;
    QUuid m_entry; ///< Null for the whole library.
    QString m_keyErrorText;
    QString m_errorText;
    QString m_doneText;
    QString m_savedPath;
    Stage m_stage = Stage::Closed;
    Format m_format = Format::ProtectedPdf;
    bool m_gpgOffered = false;
    bool m_fileExists = false;
    bool m_busy = false;
    TaskGuard m_tasks;
};

} // namespace Sparekey
