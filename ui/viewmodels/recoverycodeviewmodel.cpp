// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewmodels/recoverycodeviewmodel.h"

#include "core/twofactor/twofactorapi.h"

#include <QLocale>
#include <QPointer>

namespace Sparekey {

RecoveryCodeViewModel::RecoveryCodeViewModel(std::shared_ptr<Session> session, Settings &settings,
                                             PrintService &printing, QObject *parent)
    : QObject(parent)
    , m_session(std::move(session))
    , m_verification([this](SecureBuffer password) { return fetch(std::move(password)); })
    , m_sheet(settings, printing)
{
    connect(&m_clipboard, &TimedClipboard::secondsLeftChanged, this,
            &RecoveryCodeViewModel::clipboardSecondsChanged);
    connect(&m_verification, &VerificationViewModel::cancelled, this,
            &RecoveryCodeViewModel::close);
    connect(&m_verification, &VerificationViewModel::accepted, this, [this] {
        setStage(m_code.isEmpty() ? Stage::NoCode : Stage::Shown);
    });
}

RecoveryCodeViewModel::~RecoveryCodeViewModel() = default;

void RecoveryCodeViewModel::open()
{
    if (m_stage != Stage::Closed)
        return;
    m_verification.reset();
    setStage(Stage::Verifying);
}

void RecoveryCodeViewModel::close()
{
    if (m_stage == Stage::Closed)
        return;
    m_verification.reset();
    m_sheet.clearCode();
    m_text.clear();
    m_code = {};
    setStage(Stage::Closed);
    setHidden(false);
}

void RecoveryCodeViewModel::copy()
{
    if (m_stage == Stage::Shown)
        m_clipboard.copy(m_text.text());
}

void RecoveryCodeViewModel::setHidden(bool hidden)
{
    if (hidden == m_hidden)
        return;
    m_hidden = hidden;
    Q_EMIT hiddenChanged();
}

QString RecoveryCodeViewModel::originText() const
{
    const auto &account = m_session->account();
    return tr("Server %1 · %2 · seen %3")
        .arg(account.environment.title(), account.email,
             QLocale().toString(m_obtained, QLocale::ShortFormat));
}

QCoro::Task<Result<void>> RecoveryCodeViewModel::fetch(SecureBuffer password)
{
    const QPointer self(this);
    auto sent = co_await fetchRecoveryCode(m_session, std::move(password));
    if (!self || m_stage != Stage::Verifying)
        co_return fail(ErrorKind::Cancelled);
    if (!sent)
        co_return fail(sent.error());

    m_code = RecoveryCode(*sent);
    m_obtained = QDateTime::currentDateTime();
    if (!m_code.isEmpty()) {
        m_text.set(m_code.displayText());
        const auto &account = m_session->account();
        m_sheet.setCode(m_code.clone(), account, m_obtained);
    }
    co_return Result<void>();
}

void RecoveryCodeViewModel::setStage(Stage stage)
{
    m_stage = stage;
    Q_EMIT stageChanged();
}

} // namespace Sparekey
