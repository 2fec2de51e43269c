// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/authenticator/softwarekey.h"

#include <functional>
#include <optional>

namespace Sparekey {

/// A software key as a card: what an NFC key answers to APDUs (ISO 7816-4). Two applications: FIDO
/// (CTAP 2.1, section 11.3), and an NFC Forum Type 4 tag with one NDEF message, in which a YubiKey
/// tells its one-time password. Lying on the reader counts as a touch. Use from one thread.
class KeyCard
{
public:
    /// What the NDEF file holds after a power-up: one message, or nothing for a card without the
    /// application.
    using NdefSource = std::function<std::optional<QByteArray>()>;

    explicit KeyCard(std::shared_ptr<SoftwareKey> key);

    void setNdef(NdefSource source);
    /// The key has only the NDEF application.
    void setFido(bool there) { m_hasFido = there; }
    /// All answers come in pieces of at most that size, with `61xx`; at first 256.
    void setLargestAnswer(qsizetype size) { m_largestAnswer = size; }

    [[nodiscard]] SoftwareKey &key() { return *m_key; }

    /// Laid on a reader: a new session.
    void powerUp();
    /// @return the answer with its status word.
    [[nodiscard]] QByteArray transmit(const QByteArray &apdu);

    /// An NDEF message of one well-known URI record. @p prefix is the number of an abbreviation,
    /// such as 4 for `https://` (NFC Forum RTD URI 1.0).
    [[nodiscard]] static QByteArray uriMessage(quint8 prefix, const QByteArray &rest);

private:
    enum class Application {
        None,
        Fido,
        Ndef,
    };
    struct Apdu
    {
        quint8 instructionClass = 0;
        quint8 instruction = 0;
        quint8 p1 = 0;
        quint8 p2 = 0;
        QByteArray data;
        qsizetype expected = 0; ///< Le; how much the reader takes.
    };

    [[nodiscard]] static std::optional<Apdu> parsed(const QByteArray &bytes);
    [[nodiscard]] QByteArray select(const Apdu &apdu);
    [[nodiscard]] QByteArray fido(const Apdu &apdu);
    [[nodiscard]] QByteArray ndef(const Apdu &apdu);
    [[nodiscard]] QByteArray given(const QByteArray &answer, qsizetype expected);

    const std::shared_ptr<SoftwareKey> m_key;
    NdefSource m_ndefSource;
    bool m_hasFido = true;
    qsizetype m_largestAnswer = 256;

    Application m_selected = Application::None;
    std::optional<QByteArray> m_ndefMessage;
    QByteArray m_file;
    QByteArray m_chained;
    QByteArray m_rest;
};

} // namespace Sparekey
