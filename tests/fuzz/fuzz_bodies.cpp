// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What we send says exactly what was put in: a secret with any bytes comes back out of the form
// and out of the JSON.

#include "core/api/client.h"
#include "core/http/formbody.h"
#include "tests/fuzz/require.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cstdint>

using namespace Sparekey;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));

    FormBody form;
    form.add("password", bytes);
    const SecureBuffer formBody = form.take();
    const QByteArray sent = formBody.view().toByteArray();
    require(sent.startsWith("password="));
    QByteArray value = sent.mid(9);
    require(!value.contains('&') && !value.contains('='));
    require(QByteArray::fromPercentEncoding(value.replace('+', ' ')) == bytes);

    // JSON carries text; bytes that are none are no password that could have been entered.
    const QString text = QString::fromUtf8(bytes);
    if (text.toUtf8() != bytes)
        return 0;
    SecretJson json;
    json.add("secret", SecureBuffer::fromText(text)).add("plain", text);
    const SecureBuffer jsonBody = json.take();
    const QJsonObject read = QJsonDocument::fromJson(jsonBody.view().toByteArray()).object();
    require(read.value(QLatin1StringView("secret")).toString() == text);
    require(read.value(QLatin1StringView("plain")).toString() == text);
    return 0;
}
