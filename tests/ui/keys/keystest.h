// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/ui/keyspage.h"

#include <QTest>

#include <memory>

namespace Sparekey {

inline SecureBuffer pin(const char *text)
{
    return SecureBuffer::copyOf(text);
}

/// What the tests of the page Security keys share: the page, and keys of software.
class KeysTest : public QObject
{
protected:
    using Prompt = KeyPromptViewModel::Stage;
    using Tone = KeyInventoryModel::Tone;

    [[nodiscard]] HardwareKeysViewModel &page() { return m_test->page; }
    [[nodiscard]] KeyDetailsViewModel &details() { return *page().details(); }
    [[nodiscard]] KeyInventoryModel &list() { return *page().inventory(); }
    [[nodiscard]] QVariant row(int row, KeyInventoryModel::Role role)
    {
        return list().data(list().index(row), role);
    }
    [[nodiscard]] QVariantMap account(int row, int index)
    {
        return this->row(row, KeyInventoryModel::AccountsRole).toList().value(index).toMap();
    }
    [[nodiscard]] Tone toneOf(int row, int index)
    {
        return account(row, index).value(QStringLiteral("tone")).value<Tone>();
    }

    /// Until the key has to be taken away.
    [[nodiscard]] bool confirmReset()
    {
        page().reset()->reset(page().reset()->word());
        return KeysPage::waitFor(page().reset()->prompt(), Prompt::Replug);
    }
    /// It keeps a sign-in of "me" for a.example, and has the PIN 1234.
    [[nodiscard]] KeysPage::Port &plugInWithEntry()
    {
        auto &port = m_test->plugIn(QStringLiteral("Maker Blue"));
        port.key->setPin(QStringLiteral("1234"));
        if (!m_test->keep(port, QStringLiteral("a.example"), QStringLiteral("me"), "1234"))
            qFatal("the key keeps nothing");
        return port;
    }
    [[nodiscard]] bool readEntries()
    {
        KeyEntriesViewModel &entries = *page().entries();
        page().showEntries();
        if (!KeysPage::waitFor(entries.prompt(), Prompt::Pin))
            return false;
        entries.prompt()->submitPin(pin("1234"));
        return QTest::qWaitFor([&entries] { return entries.isLoaded(); });
    }
    [[nodiscard]] bool recognizeWith(const char *entered)
    {
        page().recognizeWithPin();
        if (!KeysPage::waitFor(page().prompt(), Prompt::Pin))
            return false;
        page().prompt()->submitPin(pin(entered));
        return QTest::qWaitFor([this] { return details().isRecognized(); });
    }

    std::unique_ptr<KeysPage> m_test;
};

} // namespace Sparekey
