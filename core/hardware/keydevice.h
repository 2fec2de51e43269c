// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QMetaType>
#include <QString>

namespace Sparekey {

/// A key, or a reader for keys over NFC, as far as it is known without talking to it.
struct KeyDevice
{
    enum class Connection {
        Usb,
        Nfc, ///< A reader. It may have no card, or a card that is not a key.
    };
    enum class State {
        Ready,
        NoPermission, ///< Plugged in, but this user may not open it.
        NoCard,       ///< A reader that waits for a card.
    };

    /// Identifies it while it is connected; begins with the transport's name. Not for display.
    QString id;
    /// Names of manufacturer and product, cleaned: "Yubico YubiKey FIDO+CCID". Comes from the
    /// device, so show it as plain text.
    QString name;
    Connection connection = Connection::Usb;
    State state = State::Ready;
    /// A software key, in tests and in the demo.
    bool simulated = false;
    /// Counts the cards that were placed on this reader.
    int cardNumber = 0;

    [[nodiscard]] bool isReader() const { return connection == Connection::Nfc; }

    bool operator==(const KeyDevice &) const = default;
};

/// Whether `reader` is the built-in smart card interface of one of the plugged-in `keys`, and not a
/// reader for other keys. Recognized by its name, which contains that of the USB device.
[[nodiscard]] bool isPartOfKey(const KeyDevice &reader, const QList<KeyDevice> &keys);

} // namespace Sparekey

Q_DECLARE_METATYPE(Sparekey::KeyDevice)
