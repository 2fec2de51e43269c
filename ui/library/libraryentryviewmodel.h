// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/library/library.h"
#include "core/task/taskguard.h"
#include "ui/desktop/timedclipboard.h"
#include "ui/library/entrycodesmodel.h"
#include "ui/library/entrycopiesmodel.h"
#include "ui/library/entryneedsmodel.h"
#include "ui/library/librarylistmodel.h"
#include "ui/secret/secrettext.h"
#include "ui/sheet/sheetviewmodel.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <functional>

namespace Sparekey {

/// One entry of the open library: its codes, which stay hidden until they are asked for, its older
/// sets and its copies. Every change is saved at once. GUI thread.
class LibraryEntryViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by LibraryViewModel")
    Q_PROPERTY(bool open READ isOpen NOTIFY changed FINAL)
    Q_PROPERTY(QString title READ title NOTIFY changed FINAL)
    Q_PROPERTY(QString account READ account NOTIFY changed FINAL)
    /// Service and account, for the line below the title.
    Q_PROPERTY(QString subtitle READ subtitle NOTIFY changed FINAL)
    Q_PROPERTY(QString leftText READ leftText NOTIFY changed FINAL)
    /// What is due first, or that nothing is.
    Q_PROPERTY(QString noteText READ noteText NOTIFY changed FINAL)
    Q_PROPERTY(Sparekey::LibraryListModel::Tone tone READ tone NOTIFY changed FINAL)
    /// What to know about the codes of this service.
    Q_PROPERTY(QString hintText READ hintText NOTIFY changed FINAL)
    /// Where and when the codes came from.
    Q_PROPERTY(QString originText READ originText NOTIFY changed FINAL)
    Q_PROPERTY(QString signInAddress READ signInAddress NOTIFY changed FINAL)
    Q_PROPERTY(QString recoveryAddress READ recoveryAddress NOTIFY changed FINAL)
    /// Page where new codes are made; may be empty.
    Q_PROPERTY(QString newCodesAddress READ newCodesAddress NOTIFY changed FINAL)
    Q_PROPERTY(QString notes READ notes NOTIFY changed FINAL)
    /// Separated by commas.
    Q_PROPERTY(QString tags READ tags NOTIFY changed FINAL)
    /// What is needed to use the codes, one on each line.
    Q_PROPERTY(QString needsText READ needsText NOTIFY changed FINAL)
    /// The same, to be edited; `startEditing` fills it and `saveDetails` saves it.
    Q_PROPERTY(Sparekey::EntryNeedsModel *editedNeeds READ editedNeeds CONSTANT FINAL)
    Q_PROPERTY(int lowAt READ lowAt NOTIFY changed FINAL)
    Q_PROPERTY(int reviewMonths READ reviewMonths NOTIFY changed FINAL)
    /// The entry keeps the setup key of an authenticator app instead of codes.
    Q_PROPERTY(bool setupKey READ isSetupKey NOTIFY changed FINAL)
    /// The content of the QR code of a setup key, while it is not hidden.
    Q_PROPERTY(Sparekey::SecretText *qr READ qr CONSTANT FINAL)
    /// To print and save the current codes; it is empty until `makeSheet`.
    Q_PROPERTY(Sparekey::SheetViewModel *sheet READ sheet CONSTANT FINAL)
    Q_PROPERTY(Sparekey::EntryCodesModel *codes READ codes CONSTANT FINAL)
    /// The codes of the last void set whose copies still exist.
    Q_PROPERTY(Sparekey::EntryCodesModel *oldCodes READ oldCodes CONSTANT FINAL)
    /// Why those are void, with the date.
    Q_PROPERTY(QString oldCodesText READ oldCodesText NOTIFY changed FINAL)
    /// The copies of the codes outside the library.
    Q_PROPERTY(Sparekey::EntryCopiesModel *copies READ copies CONSTANT FINAL)
    Q_PROPERTY(bool hidden READ isHidden WRITE setHidden NOTIFY hiddenChanged FINAL)
    Q_PROPERTY(int clipboardSeconds READ clipboardSeconds NOTIFY clipboardSecondsChanged FINAL)
    /// A change is being saved.
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    /// Why the last change was not saved; empty if it was.
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)
    /// The library cannot be written to.
    Q_PROPERTY(bool readOnly READ isReadOnly NOTIFY changed FINAL)

public:
    /// All must outlive this object.
    LibraryEntryViewModel(Library &library, Settings &settings, PrintService &printing,
                          QObject *parent = nullptr);
    ~LibraryEntryViewModel() override;

    [[nodiscard]] bool isOpen() const { return !m_entry.id.isNull(); }
    [[nodiscard]] QUuid id() const { return m_entry.id; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString account() const { return m_entry.account; }
    [[nodiscard]] QString subtitle() const;
    [[nodiscard]] QString leftText() const;
    [[nodiscard]] QString noteText() const;
    [[nodiscard]] LibraryListModel::Tone tone() const;
    [[nodiscard]] QString hintText() const;
    [[nodiscard]] QString originText() const;
    [[nodiscard]] QString signInAddress() const { return m_entry.signInAddress; }
    [[nodiscard]] QString recoveryAddress() const { return m_entry.recoveryAddress; }
    [[nodiscard]] QString newCodesAddress() const;
    [[nodiscard]] QString notes() const { return m_entry.notes; }
    [[nodiscard]] QString tags() const;
    [[nodiscard]] QString needsText() const;
    [[nodiscard]] EntryNeedsModel *editedNeeds() { return &m_editedNeeds; }
    [[nodiscard]] int lowAt() const { return m_entry.reminders.lowAt; }
    [[nodiscard]] int reviewMonths() const { return m_entry.reminders.reviewMonths; }
    [[nodiscard]] bool isSetupKey() const;
    [[nodiscard]] SecretText *qr() { return &m_qr; }
    [[nodiscard]] SheetViewModel *sheet() { return &m_sheet; }
    [[nodiscard]] EntryCodesModel *codes() { return &m_codes; }
    [[nodiscard]] EntryCodesModel *oldCodes() { return &m_oldCodes; }
    [[nodiscard]] QString oldCodesText() const { return m_oldCodesText; }
    [[nodiscard]] EntryCopiesModel *copies() { return &m_copies; }
    [[nodiscard]] bool isHidden() const { return m_hidden; }
    void setHidden(bool hidden);
    [[nodiscard]] int clipboardSeconds() const { return m_clipboard.secondsLeft(); }
    [[nodiscard]] bool isBusy() const { return m_saving > 0; }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] bool isReadOnly() const { return m_library.isReadOnly(); }

    /// Shows an entry of the library; its codes are hidden.
    void show(QUuid id);
    /// Wipes what is shown and copied.
    Q_INVOKABLE void close();

    /// Makes the sheet of the current codes, unless there is one of the entry as it is now.
    Q_INVOKABLE void makeSheet();
    Q_INVOKABLE void markUsed(int row);
    /// Takes "used" or "maybe used" back.
    Q_INVOKABLE void markUnused(int row);
    /// Copies one code; it is cleared from the clipboard after 30 s.
    Q_INVOKABLE void copyCode(int row);
    Q_INVOKABLE void startEditing() { m_editedNeeds.setNeeds(m_entry.needs); }
    Q_INVOKABLE void saveDetails(const QString &title, const QString &account,
                                 const QString &signInAddress, const QString &recoveryAddress,
                                 const QString &notes, const QString &tags, int lowAt,
                                 int reviewMonths);
    /// The user has looked at a copy and it is readable.
    Q_INVOKABLE void markCopyChecked(int copy);
    Q_INVOKABLE void markCopyDestroyed(int copy);
    /// Where a copy is kept.
    Q_INVOKABLE void setCopyPlace(int copy, const QString &place);
    /// Removes the entry with all its codes.
    Q_INVOKABLE void remove();

Q_SIGNALS:
    void changed();
    void hiddenChanged();
    void clipboardSecondsChanged();
    /// For a toast.
    void noted(const QString &message);
    /// A change of `saveDetails` is saved.
    void detailsSaved();
    /// The entry was removed.
    void removed();
    /// A change of an entry that is no longer shown was not saved.
    void notSaved(const QString &title, const Sparekey::Error &error);

private:
    using Change = std::function<void(LibraryEntry &)>;

    /// Saves a change; `message` is for a toast, and may be empty.
    void change(const Change &how, const QString &message, bool details = false);
    QCoro::Task<void> put(LibraryEntry entry, QString message, bool details);
    QCoro::Task<void> removeEntry(QUuid id);
    void recordCopy(const CopyRecord &record, const QString &path);
    void reload();
    void setEntry(const LibraryEntry &entry);
    void updateQr();
    void end(const Result<void> &result);

    Library &m_library;
    LibraryEntry m_entry; ///< A null id while nothing is shown.
    QList<EntryCondition> m_due;
    EntryCodesModel m_codes;
    EntryCodesModel m_oldCodes;
    EntryCopiesModel m_copies;
    EntryNeedsModel m_editedNeeds;
    QString m_oldCodesText;
    SecretText m_qr;
    SheetViewModel m_sheet;
    LibraryEntry m_entryOnSheet; ///< As it was when the sheet was made.
    TimedClipboard m_clipboard;
    QString m_errorText;
    int m_saving = 0;
    bool m_hidden = true;
    TaskGuard m_tasks; ///< Changes of the entry that is shown.
};

} // namespace Sparekey
