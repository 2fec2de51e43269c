// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QColor>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QSet>
#include <QTest>
#include <QtQml/qqmlextensionplugin.h>

#include <algorithm>
#include <cmath>
#include <memory>

Q_IMPORT_QML_PLUGIN(SparekeyPlugin)

using namespace Qt::StringLiterals;

namespace {

// WCAG 2.2, "relative luminance".
double luminance(const QColor &color)
{
    const auto linear = [](float channel) {
        const auto c = static_cast<double>(channel);
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

// WCAG 2.2, "contrast ratio".
double contrast(const QColor &one, const QColor &other)
{
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

QColor over(const QColor &upper, const QColor &lower)
{
    const auto mix = [&](float u, float l) {
        return u * upper.alphaF() + l * (1 - upper.alphaF());
    };
    return QColor::fromRgbF(mix(upper.redF(), lower.redF()), mix(upper.greenF(), lower.greenF()),
                            mix(upper.blueF(), lower.blueF()));
}

struct Pair
{
    const char *front;
    const char *ground;
    /// Lies half transparent over `ground`; null for none.
    const char *veil;
    double least;
};

constexpr double text = 4.5;
constexpr double shape = 3.0;

// Every pair that the window draws.
constexpr Pair pairs[] = {
    // Words on the grounds of pages, cards, dialogs and fields
    {"heading", "page", nullptr, text},
    {"heading", "surface", nullptr, text},
    {"heading", "raised", nullptr, text},
    {"heading", "sunken", nullptr, text},
    {"heading", "surface", "hover", text},
    {"heading", "raised", "hover", text},
    {"heading", "raised", "pressed", text},
    {"heading", "page", "pressed", text},
    {"body", "page", nullptr, text},
    {"body", "surface", nullptr, text},
    {"body", "surface", "hover", text},
    {"body", "raised", nullptr, text},
    {"subtle", "page", nullptr, text},
    {"subtle", "surface", nullptr, text},
    {"subtle", "surface", "hover", text},
    {"subtle", "raised", nullptr, text},
    {"subtle", "raised", "hover", text},
    {"subtle", "sunken", nullptr, text},
    // Links, errors and notes
    {"brand", "page", nullptr, text},
    {"brand", "surface", nullptr, text},
    {"brand", "raised", nullptr, text},
    {"brandStrong", "page", "hover", text},
    {"danger", "surface", nullptr, text},
    {"danger", "raised", nullptr, text},
    {"warning", "surface", nullptr, text},
    {"warning", "raised", nullptr, text},
    // Filled buttons, the account's disc, selected text
    {"brandInk", "brand", nullptr, text},
    {"brandInk", "brandStrong", nullptr, text},
    {"warningInk", "warningFill", nullptr, text},
    {"warningInk", "warningFillStrong", nullptr, text},
    {"dangerInk", "dangerFill", nullptr, text},
    {"dangerInk", "dangerFillStrong", nullptr, text},
    // Callouts, badges
    {"infoText", "brandSoft", nullptr, text},
    {"successText", "successSoft", nullptr, text},
    {"warningText", "warningSoft", nullptr, text},
    {"dangerText", "dangerSoft", nullptr, text},
    {"heading", "brandSoft", nullptr, text},
    {"heading", "dangerSoft", nullptr, text},
    {"heading", "warningSoft", nullptr, text},
    {"brand", "brandSoft", nullptr, shape},
    {"success", "successSoft", nullptr, shape},
    {"warning", "warningSoft", nullptr, shape},
    {"danger", "dangerSoft", nullptr, shape},
    // The rail
    {"railText", "rail", nullptr, text},
    {"railText", "railHover", nullptr, text},
    {"railText", "railSelected", nullptr, text},
    {"railSubtle", "rail", nullptr, text},
    {"railSubtle", "railHover", nullptr, shape},
    {"railBar", "railSelected", nullptr, shape},
    {"railFocus", "rail", nullptr, shape},
    // Toasts and tool tips
    {"toastInk", "toast", nullptr, text},
    // Signs and edges that must be seen
    {"success", "surface", nullptr, shape},
    {"success", "raised", nullptr, shape},
    {"subtle", "sunken", nullptr, shape},
    // Not demanded, but a control that cannot be used yet is to be read all the same.
    {"disabled", "page", nullptr, shape},
    {"disabled", "surface", nullptr, shape},
    {"disabled", "raised", nullptr, shape},
    {"disabled", "sunken", nullptr, shape},
    {"borderStrong", "page", nullptr, shape},
    {"borderStrong", "surface", nullptr, shape},
    {"borderStrong", "raised", nullptr, shape},
    {"borderStrong", "warningSoft", nullptr, shape},
    {"borderStrong", "dangerSoft", nullptr, shape},
    {"borderStrong", "brandSoft", nullptr, shape},
    {"focus", "page", nullptr, shape},
    {"focus", "surface", nullptr, shape},
    {"focus", "raised", nullptr, shape},
    {"focus", "sunken", nullptr, shape},
    {"focus", "warningSoft", nullptr, shape},
    {"focus", "dangerSoft", nullptr, shape},
    {"focus", "brandSoft", nullptr, shape},
};

// Tokens that carry no information: the veil behind dialogs, and edges beside a ground of its
// own color.
const QSet<QString> &decoration()
{
    static const QSet<QString> names{u"overlay"_s,       u"brandSoftBorder"_s, u"successBorder"_s,
                                     u"warningBorder"_s, u"dangerBorder"_s,    u"borderLight"_s,
                                     u"border"_s};
    return names;
}

} // namespace

/// Reads the window's own `Theme.qml` and measures every pair of colors that is drawn.
class TestContrast : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_engine.addImportPath(u"qrc:/qt/qml"_s);
        QQmlComponent component(&m_engine);
        component.setData("import QtQml\nimport Sparekey\nQtObject {\n"
                          "    readonly property ColorTokens light: Theme.lightColors\n"
                          "    readonly property ColorTokens dark: Theme.darkColors\n}\n",
                          QUrl());
        m_theme.reset(component.create());
        QVERIFY2(m_theme != nullptr, qPrintable(component.errorString()));
        for (const auto *name : {"light", "dark"})
            QVERIFY(palette(QByteArray(name)) != nullptr);
    }

    void everyPairCanBeRead_data()
    {
        QTest::addColumn<QByteArray>("palette");
        QTest::addColumn<int>("pair");
        for (const auto *name : {"light", "dark"}) {
            for (int i = 0; i < static_cast<int>(std::size(pairs)); ++i) {
                QTest::addRow("%s: %s on %s%s%s", name, pairs[i].front, pairs[i].ground,
                              pairs[i].veil ? " under " : "", pairs[i].veil ? pairs[i].veil : "")
                    << QByteArray(name) << i;
            }
        }
    }

    void everyPairCanBeRead()
    {
        QFETCH(const QByteArray, palette);
        QFETCH(const int, pair);
        const Pair &checked = pairs[pair];
        const QColor front = color(palette, checked.front);
        QColor ground = color(palette, checked.ground);
        QVERIFY(front.isValid() && front.alpha() == 255);
        QVERIFY(ground.isValid() && ground.alpha() == 255);
        if (checked.veil)
            ground = over(color(palette, checked.veil), ground);
        const double ratio = contrast(front, ground);
        QVERIFY2(ratio >= checked.least,
                 qPrintable(u"%1 is less than %2"_s.arg(ratio, 0, 'f', 2).arg(checked.least)));
    }

    // A new token has to be put into the list of pairs, or named as decoration.
    void everyTokenIsChecked()
    {
        QSet<QString> checked = decoration();
        for (const Pair &pair : pairs) {
            checked.insert(QString::fromLatin1(pair.front));
            checked.insert(QString::fromLatin1(pair.ground));
            if (pair.veil)
                checked.insert(QString::fromLatin1(pair.veil));
        }
        const QMetaObject *meta = palette("light")->metaObject();
        int colors = 0;
        for (int i = 0; i < meta->propertyCount(); ++i) {
            const QMetaProperty property = meta->property(i);
            if (property.metaType() != QMetaType::fromType<QColor>())
                continue;
            ++colors;
            QVERIFY2(checked.contains(QString::fromLatin1(property.name())), property.name());
        }
        QVERIFY(colors > 30);
    }

    void knowsTheRatioOfBlackOnWhite()
    {
        QCOMPARE(qRound(contrast(Qt::black, Qt::white) * 100), 2100);
        QCOMPARE(qRound(contrast(QColor(0x77, 0x77, 0x77), Qt::white) * 100), 448);
    }

private:
    [[nodiscard]] QObject *palette(const QByteArray &name) const
    {
        return m_theme->property(name.constData()).value<QObject *>();
    }
    [[nodiscard]] QColor color(const QByteArray &paletteName, const char *token) const
    {
        return palette(paletteName)->property(token).value<QColor>();
    }

    QQmlEngine m_engine;
    std::unique_ptr<QObject> m_theme;
};

QTEST_MAIN(TestContrast)
#include "tst_contrast.moc"
