// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/codeimport/importtext.h"
#include "core/library/libraryentry.h"
#include "ui/secret/secrettext.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <memory>
#include <vector>

namespace Sparekey {

/// The codes that were found or entered, before they are saved. Each has a tick; a code with a mark
/// beside it also has one for "used". GUI thread.
class FoundCodesModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by AddCodesViewModel")
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)
    /// How many are ticked.
    Q_PROPERTY(int chosenCount READ chosenCount NOTIFY changed FINAL)

public:
    enum Role {
        NumberRole = Qt::UserRole + 1, ///< string: "03"
        CodeRole,                      ///< SecretText
        ChosenRole,                    ///< bool: it will be saved
        UnsureRole,                    ///< bool: it may be used, or is
        UsedRole,                      ///< bool: it is saved as used
        FitsRole,                      ///< bool: it looks like a code of the service
    };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;
    ~FoundCodesModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }
    [[nodiscard]] int chosenCount() const;

    void setCodes(const ServiceTemplate &service, const QList<FoundCode> &codes);
    void append(const FoundCode &code);
    /// Wipes the codes.
    void clear();
    Q_INVOKABLE void setChosen(int row, bool chosen);
    Q_INVOKABLE void setUsed(int row, bool used);

    [[nodiscard]] bool contains(const SecretBytes &value) const;
    /// The ticked codes, as they are saved.
    [[nodiscard]] QList<LibraryCode> chosenCodes() const;
    /// The codes as they are.
    [[nodiscard]] QList<FoundCode> codes() const;

Q_SIGNALS:
    void changed();

private:
    struct Row
    {
        FoundCode code;
        std::unique_ptr<SecretText> text;
        bool chosen = true;
        bool used = false;
    };

    [[nodiscard]] Row rowOf(const FoundCode &code) const;
    void tell(int row, int role);

    ServiceTemplate m_service;
    std::vector<Row> m_rows;
};

} // namespace Sparekey
