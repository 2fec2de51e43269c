// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/recoverycode/recoverycodeviewmodel.h"

#include "core/twofactor/twofactorapi.h"
#include "ui/messages/dates.h"
#include "ui/recoverycode/copytext.h"

namespace Sparekey {

RecoveryCodeViewModel::RecoveryCodeViewModel(std::shared_ptr<Session> session, Settings &settings,
                                             PrintService &printing, QObject *parent)
    : QObject(parent)
    , m_session(std::move(session))
    , m_settings(settings)
    , m_verification([this](SecureBuffer password) { return fetch(std::move(password)); })
    , m_sheet(settings, printing)
{
    m_verification.setSession(m_session);
    connect(&m_clipboard, &TimedClipboard::secondsLeftChanged, this,
            &RecoveryCodeViewModel::clipboardSecondsChanged);
    connect(&m_verification, &VerificationViewModel::canceled, this,
            &RecoveryCodeViewModel::postpone);
    connect(&m_verification, &VerificationViewModel::accepted, this,
            [this] { setStage(m_code.isEmpty() ? Stage::NoCode : Stage::Shown); });
    connect(&m_sheet, &SheetViewModel::copyMade, this, &RecoveryCodeViewModel::recordCopy);
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
        {.kind = CopyKind::Elsewhere, .when = QDateTime::currentDateTimeUtc(), .sheetId = {}});
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
        m_sheet.setSource(recoveryCodeSource(m_code.clone(), account));
    }
}

void RecoveryCodeViewModel::recordCopy(const CopyRecord &copy)
{
    m_settings.addCopy(m_session->account().key(), copy);
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
