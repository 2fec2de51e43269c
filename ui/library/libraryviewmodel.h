// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/library/library.h"
#include "core/settings/knownlibraries.h"
#include "core/task/taskguard.h"
#include "ui/desktop/lockable.h"
#include "ui/library/addcodesviewmodel.h"
#include "ui/library/createlibraryviewmodel.h"
#include "ui/library/libraryentryviewmodel.h"
#include "ui/library/librarylistmodel.h"
#include "ui/secret/secretentry.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// The section Recovery codes: one encrypted file with the codes of every service. It needs neither
/// an account nor a network, and has a lock of its own. GUI thread.
class LibraryViewModel : public QObject, public Lockable
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by AppViewModel")
    Q_PROPERTY(Stage stage READ stage NOTIFY changed FINAL)
    /// "recovery-codes.kdbx"
    Q_PROPERTY(QString fileName READ fileName NOTIFY changed FINAL)
    Q_PROPERTY(QString folder READ folder NOTIFY changed FINAL)
    Q_PROPERTY(QString path READ path NOTIFY changed FINAL)
    /// The file is being opened.
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    /// The passphrase or the key file was not accepted; the text says so at the field.
    Q_PROPERTY(QString keyErrorText READ keyErrorText NOTIFY changed FINAL)
    /// Why the file cannot be opened at all; empty if that is not known.
    Q_PROPERTY(QString problemTitle READ problemTitle NOTIFY changed FINAL)
    Q_PROPERTY(QString problemText READ problemText NOTIFY changed FINAL)
    Q_PROPERTY(bool readOnly READ isReadOnly NOTIFY changed FINAL)
    /// What another program or computer has changed; empty if nothing.
    Q_PROPERTY(QString noticeText READ noticeText NOTIFY changed FINAL)
    /// The account whose recovery code is kept as soon as a library is open; else empty.
    Q_PROPERTY(QString waitingFor READ waitingFor NOTIFY changed FINAL)
    Q_PROPERTY(Sparekey::LibraryListModel *list READ list CONSTANT FINAL)
    Q_PROPERTY(Sparekey::LibraryEntryViewModel *entry READ entry CONSTANT FINAL)
    Q_PROPERTY(Sparekey::AddCodesViewModel *adding READ adding CONSTANT FINAL)
    Q_PROPERTY(Sparekey::CreateLibraryViewModel *creating READ creating CONSTANT FINAL)

public:
    enum class Stage {
        NoFile, ///< No library is known.
        Locked, ///< `path` is to be opened.
        Open,
    };
    Q_ENUM(Stage)

    /// All must outlive this object.
    LibraryViewModel(Library &library, KnownLibraries &known, Settings &settings,
                     PrintService &printing, QObject *parent = nullptr);
    ~LibraryViewModel() override;

    [[nodiscard]] bool isUnlocked() const override;
    /// Closes the file and wipes everything of it.
    void lock() override;

    [[nodiscard]] Stage stage() const;
    [[nodiscard]] QString fileName() const;
    [[nodiscard]] QString folder() const;
    [[nodiscard]] QString path() const { return m_library.path(); }
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString keyErrorText() const { return m_keyErrorText; }
    [[nodiscard]] QString problemTitle() const { return m_problemTitle; }
    [[nodiscard]] QString problemText() const { return m_problemText; }
    [[nodiscard]] bool isReadOnly() const;
    [[nodiscard]] QString noticeText() const { return m_noticeText; }
    [[nodiscard]] QString waitingFor() const { return m_waitingFor; }
    void setWaitingFor(const QString &account);
    [[nodiscard]] LibraryListModel *list() { return &m_list; }
    [[nodiscard]] LibraryEntryViewModel *entry() { return &m_entry; }
    [[nodiscard]] AddCodesViewModel *adding() { return &m_adding; }
    [[nodiscard]] CreateLibraryViewModel *creating() { return &m_creating; }

    /// Opens the file with the passphrase, which it takes out of the field; `keyFile` is a path, or
    /// empty.
    Q_INVOKABLE void unlock(Sparekey::SecretEntry *passphrase, const QString &keyFile);
    /// Asks for the passphrase of another file.
    Q_INVOKABLE void chooseFile(const QString &path);
    /// Asks for new codes; makes or opens a library first if none is open. If a recovery code waits
    /// for the library, that is all.
    Q_INVOKABLE void addCodes();
    /// The library can be written to, and no codes are being added that a drop would replace.
    [[nodiscard]] bool takesDrops() const;
    /// Asks for new codes with what was dropped; only if `takesDrops`.
    void takeDropped(const QMimeData &data);
    Q_INVOKABLE void showEntry(int row);
    /// Shows the entry that keeps the recovery code of an account now.
    void showKept(const QUuid &entry, const QString &account);
    void reportNotKept(const Error &error);
    /// New codes for the entry that is shown.
    Q_INVOKABLE void startNewSet();
    Q_INVOKABLE void dismissNotice();

Q_SIGNALS:
    void changed();
    /// For a toast.
    void noted(const QString &message);
    /// `chooseFile` has taken another file.
    void fileChosen();
    /// Nothing is unlocked any more, or something is.
    void unlockedChanged();

private:
    QCoro::Task<void> open(SecureBuffer passphrase, QString keyFile);
    /// Reads what another program has changed.
    QCoro::Task<void> lookAgain();
    void sayProblem(const Error &error);
    void follow();
    void clearProblem();

    Library &m_library;
    KnownLibraries &m_known;
    LibraryListModel m_list;
    LibraryEntryViewModel m_entry;
    AddCodesViewModel m_adding;
    CreateLibraryViewModel m_creating;
    QString m_keyErrorText;
    QString m_problemTitle;
    QString m_problemText;
    QString m_noticeText;
    QString m_waitingFor;
    bool m_busy = false;
    bool m_addsWhenOpen = false;
    TaskGuard m_opening;
};

} // namespace Sparekey
