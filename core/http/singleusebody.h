// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"

#include <QIODevice>

namespace Sparekey {

/// A request body that can be read only once. With any other device Qt would resend the request by
/// itself when the connection breaks before an answer, but credentials and one-time codes must not
/// be sent twice. Owned by the `QNetworkReply` that reads it.
class SingleUseBody : public QIODevice
{
    Q_OBJECT

public:
    explicit SingleUseBody(SecureBuffer bytes);

    [[nodiscard]] bool isSequential() const override { return true; }
    bool seek(qint64) override { return false; } // Qt's own would warn
    bool reset() override { return false; }
    [[nodiscard]] qint64 bytesAvailable() const override;

protected:
    qint64 readData(char *data, qint64 size) override;
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    SecureBuffer m_bytes;
    qint64 m_read = 0;
};

} // namespace Sparekey
