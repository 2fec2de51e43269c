// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"

#include <QByteArrayView>

#include <optional>

namespace Sparekey {

/// The content of the capability container of a type 4 tag (NFC Forum Type 4 Tag 2.0, 5.1).
struct CapabilityContainer
{
    quint16 ndefFile = 0;    ///< Its id.
    quint16 largestRead = 0; ///< Bytes that one READ BINARY may ask for.
    quint16 fileSize = 0;    ///< Of the NDEF file, including the two bytes of its length.
};

/// Nothing if it is not valid, or its NDEF file is not freely readable.
[[nodiscard]] std::optional<CapabilityContainer> parseCapabilityContainer(QByteArrayView bytes);

/// The text of the first URI or text record of an NDEF message (NDEF 1.0; RTD URI 1.0; RTD Text
/// 1.0), with the URI prefix expanded. Nothing if there is none or the message is broken.
[[nodiscard]] std::optional<SecureBuffer> textOfNdefMessage(QByteArrayView message);

} // namespace Sparekey
