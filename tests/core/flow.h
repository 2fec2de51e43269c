// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/profile.h"
#include "core/twofactor/twofactorapi.h"
#include "tests/authenticator/ceremonies.h"
#include "tests/core/providerhands.h"
#include "tests/support/accountservertest.h"

#include <QJsonArray>

#include <array>
#include <functional>
#include <optional>
#include <vector>

namespace Sparekey {

// Few iterations, so that hundreds of sign-ins take seconds.
inline const QString role = QStringLiteral("weak-kdf");

/// `Secret`: as `Middle`, but it wants the hash by the name `secret`.
enum class Generation { Classic, Middle, Secret, Token, Pascal };
enum class Trouble { None, WrongCode, Expired, Unauthorized, RateLimit, ServerError, Cut };

inline constexpr std::array generations{
    std::pair{Generation::Classic, QLatin1String("classic")},
    std::pair{Generation::Middle, QLatin1String("middle")},
    std::pair{Generation::Secret, QLatin1String("secret")},
    std::pair{Generation::Token, QLatin1String("token")},
    std::pair{Generation::Pascal, QLatin1String("pascal")},
};

inline constexpr std::array troubles{
    std::pair{Trouble::None, QLatin1String("success")},
    std::pair{Trouble::WrongCode, QLatin1String("wrong code")},
    std::pair{Trouble::Expired, QLatin1String("expired proof")},
    std::pair{Trouble::Unauthorized, QLatin1String("401")},
    std::pair{Trouble::RateLimit, QLatin1String("429")},
    std::pair{Trouble::ServerError, QLatin1String("500")},
    std::pair{Trouble::Cut, QLatin1String("cut connection")},
};

inline bool isVaultwarden(Generation generation)
{
    return generation == Generation::Classic || generation == Generation::Pascal;
}

inline QJsonObject settingsOf(Generation generation)
{
    const QString name = generation == Generation::Secret
        ? QStringLiteral("middle")
        : QString(generations[static_cast<std::size_t>(generation)].second);
    return {{QStringLiteral("generation"), name},
            {QStringLiteral("provenBySecret"), generation == Generation::Secret}};
}

/// What one flow comes to in one trouble with one generation.
struct Cell
{
    std::optional<ErrorKind> error = {}; ///< nothing: it succeeds
    const char *meaningless = nullptr;   ///< why there is nothing to try
    bool canBeRepeated = true;           ///< after the failure, and then succeeds
};

inline Cell meaningless(const char *why)
{
    return {.meaningless = why};
}

struct World
{
    AccountServerProcess &server;
    Generation generation = Generation::Token;
    std::shared_ptr<SignIn> signIn = {};
    std::shared_ptr<Session> session = {};
    std::shared_ptr<ProviderApi> api = {};
    OpenedMethod opened = {};
    SecureBuffer rememberToken = {};
    std::shared_ptr<HidFront> key = {};
    std::optional<SecondStepChallenge> challenge = {}; ///< Until it is answered.
    QString organizationId = {};
    bool codeIsOld = false; ///< The emailed one that proves.

    SignInRequest request() { return quickSignInRequest(server, server.account(role)); }
    QJsonObject account() { return server.accountState(role); }
    ProviderHands hands() { return {server, role, api}; }
    /// All that a flow may change, as the server has it.
    QJsonObject state()
    {
        QJsonObject kept = account();
        for (const auto volatileName : {QLatin1String("authenticatorCodes"),
                                        QLatin1String("setupKey"), QLatin1String("duoState")})
            kept.remove(volatileName);
        if (!organizationId.isEmpty()) {
            const auto states = outcomeOf(fetchOrganizationStates(session, organizationId));
            kept.insert(QStringLiteral("organizationDuo"),
                        states.value().value(ProviderType::OrganizationDuo));
        }
        return kept;
    }
};

struct Flow
{
    QByteArray name;
    /// Where the trouble strikes.
    std::function<QString(World &)> path;
    std::function<Cell(Generation, Trouble)> cell;
    std::function<void(World &)> begin;
    std::function<Result<void>(World &, Trouble)> act;
    /// A success leaves another state than there was.
    bool changes = false;
    /// It sends the hash of the password as a proof.
    bool proves = false;
};

inline Cell cellOf(const Flow &flow, Generation generation, Trouble trouble)
{
    if (generation == Generation::Secret && !flow.proves)
        return meaningless("no hash is sent as a proof");
    return flow.cell(generation, trouble);
}

// ---- What is the same for many flows

inline std::function<QString(World &)> at(const QString &path)
{
    return [path](World &) {
        return path;
    };
}

/// The troubles on the way, which no flow can avoid.
inline std::optional<Cell> onTheWay(Trouble trouble)
{
    switch (trouble) {
    case Trouble::None: return Cell{};
    case Trouble::RateLimit: return Cell{.error = ErrorKind::RateLimited};
    case Trouble::ServerError: return Cell{.error = ErrorKind::ServerFailure};
    case Trouble::Cut: return Cell{.error = ErrorKind::ConnectionLost};
    case Trouble::WrongCode:
    case Trouble::Expired:
    case Trouble::Unauthorized: return {};
    }
    Q_UNREACHABLE();
}

/// The same before there is a session, where no server of ours answers 401.
inline Cell beforeASession(Trouble trouble)
{
    if (trouble == Trouble::Unauthorized)
        return {.error = ErrorKind::NotAnAccountServer};
    return *onTheWay(trouble);
}

inline const char *const nothingEntered = "no code is entered for it";
inline const char *const provenByPassword = "the password is the proof, and does not grow old";

inline void startSession(World &world)
{
    world.session = sessionOf(signInWith(world.request()));
    if (!world.session)
        qFatal("nobody could be signed in");
    world.api = std::make_shared<ProviderApi>(world.session);
}

inline QString digitsOtherThan(const QStringList &codes)
{
    QString code = QStringLiteral("111111");
    while (codes.contains(code))
        code = QString::number(code.toInt() + 1);
    return code;
}

} // namespace Sparekey
