// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "keybench.h"
#include "librarybed.h"
#include "managed.h"
#include "probe.h"
#include "ui/desktop/accessibleenabled.h"

#include <QQmlEngine>
#include <QtQml/qqmlextensionplugin.h>
#include <QtQuickTest>

Q_IMPORT_QML_PLUGIN(SparekeyPlugin)

using namespace Qt::StringLiterals;

/// Lets the tests find our module, and gives them the probe an account to manage and keys.
class QuickTestSetup : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void qmlEngineAvailable(QQmlEngine *engine)
    {
        Sparekey::installAccessibleEnabledState();
        engine->addImportPath(u"qrc:/qt/qml"_s);
        qmlRegisterSingletonInstance("SparekeyTest", 1, 0, "Probe", &m_probe);
        qmlRegisterSingletonInstance("SparekeyTest", 1, 0, "Managed", &m_managed);
        qmlRegisterSingletonInstance("SparekeyTest", 1, 0, "KeyBench", &m_keys);
        qmlRegisterSingletonInstance("SparekeyTest", 1, 0, "LibraryBed", &m_library);
        QJSEngine::setObjectOwnership(&m_keys, QJSEngine::CppOwnership);
        QJSEngine::setObjectOwnership(&m_library, QJSEngine::CppOwnership);
        QJSEngine::setObjectOwnership(&m_probe, QJSEngine::CppOwnership);
        QJSEngine::setObjectOwnership(&m_managed, QJSEngine::CppOwnership);
    }

private:
    Sparekey::Probe m_probe;
    Sparekey::Managed m_managed;
    Sparekey::KeyBench m_keys;
    Sparekey::LibraryBed m_library;
};

QUICK_TEST_MAIN_WITH_SETUP(quick, QuickTestSetup)
#include "main.moc"
