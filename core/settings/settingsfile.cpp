// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/settings/settingsfile.h"

#include "core/files/secretfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLockFile>
#include <QSettings>

#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey {

namespace {

// More than any other process of ours holds the file for.
constexpr auto lockTimeout = 5s;

enum class Reading {
    Missing, ///< There is no such file.
    Good,
    Damaged,
    Unusable, ///< It must not be replaced: no plain file, too large, or not to be read.
};

struct Content
{
    Reading reading = Reading::Missing;
    QJsonObject values = {};
};

// Versions up to 0.1 wrote files of QSettings.
std::optional<QJsonObject> fromIni(const QString &path)
{
    const QSettings ini(path, QSettings::IniFormat);
    const QStringList names = ini.allKeys();
    if (ini.status() != QSettings::NoError || names.isEmpty())
        return {};
    QJsonObject values;
    for (const QString &name : names)
        values.insert(name, QJsonValue::fromVariant(ini.value(name)));
    return values;
}

Content read(const QString &path)
{
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return {.reading = errno == ENOENT ? Reading::Missing : Reading::Unusable};
    QFile file;
    struct stat status;
    const bool usable = ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode)
        && status.st_size <= largestSettings;
    if (!file.open(fd, QIODevice::ReadOnly, QFile::AutoCloseHandle)) {
        ::close(fd);
        return {.reading = Reading::Unusable};
    }
    if (!usable)
        return {.reading = Reading::Unusable};
    const QByteArray bytes = file.read(largestSettings);
    if (file.error() != QFile::NoError)
        return {.reading = Reading::Unusable};
    if (bytes.isEmpty())
        return {.reading = Reading::Good};
    auto values = settingsFromJson(bytes);
    if (!values && bytes.startsWith('['))
        values = fromIni(path);
    if (!values)
        return {.reading = Reading::Damaged};
    return {.reading = Reading::Good, .values = *values};
}

} // namespace

std::optional<QJsonObject> settingsFromJson(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return {};
    return document.object();
}

QByteArray settingsToJson(const QJsonObject &values)
{
    return QJsonDocument(values).toJson(QJsonDocument::Indented);
}

SettingsFile::SettingsFile(QString path)
    : m_path(std::move(path))
    , m_values(read(m_path).values)
{
    m_disk.setMaxThreadCount(1);
}

SettingsFile::~SettingsFile()
{
    flush();
}

void SettingsFile::set(const QString &name, const QVariant &value)
{
    const QJsonValue json = QJsonValue::fromVariant(value);
    if (m_values.value(name) == json)
        return;
    m_values.insert(name, json);
    schedule(name, json);
}

void SettingsFile::remove(const QString &name)
{
    if (!m_values.contains(name))
        return;
    m_values.remove(name);
    schedule(name, QJsonValue(QJsonValue::Undefined));
}

void SettingsFile::removeAll(const QString &prefix)
{
    const QStringList names = m_values.keys();
    for (const QString &name : names) {
        if (name.startsWith(prefix))
            remove(name);
    }
}

void SettingsFile::flush()
{
    m_disk.waitForDone();
}

void SettingsFile::schedule(const QString &name, const QJsonValue &value)
{
    const QMutexLocker lock(&m_mutex);
    m_pending.insert(name, value);
    if (!std::exchange(m_writing, true))
        m_disk.start([this] { writePending(); });
}

void SettingsFile::writePending()
{
    for (;;) {
        Changes changes;
        {
            const QMutexLocker lock(&m_mutex);
            changes = std::exchange(m_pending, {});
            if (changes.isEmpty()) {
                m_writing = false;
                return;
            }
        }
        if (write(changes))
            continue;
        const QMutexLocker lock(&m_mutex);
        for (auto change = changes.cbegin(); change != changes.cend(); ++change) {
            if (!m_pending.contains(change.key()))
                m_pending.insert(change.key(), change.value());
        }
        m_writing = false;
        return;
    }
}

Result<void> SettingsFile::write(const Changes &changes) const
{
    const Error notWritable{.kind = ErrorKind::FileNotWritable, .subject = m_path};
    if (!QDir().mkpath(QFileInfo(m_path).absolutePath()))
        return fail(notWritable);
    // Only one process at a time; the lock of one that has ended counts for nothing.
    QLockFile lock(m_path + ".lock"_L1);
    if (!lock.tryLock(std::chrono::milliseconds(lockTimeout).count()))
        return fail(notWritable);
    Content content = read(m_path);
    if (content.reading == Reading::Unusable)
        return fail(notWritable);
    if (content.reading == Reading::Damaged) {
        const QString aside = m_path + ".damaged"_L1;
        QFile::remove(aside);
        if (!QFile::rename(m_path, aside))
            return fail(notWritable);
    }
    for (auto change = changes.cbegin(); change != changes.cend(); ++change) {
        if (change->isUndefined())
            content.values.remove(change.key());
        else
            content.values.insert(change.key(), change.value());
    }
    const QByteArray json = settingsToJson(content.values);
    if (json.size() > largestSettings)
        return fail(notWritable);
    return writeSecretFile(m_path, json, ExistingFile::Replace);
}

} // namespace Sparekey
