// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/secret/secrettextitem.h"

#include <QFont>
#include <QFontMetricsF>
#include <QKeyEvent>
#include <QPainter>
#include <QQmlContext>
#include <QQmlProperty>

#include <algorithm>
#include <cmath>
#include <limits>

namespace Sparekey {

using namespace Qt::StringLiterals;

namespace {

/// Distance between letters, in widths of a digit.
constexpr qreal letterSpacing = 1.05;

/// A QString of a secret that is overwritten when it goes out of scope.
class PassingText
{
public:
    explicit PassingText(const SecretText *secret)
    {
        if (secret != nullptr && !secret->isEmpty())
            m_text = QString::fromUtf8(secret->text().view());
    }
    ~PassingText() { wipe(m_text); }
    PassingText(const PassingText &) = delete;
    PassingText &operator=(const PassingText &) = delete;
    PassingText(PassingText &&) = delete;
    PassingText &operator=(PassingText &&) = delete;

    [[nodiscard]] const QString &text() const { return m_text; }

private:
    QString m_text;
};

} // namespace

SecretTextItem::SecretTextItem(QQuickItem *parent)
    : QQuickPaintedItem(parent)
    , m_listenedTo(QAccessible::isActive())
{
    QAccessible::installActivationObserver(this);
    setActiveFocusOnTab(true);
    setAntialiasing(true);
}

SecretTextItem::~SecretTextItem()
{
    QAccessible::removeActivationObserver(this);
}

void SecretTextItem::accessibilityActiveChanged(bool active)
{
    m_listenedTo = active;
    notifyScreenReader();
}

void SecretTextItem::setSecret(SecretText *secret)
{
    if (m_secret == secret)
        return;
    if (m_secret)
        m_secret->disconnect(this);
    m_secret = secret;
    if (m_secret)
        connect(m_secret, &SecretText::changed, this, &SecretTextItem::relayout);
    relayout();
    Q_EMIT secretChanged();
}

void SecretTextItem::setHidden(bool hidden)
{
    if (m_hidden == hidden)
        return;
    m_hidden = hidden;
    update();
    notifyScreenReader();
    Q_EMIT hiddenChanged();
}

void SecretTextItem::setColor(const QColor &color)
{
    if (m_color == color)
        return;
    m_color = color;
    update();
    Q_EMIT appearanceChanged();
}

void SecretTextItem::setFontFamily(const QString &family)
{
    if (m_fontFamily == family)
        return;
    m_fontFamily = family;
    relayout();
    Q_EMIT appearanceChanged();
}

void SecretTextItem::setPixelSize(int size)
{
    if (m_pixelSize == size || size <= 0)
        return;
    m_pixelSize = size;
    relayout();
    Q_EMIT appearanceChanged();
}

void SecretTextItem::setColumns(int columns)
{
    if (m_columns == columns || columns <= 0)
        return;
    m_columns = columns;
    relayout();
    Q_EMIT appearanceChanged();
}

void SecretTextItem::setGroupGap(int gap)
{
    if (m_groupGap == gap || gap < 0)
        return;
    m_groupGap = gap;
    relayout();
    Q_EMIT appearanceChanged();
}

void SecretTextItem::setWords(bool words)
{
    if (m_words == words)
        return;
    m_words = words;
    notifyScreenReader();
    Q_EMIT appearanceChanged();
}

QFont SecretTextItem::font() const
{
    QFont font(m_fontFamily);
    font.setPixelSize(m_pixelSize);
    font.setStyleHint(QFont::Monospace);
    font.setFixedPitch(true);
    font.setWeight(QFont::Medium);
    font.setKerning(false);
    return font;
}

QList<SecretTextItem::Group> SecretTextItem::groupsOf(const QString &text)
{
    QList<Group> groups;
    bool startsLine = false;
    for (int i = 0; i < text.size();) {
        if (text[i] == u' ' || text[i] == u'\n') {
            startsLine = startsLine || text[i] == u'\n';
            ++i;
            continue;
        }
        Group group;
        group.begin = i;
        group.startsLine = startsLine;
        startsLine = false;
        while (i < text.size() && text[i] != u' ' && text[i] != u'\n')
            ++i;
        group.length = i - group.begin;
        groups.append(group);
    }
    return groups;
}

SecretTextItem::Layout SecretTextItem::layOut(qreal available) const
{
    Layout layout;
    const PassingText passing(m_secret);

    const QFontMetricsF metrics(font());
    const qreal letter = metrics.horizontalAdvance(u'0') * letterSpacing;
    const qreal line = metrics.height() * 1.35;
    const int lettersInLine = available > 0
        ? std::max(1, static_cast<int>((available + 0.5) / letter))
        : std::numeric_limits<int>::max();
    qreal x = 0;
    qreal y = (line - metrics.height()) / 2 + metrics.ascent();
    qreal widest = 0;
    int inLine = 0;
    const auto startLine = [&] {
        x = 0;
        y += line;
        inLine = 0;
    };
    const QList<Group> groups = groupsOf(passing.text());
    for (Group rest : groups) {
        const bool full = inLine == m_columns;
        const bool tooWide = available > 0 && inLine > 0
            && x + letter * rest.length > available + 0.5;
        if (!layout.places.isEmpty() && (rest.startsLine || full || tooWide))
            startLine();
        while (rest.length > 0) {
            Group piece = rest;
            piece.length = std::min(rest.length, lettersInLine);
            rest.begin += piece.length;
            rest.length -= piece.length;
            layout.pieces.append(piece);
            layout.places.append(QPointF(x, y));
            x += letter * piece.length;
            widest = std::max(widest, x);
            if (rest.length > 0)
                startLine();
        }
        x += m_groupGap + letter / 2;
        ++inLine;
    }
    layout.size = QSizeF(
        widest, layout.places.isEmpty() ? 0 : y + (line + metrics.height()) / 2 - metrics.ascent());
    return layout;
}

void SecretTextItem::relayout()
{
    const QSizeF wanted = layOut(0).size;
    setImplicitWidth(std::ceil(wanted.width()));
    setImplicitHeight(std::ceil(layOut(width()).size.height()));
    update();
    notifyScreenReader();
}

void SecretTextItem::geometryChange(const QRectF &newGeometry, const QRectF &oldGeometry)
{
    QQuickPaintedItem::geometryChange(newGeometry, oldGeometry);
    if (newGeometry.width() != oldGeometry.width())
        setImplicitHeight(std::ceil(layOut(newGeometry.width()).size.height()));
}

void SecretTextItem::paint(QPainter *painter)
{
    const Layout layout = layOut(width());
    const PassingText passing(m_secret);
    const QFont letters = font();
    painter->setFont(letters);
    painter->setPen(m_color);
    painter->setRenderHint(QPainter::Antialiasing);
    const QFontMetricsF metrics(letters);
    const qreal step = metrics.horizontalAdvance(u'0') * letterSpacing;
    const qreal dot = metrics.xHeight() * 0.26;
    for (qsizetype g = 0; g < layout.pieces.size(); ++g) {
        const Group &group = layout.pieces[g];
        QPointF place = layout.places[g];
        for (int i = 0; i < group.length; ++i, place.rx() += step) {
            if (m_hidden) {
                painter->setBrush(m_color);
                painter->drawEllipse(place + QPointF(step / 2, -metrics.capHeight() / 2), dot, dot);
            } else {
                painter->drawText(place, QString(passing.text()[group.begin + i]));
            }
        }
    }
}

void SecretTextItem::componentComplete()
{
    QQuickPaintedItem::componentComplete();
    relayout();
}

void SecretTextItem::notifyScreenReader()
{
    QQmlContext *context = qmlContext(this);
    if (context == nullptr || !isComponentComplete())
        return;
    QString words;
    if (m_listenedTo && !m_hidden && m_secret && !m_secret->isEmpty()) {
        const PassingText passing(m_secret);
        const QList<Group> groups = groupsOf(passing.text());
        for (const Group &group : groups) {
            if (!words.isEmpty())
                words += u", "_s;
            for (int i = 0; i < group.length; ++i) {
                if (i > 0 && !m_words)
                    words += u' ';
                words += passing.text()[group.begin + i];
            }
        }
    }
    if (words.isEmpty() && !m_told)
        return;
    m_told = !words.isEmpty();
    QQmlProperty::write(this, u"Accessible.description"_s, words, context);
}

void SecretTextItem::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        event->accept();
        Q_EMIT copyRequested();
    } else if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        event->accept();
        Q_EMIT toggleRequested();
    } else {
        QQuickPaintedItem::keyPressEvent(event);
    }
}

} // namespace Sparekey
