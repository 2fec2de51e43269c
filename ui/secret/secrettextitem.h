// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/secret/secrettext.h"

#include <QAccessible>
#include <QColor>
#include <QPointer>
#include <QQuickPaintedItem>
#include <QtQml/qqmlregistration.h>

class QFont;

namespace Sparekey {

/// Draws a `SecretText` directly from locked memory: groups of monospaced letters, with a fixed
/// number of groups per line. A group that is wider than the item is broken over several lines. The
/// text is not a property. Each letter is drawn separately, so that no font can form ligatures.
///
/// While a screen reader is active and the text is not hidden, `Accessible.description` has the
/// letters, group by group. Set `Accessible.name` in QML. GUI thread only.
class SecretTextItem : public QQuickPaintedItem, private QAccessible::ActivationObserver
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(Sparekey::SecretText *secret READ secret WRITE setSecret NOTIFY secretChanged FINAL)
    /// Draws dots of the same width instead of the letters.
    Q_PROPERTY(bool hidden READ isHidden WRITE setHidden NOTIFY hiddenChanged FINAL)
    Q_PROPERTY(QColor color READ color WRITE setColor NOTIFY appearanceChanged FINAL)
    Q_PROPERTY(
        QString fontFamily READ fontFamily WRITE setFontFamily NOTIFY appearanceChanged FINAL)
    Q_PROPERTY(int pixelSize READ pixelSize WRITE setPixelSize NOTIFY appearanceChanged FINAL)
    /// Maximum number of groups per line; fewer are used if the item is too narrow.
    Q_PROPERTY(int columns READ columns WRITE setColumns NOTIFY appearanceChanged FINAL)
    /// Pixels between two groups.
    Q_PROPERTY(int groupGap READ groupGap WRITE setGroupGap NOTIFY appearanceChanged FINAL)
    /// Screen readers read whole words instead of single letters.
    Q_PROPERTY(bool words READ isWords WRITE setWords NOTIFY appearanceChanged FINAL)

public:
    explicit SecretTextItem(QQuickItem *parent = nullptr);
    ~SecretTextItem() override;

    [[nodiscard]] SecretText *secret() const { return m_secret; }
    void setSecret(SecretText *secret);
    [[nodiscard]] bool isHidden() const { return m_hidden; }
    void setHidden(bool hidden);
    [[nodiscard]] QColor color() const { return m_color; }
    void setColor(const QColor &color);
    [[nodiscard]] QString fontFamily() const { return m_fontFamily; }
    void setFontFamily(const QString &family);
    [[nodiscard]] int pixelSize() const { return m_pixelSize; }
    void setPixelSize(int size);
    [[nodiscard]] int columns() const { return m_columns; }
    void setColumns(int columns);
    [[nodiscard]] int groupGap() const { return m_groupGap; }
    void setGroupGap(int gap);
    [[nodiscard]] bool isWords() const { return m_words; }
    void setWords(bool words);

    void paint(QPainter *painter) override;

Q_SIGNALS:
    void secretChanged();
    void hiddenChanged();
    void appearanceChanged();
    /// Ctrl+C on the focused item.
    void copyRequested();
    /// Space on the focused item.
    void toggleRequested();

protected:
    void componentComplete() override;
    void keyPressEvent(QKeyEvent *event) override;
    void geometryChange(const QRectF &newGeometry, const QRectF &oldGeometry) override;

private:
    struct Group
    {
        int begin = 0; ///< Index of the first letter.
        int length = 0;
        bool startsLine = false;
    };
    struct Layout
    {
        QList<Group> pieces;   ///< Groups, or the parts of groups too wide for a line.
        QList<QPointF> places; ///< Left end of the baseline of each piece.
        QSizeF size;
    };
    [[nodiscard]] QFont font() const;
    [[nodiscard]] static QList<Group> groupsOf(const QString &text);
    /// The positions of the letters if a line may be `available` pixels wide (0: no limit).
    [[nodiscard]] Layout layOut(qreal available) const;
    void relayout();
    void accessibilityActiveChanged(bool active) override;
    void notifyScreenReader();

    QPointer<SecretText> m_secret;
    bool m_listenedTo;
    bool m_hidden = false;
    bool m_told = false;
    QColor m_color = Qt::black;
    QString m_fontFamily;
    int m_pixelSize = 22;
    int m_columns = 4;
    int m_groupGap = 12;
    bool m_words = false;
};

} // namespace Sparekey
