// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/recoverycode/recoverycodeviewmodel.h"

#include "core/twofactor/twofactorapi.h"
#include "ui/messages/dates.h"
#include "ui/messages/usermessage.h"
#include "ui/recoverycode/copytext.h"

namespace Sparekey {

RecoveryCodeViewModel::RecoveryCodeViewModel(std::shared_ptr<Session> session, Settings &settings,
                                             PrintService &printing, AccountCodeKeeper &keeper,
                                             QObject *parent)
    : QObject(parent)
    , m_session(std::move(session))
    , m_settings(settings)
    , m_verification([this](SecureBuffer password) { return fetch(std::move(password)); })
    , m_sheet(settings, printing)
    , m_keeper(keeper)
{
    m_verification.setSession(m_session);
    connect(&m_clipboard, &TimedClipboard::secondsLeftChanged, this,
            &RecoveryCodeViewModel::clipboardSecondsChanged);
    connect(&m_verification, &VerificationViewModel::canceled, this,
            &RecoveryCodeViewModel::postpone);
    connect(&m_verification, &VerificationViewModel::accepted, this,
            [this] { setStage(m_code.isEmpty() ? Stage::NoCode : Stage::Shown); });
    connect(&m_sheet, &SheetViewModel::copyMade, this, &RecoveryCodeViewModel::recordCopy);
    connect(&keeper.library(), &Library::stateChanged, this, &RecoveryCodeViewModel::followLibrary);
    connect(&keeper.library(), &Library::entriesChanged, this,
            &RecoveryCodeViewModel::libraryChanged);
}

RecoveryCodeViewModel::~RecoveryCodeViewModel() = default;

void RecoveryCodeViewModel::open()
{
    if (m_stage != Stage::Closed)
        return;
    m_fetching.cancel();
    m_verification.reset();
    setStage(Stage::Verifying);
}

void RecoveryCodeViewModel::openAfterFirstMethod(SharedProof proof)
{
    if (m_stage == Stage::Closed)
        fetchAfterFirstMethod(std::move(proof));
}

void RecoveryCodeViewModel::close()
{
    // Also drops a request whose code is not shown yet.
    m_fetching.cancel();
    if (m_stage == Stage::Closed)
        return;
    m_verification.reset();
    m_sheet.clear();
    m_text.clear();
    m_code = {};
    m_copies.clear();
    m_libraryErrorText.clear();
    m_replaced = false;
    m_savingInLibrary = false;
    m_firstMethod = false;
    setStage(Stage::Closed);
    setHidden(false);
    setCopied(false);
}

void RecoveryCodeViewModel::confirmKeptElsewhere()
{
    if (m_stage != Stage::Shown)
        return;
    recordCopy(
        {.kind = CopyKind::Elsewhere, .when = QDateTime::currentDateTimeUtc(), .sheetId = {}}, {});
    close();
}

void RecoveryCodeViewModel::postpone()
{
    const bool open = m_firstMethod && m_stage != Stage::NoCode && !m_copied;
    close();
    if (open)
        Q_EMIT postponed();
}

void RecoveryCodeViewModel::copy()
{
    if (m_stage != Stage::Shown)
        return;
    // The text on the screen spells out the odd characters of an unusual code; for pasting, the
    // code itself is needed.
    if (m_code.isUsual())
        m_clipboard.copy(m_text.text());
    else
        m_clipboard.copy(SecureBuffer::copyOf(m_code.text()));
}

void RecoveryCodeViewModel::setHidden(bool hidden)
{
    if (hidden == m_hidden)
        return;
    m_hidden = hidden;
    Q_EMIT hiddenChanged();
}

QString RecoveryCodeViewModel::copiesText() const
{
    const auto &account = m_session->account();
    return Sparekey::copiesText(m_settings.copies(accountKey(account.environment, account.email)));
}

QString RecoveryCodeViewModel::originText() const
{
    const auto &account = m_session->account();
    return tr("Server %1 · %2 · fetched %3, %4")
        .arg(account.environment.title(), account.email, shownDate(m_obtained),
             shownTime(m_obtained));
}

QCoro::Task<Result<void>> RecoveryCodeViewModel::fetch(SecureBuffer password)
{
    const auto ticket = m_fetching.ticket();
    auto sent = co_await fetchRecoveryCode(m_session, std::move(password));
    if (!ticket || m_stage != Stage::Verifying)
        co_return fail(ErrorKind::Canceled);
    if (!sent)
        co_return fail(sent.error());

    setCode(*sent);
    co_return Result<void>();
}

QCoro::Task<void> RecoveryCodeViewModel::fetchAfterFirstMethod(SharedProof proof)
{
    const auto ticket = m_fetching.ticket();
    const auto sent = co_await fetchRecoveryCodeWithProof(m_session, proof);
    // The user may have opened it meanwhile, or the window may have been locked.
    if (!ticket || m_stage != Stage::Closed)
        co_return;
    m_firstMethod = true;
    if (sent) {
        setCode(*sent);
        setStage(m_code.isEmpty() ? Stage::NoCode : Stage::Shown);
    } else if (!m_session->hasEnded()) {
        open();
    }
}

void RecoveryCodeViewModel::setCode(const SecureBuffer &sent)
{
    m_code = RecoveryCode(sent);
    m_obtained = QDateTime::currentDateTime();
    if (!m_code.isEmpty()) {
        m_text.set(m_code.displayText());
        const auto &account = m_session->account();
        const auto librarySet = [this] {
            const auto code = SecureBuffer::copyOf(m_code.text());
            return m_keeper.setWith(m_session->account().key(), code);
        };
        m_sheet.setSource(recoveryCodeSource(m_code.clone(), account, librarySet));
        followLibrary();
    }
}

FollowedAccount RecoveryCodeViewModel::followedAccount() const
{
    const auto &account = m_session->account();
    return {.key = account.key(),
            .email = account.email,
            .signInAddress = account.environment.webVault.toDisplayString(),
            .recoveryAddress = account.environment.recoveryPage().toDisplayString()};
}

RecoveryCodeViewModel::InLibrary RecoveryCodeViewModel::inLibrary() const
{
    const Library &library = m_keeper.library();
    switch (library.state()) {
    case Library::State::None: return InLibrary::NoLibrary;
    case Library::State::Locked:
    case Library::State::Opening: return InLibrary::Locked;
    case Library::State::Open: break;
    }
    const auto kept = m_keeper.kept(m_session->account().key(),
                                    SecureBuffer::copyOf(m_code.text()));
    if (kept == AccountCodeKeeper::Kept::ThisCode)
        return InLibrary::Kept;
    return library.isReadOnly() ? InLibrary::ReadOnly : InLibrary::NotKept;
}

void RecoveryCodeViewModel::keepInLibrary()
{
    if (m_stage != Stage::Shown || m_savingInLibrary)
        return;
    switch (inLibrary()) {
    case InLibrary::NoLibrary:
    case InLibrary::Locked: {
        auto code = SecureBuffer::copyOf(m_code.text());
        const QList<EarlierCopy> copies = m_copies;
        postpone();
        m_keeper.keepWhenOpen(followedAccount(), std::move(code), copies);
        break;
    }
    case InLibrary::NotKept: saveInLibrary(false); break;
    case InLibrary::ReadOnly:
    case InLibrary::Kept: break;
    }
}

void RecoveryCodeViewModel::followLibrary()
{
    Q_EMIT libraryChanged();
    if (m_code.isEmpty() || m_savingInLibrary || inLibrary() != InLibrary::NotKept)
        return;
    const auto kept = m_keeper.kept(m_session->account().key(),
                                    SecureBuffer::copyOf(m_code.text()));
    if (kept == AccountCodeKeeper::Kept::OtherCode)
        saveInLibrary(true);
}

QCoro::Task<void> RecoveryCodeViewModel::saveInLibrary(bool replaces)
{
    const auto ticket = m_fetching.ticket();
    m_savingInLibrary = true;
    m_libraryErrorText.clear();
    Q_EMIT libraryChanged();
    auto code = SecureBuffer::copyOf(m_code.text());
    const auto saved = co_await m_keeper.keep(followedAccount(), std::move(code), m_copies);
    if (!ticket)
        co_return;
    m_savingInLibrary = false;
    m_replaced = replaces && saved;
    if (!saved)
        m_libraryErrorText = userMessage(saved.error());
    Q_EMIT libraryChanged();
}

QCoro::Task<void> RecoveryCodeViewModel::recordInLibrary(EarlierCopy copy)
{
    const auto ticket = m_fetching.ticket();
    const auto saved = co_await m_keeper.recordCopy(m_session->account().key(), std::move(copy));
    if (!ticket || saved)
        co_return;
    m_libraryErrorText = userMessage(saved.error());
    Q_EMIT libraryChanged();
}

void RecoveryCodeViewModel::recordCopy(const CopyRecord &copy, const QString &path)
{
    m_settings.addCopy(m_session->account().key(), copy);
    // A copy that exists elsewhere is not known well enough for the library.
    if (copy.kind != CopyKind::Elsewhere) {
        m_copies.append({copy, path});
        if (inLibrary() == InLibrary::Kept)
            recordInLibrary({copy, path});
    }
    setCopied(true);
    Q_EMIT copiesChanged();
    Q_EMIT copyRecorded();
}

void RecoveryCodeViewModel::setCopied(bool copied)
{
    if (copied == m_copied)
        return;
    m_copied = copied;
    Q_EMIT copiedChanged();
}

void RecoveryCodeViewModel::setStage(Stage stage)
{
    m_stage = stage;
    Q_EMIT stageChanged();
    Q_EMIT copiesChanged(); // the page may have changed them since
}

} // namespace Sparekey
