// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/smartcard.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace Sparekey {

/// A card's response to a command (ISO 7816-4, 5.1).
struct ApduAnswer
{
    QByteArray data;
    quint16 status = 0; ///< SW1 SW2

    [[nodiscard]] bool isOk() const { return status == 0x9000; }
};

/// Nothing if there are fewer than two bytes.
[[nodiscard]] std::optional<ApduAnswer> parseApduAnswer(QByteArrayView bytes);

/// The first four bytes of a command (ISO 7816-4, 5.1).
struct ApduHeader
{
    quint8 cla = 0;
    quint8 ins = 0;
    quint8 p1 = 0;
    quint8 p2 = 0;
};

/// A parsed command in extended-length encoding, as U2F messages use it (FIDO U2F raw messages, 3).
/// `parseExtendedApdu` returns nothing if the lengths in it do not match the data.
struct ExtendedApdu
{
    ApduHeader header;
    QByteArray data;
};
[[nodiscard]] std::optional<ExtendedApdu> parseExtendedApdu(QByteArrayView bytes);

/// Sends a command with any amount of data to a card, as chained commands if necessary (5.3.3 in
/// the 2013 edition), and fetches the whole response (`61xx`, GET RESPONSE). Uses only short APDUs,
/// because some readers do not support extended ones. Errors: those of `SmartCard::transmit`,
/// `KeyAnswerInvalid`.
[[nodiscard]] Result<ApduAnswer> exchange(SmartCard &card, ApduHeader header, QByteArrayView data);

/// Selects an application by its name (SELECT).
[[nodiscard]] Result<ApduAnswer> selectApplication(SmartCard &card, QByteArrayView name);

} // namespace Sparekey
