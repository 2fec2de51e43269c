// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QMetaType>
#include <QString>

namespace Sparekey {

/// A key, or a reader that a key can be laid on, as far as it is known without talking to it.
struct KeyDevice
{
    enum class Connection {
        Usb,
        Nfc, ///< A reader. There may be no card on it, or one that is no key.
    };
    enum class State {
        Ready,
        NoPermission, ///< Plugged in, but this user may not open it.
        NoCard,       ///< A reader that waits for a card.
    };

    /// Names it as long as it is connected; begins with the transport's name. Not for people.
    QString id;
    /// What maker and product call themselves, cleaned: "Yubico YubiKey FIDO+CCID". Comes from the
    /// device: plain text.
    QString name;
    Connection connection = Connection::Usb;
    State state = State::Ready;
    /// A key made of software, in tests and in the demo.
    bool simulated = false;
    /// Counts the cards that were laid on this reader.
    int tap = 0;

    [[nodiscard]] bool isReader() const { return connection == Connection::Nfc; }

    bool operator==(const KeyDevice &) const = default;
};

/// Whether `reader` is the smart card interface that one of the plugged-in `keys` has itself, and
/// so no place to put a key on: by its name, which is made of that of the USB device.
[[nodiscard]] bool isPartOfKey(const KeyDevice &reader, const QList<KeyDevice> &keys);

} // namespace Sparekey

Q_DECLARE_METATYPE(Sparekey::KeyDevice)
