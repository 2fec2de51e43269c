// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/unlocklibraryviewmodel.h"

#include "core/files/enteredpath.h"
#include "ui/library/libraryfiles.h"
#include "ui/messages/dates.h"
#include "ui/messages/usermessage.h"

#include <QDir>

#include <utility>

namespace Sparekey {

UnlockLibraryViewModel::UnlockLibraryViewModel(Library &library, KnownLibraries &known,
                                               KeyringUnlock &keyringUnlock, QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_known(known)
    , m_keyringUnlock(keyringUnlock)
    , m_others(known)
{
    connect(&keyringUnlock, &KeyringUnlock::changed, this, &UnlockLibraryViewModel::changed);
    m_keyringUnlock.removeExpired();
}

QString UnlockLibraryViewModel::openedText() const
{
    return m_others.openedText(m_library.path());
}

QStringList UnlockLibraryViewModel::olderVersions() const
{
    QStringList texts;
    for (const OlderVersion &version : m_olderVersions)
        texts.append(tr("%1, %2").arg(shownDate(version.saved), shownTime(version.saved)));
    return texts;
}

QString UnlockLibraryViewModel::keyringText() const
{
    const auto until = m_keyringUnlock.until(m_library.path());
    return until ? tr("The keyring unlocks this library until %1.").arg(shownTime(*until))
                 : QString();
}

void UnlockLibraryViewModel::unlock(SecretEntry *passphrase, const QString &keyFile,
                                    bool keepInKeyring)
{
    if (m_library.state() != Library::State::Locked || m_busy)
        return;
    SecureBuffer entered = passphrase->take();
    clearProblem();
    if (entered.isEmpty() && keyFile.trimmed().isEmpty()) {
        m_keyErrorText = tr("Enter the passphrase.");
        Q_EMIT changed();
        return;
    }
    open(std::move(entered), keyFile, keepInKeyring);
}

QCoro::Task<void> UnlockLibraryViewModel::open(SecureBuffer passphrase, QString keyFile,
                                               bool keepInKeyring)
{
    const auto ticket = m_tasks.renew();
    m_waitsForKeyring = false;
    m_busy = true;
    Q_EMIT changed();
    auto key = co_await readLibraryKey(std::move(passphrase), keyFile);
    if (!ticket)
        co_return;
    Result<void> opened = key ? Result<void>() : fail(key.error());
    if (key)
        opened = co_await m_library.open(m_library.path(), std::move(*key));
    if (!ticket)
        co_return;
    m_busy = false;
    if (!opened)
        showProblem(opened.error());
    else if (keepInKeyring)
        this->keepInKeyring();
    Q_EMIT changed();
}

void UnlockLibraryViewModel::unlockByKeyring()
{
    if (m_library.state() != Library::State::Locked || m_busy || m_waitsForKeyring)
        return;
    clearProblem();
    openByKeyring();
}

QCoro::Task<void> UnlockLibraryViewModel::openByKeyring()
{
    const auto ticket = m_tasks.renew();
    m_waitsForKeyring = true;
    Q_EMIT changed();
    auto key = co_await m_keyringUnlock.read(m_library.path());
    if (!ticket)
        co_return;
    m_waitsForKeyring = false;
    if (!key) {
        m_keyringErrorText = tr("The keyring did not give the key. Enter the passphrase.");
        Q_EMIT changed();
        co_return;
    }
    m_busy = true;
    Q_EMIT changed();
    const auto opened = co_await m_library.openWithDerivedKey(m_library.path(), std::move(*key));
    if (!ticket)
        co_return;
    m_busy = false;
    if (!opened && opened.error().kind == ErrorKind::LibraryKeyRequired) {
        stopKeyring();
        m_keyringErrorText = tr("Another program has saved the file, or it has a new passphrase. "
                                "Enter the passphrase.");
    } else if (!opened) {
        showProblem(opened.error());
    }
    Q_EMIT changed();
}

QCoro::Task<void> UnlockLibraryViewModel::keepInKeyring()
{
    const auto ticket = m_tasks.ticket();
    const QString file = m_library.path();
    auto key = co_await m_library.derivedKey();
    if (!ticket || !key)
        co_return;
    m_waitsForKeyring = true;
    Q_EMIT changed();
    const auto kept = co_await m_keyringUnlock.keep(file, std::move(*key));
    if (!ticket)
        co_return;
    m_waitsForKeyring = false;
    if (kept)
        Q_EMIT noted(keyringText());
    else if (kept.error().kind != ErrorKind::Canceled)
        Q_EMIT keyringFailed(userMessage(kept.error()));
    Q_EMIT changed();
}

void UnlockLibraryViewModel::stopKeyring()
{
    m_keyringUnlock.forget(m_library.path());
}

void UnlockLibraryViewModel::restore(int version)
{
    if (!m_busy && version >= 0 && version < m_olderVersions.size())
        restoreVersion(m_olderVersions[version].path);
}

QCoro::Task<void> UnlockLibraryViewModel::restoreVersion(QString older)
{
    const auto ticket = m_tasks.renew();
    m_busy = true;
    Q_EMIT changed();
    const auto restored = co_await m_library.restore(older);
    if (!ticket)
        co_return;
    m_busy = false;
    if (restored) {
        clearProblem();
        Q_EMIT noted(restored->isEmpty()
                         ? tr("The older version is in its place. Enter the passphrase.")
                         : tr("The older version is in its place. The damaged file is kept as %1.")
                               .arg(ForeignText::path(*restored).isolated()));
    } else {
        m_problemTitle = tr("The older version could not be restored");
        m_problemText = userMessage(restored.error());
    }
    Q_EMIT changed();
}

QCoro::Task<void> UnlockLibraryViewModel::findOlderVersions()
{
    const auto ticket = m_tasks.ticket();
    const auto found = co_await m_library.olderVersions();
    if (!ticket)
        co_return;
    m_olderVersions = found;
    Q_EMIT changed();
}

void UnlockLibraryViewModel::chooseFile(const QString &path)
{
    const QString chosen = enteredPath(path, QDir::homePath());
    if (chosen.isEmpty() || m_busy)
        return;
    stop();
    clearProblem();
    m_library.choose(chosen);
    update();
    Q_EMIT fileChosen();
}

void UnlockLibraryViewModel::chooseKnown(int row)
{
    chooseFile(m_others.pathAt(row));
}

void UnlockLibraryViewModel::forgetKnown(int row)
{
    const QString forgotten = m_others.pathAt(row);
    m_keyringUnlock.forget(forgotten);
    m_known.forget(forgotten);
    update();
}

void UnlockLibraryViewModel::forgetChosen()
{
    if (m_busy)
        return;
    stop();
    clearProblem();
    stopKeyring();
    m_known.forget(m_library.path());
    m_library.choose(m_known.paths().value(0));
    update();
}

void UnlockLibraryViewModel::stop()
{
    m_tasks.cancel();
    m_busy = false;
    m_waitsForKeyring = false;
    Q_EMIT changed();
}

void UnlockLibraryViewModel::clearProblem()
{
    m_keyErrorText.clear();
    m_problemTitle.clear();
    m_problemText.clear();
    m_keyringErrorText.clear();
    m_olderVersions.clear();
    Q_EMIT changed();
}

void UnlockLibraryViewModel::update()
{
    m_others.update(m_library.path());
    Q_EMIT changed();
}

void UnlockLibraryViewModel::takeMove(const QString &from, const QString &to)
{
    m_known.rename(from, to);
    // The keyring's entry belongs to the old place.
    m_keyringUnlock.forget(from);
    update();
}

void UnlockLibraryViewModel::showProblem(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::LibraryKeyWrong: m_keyErrorText = userMessage(error); return;
    case ErrorKind::LibraryFileGone:
    case ErrorKind::FolderMissing: m_problemTitle = tr("The file is not there"); break;
    case ErrorKind::LibraryDamaged: m_problemTitle = tr("The file is damaged"); break;
    case ErrorKind::LibraryFormatNewer: m_problemTitle = tr("The file has a newer format"); break;
    case ErrorKind::LibraryFormatOlder: m_problemTitle = tr("The file has an older format"); break;
    case ErrorKind::LibraryNotKdbx: m_problemTitle = tr("This is not a library"); break;
    default: m_problemTitle = tr("The file cannot be opened"); break;
    }
    m_problemText = userMessage(error);
    if (error.kind == ErrorKind::LibraryDamaged || error.kind == ErrorKind::LibraryFileGone
        || error.kind == ErrorKind::LibraryNotKdbx)
        findOlderVersions();
}

} // namespace Sparekey
