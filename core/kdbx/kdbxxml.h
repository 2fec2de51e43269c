// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/ciphers.h"
#include "core/kdbx/kdbxerror.h"
#include "core/kdbx/kdbxlimits.h"
#include "core/kdbx/xmlelement.h"
#include "core/secret/securebuffer.h"

#include <QByteArrayView>

namespace Sparekey {

/// Reads XML into a tree. Each element with `Protected="True"` is decrypted with the inner stream,
/// in the order of the document; without a stream such an attribute means nothing. Texts that are
/// not protected pass through ordinary memory. Any thread.
///
/// `Damaged` if it is not well-formed, has a DTD or an entity of its own, or a protected value
/// cannot be decoded; `TooLarge` by size, nesting or number of elements.
[[nodiscard]] KdbxResult<XmlElement> readXml(QByteArrayView xml, ChaCha20 *innerStream,
                                             const KdbxLimits &limits);

/// Appends the document with that root to `output`, in UTF-8. `NotWritable` if a text has
/// characters that XML 1.0 does not have, such as most control characters.
[[nodiscard]] KdbxResult<void> writeXml(const XmlElement &root, ChaCha20 &innerStream,
                                        SecureBuffer &output);

} // namespace Sparekey
