// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/smartcard.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace Sparekey {

/// What a card answers to a command (ISO 7816-4, 5.1).
struct ApduAnswer
{
    QByteArray data;
    quint16 status = 0; ///< SW1 SW2

    [[nodiscard]] bool isOk() const { return status == 0x9000; }
};

/// Nothing if there are less than two bytes.
[[nodiscard]] std::optional<ApduAnswer> parseApduAnswer(QByteArrayView bytes);

/// The first four bytes of a command (ISO 7816-4, 5.1).
struct ApduHeader
{
    quint8 cla = 0;
    quint8 ins = 0;
    quint8 p1 = 0;
    quint8 p2 = 0;
};

/// A command in the long form that U2F messages have (FIDO U2F raw messages, 3), taken apart.
/// Nothing if the lengths in it do not fit.
struct ExtendedApdu
{
    ApduHeader header;
    QByteArray data;
};
[[nodiscard]] std::optional<ExtendedApdu> parseExtendedApdu(QByteArrayView bytes);

/// Sends a command with any amount of data to a card, in pieces if need be (command chaining, 5.3.3
/// in the 2013 edition), and fetches the answer to its end (`61xx`, GET RESPONSE). Short APDUs
/// only, because not every reader takes extended ones. Errors: those of the card,
/// `KeyAnswerInvalid`.
[[nodiscard]] Result<ApduAnswer> exchange(SmartCard &card, ApduHeader header, QByteArrayView data);

/// SELECT by name of an application.
[[nodiscard]] Result<ApduAnswer> selectApplication(SmartCard &card, QByteArrayView name);

} // namespace Sparekey
