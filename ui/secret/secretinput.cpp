// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Over 400 lines: one control that handles everything a text field receives, from key presses to
// input methods; its parts share the text and the cursor.

#include "ui/secret/secretinput.h"

#include "ui/secret/capslock.h"

#include <QClipboard>
#include <QCursor>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QInputMethod>
#include <QKeyEvent>
#include <QPainter>
#include <QStyleHints>
#include <QTextBoundaryFinder>

#include <algorithm>
#include <cmath>

namespace Sparekey {

namespace {

constexpr qsizetype unit = sizeof(QChar);

QStringView unitsOf(const SecureBuffer &buffer)
{
    return {reinterpret_cast<const QChar *>(buffer.data()), buffer.size() / unit};
}

void appendUnits(SecureBuffer &buffer, QStringView text)
{
    buffer.append({reinterpret_cast<const char *>(text.data()), text.size() * unit});
}

// A single-line field has no line breaks, but pasted text often ends with one.
bool isKept(QChar c)
{
    const auto category = c.category();
    return category != QChar::Other_Control && category != QChar::Separator_Line
        && category != QChar::Separator_Paragraph;
}

bool entersText(const QKeyEvent &event)
{
    const QString text = event.text();
    if (text.isEmpty() || !isKept(text.front()))
        return false;
    const auto modifiers = event.modifiers();
    return !(modifiers & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
}

bool isEditing(const QKeyEvent &event)
{
    switch (event.key()) {
    case Qt::Key_Backspace:
    case Qt::Key_Delete:
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Home:
    case Qt::Key_End: return !(event.modifiers() & (Qt::AltModifier | Qt::MetaModifier));
    default: return event.matches(QKeySequence::SelectAll) || event.matches(QKeySequence::Paste);
    }
}

/// A QString of one character that is overwritten when it goes out of scope.
class PassingCharacter
{
public:
    explicit PassingCharacter(QStringView character)
        : m_text(character.toString())
    {
    }
    ~PassingCharacter() { wipe(m_text); }
    PassingCharacter(const PassingCharacter &) = delete;
    PassingCharacter &operator=(const PassingCharacter &) = delete;

    [[nodiscard]] const QString &text() const { return m_text; }

private:
    QString m_text;
};

qreal dotSize(int pixelSize)
{
    return std::round(pixelSize * 0.5);
}

} // namespace

SecretInput::SecretInput(QQuickItem *parent)
    : QQuickPaintedItem(parent)
{
    setFlag(ItemAcceptsInputMethod);
    setActiveFocusOnTab(true);
    setAcceptedMouseButtons(Qt::LeftButton | Qt::MiddleButton);
    setCursor(QCursor(Qt::IBeamCursor));
    setAntialiasing(true);
    setClip(true);
}

QStringView SecretInput::text() const
{
    return unitsOf(m_text);
}

int SecretInput::length() const
{
    int count = 0;
    for (qsizetype at = 0; at < text().size(); at = boundary(at, true))
        ++count;
    return count;
}

void SecretInput::clear()
{
    setPreedit({});
    replace(0, text().size(), {});
}

void SecretInput::selectAll()
{
    m_anchor = 0;
    m_cursor = text().size();
    scrollToCursor();
    update();
}

void SecretInput::fill(const QString &given)
{
    replace(0, text().size(), given);
}

void SecretInput::setShown(bool shown)
{
    if (m_shown == shown)
        return;
    m_shown = shown;
    scrollToCursor();
    update();
    Q_EMIT shownChanged();
}

void SecretInput::setReadOnly(bool readOnly)
{
    if (m_readOnly == readOnly)
        return;
    m_readOnly = readOnly;
    setPreedit({});
    updateInputMethod();
    restartCursor();
    Q_EMIT readOnlyChanged();
}

void SecretInput::setDigits(bool digits)
{
    setAppearance(m_digits, digits);
    updateInputMethod();
}

void SecretInput::setMaximumLength(int length)
{
    setAppearance(m_maximumLength, std::max(0, length));
}

// ---------------------------------------------------------------- editing

qsizetype SecretInput::boundary(qsizetype position, bool forward) const
{
    const QStringView units = text();
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, units.data(), units.size());
    finder.setPosition(position);
    const qsizetype found = forward ? finder.toNextBoundary() : finder.toPreviousBoundary();
    if (found >= 0)
        return found;
    return forward ? units.size() : 0;
}

void SecretInput::replace(qsizetype from, qsizetype to, QStringView added)
{
    const QStringView before = text();
    if (from == to && added.isEmpty())
        return;
    SecureBuffer changed;
    appendUnits(changed, before.first(from));
    qsizetype room = m_maximumLength - (before.size() - (to - from));
    for (const QChar c : added) {
        if (!isKept(c))
            continue;
        if (room-- <= 0)
            break;
        appendUnits(changed, QStringView(&c, 1));
    }
    // Do not keep half of a surrogate pair.
    if (room < 0 && !changed.isEmpty() && unitsOf(changed).back().isHighSurrogate())
        changed.truncate(changed.size() - unit);
    const qsizetype cursor = changed.size() / unit;
    appendUnits(changed, before.sliced(to));
    m_text = std::move(changed);
    m_cursor = cursor;
    m_anchor = cursor;
    restartCursor();
    scrollToCursor();
    Q_EMIT textChanged();
}

void SecretInput::replaceSelection(QStringView added)
{
    replace(std::min(m_cursor, m_anchor), std::max(m_cursor, m_anchor), added);
}

void SecretInput::removeAndNotify(qsizetype from, qsizetype to)
{
    if (from == to)
        return;
    replace(from, to, {});
    Q_EMIT edited();
}

void SecretInput::moveTo(qsizetype position, bool select)
{
    m_cursor = position;
    if (!select)
        m_anchor = position;
    restartCursor();
    scrollToCursor();
}

void SecretInput::paste(int clipboardMode)
{
    if (m_readOnly)
        return;
    QString pasted = QGuiApplication::clipboard()->text(
        static_cast<QClipboard::Mode>(clipboardMode));
    if (!pasted.isEmpty()) {
        replaceSelection(pasted);
        Q_EMIT edited();
    }
    wipe(pasted);
}

bool SecretInput::edit(const QKeyEvent &event)
{
    const bool selected = m_cursor != m_anchor;
    // Words are not visible, so the keys that act on a word act on the whole text.
    const bool all = event.modifiers() & Qt::ControlModifier;
    if (event.matches(QKeySequence::Paste)) {
        paste(QClipboard::Clipboard);
    } else if (event.key() == Qt::Key_Backspace || event.key() == Qt::Key_Delete) {
        const bool forward = event.key() == Qt::Key_Delete;
        if (m_readOnly)
            return true;
        if (selected)
            removeAndNotify(std::min(m_cursor, m_anchor), std::max(m_cursor, m_anchor));
        else if (forward)
            removeAndNotify(m_cursor, all ? text().size() : boundary(m_cursor, true));
        else
            removeAndNotify(all ? 0 : boundary(m_cursor, false), m_cursor);
    } else if (entersText(event) && !m_readOnly) {
        replaceSelection(event.text());
        Q_EMIT edited();
    } else {
        return false;
    }
    return true;
}

bool SecretInput::move(const QKeyEvent &event)
{
    const bool select = event.modifiers() & Qt::ShiftModifier;
    const bool all = event.modifiers() & Qt::ControlModifier;
    const bool selected = m_cursor != m_anchor;
    switch (event.key()) {
    case Qt::Key_Home: moveTo(0, select); return true;
    case Qt::Key_End: moveTo(text().size(), select); return true;
    case Qt::Key_Left:
        if (selected && !select)
            moveTo(std::min(m_cursor, m_anchor), false);
        else
            moveTo(all ? 0 : boundary(m_cursor, false), select);
        return true;
    case Qt::Key_Right:
        if (selected && !select)
            moveTo(std::max(m_cursor, m_anchor), false);
        else
            moveTo(all ? text().size() : boundary(m_cursor, true), select);
        return true;
    default: break;
    }
    if (!event.matches(QKeySequence::SelectAll))
        return false;
    selectAll();
    return true;
}

// ---------------------------------------------------------------- events

bool SecretInput::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (entersText(*key) || isEditing(*key)) {
            event->accept();
            return true;
        }
    }
    return QQuickPaintedItem::event(event);
}

void SecretInput::keyPressEvent(QKeyEvent *event)
{
    updateCapsLock(*event);
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        QGuiApplication::inputMethod()->commit();
        Q_EMIT accepted();
        event->accept();
        return;
    }
    event->setAccepted((isEditing(*event) && move(*event)) || edit(*event));
}

void SecretInput::keyReleaseEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_CapsLock) {
        if (const auto on = isCapsLockOn())
            setCapsLock(*on);
    }
    event->ignore();
}

void SecretInput::inputMethodEvent(QInputMethodEvent *event)
{
    if (m_readOnly) {
        event->ignore();
        return;
    }
    setPreedit({});
    const bool changes = !event->commitString().isEmpty()
        || (!event->preeditString().isEmpty() && m_cursor != m_anchor);
    if (changes) {
        replaceSelection(event->commitString());
        Q_EMIT edited();
    }
    setPreedit(event->preeditString());
    event->accept();
}

QVariant SecretInput::inputMethodQuery(Qt::InputMethodQuery query) const
{
    switch (query) {
    case Qt::ImEnabled: return !m_readOnly;
    case Qt::ImReadOnly: return m_readOnly;
    case Qt::ImHints: {
        Qt::InputMethodHints hints = Qt::ImhSensitiveData | Qt::ImhNoPredictiveText
            | Qt::ImhNoAutoUppercase;
        hints |= m_digits ? Qt::ImhPreferNumbers : Qt::ImhHiddenText;
        return QVariant::fromValue(hints);
    }
    case Qt::ImCursorRectangle: return QRectF(xOf(m_cursor), 0, 1, height());
    case Qt::ImFont: return font();
    case Qt::ImMaximumTextLength: return m_maximumLength;
    // An input method must not get the text itself.
    case Qt::ImSurroundingText:
    case Qt::ImCurrentSelection: return QString();
    case Qt::ImCursorPosition:
    case Qt::ImAnchorPosition: return 0;
    default: return {};
    }
}

void SecretInput::mousePressEvent(QMouseEvent *event)
{
    forceActiveFocus(Qt::MouseFocusReason);
    setKeepMouseGrab(true);
    const bool select = event->modifiers() & Qt::ShiftModifier;
    moveTo(positionAt(event->position().x()), select);
    if (event->button() == Qt::MiddleButton)
        paste(QClipboard::Selection);
    event->accept();
}

void SecretInput::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        moveTo(positionAt(event->position().x()), true);
    event->accept();
}

void SecretInput::mouseDoubleClickEvent(QMouseEvent *event)
{
    selectAll();
    event->accept();
}

void SecretInput::focusInEvent(QFocusEvent *event)
{
    QQuickPaintedItem::focusInEvent(event);
    if (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason)
        selectAll();
    setCapsLock(isCapsLockOn().value_or(false));
    restartCursor();
}

void SecretInput::focusOutEvent(QFocusEvent *event)
{
    QGuiApplication::inputMethod()->commit();
    setPreedit({});
    setCapsLock(false);
    m_anchor = m_cursor;
    restartCursor();
    QQuickPaintedItem::focusOutEvent(event);
}

void SecretInput::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_blinking.timerId()) {
        QQuickPaintedItem::timerEvent(event);
        return;
    }
    m_cursorDrawn = !m_cursorDrawn;
    update();
}

void SecretInput::geometryChange(const QRectF &newGeometry, const QRectF &oldGeometry)
{
    QQuickPaintedItem::geometryChange(newGeometry, oldGeometry);
    scrollToCursor();
}

void SecretInput::setPreedit(QStringView preedit)
{
    if (preedit.isEmpty() && m_preedit.isEmpty())
        return;
    m_preedit.clear();
    appendUnits(m_preedit, preedit);
    scrollToCursor();
    update();
}

void SecretInput::setCapsLock(bool on)
{
    if (m_capsLock == on)
        return;
    m_capsLock = on;
    Q_EMIT capsLockChanged();
}

// Detects Caps Lock from an entered letter, where the system does not report it.
void SecretInput::updateCapsLock(const QKeyEvent &event)
{
    if (event.key() == Qt::Key_CapsLock) {
        setCapsLock(!m_capsLock);
        return;
    }
    const QString text = event.text();
    if (text.size() != 1 || !entersText(event))
        return;
    const QChar c = text.front();
    if (c.toUpper() != c.toLower())
        setCapsLock((c == c.toUpper()) != bool(event.modifiers() & Qt::ShiftModifier));
}

// ---------------------------------------------------------------- drawing

QFont SecretInput::font() const
{
    QFont font(m_fontFamily);
    font.setPixelSize(std::max(1, m_pixelSize));
    return font;
}

SecretInput::Layout SecretInput::layOut(QStringView units) const
{
    Layout layout;
    const QFontMetricsF metrics(font());
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, units.data(), units.size());
    qsizetype begin = 0;
    qreal x = 0;
    while (begin < units.size()) {
        layout.begins.push_back(begin);
        layout.edges.push_back(x);
        qsizetype end = finder.toNextBoundary();
        if (end < 0)
            end = units.size();
        if (m_shown) {
            const PassingCharacter character(units.sliced(begin, end - begin));
            x += metrics.horizontalAdvance(character.text()) + m_letterSpacing;
        } else {
            x += dotSize(m_pixelSize) * 1.5;
        }
        begin = end;
    }
    layout.begins.push_back(units.size());
    layout.edges.push_back(x);
    return layout;
}

qreal SecretInput::xOf(qsizetype position) const
{
    const Layout layout = layOut(text());
    const auto at = std::ranges::lower_bound(layout.begins, position);
    const auto index = std::min(static_cast<std::size_t>(at - layout.begins.begin()),
                                layout.edges.size() - 1);
    return m_leftPadding + layout.edges[index] - m_scroll;
}

qsizetype SecretInput::positionAt(qreal x) const
{
    const Layout layout = layOut(text());
    const qreal wanted = x - m_leftPadding + m_scroll;
    std::size_t best = 0;
    for (std::size_t i = 0; i < layout.edges.size(); ++i) {
        if (std::abs(layout.edges[i] - wanted) < std::abs(layout.edges[best] - wanted))
            best = i;
    }
    return layout.begins[best];
}

void SecretInput::scrollToCursor()
{
    const qreal room = std::max<qreal>(0, width() - m_leftPadding - 2);
    const Layout layout = layOut(text());
    const qreal preedit = layOut(unitsOf(m_preedit)).edges.back();
    const qreal cursor = xOf(m_cursor) - m_leftPadding + m_scroll + preedit;
    m_scroll = std::clamp(m_scroll, std::max<qreal>(0, cursor - room), std::max<qreal>(0, cursor));
    m_scroll = std::min(m_scroll, std::max<qreal>(0, layout.edges.back() + preedit - room));
    if (hasActiveFocus())
        updateInputMethod(Qt::ImCursorRectangle);
    update();
}

void SecretInput::restartCursor()
{
    m_cursorDrawn = hasActiveFocus() && !m_readOnly;
    const int flash = QGuiApplication::styleHints()->cursorFlashTime();
    if (m_cursorDrawn && flash >= 2)
        m_blinking.start(flash / 2, this);
    else
        m_blinking.stop();
    update();
}

void SecretInput::paint(QPainter *painter)
{
    const QFont drawn = font();
    const QFontMetricsF metrics(drawn);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setFont(drawn);
    const qreal baseline = std::round((height() - metrics.height()) / 2 + metrics.ascent());
    const qreal dot = dotSize(m_pixelSize);

    const auto draw = [&](QStringView units, qreal left, qsizetype selectedFrom,
                          qsizetype selectedTo) {
        const Layout layout = layOut(units);
        for (std::size_t i = 0; i + 1 < layout.begins.size(); ++i) {
            const qsizetype begin = layout.begins[i];
            const qreal x = left + layout.edges[i];
            const qreal advance = layout.edges[i + 1] - layout.edges[i];
            const bool selected = begin >= selectedFrom && begin < selectedTo;
            if (selected) {
                painter->fillRect(QRectF(x, (height() - metrics.height()) / 2, advance,
                                         metrics.height()),
                                  m_selectionColor);
            }
            const QColor &ink = selected ? m_selectedTextColor : m_color;
            if (m_shown) {
                const PassingCharacter character(units.sliced(begin, layout.begins[i + 1] - begin));
                painter->setPen(ink);
                painter->drawText(QPointF(x, baseline), character.text());
            } else {
                painter->setPen(Qt::NoPen);
                painter->setBrush(ink);
                painter->drawEllipse(
                    QRectF(x + (advance - dot) / 2, (height() - dot) / 2, dot, dot));
            }
        }
        return left + layout.edges.back();
    };

    const QStringView units = text();
    const bool marked = hasActiveFocus();
    const qsizetype from = marked ? std::min(m_cursor, m_anchor) : 0;
    const qsizetype to = marked ? std::max(m_cursor, m_anchor) : 0;
    const qreal left = m_leftPadding - m_scroll;
    qreal cursorX = left;
    if (m_preedit.isEmpty()) {
        draw(units, left, from, to);
        cursorX = xOf(m_cursor);
    } else {
        const qreal middle = draw(units.first(m_cursor), left, 0, 0);
        cursorX = draw(unitsOf(m_preedit), middle, 0, 0);
        painter->fillRect(QRectF(middle, baseline + 3, cursorX - middle, 1), m_color);
        draw(units.sliced(m_cursor), cursorX, 0, 0);
    }
    if (m_cursorDrawn && from == to) {
        painter->fillRect(QRectF(std::round(cursorX), (height() - metrics.height()) / 2, 1,
                                 metrics.height()),
                          m_color);
    }
}

} // namespace Sparekey
