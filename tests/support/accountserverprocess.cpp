// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/accountserverprocess.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr int readyTimeoutMs = 20'000;
constexpr int endTimeoutMs = 5'000;

} // namespace

AccountServerProcess::~AccountServerProcess()
{
    stop();
}

bool AccountServerProcess::start(const AccountServerStart &how)
{
    stop();
    const QStringList arguments = QStringList{u"--until-stdin-closes"_s,
                                              u"--generation"_s,
                                              how.generation,
                                              u"--base-path"_s,
                                              how.basePath,
                                              u"--certificate"_s,
                                              how.certificate,
                                              u"--rate-limit"_s,
                                              QString::number(how.requestsPerMinute),
                                              u"--ca-out"_s,
                                              m_folder.filePath(u"test-authority.pem"_s)}
        + how.moreArguments;
    m_process.start(QStringLiteral(SPAREKEY_ACCOUNT_SERVER), arguments);
    while (!m_process.canReadLine() && m_process.state() != QProcess::NotRunning) {
        if (!m_process.waitForReadyRead(readyTimeoutMs))
            break;
    }
    m_ready = QJsonDocument::fromJson(m_process.readLine()).object();
    if (m_ready.isEmpty()) {
        m_problem = u"The account server did not get ready: "_s + m_process.errorString() + u" "_s
            + QString::fromLocal8Bit(m_process.readAllStandardError());
        stop();
        return false;
    }
    return true;
}

void AccountServerProcess::stop()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(endTimeoutMs)) {
        m_process.kill();
        m_process.waitForFinished(endTimeoutMs);
    }
}

QUrl AccountServerProcess::urlFromReadyLine(const char *member) const
{
    return QUrl(m_ready.value(QLatin1StringView(member)).toString());
}

QString AccountServerProcess::caFile() const
{
    return m_ready.value("caFile"_L1).toString();
}

QList<ServerAccount> AccountServerProcess::accounts() const
{
    QList<ServerAccount> accounts;
    for (const QJsonValue entry : m_ready.value("accounts"_L1).toArray()) {
        accounts.append({entry["role"_L1].toString(), entry["email"_L1].toString(),
                         entry["password"_L1].toString()});
    }
    return accounts;
}

ServerAccount AccountServerProcess::account(QStringView role) const
{
    for (const ServerAccount &account : accounts()) {
        if (account.role == role)
            return account;
    }
    return {};
}

std::optional<RawAnswer> AccountServerProcess::control(const QByteArray &verb, const QString &path,
                                                       const QJsonObject &body)
{
    RawRequest request{.verb = verb, .path = path.toLatin1()};
    if (verb == "POST") {
        request.headers = {{"Content-Type"_ba, "application/json"_ba}};
        request.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    }
    const RawAnswer answer = exchange(quint16(urlFromReadyLine("control").port()), request);
    const bool good = answer.end == RawAnswer::End::Complete && answer.status / 100 == 2;
    return good ? std::optional(answer) : std::nullopt;
}

bool AccountServerProcess::post(const QString &path, const QJsonObject &body)
{
    return control("POST"_ba, path, body).has_value();
}

bool AccountServerProcess::setFault(const QString &path, const QString &fault, QJsonObject more)
{
    more.insert(u"path"_s, path);
    more.insert(u"fault"_s, fault);
    return post(u"/control/faults"_s, more);
}

bool AccountServerProcess::clearFaults()
{
    return control("DELETE"_ba, u"/control/faults"_s).has_value();
}

bool AccountServerProcess::reset()
{
    return post(u"/control/reset"_s, {});
}

bool AccountServerProcess::expireTokens(bool sessionsToo)
{
    return post(u"/control/expire-tokens"_s, {{u"refresh"_s, sessionsToo}});
}

bool AccountServerProcess::changeSettings(const QJsonObject &settings)
{
    return post(u"/control/settings"_s, settings);
}

bool AccountServerProcess::editAccount(QStringView role, const QJsonObject &changes)
{
    return post(u"/control/accounts/"_s + role, changes);
}

QJsonObject AccountServerProcess::accountState(QStringView role)
{
    const auto answer = control("GET"_ba, u"/control/accounts/"_s + role);
    return answer ? answer->json() : QJsonObject();
}

QStringList AccountServerProcess::emailedCodes()
{
    const auto answer = control("GET"_ba, u"/control/outbox"_s);
    QStringList codes;
    for (const QJsonValue email :
         answer ? answer->json().value("emails"_L1).toArray() : QJsonArray()) {
        if (const QString code = email["code"_L1].toString(); !code.isEmpty())
            codes.append(code);
    }
    return codes;
}

bool AccountServerProcess::expireEmailedCodes()
{
    return post(u"/control/expire-codes"_s, {});
}

bool AccountServerProcess::expireVerifications()
{
    return post(u"/control/expire-verifications"_s, {});
}

bool AccountServerProcess::forgetRememberedDevices()
{
    return post(u"/control/expire-tokens"_s, {{u"remembered"_s, true}});
}

QString AccountServerProcess::touchYubiKey(const QString &name)
{
    const auto answer = control("POST"_ba, QString(u"/control/yubikeys/"_s + name));
    return answer ? answer->json().value("otp"_L1).toString() : QString();
}

QJsonArray AccountServerProcess::requests()
{
    const auto answer = control("GET"_ba, u"/control/requests"_s);
    return answer ? answer->json().value("requests"_L1).toArray() : QJsonArray();
}

QStringList AccountServerProcess::requestedPaths()
{
    QStringList paths;
    for (const QJsonValue request : requests())
        paths.append(request["method"_L1].toString() + u' ' + request["path"_L1].toString());
    return paths;
}

} // namespace Sparekey
