// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/accountsviewmodel.h"

#include "ui/messages/usermessage.h"

#include <QPointer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

AccountsViewModel::AccountsViewModel(Services &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_signIn(services.settings, services.identity, services.store, services.keys)
    , m_unlock(services.store)
{
    connect(&m_signIn, &SignInViewModel::signedIn, this, &AccountsViewModel::enter);
    connect(&m_signIn, &SignInViewModel::notSaved, this, [this](const Error &error) {
        reportNotSaved(error,
                       tr("This computer will be asked for the second step again: your desktop "
                          "has no keyring, or it is locked."));
    });
    m_keyringWait.setSingleShot(true);
    m_keyringWait.setInterval(std::chrono::seconds(1));
    connect(&m_keyringWait, &QTimer::timeout, this, [this] {
        m_showsWaiting = true;
        m_notice = tr("Waiting for your keyring. Unlock it to be kept signed in or remembered.");
        Q_EMIT noticeChanged();
    });
    connect(&services.store, &AccountStore::waitingChanged, this, [this] {
        if (m_services.store.isWaiting()) {
            m_keyringWait.start();
            return;
        }
        m_keyringWait.stop();
        if (std::exchange(m_showsWaiting, false))
            dismissNotice();
    });
    connect(&m_signIn, &SignInViewModel::emailForgotten, this, [this](const QString &key) {
        std::erase_if(m_entries, [&](const auto &entry) {
            return entry->key == key && !isOpen(*entry) && !isLocked(*entry);
        });
        if (Entry *entry = entryOf(key)) {
            entry->record.listed = false;
            if (m_services.settings.staysSignedIn(key))
                m_services.settings.keepAccount(entry->record);
        }
        Q_EMIT accountsChanged();
    });
    connect(&m_unlock, &UnlockViewModel::unlocked, this, [this] {
        if (m_place != Place::Locked || !m_shown)
            return;
        if (m_shown->account) {
            m_shown->locked = false;
            // The lock may have interrupted a change, so its result is not known.
            m_shown->account->twoStepLogin()->refresh();
        } else {
            open(*m_shown, m_unlock.session());
        }
        show(*m_shown);
    });
    connect(&m_unlock, &UnlockViewModel::sessionEnded, this, [this] {
        if (m_place != Place::Locked || !m_shown)
            return;
        signInAgain();
        m_signIn.showNotice(sessionEndedText());
    });

    Entry *first = nullptr;
    for (AccountRecord &record : m_services.settings.accounts()) {
        auto entry = std::make_unique<Entry>();
        entry->key = record.key();
        entry->record = std::move(record);
        const bool shownLast = entry->key == m_services.settings.lastAccount();
        if (isLocked(*entry) && (!first || shownLast))
            first = entry.get();
        m_entries.push_back(std::move(entry));
    }
    if (first)
        show(*first);
}

AccountsViewModel::~AccountsViewModel()
{
    for (const auto &entry : m_entries) {
        if (entry->session)
            entry->session->end();
    }
}

AccountViewModel *AccountsViewModel::account() const
{
    return m_shown ? m_shown->account.get() : nullptr;
}

QVariantMap AccountsViewModel::described(const Entry &entry) const
{
    const bool open = isOpen(entry);
    const bool locked = isLocked(entry);
    return {{u"key"_s, entry.key},
            {u"email"_s, entry.record.email},
            {u"server"_s, entry.record.environment.title()},
            {u"icon"_s,
             open         ? u"check-circle"_s
                 : locked ? u"lock"_s
                          : u"sign-out"_s},
            {u"stateText"_s,
             open         ? tr("Signed in")
                 : locked ? tr("Locked")
                          : tr("Signed out")}};
}

QVariantList AccountsViewModel::allAccounts() const
{
    QVariantList list;
    for (const auto &entry : m_entries)
        list.append(described(*entry));
    return list;
}

QVariantList AccountsViewModel::otherAccounts() const
{
    QVariantList list;
    for (const auto &entry : m_entries) {
        if (entry.get() != m_shown)
            list.append(described(*entry));
    }
    return list;
}

bool AccountsViewModel::canGoBack() const
{
    const Entry *entry = entryOf(m_back);
    return m_place == Place::SignIn && entry && (isOpen(*entry) || isLocked(*entry));
}

void AccountsViewModel::lock()
{
    for (const auto &entry : m_entries) {
        if (!isOpen(*entry))
            continue;
        entry->account->forgetSecrets();
        entry->locked = true;
    }
    m_unlock.reset();
    if (m_place == Place::Account) {
        show(*m_shown);
        return;
    }
    // A sign-in to another account may be running and hold derived secrets.
    if (m_place == Place::SignIn)
        m_signIn.cancel();
    Q_EMIT accountsChanged();
    Q_EMIT unlockedChanged();
}

void AccountsViewModel::signOut()
{
    if (!m_shown)
        return;
    const AccountRecord record = m_shown->record;
    end(*m_shown);
    if (Entry *next = nextSignedIn())
        show(*next);
    else
        showSignIn(record.environment, record.email);
}

void AccountsViewModel::signInAgain()
{
    if (!m_shown)
        return;
    const AccountRecord record = m_shown->record;
    end(*m_shown);
    const Entry *next = nextSignedIn();
    m_back = next ? next->key : QString();
    showSignIn(record.environment, record.email);
}

void AccountsViewModel::show(const QString &accountKey)
{
    Entry *entry = entryOf(accountKey);
    if (entry && entry != m_shown)
        show(*entry);
}

void AccountsViewModel::addAccount()
{
    m_back = m_shown ? m_shown->key : QString();
    showSignIn(m_signIn.server()->environment(), {});
}

void AccountsViewModel::goBack()
{
    if (canGoBack())
        show(*entryOf(m_back));
}

void AccountsViewModel::dismissNotice()
{
    m_notice.clear();
    Q_EMIT noticeChanged();
}

AccountsViewModel::Entry *AccountsViewModel::entryOf(const QString &key) const
{
    const auto found = std::ranges::find_if(m_entries,
                                            [&](const auto &entry) { return entry->key == key; });
    return found == m_entries.end() ? nullptr : found->get();
}

bool AccountsViewModel::isOpen(const Entry &entry) const
{
    return entry.account && !entry.locked;
}

bool AccountsViewModel::isLocked(const Entry &entry) const
{
    return entry.locked || (!entry.session && m_services.settings.staysSignedIn(entry.key));
}

AccountsViewModel::Entry *AccountsViewModel::nextSignedIn() const
{
    Entry *locked = nullptr;
    for (const auto &entry : m_entries) {
        if (isOpen(*entry))
            return entry.get();
        if (isLocked(*entry))
            locked = entry.get();
    }
    return locked;
}

void AccountsViewModel::enter()
{
    auto session = m_signIn.takeSession();
    const Session::Account &account = session->account();
    const QString key = account.key();
    Entry *entry = entryOf(key);
    if (entry) {
        end(*entry);
        entry = entryOf(key);
    }
    if (!entry) {
        m_entries.push_back(std::make_unique<Entry>());
        entry = m_entries.back().get();
        entry->key = key;
    }
    entry->record.environment = account.environment;
    entry->record.email = account.email;
    entry->record.hasMasterPassword = account.hasMasterPassword;
    entry->record.listed = m_signIn.rememberEmail();
    if (entry->record.listed)
        m_services.settings.keepAccount(entry->record);
    open(*entry, session);
    // A failure to keep something right after the sign-in is shown as the notice: the page that
    // shows toasts may not exist yet.
    m_reportedNotSaved = !m_notice.isEmpty() && !m_showsWaiting;
    entry->account->twoStepLogin()->setRecoveryCodeUsed(m_signIn.recoveryCodeUsed());
    // The session of an API key has no refresh token for the next start.
    if (m_signIn.staySignedIn() && !account.byApiKey)
        entry->account->setStaysSignedIn(true);
    show(*entry);
}

void AccountsViewModel::open(Entry &entry, std::shared_ptr<Session> session)
{
    entry.session = session;
    entry.locked = false;
    entry.account = std::make_unique<AccountViewModel>(std::move(session), m_services);
    auto *account = entry.account.get();
    connect(account, &AccountViewModel::notSaved, this, [this](const Error &error) {
        reportNotSaved(error,
                       tr("“Stay signed in” is off again: your desktop has no keyring, or it "
                          "is locked."));
    });
    connect(account, &AccountViewModel::profileChanged, this, [this, account, &entry] {
        entry.record.name = account->name();
        if (m_services.settings.hasAccount(entry.key))
            m_services.settings.keepAccount(entry.record);
        Q_EMIT accountsChanged();
    });
    connect(account, &AccountViewModel::connectionChanged, this,
            [this, &entry] { recordMethods(entry); });
    connect(account, &AccountViewModel::keptChanged, this, [this, account, &entry] {
        if (account->staysSignedIn())
            m_services.settings.keepAccount(entry.record);
        else if (!entry.record.listed)
            m_services.settings.dropAccount(entry.key);
    });
}

void AccountsViewModel::recordMethods(const Entry &entry)
{
    TwoStepLoginViewModel *page = entry.account->twoStepLogin();
    if (page->loadState() != TwoStepLoginViewModel::LoadState::Loaded)
        return;
    QList<ProviderType> on;
    const ProviderStates states = page->providers()->states();
    for (auto state = states.cbegin(); state != states.cend(); ++state) {
        if (*state)
            on.append(state.key());
    }
    (void)m_services.inventory.recordMethods(entry.key, on);
}

QString AccountsViewModel::emailOf(const QString &accountKey) const
{
    const Entry *entry = entryOf(accountKey);
    return entry ? entry->record.email : QString();
}

void AccountsViewModel::end(Entry &entry)
{
    if (entry.session)
        entry.session->end();
    if (m_services.settings.staysSignedIn(entry.key))
        (void)m_services.store.dropSession(entry.key);
    if (m_shown == &entry) {
        m_shown = nullptr;
        m_unlock.clear();
    }
    entry.session.reset();
    entry.locked = false;
    if (!entry.record.listed)
        m_services.settings.dropAccount(entry.key);
    // Pages that are being destroyed still use the account until the event loop continues.
    if (entry.account) {
        disconnect(entry.account.get(), nullptr, this, nullptr);
        entry.account.release()->deleteLater();
    }
    if (!m_services.settings.hasAccount(entry.key))
        std::erase_if(m_entries, [&](const auto &other) { return other.get() == &entry; });
}

void AccountsViewModel::show(Entry &entry)
{
    if (!isOpen(entry) && !isLocked(entry)) {
        if (m_shown)
            m_back = m_shown->key;
        showSignIn(entry.record.environment, entry.record.email);
        return;
    }
    m_signIn.cancel();
    m_shown = &entry;
    if (m_services.settings.hasAccount(entry.key))
        m_services.settings.setLastAccount(entry.key);
    m_unlock.setAccount(entry.record, entry.session);
    Q_EMIT accountChanged();
    setPlace(isOpen(entry) ? Place::Account : Place::Locked);
}

void AccountsViewModel::showSignIn(const Environment &environment, const QString &email)
{
    m_shown = nullptr;
    m_unlock.clear();
    m_signIn.begin(environment, email);
    setPlace(Place::SignIn);
    Q_EMIT accountChanged();
}

void AccountsViewModel::reportNotSaved(const Error &error, const QString &answer)
{
    // Other errors, such as an ended session, are shown where they happen.
    if (error.kind != ErrorKind::KeyringUnavailable)
        return;
    if (!m_reportedNotSaved)
        reportNoKeyring();
    else if (m_notice.isEmpty() || m_showsWaiting)
        Q_EMIT notDone(answer);
}

void AccountsViewModel::reportNoKeyring()
{
    m_reportedNotSaved = true;
    m_showsWaiting = false;
    m_notice = tr("Can't stay signed in: no unlocked keyring. Everything else works as usual.");
    Q_EMIT noticeChanged();
}

void AccountsViewModel::setPlace(Place place)
{
    m_place = place;
    Q_EMIT placeChanged();
    Q_EMIT accountsChanged();
    Q_EMIT unlockedChanged();
}

bool AccountsViewModel::isUnlocked() const
{
    return std::ranges::any_of(m_entries, [this](const auto &entry) { return isOpen(*entry); });
}

} // namespace Sparekey
