// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/library/entrycondition.h"
#include "core/library/library.h"

#include <QAbstractListModel>
#include <QDate>
#include <QUuid>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// The entries of the open library that match the search and the filter, in the chosen order. Holds
/// no codes. GUI thread.
class LibraryListModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by LibraryViewModel")
    /// How many rows are shown.
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)
    /// How many entries the library has.
    Q_PROPERTY(int total READ total NOTIFY changed FINAL)
    /// Words that an entry must have in its names, addresses, notes or tags.
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY changed FINAL)
    Q_PROPERTY(Filter filter READ filter WRITE setFilter NOTIFY changed FINAL)
    Q_PROPERTY(Order order READ order WRITE setOrder NOTIFY changed FINAL)
    /// "12 of 40 entries", for screen readers and below the search.
    Q_PROPERTY(QString countText READ countText NOTIFY changed FINAL)

public:
    enum class Filter { All, Low, Void, NeverPrinted, CheckDue };
    Q_ENUM(Filter)
    enum class Order { ByName, FewestLeft, LatestChange };
    Q_ENUM(Order)
    /// How urgent the note of a row is.
    enum class Tone { Good, Quiet, Caution, Bad };
    Q_ENUM(Tone)
    enum Role {
        IdRole = Qt::UserRole + 1, ///< QUuid
        TitleRole,                 ///< string, never empty
        AccountRole,               ///< string, may be empty
        LetterRole,                ///< string: the first letter of the title
        LeftRole,                  ///< string: "9 of 10 left"
        NoteRole,                  ///< string: what is due
        ToneRole,                  ///< Tone of the note
    };
    Q_ENUM(Role)

    /// `library` must outlive this object.
    explicit LibraryListModel(const Library &library, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }
    [[nodiscard]] int total() const { return static_cast<int>(m_lines.size()); }
    [[nodiscard]] QString search() const { return m_search; }
    void setSearch(const QString &search);
    [[nodiscard]] Filter filter() const { return m_filter; }
    void setFilter(Filter filter);
    [[nodiscard]] Order order() const { return m_order; }
    void setOrder(Order order);
    [[nodiscard]] QString countText() const;

    /// How urgent the note of an entry is.
    [[nodiscard]] static Tone toneOf(const LibraryEntry &entry, const QList<EntryCondition> &due);
    /// The entry of a row; null if there is none.
    [[nodiscard]] QUuid idAt(int row) const;
    /// Reads the entries of the library again.
    void update();

Q_SIGNALS:
    void changed();

private:
    struct Line
    {
        QUuid id;
        QString title;
        QString account;
        QString left;
        QString note;
        Tone tone = Tone::Quiet;
        QString found; ///< What the search looks at, folded.
        QString key;   ///< The title as it is sorted.
        int codesLeft = 0;
        QDateTime changed;
        QList<EntryCondition> conditions;
        bool isVoid = false;
    };

    [[nodiscard]] static Line lineOf(const LibraryEntry &entry, QDate today);
    [[nodiscard]] bool isShown(const Line &line, const QStringList &words) const;
    void choose();

    const Library &m_library;
    QList<Line> m_lines;
    QList<qsizetype> m_rows; ///< Indexes into `m_lines`.
    QString m_search;
    Filter m_filter = Filter::All;
    Order m_order = Order::ByName;
};

} // namespace Sparekey
