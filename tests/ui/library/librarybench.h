// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/kdbxkdf.h"
#include "ui/library/libraryviewmodel.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace Sparekey {

/// The section Recovery codes without its window, with a library file whose key derivation takes no
/// time.
class LibraryBench
{
public:
    LibraryBench() { restart(); }

    /// Another start of the program.
    void restart()
    {
        page.reset();
        library.reset();
        keyringUnlock.reset();
        known.reset();
        settings.reset();
        settings = std::make_unique<Settings>(path(QStringLiteral("settings.conf")));
        known = std::make_unique<KnownLibraries>(path(QStringLiteral("sparekey.conf")));
        keyringUnlock = std::make_unique<KeyringUnlock>(*known, keyring);
        library = std::make_unique<Library>(
            [] { return argon2idParameters(quint64{8} * 1024, 1, 1); });
        page = std::make_unique<LibraryViewModel>(*library, *known, *keyringUnlock, *settings,
                                                  printing);
    }

    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] QString file() const { return path(QStringLiteral("codes.kdbx")); }

    [[nodiscard]] bool create()
    {
        page->creating()->begin();
        SecretEntry *own = entered(m_first, passphrase);
        SecretEntry *repeated = entered(m_second, passphrase);
        page->creating()->createWithOwn(file(), own, repeated, {});
        return QTest::qWaitFor([this] { return isOpen(); });
    }

    /// Until the attempt is over.
    [[nodiscard]] bool unlock(const QString &with)
    {
        page->unlocking()->unlock(entered(m_first, with), {}, false);
        return QTest::qWaitFor([this] { return !page->unlocking()->isBusy(); });
    }

    [[nodiscard]] bool isOpen() const { return page->stage() == LibraryViewModel::Stage::Open; }

    [[nodiscard]] bool put(const LibraryEntry &entry)
    {
        const qsizetype before = library->entries().size();
        library->put(entry);
        return QTest::qWaitFor([&] { return library->entries().size() > before; });
    }

    /// A field with this text.
    [[nodiscard]] SecretEntry *entered(const QString &text) { return entered(m_first, text); }
    [[nodiscard]] bool fieldIsEmpty() const { return m_first.input.isEmpty(); }

    [[nodiscard]] static LibraryEntry entry(const QString &service, const QString &title,
                                            const QList<QByteArray> &codes)
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        LibraryEntry made = LibraryEntry::create(service, title, now);
        QList<LibraryCode> list;
        for (const QByteArray &code : codes)
            list.append({.value = SecretBytes(code)});
        startNewSet(made, list, CodeSource::Entered, now.date(), VoidReason::None, now);
        return made;
    }

    PrintService printing;
    std::unique_ptr<Settings> settings;
    std::unique_ptr<KnownLibraries> known;
    Keyring keyring{QStringLiteral("sparekey-test")};
    std::unique_ptr<KeyringUnlock> keyringUnlock;
    std::unique_ptr<Library> library;
    std::unique_ptr<LibraryViewModel> page;
    const QString passphrase = QStringLiteral("maple river candle orbit");

private:
    struct Field
    {
        SecretInput input;
        SecretEntry entry;
    };

    static SecretEntry *entered(Field &field, const QString &text)
    {
        field.entry.setInput(&field.input);
        field.input.fill(text);
        return &field.entry;
    }

    QTemporaryDir m_folder;
    Field m_first;
    Field m_second;
};

} // namespace Sparekey
