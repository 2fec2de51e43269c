// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codeexport/gpg.h"

#include "core/codeexport/childprocess.h"

#include <QRegularExpression>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr QByteArrayView statusPrefix("[GNUPG:] ");

QList<QByteArray> commonArguments()
{
    return {"--batch"_ba,     "--no-tty"_ba, "--quiet"_ba, "--no-auto-key-locate"_ba,
            "--status-fd"_ba, "2"_ba};
}

QList<QByteArray> passphraseArguments()
{
    return {"--no-options"_ba,
            "--no-keyring"_ba,
            "--no-symkey-cache"_ba,
            "--pinentry-mode"_ba,
            "loopback"_ba,
            "--passphrase-fd"_ba,
            QByteArray::number(childSecretDescriptor)};
}

// A whole fingerprint, which nobody enters for another key.
bool isFingerprint(const QString &recipient)
{
    static const QRegularExpression pattern(u"^(0x)?([0-9A-F]{40}|[0-9A-F]{64})$"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    return pattern.match(QString(recipient).remove(u' ')).hasMatch();
}

// The last line that is for people, without the name of the program.
QString explanation(const QByteArray &diagnostics)
{
    QString last;
    const auto lines = diagnostics.split('\n');
    for (const QByteArray &line : lines) {
        if (!line.trimmed().isEmpty() && !line.startsWith(statusPrefix))
            last = QString::fromUtf8(line);
    }
    return last.startsWith("gpg: "_L1) ? last.sliced(5) : last;
}

Failure failureOf(const QByteArray &diagnostics)
{
    // "INV_RECP <reason> <recipient>"; see "doc/DETAILS" of GnuPG.
    constexpr QByteArrayView invalid("[GNUPG:] INV_RECP ");
    const auto lines = diagnostics.split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith(invalid)) {
            const QString recipient = QString::fromUtf8(line).section(u' ', 3);
            return fail({.kind = ErrorKind::GpgKeyUnusable, .subject = recipient});
        }
    }
    return fail({.kind = ErrorKind::GpgFailure, .subject = explanation(diagnostics)});
}

Result<ChildOutput> runGpg(QList<QByteArray> arguments, QByteArrayView input, QByteArrayView secret)
{
    const QString program = QStandardPaths::findExecutable(u"gpg"_s);
    if (program.isEmpty())
        return fail(ErrorKind::GpgMissing);
    auto output = runChildProcess(program, commonArguments() + arguments, input, secret);
    if (!output)
        return fail({.kind = ErrorKind::GpgFailure});
    if (output->exitCode != 0)
        return failureOf(output->diagnostics);
    return *std::move(output);
}

QByteArray bytesOf(const SecureBuffer &message)
{
    return message.view().toByteArray();
}

} // namespace

bool isGpgInstalled()
{
    return !QStandardPaths::findExecutable(u"gpg"_s).isEmpty();
}

Result<QByteArray> encryptWithGpg(QByteArrayView plain, const SecureBuffer &passphrase)
{
    const QList<QByteArray> arguments{"--armor"_ba,     "--symmetric"_ba,       "--cipher-algo"_ba,
                                      "AES256"_ba,      "--s2k-digest-algo"_ba, "SHA512"_ba,
                                      "--s2k-count"_ba, "65011712"_ba};
    const auto output = runGpg(passphraseArguments() + arguments, plain, passphrase.view());
    if (!output)
        return fail(output.error());
    return bytesOf(output->output);
}

Result<SecureBuffer> decryptWithGpg(QByteArrayView message, const SecureBuffer &passphrase)
{
    auto output = runGpg(passphraseArguments() << "--decrypt"_ba, message, passphrase.view());
    if (!output)
        return fail(output.error());
    return std::move(output->output);
}

Result<QByteArray> encryptWithGpgTo(QByteArrayView plain, const QStringList &recipients)
{
    QList<QByteArray> arguments{"--armor"_ba, "--encrypt"_ba};
    if (std::ranges::all_of(recipients, isFingerprint))
        arguments << "--trust-model"_ba << "always"_ba;
    for (const QString &recipient : recipients)
        arguments << "--recipient"_ba << recipient.toUtf8();
    const auto output = runGpg(std::move(arguments), plain, {});
    if (!output)
        return fail(output.error());
    return bytesOf(output->output);
}

Result<qsizetype> countGpgRecipients(QByteArrayView message)
{
    const auto output = runGpg({"--no-options"_ba, "--no-keyring"_ba, "--list-only"_ba,
                                "--decrypt"_ba},
                               message, {});
    if (!output)
        return fail(output.error());
    return output->diagnostics.count("[GNUPG:] ENC_TO ");
}

} // namespace Sparekey
