// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/library/keyringunlock.h"
#include "core/library/library.h"
#include "core/settings/knownlibraries.h"
#include "core/task/taskguard.h"
#include "ui/library/knownlibrariesmodel.h"
#include "ui/secret/secretentry.h"

#include <QObject>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// Opens the chosen library by its passphrase or by the keyring, says why it does not open, and
/// chooses another one. GUI thread.
class UnlockLibraryViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by LibraryViewModel")
    /// The file is being opened.
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    /// When the file was opened last; may be empty.
    Q_PROPERTY(QString openedText READ openedText NOTIFY changed FINAL)
    /// The passphrase or the key file was not accepted; the text says so at the field.
    Q_PROPERTY(QString keyErrorText READ keyErrorText NOTIFY changed FINAL)
    /// Why the file cannot be opened at all; empty if that is not known.
    Q_PROPERTY(QString problemTitle READ problemTitle NOTIFY changed FINAL)
    Q_PROPERTY(QString problemText READ problemText NOTIFY changed FINAL)
    /// The dates of the older versions that can take the place of a file that is damaged or gone.
    Q_PROPERTY(QStringList olderVersions READ olderVersions NOTIFY changed FINAL)
    /// That the keyring unlocks the file, and until when; empty if it does not.
    Q_PROPERTY(QString keyringText READ keyringText NOTIFY changed FINAL)
    /// The keyring was asked to unlock the file, or to keep its key, and has not answered yet.
    Q_PROPERTY(bool waitsForKeyring READ waitsForKeyring NOTIFY changed FINAL)
    /// Why the keyring has not unlocked the file.
    Q_PROPERTY(QString keyringErrorText READ keyringErrorText NOTIFY changed FINAL)
    Q_PROPERTY(Sparekey::KnownLibrariesModel *others READ others CONSTANT FINAL)

public:
    /// All must outlive this object.
    UnlockLibraryViewModel(Library &library, KnownLibraries &known, KeyringUnlock &keyringUnlock,
                           QObject *parent = nullptr);

    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString openedText() const;
    [[nodiscard]] QString keyErrorText() const { return m_keyErrorText; }
    [[nodiscard]] QString problemTitle() const { return m_problemTitle; }
    [[nodiscard]] QString problemText() const { return m_problemText; }
    [[nodiscard]] QStringList olderVersions() const;
    [[nodiscard]] QString keyringText() const;
    [[nodiscard]] bool waitsForKeyring() const { return m_waitsForKeyring; }
    [[nodiscard]] QString keyringErrorText() const { return m_keyringErrorText; }
    [[nodiscard]] KnownLibrariesModel *others() { return &m_others; }

    /// Opens the file with the passphrase, which it takes out of the field; `keyFile` is a path, or
    /// empty. With `keepInKeyring` the keyring unlocks it for some hours.
    Q_INVOKABLE void unlock(Sparekey::SecretEntry *passphrase, const QString &keyFile,
                            bool keepInKeyring);
    /// While the keyring asks the user, the passphrase can be used instead.
    Q_INVOKABLE void unlockByKeyring();
    /// The keyring no longer unlocks this file.
    Q_INVOKABLE void stopKeyring();
    /// Puts an older version into the place of the file.
    Q_INVOKABLE void restore(int version);
    /// Asks for the passphrase of another file.
    Q_INVOKABLE void chooseFile(const QString &path);
    /// The same for a row of `others`.
    Q_INVOKABLE void chooseKnown(int row);
    /// Takes a row of `others` from the list. No file is deleted.
    Q_INVOKABLE void forgetKnown(int row);
    /// Takes the chosen file from the list; then the one that was opened before it is chosen.
    Q_INVOKABLE void forgetChosen();

    /// Ends what is under way.
    void stop();
    void clearProblem();
    /// Looks which files are known and there.
    void update();
    /// The open library was moved.
    void takeMove(const QString &from, const QString &to);

Q_SIGNALS:
    void changed();
    /// `chooseFile` has taken another file.
    void fileChosen();
    /// For a toast.
    void noted(const QString &message);
    /// The keyring has not kept the key of the library that is open now.
    void keyringFailed(const QString &message);

private:
    QCoro::Task<void> open(SecureBuffer passphrase, QString keyFile, bool keepInKeyring);
    QCoro::Task<void> openByKeyring();
    QCoro::Task<void> keepInKeyring();
    QCoro::Task<void> findOlderVersions();
    QCoro::Task<void> restoreVersion(QString older);
    void showProblem(const Error &error);

    Library &m_library;
    KnownLibraries &m_known;
    KeyringUnlock &m_keyringUnlock;
    KnownLibrariesModel m_others;
    QString m_keyErrorText;
    QString m_problemTitle;
    QString m_problemText;
    QString m_keyringErrorText;
    QList<OlderVersion> m_olderVersions;
    bool m_busy = false;
    bool m_waitsForKeyring = false;
    TaskGuard m_tasks;
};

} // namespace Sparekey
