// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/session.h"
#include "core/recovery/recoverycode.h"
#include "core/settings/settings.h"
#include "core/task/taskguard.h"
#include "core/twofactor/proof.h"
#include "ui/desktop/timedclipboard.h"
#include "ui/library/accountcodekeeper.h"
#include "ui/secret/secrettext.h"
#include "ui/sheet/sheetviewmodel.h"
#include "ui/verification/verificationviewmodel.h"

#include <QDateTime>
#include <QObject>
#include <QtQml/qqmlregistration.h>
#include <memory>

namespace Sparekey {

/// "View recovery code": verification first, then the code. The code itself never becomes a
/// property; `SecretTextItem` draws it straight from locked memory.
class RecoveryCodeViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by TwoStepLoginViewModel")
    Q_PROPERTY(Stage stage READ stage NOTIFY stageChanged FINAL)
    Q_PROPERTY(Sparekey::VerificationViewModel *verification READ verification CONSTANT FINAL)
    Q_PROPERTY(Sparekey::SheetViewModel *sheet READ sheet CONSTANT FINAL)
    /// The code in groups of four, for `SecretTextItem`.
    Q_PROPERTY(Sparekey::SecretText *code READ code CONSTANT FINAL)
    /// Bullets are shown instead of the code.
    Q_PROPERTY(bool hidden READ isHidden WRITE setHidden NOTIFY hiddenChanged FINAL)
    /// The code is not 32 letters and digits; it is shown as sent.
    Q_PROPERTY(bool unusual READ isUnusual NOTIFY stageChanged FINAL)
    /// Shown because the first method was just turned on.
    Q_PROPERTY(bool firstMethod READ isFirstMethod NOTIFY stageChanged FINAL)
    /// A copy was made since the dialog was opened.
    Q_PROPERTY(bool copied READ isCopied NOTIFY copiedChanged FINAL)
    /// The account's email.
    Q_PROPERTY(QString accountText READ accountText CONSTANT FINAL)
    /// Which copies of this code were made on this computer; may be empty.
    Q_PROPERTY(QString copiesText READ copiesText NOTIFY copiesChanged FINAL)
    /// "Server … · email · fetched …", for the line under the code.
    Q_PROPERTY(QString originText READ originText NOTIFY stageChanged FINAL)
    /// What the library of recovery codes has of this code.
    Q_PROPERTY(InLibrary inLibrary READ inLibrary NOTIFY libraryChanged FINAL)
    /// An older code was in the library when this one was shown. It is void there now.
    Q_PROPERTY(bool replacedInLibrary READ isReplacedInLibrary NOTIFY libraryChanged FINAL)
    /// Why the library was not changed; empty if it was.
    Q_PROPERTY(QString libraryErrorText READ libraryErrorText NOTIFY libraryChanged FINAL)
    /// The code is being saved in the library.
    Q_PROPERTY(bool savingInLibrary READ isSavingInLibrary NOTIFY libraryChanged FINAL)
    /// Seconds until the copied code is taken from the clipboard; 0 when nothing was copied.
    Q_PROPERTY(int clipboardSeconds READ clipboardSeconds NOTIFY clipboardSecondsChanged FINAL)

public:
    enum class Stage {
        Closed,
        Verifying, ///< The verification prompt is open.
        Shown,     ///< There is a code.
        NoCode,    ///< The account has none yet.
    };
    Q_ENUM(Stage)
    enum class InLibrary {
        NoLibrary, ///< None is chosen.
        Locked,
        ReadOnly, ///< And the code is not in it.
        NotKept,
        Kept,
    };
    Q_ENUM(InLibrary)

    /// All services must outlive this object.
    RecoveryCodeViewModel(std::shared_ptr<Session> session, Settings &settings,
                          PrintService &printing, AccountCodeKeeper &keeper,
                          QObject *parent = nullptr);
    ~RecoveryCodeViewModel() override;

    /// Clears from the clipboard at once what was copied here.
    void clearClipboard()
    {
        m_clipboard.clear();
        m_sheet.clearClipboard();
    }

    [[nodiscard]] Stage stage() const { return m_stage; }
    [[nodiscard]] VerificationViewModel *verification() { return &m_verification; }
    [[nodiscard]] SheetViewModel *sheet() { return &m_sheet; }
    [[nodiscard]] SecretText *code() { return &m_text; }
    [[nodiscard]] bool isHidden() const { return m_hidden; }
    void setHidden(bool hidden);
    [[nodiscard]] bool isUnusual() const { return m_stage == Stage::Shown && !m_code.isUsual(); }
    [[nodiscard]] bool isFirstMethod() const { return m_firstMethod; }
    [[nodiscard]] bool isCopied() const { return m_copied; }
    [[nodiscard]] QString accountText() const { return m_session->account().email; }
    [[nodiscard]] QString copiesText() const;
    [[nodiscard]] QString originText() const;
    [[nodiscard]] InLibrary inLibrary() const;
    [[nodiscard]] bool isReplacedInLibrary() const { return m_replaced; }
    [[nodiscard]] QString libraryErrorText() const { return m_libraryErrorText; }
    [[nodiscard]] bool isSavingInLibrary() const { return m_savingInLibrary; }
    [[nodiscard]] int clipboardSeconds() const { return m_clipboard.secondsLeft(); }

    Q_INVOKABLE void open();
    /// The first method was just turned on: shows the code without asking for the password again.
    /// If it cannot be fetched that way, opens the prompt.
    void openAfterFirstMethod(SharedProof proof);
    /// Wipes the code and ends everything that belongs to it.
    Q_INVOKABLE void close();
    /// The user has kept the code by other means: records that and closes.
    Q_INVOKABLE void confirmKeptElsewhere();
    /// Closes. The user will be reminded of the code of a first method if it was not kept.
    Q_INVOKABLE void postpone();
    /// Keeps the code in the library. If none is open, closes, and the code waits for one.
    Q_INVOKABLE void keepInLibrary();
    /// Copies the code, in groups; it is cleared from the clipboard after 30 s if still there.
    Q_INVOKABLE void copy();

Q_SIGNALS:
    void stageChanged();
    void hiddenChanged();
    void clipboardSecondsChanged();
    /// A copy of the code was made and recorded in the settings.
    void copyRecorded();
    void copiesChanged();
    void copiedChanged();
    void libraryChanged();
    /// The code of the first method was not kept.
    void postponed();

private:
    QCoro::Task<Result<void>> fetch(SecureBuffer password);
    QCoro::Task<void> fetchAfterFirstMethod(SharedProof proof);
    void setCode(const SecureBuffer &sent);
    void setStage(Stage stage);
    void setCopied(bool copied);
    void recordCopy(const CopyRecord &copy, const QString &path);
    [[nodiscard]] FollowedAccount followedAccount() const;
    /// Replaces an older code that the library has of this account.
    void followLibrary();
    QCoro::Task<void> saveInLibrary(bool replaces);
    QCoro::Task<void> recordInLibrary(EarlierCopy copy);

    std::shared_ptr<Session> m_session;
    Settings &m_settings;
    VerificationViewModel m_verification;
    SheetViewModel m_sheet;
    SecretText m_text;
    TimedClipboard m_clipboard;
    AccountCodeKeeper &m_keeper;
    RecoveryCode m_code;
    QList<EarlierCopy> m_copies; ///< Of this code, since the dialog was opened.
    QString m_libraryErrorText;
    QDateTime m_obtained;
    Stage m_stage = Stage::Closed;
    bool m_hidden = false;
    bool m_firstMethod = false;
    bool m_copied = false;
    bool m_replaced = false;
    bool m_savingInLibrary = false;
    TaskGuard m_fetching; ///< Requests of one opening of the dialog.
};

} // namespace Sparekey
