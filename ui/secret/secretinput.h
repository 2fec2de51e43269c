// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"

#include <QBasicTimer>
#include <QColor>
#include <QFont>
#include <QQuickPaintedItem>
#include <QtQml/qqmlregistration.h>

#include <vector>

namespace Sparekey {

/// A single-line input for a secret. Qt's own text fields keep all input in their undo history, one
/// character at a time, as long as the field exists. This one has no undo, keeps its characters in
/// a `SecureBuffer`, and draws dots, or the characters themselves while it is `shown`.
///
/// Its text is available neither to QML nor on the accessibility bus; a view-model takes it through
/// a `SecretEntry`. Copying to the clipboard is not possible. GUI thread only.
class SecretInput : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(bool empty READ isEmpty NOTIFY textChanged FINAL)
    /// Number of user-perceived characters.
    Q_PROPERTY(int length READ length NOTIFY textChanged FINAL)
    /// Draws the characters instead of dots.
    Q_PROPERTY(bool shown READ isShown WRITE setShown NOTIFY shownChanged FINAL)
    Q_PROPERTY(bool readOnly READ isReadOnly WRITE setReadOnly NOTIFY readOnlyChanged FINAL)
    /// An on-screen keyboard should start with digits.
    Q_PROPERTY(bool digits READ isDigits WRITE setDigits NOTIFY appearanceChanged FINAL)
    /// In UTF-16 code units; input beyond it is dropped.
    Q_PROPERTY(
        int maximumLength READ maximumLength WRITE setMaximumLength NOTIFY appearanceChanged FINAL)
    /// Caps Lock is on, as far as known.
    Q_PROPERTY(bool capsLock READ isCapsLock NOTIFY capsLockChanged FINAL)
    Q_PROPERTY(QColor color READ color WRITE setColor NOTIFY appearanceChanged FINAL)
    Q_PROPERTY(QColor selectionColor READ selectionColor WRITE setSelectionColor NOTIFY
                   appearanceChanged FINAL)
    Q_PROPERTY(QColor selectedTextColor READ selectedTextColor WRITE setSelectedTextColor NOTIFY
                   appearanceChanged FINAL)
    Q_PROPERTY(
        QString fontFamily READ fontFamily WRITE setFontFamily NOTIFY appearanceChanged FINAL)
    Q_PROPERTY(int pixelSize READ pixelSize WRITE setPixelSize NOTIFY appearanceChanged FINAL)
    /// Pixels between two characters.
    Q_PROPERTY(qreal letterSpacing READ letterSpacing WRITE setLetterSpacing NOTIFY
                   appearanceChanged FINAL)
    /// Pixels between the left edge and the first character.
    Q_PROPERTY(
        qreal leftPadding READ leftPadding WRITE setLeftPadding NOTIFY appearanceChanged FINAL)

public:
    explicit SecretInput(QQuickItem *parent = nullptr);

    /// Valid until the next change; do not keep it.
    [[nodiscard]] QStringView text() const;
    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); }
    [[nodiscard]] int length() const;

    /// Wipes the text.
    Q_INVOKABLE void clear();
    Q_INVOKABLE void selectAll();
    /// Replaces the text: for a demo account, whose password is no secret, and for tests.
    Q_INVOKABLE void fill(const QString &text);

    [[nodiscard]] bool isShown() const { return m_shown; }
    void setShown(bool shown);
    [[nodiscard]] bool isReadOnly() const { return m_readOnly; }
    void setReadOnly(bool readOnly);
    [[nodiscard]] bool isDigits() const { return m_digits; }
    void setDigits(bool digits);
    [[nodiscard]] int maximumLength() const { return m_maximumLength; }
    void setMaximumLength(int length);
    [[nodiscard]] bool isCapsLock() const { return m_capsLock; }
    [[nodiscard]] QColor color() const { return m_color; }
    void setColor(const QColor &color) { setAppearance(m_color, color); }
    [[nodiscard]] QColor selectionColor() const { return m_selectionColor; }
    void setSelectionColor(const QColor &color) { setAppearance(m_selectionColor, color); }
    [[nodiscard]] QColor selectedTextColor() const { return m_selectedTextColor; }
    void setSelectedTextColor(const QColor &color) { setAppearance(m_selectedTextColor, color); }
    [[nodiscard]] QString fontFamily() const { return m_fontFamily; }
    void setFontFamily(const QString &family) { setAppearance(m_fontFamily, family); }
    [[nodiscard]] int pixelSize() const { return m_pixelSize; }
    void setPixelSize(int size) { setAppearance(m_pixelSize, size); }
    [[nodiscard]] qreal letterSpacing() const { return m_letterSpacing; }
    void setLetterSpacing(qreal spacing) { setAppearance(m_letterSpacing, spacing); }
    [[nodiscard]] qreal leftPadding() const { return m_leftPadding; }
    void setLeftPadding(qreal padding) { setAppearance(m_leftPadding, padding); }

    void paint(QPainter *painter) override;

Q_SIGNALS:
    void textChanged();
    void shownChanged();
    void readOnlyChanged();
    void capsLockChanged();
    void appearanceChanged();
    /// The user has changed the text.
    void edited();
    /// Return or Enter was pressed.
    void accepted();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    [[nodiscard]] QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void geometryChange(const QRectF &newGeometry, const QRectF &oldGeometry) override;

private:
    /// The positions of the characters: `begins[i]` is the first code unit of character i,
    /// `edges[i]` its left edge in pixels from the start of the text. Both have one extra entry for
    /// the end.
    struct Layout
    {
        std::vector<qsizetype> begins;
        std::vector<qreal> edges;
    };

    template<class T>
    void setAppearance(T &member, const T &value)
    {
        if (member == value)
            return;
        member = value;
        update();
        Q_EMIT appearanceChanged();
    }
    [[nodiscard]] QFont font() const;
    [[nodiscard]] Layout layOut(QStringView text) const;
    [[nodiscard]] qreal xOf(qsizetype position) const;
    [[nodiscard]] qsizetype positionAt(qreal x) const;
    [[nodiscard]] qsizetype boundary(qsizetype position, bool forward) const;
    [[nodiscard]] bool edit(const QKeyEvent &event);
    [[nodiscard]] bool move(const QKeyEvent &event);
    void moveTo(qsizetype position, bool select);
    void paste(int clipboardMode);
    /// Replaces the code units from `from` to `to` with `added`.
    void replace(qsizetype from, qsizetype to, QStringView added);
    void replaceSelection(QStringView added);
    void removeAndNotify(qsizetype from, qsizetype to);
    void setPreedit(QStringView text);
    void setCapsLock(bool on);
    void updateCapsLock(const QKeyEvent &event);
    void restartCursor();
    void scrollToCursor();

    SecureBuffer m_text;    ///< UTF-16 units
    SecureBuffer m_preedit; ///< Uncommitted text of an input method; UTF-16 units.
    qsizetype m_cursor = 0;
    qsizetype m_anchor = 0; ///< The other end of the selection.
    qreal m_scroll = 0;
    bool m_shown = false;
    bool m_readOnly = false;
    bool m_digits = false;
    bool m_capsLock = false;
    bool m_cursorDrawn = false;
    QBasicTimer m_blinking;
    int m_maximumLength = 4096;
    QColor m_color = Qt::black;
    QColor m_selectionColor = Qt::blue;
    QColor m_selectedTextColor = Qt::white;
    QString m_fontFamily;
    int m_pixelSize = 15;
    qreal m_letterSpacing = 0;
    qreal m_leftPadding = 0;
};

} // namespace Sparekey
