// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/endpoints/endpoints.h"

#include <QMessageAuthenticationCode>

#include <array>

using namespace Qt::StringLiterals;

namespace Sparekey::Endpoints {

namespace {

QJsonValue numberOrNull(int number)
{
    return number == 0 ? QJsonValue(QJsonValue::Null) : QJsonValue(number);
}

/// An unknown email gets an answer like a known one. The official server picks one of these by the
/// email. One has 5 000 iterations, so a mistyped email can look like an account with a weak KDF.
KdfSettings fakeSettings(const ServerState &state, const QString &email)
{
    using Type = KdfSettings::Type;
    static constexpr std::array fakes{
        KdfSettings{.type = Type::Pbkdf2, .iterations = 600'000},
        KdfSettings{.type = Type::Pbkdf2, .iterations = 600'000},
        KdfSettings{.type = Type::Pbkdf2, .iterations = 100'000},
        KdfSettings{.type = Type::Pbkdf2, .iterations = 5'000},
        KdfSettings{.type = Type::Argon2id, .iterations = 3, .memoryMiB = 64, .parallelism = 4},
        KdfSettings{.type = Type::Argon2id, .iterations = 6, .memoryMiB = 32, .parallelism = 4},
    };
    if (isVaultwarden(state.settings.generation))
        return fakes.front();
    const QByteArray pick = QMessageAuthenticationCode::hash(email.toUtf8(), state.fakePreloginKey,
                                                             QCryptographicHash::Sha256);
    return fakes[size_t(quint8(pick[0])) % fakes.size()];
}

Answer prelogin(ServerState &state, const HttpRequest &request)
{
    if (const int wait = state.preloginRequests.secondsToWait(state.settings.requestsPerMinute))
        return state.write().tooManyRequests(wait);
    const QString entered = request.json().value("email"_L1).toString();
    if (!entered.contains(u'@')) {
        return state.write().modelRefusal(
            u"Email"_s, u"The Email field is not a supported e-mail address format."_s);
    }
    const QString email = normalizedEmail(entered);
    const Account *account = state.accounts.byEmail(email);
    const KdfSettings kdf = account ? account->kdf : fakeSettings(state, email);
    QJsonObject answer{{u"kdf"_s, int(kdf.type)},
                       {u"kdfIterations"_s, kdf.iterations},
                       {u"kdfMemory"_s, numberOrNull(kdf.memoryMiB)},
                       {u"kdfParallelism"_s, numberOrNull(kdf.parallelism)}};
    // The nested copy and the salt exist since 2025.12. Vaultwarden's salt is always null; clients
    // then use the email.
    if (state.settings.generation != Generation::Pascal) {
        answer.insert(u"kdfSettings"_s,
                      QJsonObject{{u"kdfType"_s, int(kdf.type)},
                                  {u"iterations"_s, kdf.iterations},
                                  {u"memory"_s, numberOrNull(kdf.memoryMiB)},
                                  {u"parallelism"_s, numberOrNull(kdf.parallelism)}});
        answer.insert(u"salt"_s,
                      isVaultwarden(state.settings.generation)
                          ? QJsonValue(QJsonValue::Null)
                          : QJsonValue(account && !account->salt.isEmpty() ? account->salt
                                                                           : email));
    }
    return state.write().api(answer);
}

} // namespace

void addPrelogin(Router &router, ServerState &state)
{
    const auto handler = [&state](const HttpRequest &request) {
        return prelogin(state, request);
    };
    router.add("POST"_ba, u"/identity/accounts/prelogin"_s, handler);
    // Official since 2025.12, Vaultwarden since 1.36.
    router.add("POST"_ba, u"/identity/accounts/prelogin/password"_s,
               [&state, handler](const HttpRequest &request) {
                   return state.settings.generation == Generation::Pascal
                       ? state.write().noSuchRoute()
                       : handler(request);
               });
    // Vaultwarden also has it below `/api`.
    router.add("POST"_ba, u"/api/accounts/prelogin"_s,
               [&state, handler](const HttpRequest &request) {
                   return isVaultwarden(state.settings.generation) ? handler(request)
                                                                   : state.write().noSuchRoute();
               });
}

} // namespace Sparekey::Endpoints
