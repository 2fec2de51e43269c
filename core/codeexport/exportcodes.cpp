// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codeexport/exportcodes.h"

#include "core/codeexport/exportedcodes.h"
#include "core/codeexport/gpg.h"
#include "core/library/tunedkdf.h"
#include "core/passphrase/passphrase.h"
#include "core/secret/wipedstack.h"

#include <QCoroFuture>

#include <QDateTime>
#include <QtConcurrentRun>

#include <memory>
#include <new>
#include <utility>

namespace Sparekey {

namespace {

struct Request
{
    QList<LibraryEntry> entries;
    ExportTarget target;
};

Result<QByteArray> asOpenPgp(const Request &request)
{
    const SecureBuffer text = codesAsText(request.entries, QDate::currentDate());
    const ExportTarget &target = request.target;
    if (!target.recipients.isEmpty()) {
        auto message = encryptWithGpgTo(text.view(), target.recipients);
        if (!message)
            return message;
        const auto keys = countGpgRecipients(*message);
        if (!keys)
            return fail(keys.error());
        // The user's settings may add one.
        if (*keys < target.recipients.size())
            return fail(ErrorKind::FileReadBackFailed);
        return message;
    }
    auto message = encryptWithGpg(text.view(), target.passphrase);
    if (!message)
        return message;
    const auto read = decryptWithGpg(*message, target.passphrase);
    if (!read)
        return fail(read.error());
    if (!read->equals(text.view()))
        return fail(ErrorKind::FileReadBackFailed);
    return message;
}

Result<void> save(const ExportTarget &target, const Result<QByteArray> &bytes)
{
    if (!bytes) {
        Error error = bytes.error();
        if (error.kind == ErrorKind::FileReadBackFailed)
            error.subject = ForeignText::path(target.path);
        return fail(std::move(error));
    }
    return writeSecretFile(target.path, *bytes, target.existing);
}

Result<void> run(const Request &request)
{
    const ExportTarget &target = request.target;
    const bool hasPassphrase = target.format != ExportFormat::Text && target.recipients.isEmpty();
    if (hasPassphrase) {
        if (auto checked = checkOwnPassphrase(target.passphrase); !checked)
            return checked;
    }
    switch (target.format) {
    case ExportFormat::Kdbx:
        return save(target,
                    codesAsKdbx(request.entries, target.passphrase, tunedKdf(),
                                QDateTime::currentDateTimeUtc()));
    case ExportFormat::Bitwarden:
        return save(target, codesAsProtectedJson(request.entries, target.passphrase));
    case ExportFormat::OpenPgp: return save(target, asOpenPgp(request));
    case ExportFormat::Text:
        return writeSecretFile(target.path,
                               codesAsText(request.entries, QDate::currentDate()).view(),
                               target.existing);
    }
    Q_UNREACHABLE();
}

// A named function, because g++ 12 destroys the captures of a lambda within a coroutine twice.
Result<void> runOnWipedStack(std::shared_ptr<Request> request)
{
    Result<void> result = fail(ErrorKind::Cryptography);
    try {
        callOnWipedStack([&] { result = run(*request); });
    } catch (const std::bad_alloc &) {
        return fail(
            {.kind = ErrorKind::Cryptography, .detail = QStringLiteral("not enough memory")});
    }
    return result;
}

} // namespace

QCoro::Task<Result<void>> exportCodes(QList<LibraryEntry> entries, ExportTarget target)
{
    auto request = std::make_shared<Request>(std::move(entries), std::move(target));
    QFuture<Result<void>> running = QtConcurrent::run(runOnWipedStack, std::move(request));
    co_return co_await running;
}

bool canExportOpenPgp()
{
    return isGpgInstalled();
}

} // namespace Sparekey
