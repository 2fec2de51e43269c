// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/library/keyringunlock.h"
#include "core/library/library.h"
#include "core/settings/knownlibraries.h"
#include "core/task/taskguard.h"
#include "ui/desktop/lockable.h"
#include "ui/library/addcodesviewmodel.h"
#include "ui/library/changekeyviewmodel.h"
#include "ui/library/createlibraryviewmodel.h"
#include "ui/library/exportviewmodel.h"
#include "ui/library/libraryentryviewmodel.h"
#include "ui/library/librarylistmodel.h"
#include "ui/library/movelibraryviewmodel.h"
#include "ui/library/unlocklibraryviewmodel.h"

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
    Q_PROPERTY(bool readOnly READ isReadOnly NOTIFY changed FINAL)
    /// It is read-only because another Sparekey has it open.
    Q_PROPERTY(bool inUse READ isInUse NOTIFY changed FINAL)
    /// What another program or computer has changed; empty if nothing.
    Q_PROPERTY(QString noticeText READ noticeText NOTIFY changed FINAL)
    /// The account whose recovery code is kept as soon as a library is open; else empty.
    Q_PROPERTY(QString waitingFor READ waitingFor NOTIFY changed FINAL)
    /// Why the open file cannot be read any more; empty if it can.
    Q_PROPERTY(QString lostText READ lostText NOTIFY changed FINAL)
    /// The open file is not there any more, as on a USB stick that was pulled out.
    Q_PROPERTY(bool gone READ isGone NOTIFY changed FINAL)
    Q_PROPERTY(Sparekey::LibraryListModel *list READ list CONSTANT FINAL)
    Q_PROPERTY(Sparekey::LibraryEntryViewModel *entry READ entry CONSTANT FINAL)
    Q_PROPERTY(Sparekey::ExportViewModel *exporting READ exporting CONSTANT FINAL)
    Q_PROPERTY(Sparekey::AddCodesViewModel *adding READ adding CONSTANT FINAL)
    Q_PROPERTY(Sparekey::CreateLibraryViewModel *creating READ creating CONSTANT FINAL)
    Q_PROPERTY(Sparekey::UnlockLibraryViewModel *unlocking READ unlocking CONSTANT FINAL)
    Q_PROPERTY(Sparekey::ChangeKeyViewModel *changingKey READ changingKey CONSTANT FINAL)
    Q_PROPERTY(Sparekey::MoveLibraryViewModel *moving READ moving CONSTANT FINAL)

public:
    enum class Stage {
        NoFile, ///< No library is known.
        Locked, ///< `path` is to be opened.
        Open,
    };
    Q_ENUM(Stage)

    /// All must outlive this object.
    LibraryViewModel(Library &library, KnownLibraries &known, KeyringUnlock &keyringUnlock,
                     Settings &settings, PrintService &printing, QObject *parent = nullptr);
    ~LibraryViewModel() override;

    [[nodiscard]] bool isUnlocked() const override;
    /// Closes the file and wipes everything of it. The keyring can still unlock it.
    void lock() override;
    /// Ends all unlocking by the keyring.
    void forgetKeyring();
    /// Locks this section alone. Then another file can be chosen.
    Q_INVOKABLE void closeFile() { lock(); }
    /// Looks at the open file again: whether it is there, was changed, or can be written to.
    Q_INVOKABLE void lookAgain();

    [[nodiscard]] Stage stage() const;
    [[nodiscard]] QString fileName() const;
    [[nodiscard]] QString folder() const;
    [[nodiscard]] QString path() const { return m_library.path(); }
    [[nodiscard]] bool isReadOnly() const;
    [[nodiscard]] bool isInUse() const { return m_library.access() == LibraryAccess::InUse; }
    [[nodiscard]] QString noticeText() const { return m_noticeText; }
    [[nodiscard]] QString waitingFor() const { return m_waitingFor; }
    void setWaitingFor(const QString &account);
    [[nodiscard]] QString lostText() const { return m_lostText; }
    [[nodiscard]] bool isGone() const { return m_gone; }
    [[nodiscard]] LibraryListModel *list() { return &m_list; }
    [[nodiscard]] LibraryEntryViewModel *entry() { return &m_entry; }
    [[nodiscard]] ExportViewModel *exporting() { return &m_exporting; }
    [[nodiscard]] AddCodesViewModel *adding() { return &m_adding; }
    [[nodiscard]] CreateLibraryViewModel *creating() { return &m_creating; }
    [[nodiscard]] UnlockLibraryViewModel *unlocking() { return &m_unlocking; }
    [[nodiscard]] ChangeKeyViewModel *changingKey() { return &m_changingKey; }
    [[nodiscard]] MoveLibraryViewModel *moving() { return &m_moving; }

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
    /// Exports the entry that is shown.
    Q_INVOKABLE void exportEntry() { m_exporting.openFor(m_entry.id()); }
    /// New codes for the entry that is shown.
    Q_INVOKABLE void startNewSet();
    Q_INVOKABLE void dismissNotice();

Q_SIGNALS:
    void changed();
    /// For a toast.
    void noted(const QString &message);
    /// Nothing is unlocked any more, or something is.
    void unlockedChanged();

private:
    QCoro::Task<void> readAgain();
    void takeMove(const QString &from, const QString &to, int left);
    void showMerge(int fromOther, const QList<QUuid> &conflicts);
    void follow();

    Library &m_library;
    KnownLibraries &m_known;
    KeyringUnlock &m_keyringUnlock;
    LibraryListModel m_list;
    LibraryEntryViewModel m_entry;
    ExportViewModel m_exporting;
    AddCodesViewModel m_adding;
    CreateLibraryViewModel m_creating;
    UnlockLibraryViewModel m_unlocking;
    ChangeKeyViewModel m_changingKey;
    MoveLibraryViewModel m_moving;
    QString m_noticeText;
    QString m_waitingFor;
    QString m_lostText;
    bool m_gone = false;
    bool m_addsWhenOpen = false;
    TaskGuard m_reading;
};

} // namespace Sparekey
