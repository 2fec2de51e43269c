// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/usbkeys.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QString>
#include <QTemporaryDir>

namespace Sparekey {

/// Folders in which USB devices come and go as Linux would show them, without udev.
class FakeSystem
{
public:
    FakeSystem()
    {
        QDir(m_root.path()).mkpath(QStringLiteral("class"));
        QDir(m_root.path()).mkpath(QStringLiteral("dev"));
    }

    [[nodiscard]] UsbKeys::Places places() const
    {
        return {.classFolder = m_root.filePath(QStringLiteral("class")),
                .deviceFolder = m_root.filePath(QStringLiteral("dev")),
                .udevControl = m_root.filePath(QStringLiteral("control"))};
    }

    /// The file of a device.
    [[nodiscard]] QString node(const QString &name) const
    {
        return m_root.filePath(QStringLiteral("dev/") + name);
    }

    /// As a YubiKey 5 describes its reports; the first bytes are what counts.
    [[nodiscard]] static QByteArray keyDescriptor()
    {
        return QByteArray::fromHex(
            "06d0f10901a1010920150026ff007508954081020921150026ff00750895409102c0");
    }

    /// With a file in place of the device, or @p device.
    void plugIn(const QString &node, const QByteArray &descriptor, const QByteArray &name,
                const QByteArray &device = {}) const
    {
        const QString description = m_root.filePath(QStringLiteral("class/%1/device").arg(node));
        QDir().mkpath(description);
        write(description + QStringLiteral("/report_descriptor"), descriptor);
        write(description + QStringLiteral("/uevent"),
              "DRIVER=hid-generic\nHID_ID=0003:00001050:00000407\nHID_NAME=" + name
                  + "\nHID_PHYS=usb-0000\n");
        if (device.isEmpty())
            write(this->node(node), {});
        else if (!QFile::link(QFile::decodeName(device), this->node(node)))
            qFatal("no room for a link");
    }

    void pullOut(const QString &name) const
    {
        QDir(m_root.filePath(QStringLiteral("class/") + name)).removeRecursively();
        QFile::remove(node(name));
    }

private:
    static void write(const QString &path, const QByteArray &content)
    {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("no room for a test's folders");
    }

    QTemporaryDir m_root;
};

} // namespace Sparekey
