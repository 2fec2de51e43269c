// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/library/library.h"
#include "core/task/taskguard.h"
#include "ui/desktop/clipboardreader.h"
#include "ui/desktop/portalscreenshot.h"
#include "ui/library/codeproposal.h"
#include "ui/library/foundcodesmodel.h"
#include "ui/secret/secretentry.h"

#include <QObject>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

class QMimeData;

namespace Sparekey {

struct ReadCodes;

/// Takes codes into the library: from a file, a picture, the clipboard or by hand, as a new entry
/// or as the new set of one. What was found is always shown before it is saved. GUI thread.
class AddCodesViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by LibraryViewModel")
    Q_PROPERTY(Stage stage READ stage NOTIFY changed FINAL)
    /// The entry that gets a new set; empty for a new entry.
    Q_PROPERTY(QString entryTitle READ entryTitle NOTIFY changed FINAL)
    /// All services, for a choice.
    Q_PROPERTY(QStringList services READ services CONSTANT FINAL)
    /// The same, after "Recognize it".
    Q_PROPERTY(QStringList choices READ choices CONSTANT FINAL)
    /// Index of the chosen service; -1: recognize it.
    Q_PROPERTY(int service READ service WRITE setService NOTIFY changed FINAL)
    Q_PROPERTY(QString serviceText READ serviceText NOTIFY changed FINAL)
    /// The entry keeps a setup key instead of codes.
    Q_PROPERTY(bool setupKey READ isSetupKey NOTIFY changed FINAL)
    /// Only one code belongs to an entry of this service.
    Q_PROPERTY(bool single READ isSingle NOTIFY changed FINAL)
    /// What was found beside the codes, as a proposal.
    Q_PROPERTY(QString title READ title NOTIFY proposed FINAL)
    Q_PROPERTY(QString account READ account NOTIFY proposed FINAL)
    Q_PROPERTY(Sparekey::FoundCodesModel *codes READ codes CONSTANT FINAL)
    /// What is unusual about the codes; empty if nothing is.
    Q_PROPERTY(QString remarkText READ remarkText NOTIFY changed FINAL)
    /// What of the file or text was not taken; empty if all was.
    Q_PROPERTY(QString skippedText READ skippedText NOTIFY changed FINAL)
    /// How much of a code is entered: "24 of 25 characters".
    Q_PROPERTY(QString enteredNote READ enteredNote NOTIFY enteredChanged FINAL)
    Q_PROPERTY(QString enteredErrorText READ enteredErrorText NOTIFY enteredChanged FINAL)
    /// Why the file was not read; empty if it was.
    Q_PROPERTY(QString fileErrorText READ fileErrorText NOTIFY changed FINAL)
    /// The plain file that the codes came from, with its folder; else empty.
    Q_PROPERTY(QString plainFile READ plainFile NOTIFY changed FINAL)
    /// What of it is in the library.
    Q_PROPERTY(QString plainFileText READ plainFileText NOTIFY changed FINAL)
    /// All that it holds is in the library.
    Q_PROPERTY(bool fileComplete READ isFileComplete NOTIFY changed FINAL)
    /// The encrypted file whose passphrase is asked for, without its folder.
    Q_PROPERTY(QString encryptedFile READ encryptedFile NOTIFY changed FINAL)
    Q_PROPERTY(QString passphraseErrorText READ passphraseErrorText NOTIFY changed FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)
    /// An entry for the same account exists: what saving does to it. Else empty.
    Q_PROPERTY(QString matchText READ matchText NOTIFY changed FINAL)
    /// The codes become the new set of that entry.
    Q_PROPERTY(bool replaces READ replaces WRITE setReplaces NOTIFY changed FINAL)
    /// Why the codes cannot be saved now; empty if they can.
    Q_PROPERTY(QString blockedReason READ blockedReason NOTIFY changed FINAL)
    /// "1 of 3", if codes of several accounts were found; else empty.
    Q_PROPERTY(QString placeText READ placeText NOTIFY changed FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    /// The desktop can give a picture of a part of the screen.
    Q_PROPERTY(bool screenOffered READ isScreenOffered NOTIFY changed FINAL)
    /// The user is choosing that part in a dialog of the desktop.
    Q_PROPERTY(bool choosingRegion READ isChoosingRegion NOTIFY changed FINAL)

public:
    enum class Stage {
        Closed,
        Choose,     ///< How the codes get in.
        Passphrase, ///< The file is encrypted.
        Preview,    ///< What was found; codes can be added.
        Confirm,    ///< A key that was entered has to be entered again.
        Kept,       ///< Saved; the plain file that the codes came from is still there.
    };
    Q_ENUM(Stage)

    /// `library` must outlive this object.
    explicit AddCodesViewModel(Library &library, QObject *parent = nullptr);
    ~AddCodesViewModel() override;

    [[nodiscard]] Stage stage() const { return m_stage; }
    [[nodiscard]] bool isOpen() const { return m_stage != Stage::Closed; }
    [[nodiscard]] QString entryTitle() const { return m_proposal.entryTitle(); }
    [[nodiscard]] QStringList services() const;
    [[nodiscard]] QStringList choices() const
    {
        return QStringList(tr("Recognize it")) + services();
    }
    [[nodiscard]] int service() const { return m_proposal.serviceIndex(); }
    /// Reads the codes again as those of another service.
    void setService(int service);
    [[nodiscard]] QString serviceText() const;
    [[nodiscard]] bool isSetupKey() const { return m_proposal.isSetupKey(); }
    [[nodiscard]] bool isSingle() const { return m_proposal.isSingle(); }
    [[nodiscard]] QString title() const { return m_proposal.title(); }
    [[nodiscard]] QString account() const { return m_proposal.account(); }
    [[nodiscard]] FoundCodesModel *codes() { return &m_codes; }
    [[nodiscard]] QString remarkText() const;
    [[nodiscard]] QString skippedText() const;
    [[nodiscard]] QString enteredNote() const { return m_enteredNote; }
    [[nodiscard]] QString enteredErrorText() const { return m_enteredErrorText; }
    [[nodiscard]] QString fileErrorText() const { return m_fileErrorText; }
    [[nodiscard]] QString plainFile() const { return m_plainFile; }
    [[nodiscard]] QString plainFileText() const;
    [[nodiscard]] bool isFileComplete() const { return m_leftOut == 0 && !holdsMore(); }
    [[nodiscard]] QString encryptedFile() const;
    [[nodiscard]] QString passphraseErrorText() const { return m_passphraseErrorText; }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] QString matchText() const;
    [[nodiscard]] bool replaces() const { return m_proposal.replaces(); }
    void setReplaces(bool replaces);
    [[nodiscard]] QString blockedReason() const;
    [[nodiscard]] QString placeText() const;
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] bool isChoosingRegion() const { return m_screen.isOpen(); }
    [[nodiscard]] bool isScreenOffered() const { return m_screen.isAvailable(); }

    /// For a new entry.
    Q_INVOKABLE void open();
    /// For a new set of an entry of the library.
    void openFor(const LibraryEntry &entry);
    /// Wipes what was found and entered.
    Q_INVOKABLE void close();
    /// Back to the choice; what was found is wiped.
    Q_INVOKABLE void startOver();

    /// Takes the file, the text or the picture on the clipboard.
    Q_INVOKABLE void paste();
    /// Lets the user choose a part of the screen that shows a QR code.
    Q_INVOKABLE void readScreen();
    /// Takes what was dropped: a file, a text or a picture.
    void takeDropped(const QMimeData &data);
    /// Takes a file that the user has chosen: a picture with QR codes, or what `importFile` reads.
    Q_INVOKABLE void openFile(const QString &path);
    /// Opens the encrypted file with the passphrase, which it takes out of the field.
    Q_INVOKABLE void submitPassphrase(Sparekey::SecretEntry *passphrase);
    /// Takes a text with codes, such as the content of a file.
    void takeText(const SecureBuffer &text, const QString &fileName, CodeSource source);
    /// Notes how much of a code is entered.
    Q_INVOKABLE void checkEntered(Sparekey::SecretEntry *entry);
    /// Adds the entered code and clears the field, if it fits the service.
    Q_INVOKABLE void addEntered(Sparekey::SecretEntry *entry);
    /// The user has changed the name of the service or the account.
    Q_INVOKABLE void describe(const QString &title, const QString &account);
    /// Asks for a key again that was entered and stays valid; else saves.
    Q_INVOKABLE void save();
    /// Leaves out what is shown, and shows what else was found.
    Q_INVOKABLE void skip();
    /// Saves if the key is the same as before.
    Q_INVOKABLE void confirm(Sparekey::SecretEntry *again);

    /// Deletes the file that the codes came from, and closes.
    Q_INVOKABLE void deletePlainFile();
    /// Leaves it there, and closes.
    Q_INVOKABLE void keepPlainFile();

Q_SIGNALS:
    void changed();
    void enteredChanged();
    void proposed();
    /// The codes are in the library, in this entry.
    void saved(const QUuid &entry);
    /// For a toast.
    void noted(const QString &message);

private:
    /// The entry that the codes belong to has exactly the chosen ones.
    [[nodiscard]] bool hasThese() const;
    [[nodiscard]] bool holdsMore() const { return m_holdsMore || m_skipped > 0; }
    void takeFound(const QList<FoundCodes> &found, CodeSource source, SecureBuffer text = {});
    void showNext();
    /// After one finding is saved or skipped.
    void goOn();
    void showFound();
    QCoro::Task<void> put(LibraryEntry entry);
    QCoro::Task<void> readClipboardContent();
    /// Returns false if there is nothing that could hold codes.
    bool takeContent(ClipboardContent content);
    void takeRead(const ReadCodes &read, const QString &fileName);
    QCoro::Task<void> readFile(QString path, SecureBuffer passphrase);
    QCoro::Task<void> readPicture(SecureBuffer picture);
    /// Reads the picture of the screen, and deletes its file.
    QCoro::Task<void> readScreenPicture(QString path);
    QCoro::Task<void> removeFile(QString path);
    void finish();
    void saveNow();
    void setError(const QString &text);
    void setEntered(const QString &note, const QString &error);

    Library &m_library;
    FoundCodesModel m_codes;
    CodeProposal m_proposal;
    QString m_enteredNote;
    QString m_enteredErrorText;
    QString m_fileErrorText;
    QString m_plainFile;
    QString m_encryptedFile; ///< With its folder.
    QString m_passphraseErrorText;
    QUuid m_saved;            ///< The last entry that was saved; null if none was.
    int m_leftOut = 0;        ///< Codes that were found, but not saved.
    int m_skipped = 0;        ///< Items without codes.
    bool m_holdsMore = false; ///< The file can hold more than what was found.
    QString m_errorText;
    Stage m_stage = Stage::Closed;
    bool m_busy = false;
    PortalScreenshot m_screen;
    TaskGuard m_tasks;
};

} // namespace Sparekey
