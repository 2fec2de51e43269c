// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "probe.h"

#include <QAccessible>
#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPaintEngine>
#include <QPainter>
#include <QQuickWindow>

#include <functional>

namespace Sparekey {

using namespace Qt::StringLiterals;

namespace {

using Visit = std::function<void(QAccessibleInterface *)>;

void walk(QAccessibleInterface *element, const Visit &visit)
{
    if (element == nullptr || !element->isValid() || element->state().invisible)
        return;
    visit(element);
    for (int i = 0; i < element->childCount(); ++i)
        walk(element->child(i), visit);
}

QAccessibleInterface *root(QQuickItem *item)
{
    return item->window() ? QAccessible::queryAccessibleInterface(item->window()) : nullptr;
}

QAccessibleInterface *named(QQuickItem *item, const QString &name)
{
    QAccessibleInterface *found = nullptr;
    walk(root(item), [&](QAccessibleInterface *element) {
        if (!found && element->text(QAccessible::Name) == name)
            found = element;
    });
    return found;
}

/// Does what the element says that it can do.
bool act(QQuickItem *item, const QString &name, const QString &action)
{
    auto *element = named(item, name);
    auto *actions = element ? element->actionInterface() : nullptr;
    if (!actions || !actions->actionNames().contains(action))
        return false;
    actions->doAction(action);
    return true;
}

/// Paints nothing, and keeps where text would have been.
class TextRecorder : public QPaintEngine
{
public:
    TextRecorder()
        : QPaintEngine(AllFeatures)
    {
    }
    bool begin(QPaintDevice *) override { return true; }
    bool end() override { return true; }
    void updateState(const QPaintEngineState &) override {}
    void drawPixmap(const QRectF &, const QPixmap &, const QRectF &) override {}
    void drawPolygon(const QPointF *, int, PolygonDrawMode) override {}
    void drawPath(const QPainterPath &) override {}
    [[nodiscard]] Type type() const override { return User; }
    void drawTextItem(const QPointF &point, const QTextItem &item) override
    {
        m_letters += item.text().size();
        m_box |= QRectF(point.x(), point.y() - item.ascent(), item.width(),
                        item.ascent() + item.descent());
    }

    qsizetype m_letters = 0;
    QRectF m_box;
};

/// As sharp as a common screen.
class RecordingDevice : public QPaintDevice
{
public:
    [[nodiscard]] QPaintEngine *paintEngine() const override { return &m_recorder; }
    [[nodiscard]] const TextRecorder &recorder() const { return m_recorder; }

protected:
    [[nodiscard]] int metric(PaintDeviceMetric metric) const override
    {
        switch (metric) {
        case PdmWidth:
        case PdmHeight: return 10'000;
        case PdmDpiX:
        case PdmDpiY:
        case PdmPhysicalDpiX:
        case PdmPhysicalDpiY: return 96;
        default: return 1;
        }
    }

private:
    mutable TextRecorder m_recorder;
};

} // namespace

void Probe::listen(bool there) const
{
    QAccessible::setActive(there);
}

void Probe::setSecret(const QString &text)
{
    m_secret.set(SecureBuffer::fromText(text));
}

void Probe::clearSecret()
{
    m_secret.clear();
}

QString Probe::take(SecretEntry *entry) const
{
    return QString::fromUtf8(entry->take().view());
}

QString Probe::copy(SecretEntry *entry) const
{
    return QString::fromUtf8(entry->copy().view());
}

QString Probe::heard(QQuickItem *item) const
{
    QStringList lines;
    walk(root(item), [&](QAccessibleInterface *element) {
        for (const auto part : {QAccessible::Name, QAccessible::Description, QAccessible::Value})
            lines.append(element->text(part));
        if (auto *text = element->textInterface())
            lines.append(text->text(0, text->characterCount()));
        if (auto *value = element->valueInterface())
            lines.append(value->currentValue().toString());
    });
    return lines.join(u'\n');
}

QString Probe::descriptionOf(QQuickItem *item, const QString &name) const
{
    auto *element = named(item, name);
    return element ? element->text(QAccessible::Description) : u"(none)"_s;
}

int Probe::roleOf(QQuickItem *item, const QString &name) const
{
    auto *element = named(item, name);
    return element ? static_cast<int>(element->role()) : -1;
}

QString Probe::stateOf(QQuickItem *item, const QString &name) const
{
    auto *element = named(item, name);
    if (!element)
        return u"(none)"_s;
    const QAccessible::State state = element->state();
    QStringList words;
    if (state.disabled)
        words << u"disabled"_s;
    if (state.focusable)
        words << u"focusable"_s;
    if (state.checked)
        words << u"checked"_s;
    if (state.invisible || state.offscreen)
        words << u"unseen"_s;
    if (auto *actions = element->actionInterface())
        words << actions->actionNames();
    // Qt lists an action twice that has a handler in QML.
    words.removeDuplicates();
    return words.join(u' ').toLower();
}

bool Probe::isInTree(QQuickItem *item, const QString &name) const
{
    QAccessibleInterface *element = named(item, name);
    const QAccessibleInterface *top = root(item);
    while (element && element != top) {
        QAccessibleInterface *parent = element->parent();
        if (!parent || parent->indexOfChild(element) < 0)
            return false;
        element = parent;
    }
    return element != nullptr;
}

QString Probe::focused(QQuickItem *item) const
{
    QString name;
    walk(root(item), [&name](QAccessibleInterface *element) {
        const QAccessible::State state = element->state();
        if (state.focused && state.focusable && !state.disabled)
            name = element->text(QAccessible::Name);
    });
    return name;
}

bool Probe::press(QQuickItem *item, const QString &name) const
{
    auto *element = named(item, name);
    if (!element || !element->actionInterface())
        return false;
    element->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    return true;
}

bool Probe::toggle(QQuickItem *item, const QString &name) const
{
    return act(item, name, QAccessibleActionInterface::toggleAction());
}

bool Probe::increase(QQuickItem *item, const QString &name) const
{
    return act(item, name, QAccessibleActionInterface::increaseAction());
}

bool Probe::isChecked(QQuickItem *item, const QString &name) const
{
    auto *element = named(item, name);
    return element && element->state().checked;
}

QVariantMap Probe::lettersOf(SecretTextItem *item) const
{
    RecordingDevice device;
    QPainter painter(&device);
    item->paint(&painter);
    painter.end();
    const QRectF box = device.recorder().m_box;
    return {{u"letters"_s, device.recorder().m_letters},
            {u"left"_s, box.left()},
            {u"top"_s, box.top()},
            {u"right"_s, box.right()},
            {u"bottom"_s, box.bottom()}};
}

int Probe::charactersOf(SecretInput *input) const
{
    RecordingDevice device;
    QPainter painter(&device);
    input->paint(&painter);
    painter.end();
    return static_cast<int>(device.recorder().m_letters);
}

void Probe::composeInto(QQuickItem *item, const QString &preedit, const QString &committed) const
{
    QInputMethodEvent event(preedit, {});
    event.setCommitString(committed);
    QCoreApplication::sendEvent(item, &event);
}

void Probe::putOnClipboard(const QString &text) const
{
    QGuiApplication::clipboard()->setText(text);
}

QString Probe::clipboard() const
{
    return QGuiApplication::clipboard()->text();
}

void Probe::typeCapsLocked(QQuickItem *item, const QString &letter) const
{
    const int key = letter.at(0).toUpper().unicode();
    for (const auto type : {QEvent::KeyPress, QEvent::KeyRelease}) {
        QKeyEvent event(type, key, Qt::NoModifier, letter.toUpper());
        QCoreApplication::sendEvent(item->window(), &event);
    }
}

} // namespace Sparekey
