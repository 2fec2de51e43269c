// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/servicecatalog/servicetemplate.h"

#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QStringView>

#include <tl/expected.hpp>

namespace Sparekey {

/// The templates of all known services and the generic ones. Immutable; any thread.
class ServiceCatalog
{
public:
    /// The one that the program ships with, read when it is first used.
    [[nodiscard]] static const ServiceCatalog &shipped();

    /// In the order of the file, the generic ones last.
    [[nodiscard]] const QList<ServiceTemplate> &services() const { return m_services; }
    /// Null if there is none with this id.
    [[nodiscard]] const ServiceTemplate *find(QStringView id) const;
    /// The generic template of that form if there is none with this id, as in a file of a later
    /// version.
    [[nodiscard]] const ServiceTemplate &findOrGeneric(QStringView id, SecretForm form) const;

private:
    friend tl::expected<ServiceCatalog, QString> readServiceCatalog(QByteArrayView json);

    QList<ServiceTemplate> m_services;
};

/// The ids of the generic templates.
[[nodiscard]] QStringView genericServiceId(SecretForm form);

/// Reads a data file as `resources/services/services.json`, whose members are those of
/// `ServiceTemplate`. Strict: a row with an unknown member, a value of another type, an impossible
/// or missing one makes the whole file fail, and so does a catalog without the generic templates.
/// The error names row and member, in English, for whoever edits the file.
[[nodiscard]] tl::expected<ServiceCatalog, QString> readServiceCatalog(QByteArrayView json);

} // namespace Sparekey
