// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/libraryviewmodel.h"

#include "ui/library/libraryfiles.h"
#include "ui/messages/usermessage.h"

#include <QFileInfo>
#include <QGuiApplication>
#include <QLocale>

#include <utility>

namespace Sparekey {

LibraryViewModel::LibraryViewModel(Library &library, KnownLibraries &known,
                                   KeyringUnlock &keyringUnlock, Settings &settings,
                                   PrintService &printing, QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_known(known)
    , m_keyringUnlock(keyringUnlock)
    , m_list(library)
    , m_entry(library, settings, printing)
    , m_exporting(library, settings)
    , m_adding(library)
    , m_creating(library)
    , m_unlocking(library, known, keyringUnlock)
    , m_changingKey(library)
    , m_moving(library)
{
    library.choose(known.paths().value(0));
    m_unlocking.update();
    connect(&library, &Library::stateChanged, this, &LibraryViewModel::follow);
    connect(&library, &Library::merged, this, &LibraryViewModel::showMerge);
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this,
            [this](Qt::ApplicationState state) {
                if (state == Qt::ApplicationActive)
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
    connect(&m_unlocking, &UnlockLibraryViewModel::changed, this,
            &LibraryViewModel::unlockedChanged);
    connect(&m_unlocking, &UnlockLibraryViewModel::noted, this, &LibraryViewModel::noted);
    connect(&m_unlocking, &UnlockLibraryViewModel::keyringFailed, this,
            [this](const QString &message) {
                m_noticeText = message;
                Q_EMIT changed();
            });
    connect(&m_changingKey, &ChangeKeyViewModel::keyChanged, &m_unlocking,
            &UnlockLibraryViewModel::stopKeyring);
    connect(&m_moving, &MoveLibraryViewModel::moved, this, &LibraryViewModel::takeMove);
    connect(&m_adding, &AddCodesViewModel::saved, this,
            [this](const QUuid &entry) { m_entry.show(entry); });
    connect(&m_adding, &AddCodesViewModel::noted, this, &LibraryViewModel::noted);
    connect(&m_entry, &LibraryEntryViewModel::noted, this, &LibraryViewModel::noted);
    connect(&m_entry, &LibraryEntryViewModel::removed, this,
            [this] { Q_EMIT noted(tr("The entry was deleted.")); });
    connect(&m_entry, &LibraryEntryViewModel::notSaved, this,
            [this](const QString &title, const Error &error) {
                if (stage() != Stage::Open)
                    return;
                m_noticeText =
                    tr("A change of “%1” was not saved. %2").arg(title, userMessage(error));
                Q_EMIT changed();
            });
}

LibraryViewModel::~LibraryViewModel() = default;

bool LibraryViewModel::isUnlocked() const
{
    // Opening counts, or a library would open behind a lock.
    return m_library.state() == Library::State::Open || m_unlocking.isBusy()
        || m_unlocking.waitsForKeyring() || m_creating.isOpen();
}

void LibraryViewModel::lock()
{
    m_reading.cancel();
    m_unlocking.stop();
    m_unlocking.clearProblem();
    m_addsWhenOpen = false;
    m_noticeText.clear();
    m_lostText.clear();
    m_gone = false;
    m_creating.close();
    m_changingKey.close();
    m_moving.close();
    m_adding.close();
    m_exporting.close();
    m_entry.close();
    m_library.lock();
    m_unlocking.update();
    Q_EMIT changed();
    Q_EMIT unlockedChanged();
}

void LibraryViewModel::forgetKeyring()
{
    m_keyringUnlock.forgetAll();
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

void LibraryViewModel::lookAgain()
{
    if (m_library.state() == Library::State::Open)
        readAgain();
    else
        m_unlocking.update();
}

QCoro::Task<void> LibraryViewModel::readAgain()
{
    const auto ticket = m_reading.renew();
    const auto read = co_await m_library.reload();
    if (!ticket)
        co_return;
    m_lostText.clear();
    m_gone = false;
    if (!read && read.error().kind != ErrorKind::Canceled) {
        m_lostText = userMessage(read.error());
        m_gone = read.error().kind == ErrorKind::LibraryFileGone
            || read.error().kind == ErrorKind::FolderMissing;
    }
    Q_EMIT changed();
}

void LibraryViewModel::takeMove(const QString &from, const QString &to, int left)
{
    m_unlocking.takeMove(from, to);
    m_lostText.clear();
    m_gone = false;
    const QString file = ForeignText::path(to).isolated();
    Q_EMIT noted(left == 0 ? tr("The library is now %1.").arg(file)
                           : tr("The library is now %1. %n older versions could not be moved.",
                                nullptr, left)
                                 .arg(file));
    Q_EMIT changed();
}

void LibraryViewModel::showMerge(int fromOther, const QList<QUuid> &conflicts)
{
    QStringList names;
    for (const QUuid &id : conflicts) {
        if (const LibraryEntry *entry = m_library.find(id))
            names.append(entry->title);
    }
    if (names.isEmpty() && fromOther == 0)
        return;
    m_noticeText = names.isEmpty()
        ? tr("Changes that another program made to %n entries were merged.", nullptr, fromOther)
        : tr("Changed here and by another program: %1. You see the newer version. The older one is "
             "in the history of the entry, which KeePassXC shows.")
              .arg(QLocale().createSeparatedList(names));
    Q_EMIT changed();
}

void LibraryViewModel::follow()
{
    if (m_library.state() == Library::State::Open) {
        m_known.note(path());
        m_unlocking.update();
        m_unlocking.clearProblem();
        // No second dialog above the one that makes the library.
        if (!m_creating.isOpen() && std::exchange(m_addsWhenOpen, false))
            m_adding.open();
    } else {
        m_adding.close();
    }
    Q_EMIT changed();
    Q_EMIT unlockedChanged();
}

} // namespace Sparekey
