// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desktop/disabledcontrols.h"

#include <QAccessible>
#include <QQmlEngine>
#include <QQmlExtensionPlugin>
#include <QQuickItem>
#include <QQuickView>
#include <QTest>

Q_IMPORT_QML_PLUGIN(SparekeyPlugin)

using namespace Qt::StringLiterals;
using namespace Sparekey;

class TestDisabledControls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void areToldAsDisabled_data();
    void areToldAsDisabled();

private:
    QQuickView m_view;
};

void TestDisabledControls::initTestCase()
{
    QAccessible::setActive(true);
    tellDisabledControls();
    m_view.engine()->addImportPath(u"qrc:/qt/qml"_s);
    m_view.setSource(QUrl(u"qrc:/Controls.qml"_s));
    QCOMPARE(m_view.status(), QQuickView::Ready);
    m_view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&m_view));
}

void TestDisabledControls::areToldAsDisabled_data()
{
    QTest::addColumn<QAccessible::Role>("role");
    QTest::newRow("Button") << QAccessible::Button;
    QTest::newRow("Icon") << QAccessible::Button;
    QTest::newRow("Check box") << QAccessible::CheckBox;
    QTest::newRow("Radio button") << QAccessible::RadioButton;
    QTest::newRow("Switch") << QAccessible::CheckBox;
}

void TestDisabledControls::areToldAsDisabled()
{
    QFETCH(const QAccessible::Role, role);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    auto *item = m_view.rootObject()->findChild<QQuickItem *>(name);
    QVERIFY(item);
    const auto told = [item] {
        return QAccessible::queryAccessibleInterface(item);
    };
    for (int round = 0; round < 2; ++round) {
        item->setEnabled(true);
        QCOMPARE(told()->role(), role);
        QCOMPARE(told()->text(QAccessible::Name), name);
        QVERIFY(!told()->state().disabled);
        QVERIFY(told()->state().focusable);
        const QRect rect = told()->rect();

        item->setEnabled(false);
        QCOMPARE(told()->role(), role);
        QCOMPARE(told()->text(QAccessible::Name), name);
        QVERIFY(told()->state().disabled);
        QVERIFY(!told()->state().focusable);
        QVERIFY(!told()->state().invisible);
        QVERIFY(!told()->state().offscreen);
        QCOMPARE(told()->rect(), rect);
        QVERIFY(!told()->actionInterface());
        QCOMPARE(told()->parent(), QAccessible::queryAccessibleInterface(m_view.rootObject()));
    }
    // A control of a part that is disabled as a whole.
    item->setEnabled(true);
    m_view.rootObject()->setEnabled(false);
    QVERIFY(told()->state().disabled);
    m_view.rootObject()->setEnabled(true);
    QVERIFY(!told()->state().disabled);
    QVERIFY(told()->state().focusable);
}

QTEST_MAIN(TestDisabledControls)
#include "tst_disabledcontrols.moc"
