// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/settings/settingsfile.h"

#include "core/files/datafile.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSettings>

#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// Versions up to 0.1 wrote QSettings files.
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

Result<DataFile<QJsonObject>::Content> contentFrom(const QByteArray &bytes, const QString &path)
{
    if (bytes.isEmpty())
        return DataFile<QJsonObject>::Content();
    auto values = settingsFromJson(bytes);
    if (!values && bytes.startsWith('['))
        values = fromIni(path);
    if (!values)
        return fail(ErrorKind::FileDamaged);
    return DataFile<QJsonObject>::Content{.value = *values};
}

DataFile<QJsonObject> dataFile(const QString &path)
{
    return {path,
            {.read = [path](const QByteArray &bytes) { return contentFrom(bytes, path); },
             .write = settingsToJson,
             .largest = largestSettings,
             .tooLarge = ErrorKind::FileNotWritable}};
}

/// Does not change the file, even if it is damaged: it is put aside when something is written.
QJsonObject valuesIn(const QString &path)
{
    const auto bytes = readDataFile(path, largestSettings);
    if (!bytes)
        return {};
    const auto content = contentFrom(*bytes, path);
    return content ? content->value : QJsonObject();
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
    , m_values(valuesIn(m_path))
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

bool SettingsFile::flush()
{
    m_disk.waitForDone();
    const QMutexLocker lock(&m_mutex);
    return m_pending.isEmpty();
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

bool SettingsFile::write(const Changes &changes) const
{
    return dataFile(m_path)
        .change([&changes](QJsonObject &values) {
            for (auto change = changes.cbegin(); change != changes.cend(); ++change) {
                if (change->isUndefined())
                    values.remove(change.key());
                else
                    values.insert(change.key(), change.value());
            }
        })
        .has_value();
}

} // namespace Sparekey
