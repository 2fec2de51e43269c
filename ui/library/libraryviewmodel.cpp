// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/libraryviewmodel.h"

#include "core/files/enteredpath.h"
#include "ui/library/libraryfiles.h"
#include "ui/messages/usermessage.h"

#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>

#include <utility>

namespace Sparekey {

LibraryViewModel::LibraryViewModel(Library &library, KnownLibraries &known, Settings &settings,
                                   PrintService &printing, QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_known(known)
    , m_list(library)
    , m_entry(library, settings, printing)
    , m_adding(library)
    , m_creating(library)
{
    library.choose(known.paths().value(0));
    connect(&library, &Library::stateChanged, this, &LibraryViewModel::follow);
    connect(&library, &Library::merged, this, [this](int fromOther, int conflicts) {
        m_noticeText = conflicts == 0
            ? tr("Changes that another program made to %n entries were merged.", nullptr, fromOther)
            : tr("%n entries were changed here and by another program. The newer version is shown, "
                 "the older one is in the history.",
                 nullptr, conflicts);
        Q_EMIT changed();
    });
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this,
            [this](Qt::ApplicationState state) {
                if (state == Qt::ApplicationActive && m_library.state() == Library::State::Open)
                    lookAgain();
            });
    connect(&m_creating, &CreateLibraryViewModel::changed, this, [this] {
        if (!m_creating.isOpen() && stage() == Stage::NoFile)
            m_addsWhenOpen = false;
        Q_EMIT unlockedChanged();
    });
    connect(&m_creating, &CreateLibraryViewModel::created, this, [this] {
        if (std::exchange(m_addsWhenOpen, false))
            m_adding.open();
    });
    connect(&m_adding, &AddCodesViewModel::saved, this,
            [this](const QUuid &entry) { m_entry.show(entry); });
    connect(&m_adding, &AddCodesViewModel::noted, this, &LibraryViewModel::noted);
    connect(&m_entry, &LibraryEntryViewModel::noted, this, &LibraryViewModel::noted);
    connect(&m_entry, &LibraryEntryViewModel::removed, this,
            [this] { Q_EMIT noted(tr("The entry was deleted.")); });
}

LibraryViewModel::~LibraryViewModel() = default;

bool LibraryViewModel::isUnlocked() const
{
    return m_library.state() == Library::State::Open || m_creating.isOpen();
}

void LibraryViewModel::lock()
{
    m_opening.cancel();
    m_busy = false;
    m_addsWhenOpen = false;
    m_noticeText.clear();
    clearProblem();
    m_creating.close();
    m_adding.close();
    m_entry.close();
    m_library.lock();
    Q_EMIT changed();
    Q_EMIT unlockedChanged();
}

LibraryViewModel::Stage LibraryViewModel::stage() const
{
    if (m_library.state() == Library::State::Open)
        return Stage::Open;
    return m_library.path().isEmpty() ? Stage::NoFile : Stage::Locked;
}

QString LibraryViewModel::fileName() const
{
    return QFileInfo(path()).fileName();
}

QString LibraryViewModel::folder() const
{
    return path().isEmpty() ? QString() : shownFolder(path());
}

bool LibraryViewModel::isReadOnly() const
{
    return m_library.state() == Library::State::Open && m_library.isReadOnly();
}

void LibraryViewModel::unlock(SecretEntry *passphrase, const QString &keyFile)
{
    if (stage() != Stage::Locked || m_busy)
        return;
    SecureBuffer entered = passphrase->take();
    clearProblem();
    if (entered.isEmpty() && keyFile.trimmed().isEmpty()) {
        m_keyErrorText = tr("Enter the passphrase.");
        Q_EMIT changed();
        return;
    }
    open(std::move(entered), keyFile);
}

void LibraryViewModel::chooseFile(const QString &path)
{
    const QString chosen = enteredPath(path, QDir::homePath());
    if (chosen.isEmpty() || m_busy)
        return;
    if (m_library.state() == Library::State::Open)
        lock();
    clearProblem();
    m_library.choose(chosen);
    Q_EMIT changed();
    Q_EMIT fileChosen();
}

void LibraryViewModel::addCodes()
{
    switch (stage()) {
    case Stage::NoFile:
        m_creating.begin();
        m_addsWhenOpen = m_waitingFor.isEmpty();
        break;
    case Stage::Locked: m_addsWhenOpen = true; break;
    case Stage::Open: m_adding.open(); break;
    }
}

void LibraryViewModel::setWaitingFor(const QString &account)
{
    m_waitingFor = account;
    Q_EMIT changed();
}

void LibraryViewModel::showKept(const QUuid &entry, const QString &account)
{
    m_entry.show(entry);
    Q_EMIT noted(tr("The recovery code of %1 is in your library.").arg(account));
}

void LibraryViewModel::reportNotKept(const Error &error)
{
    m_noticeText =
        tr("The recovery code was not saved in your library. %1").arg(userMessage(error));
    Q_EMIT changed();
}

bool LibraryViewModel::takesDrops() const
{
    if (stage() != Stage::Open || isReadOnly())
        return false;
    return !m_adding.isOpen()
        || (m_adding.stage() == AddCodesViewModel::Stage::Choose && !m_adding.isBusy());
}

void LibraryViewModel::takeDropped(const QMimeData &data)
{
    if (!m_adding.isOpen())
        m_adding.open();
    m_adding.takeDropped(data);
}

void LibraryViewModel::showEntry(int row)
{
    m_entry.show(m_list.idAt(row));
}

void LibraryViewModel::startNewSet()
{
    if (const LibraryEntry *entry = m_library.find(m_entry.id()))
        m_adding.openFor(*entry);
}

void LibraryViewModel::dismissNotice()
{
    m_noticeText.clear();
    Q_EMIT changed();
}

QCoro::Task<void> LibraryViewModel::open(SecureBuffer passphrase, QString keyFile)
{
    const auto ticket = m_opening.renew();
    m_busy = true;
    Q_EMIT changed();
    auto key = co_await readLibraryKey(std::move(passphrase), keyFile);
    if (!ticket)
        co_return;
    Result<void> opened = key ? Result<void>() : fail(key.error());
    if (key)
        opened = co_await m_library.open(path(), std::move(*key));
    if (!ticket)
        co_return;
    m_busy = false;
    if (!opened)
        sayProblem(opened.error());
    Q_EMIT changed();
}

QCoro::Task<void> LibraryViewModel::lookAgain()
{
    const auto ticket = m_opening.ticket();
    const auto read = co_await m_library.reload();
    if (!ticket || read || read.error().kind == ErrorKind::Canceled)
        co_return;
    m_noticeText = userMessage(read.error());
    Q_EMIT changed();
}

void LibraryViewModel::sayProblem(const Error &error)
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
}

void LibraryViewModel::follow()
{
    if (m_library.state() == Library::State::Open) {
        m_known.note(path());
        clearProblem();
        // No second dialog above the one that makes the library.
        if (!m_creating.isOpen() && std::exchange(m_addsWhenOpen, false))
            m_adding.open();
    } else {
        m_adding.close();
    }
    Q_EMIT changed();
    Q_EMIT unlockedChanged();
}

void LibraryViewModel::clearProblem()
{
    m_keyErrorText.clear();
    m_problemTitle.clear();
    m_problemText.clear();
}

} // namespace Sparekey
