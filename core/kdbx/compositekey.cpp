// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kdbx/compositekey.h"

#include "core/kdbx/digests.h"
#include "core/kdbx/guardedkdbx.h"
#include "core/kdbx/keyfile.h"

namespace Sparekey {

KdbxResult<CompositeKey> CompositeKey::of(const SecureBuffer &passphrase,
                                          const SecureBuffer &keyFile)
{
    CompositeKey key;
    if (!passphrase.isEmpty()) {
        if (const auto set = key.setPassphrase(passphrase); !set)
            return tl::unexpected(set.error());
    }
    if (!keyFile.isEmpty()) {
        if (const auto set = key.setKeyFile(keyFile); !set)
            return tl::unexpected(set.error());
    }
    return key;
}

KdbxResult<void> CompositeKey::setPassphrase(const SecureBuffer &passphrase)
{
    return guardedKdbx([&]() -> KdbxResult<void> {
        m_passphrase = sha256({passphrase.view()});
        return {};
    });
}

KdbxResult<void> CompositeKey::setKeyFile(const SecureBuffer &content)
{
    auto key = keyFromKeyFile(content);
    if (!key)
        return tl::unexpected(key.error());
    m_keyFile = *std::move(key);
    return {};
}

CompositeKey CompositeKey::clone() const
{
    CompositeKey copy;
    if (m_passphrase)
        copy.m_passphrase = m_passphrase->clone();
    if (m_keyFile)
        copy.m_keyFile = m_keyFile->clone();
    return copy;
}

SecureBuffer CompositeKey::hash() const
{
    return sha256({m_passphrase ? m_passphrase->view() : QByteArrayView(),
                   m_keyFile ? m_keyFile->view() : QByteArrayView()});
}

} // namespace Sparekey
