// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/library/keyringunlock.h"

#include "core/library/library.h"
#include "tests/core/library/librarysamples.h"
#include "tests/core/outcome.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;
using namespace std::chrono_literals;

namespace {

VariantDictionary quickKdf()
{
    return cheapKdf();
}

} // namespace

/// The keyring unlocks a library for some hours. Against a real Secret Service on a session bus of
/// its own.
class TestKeyringUnlock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void keyOfTheKeyringOpensTheFile();
    void keyringIsNotAskedWhereNothingIsKept();
    void keyIsRemovedWhenItExpires();
    void keyIsRemovedByTheNextStartIfItHasExpired();
    void forgottenKeyIsRemoved();
    void keyThatIsForgottenBeforeItIsWrittenIsRemoved();
    void keyForAnotherDayIsRefused();
    void newSaltEndsItsUse();
    void changeOfAnotherProgramNeedsThePassphrase();
    void unavailableKeyringKeepsNothing();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"codes.kdbx"_s); }
    [[nodiscard]] bool keep(std::chrono::milliseconds lifetime = KeyringUnlock::Lifetime)
    {
        auto key = outcomeOf(m_library->derivedKey());
        return key && outcomeOf(m_unlock->keep(path(), std::move(*key), lifetime));
    }
    /// What the keyring has, however it got there.
    [[nodiscard]] bool keyringIsEmpty()
    {
        // The calls of the keyring are done in their order.
        KnownLibraries others(m_folder->filePath(u"others.conf"_s));
        others.setKeyringEntries({{path(), QDateTime::currentDateTimeUtc().addSecs(60)}});
        KeyringUnlock reader(others, *m_keyring);
        return !outcomeOf(reader.read(path()));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Keyring> m_keyring;
    std::unique_ptr<KnownLibraries> m_known;
    std::unique_ptr<KeyringUnlock> m_unlock;
    std::unique_ptr<Library> m_library;
};

void TestKeyringUnlock::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_keyring = std::make_unique<Keyring>(u"sparekey-test"_s);
    m_known = std::make_unique<KnownLibraries>(m_folder->filePath(u"settings.conf"_s));
    m_unlock = std::make_unique<KeyringUnlock>(*m_known, *m_keyring);
    m_library = std::make_unique<Library>(quickKdf);
    QVERIFY(outcomeOf(m_library->create(path(), libraryKey())));
    QVERIFY(outcomeOf(m_library->put(googleEntry())));
}

void TestKeyringUnlock::keyOfTheKeyringOpensTheFile()
{
    QVERIFY(!m_unlock->until(path()));
    QSignalSpy changed(m_unlock.get(), &KeyringUnlock::changed);
    QVERIFY(keep());
    QVERIFY(!changed.isEmpty());
    QVERIFY(m_unlock->until(path()) > QDateTime::currentDateTimeUtc().addSecs(3 * 3600));
    m_library->lock();
    auto key = outcomeOf(m_unlock->read(path()));
    QVERIFY(key);
    QVERIFY(outcomeOf(m_library->openWithDerivedKey(path(), std::move(*key))));
    QCOMPARE(m_library->entries().size(), 1);
    // It can be saved and proven as after the passphrase, and each save keeps the salt.
    QVERIFY(outcomeOf(m_library->put(googleEntry())));
    QCOMPARE(outcomeOf(m_library->provesKey(libraryKey())).value_or(false), true);
    QCOMPARE(outcomeOf(m_library->provesKey(libraryKey("wrong"))).value_or(true), false);
    m_library->lock();
    auto again = outcomeOf(m_unlock->read(path()));
    QVERIFY(outcomeOf(m_library->openWithDerivedKey(path(), std::move(*again))));
    QCOMPARE(m_library->entries().size(), 2);
}

void TestKeyringUnlock::keyringIsNotAskedWhereNothingIsKept()
{
    // Done without the event loop: nothing was waited for.
    QVERIFY(Outcome(m_unlock->read(path())).isThere());
    m_unlock->forgetAll();
    m_unlock->removeExpired();
    QVERIFY(m_known->keyringEntries().isEmpty());
}

void TestKeyringUnlock::keyIsRemovedWhenItExpires()
{
    QVERIFY(keep(2s));
    QVERIFY(m_unlock->until(path()));
    QTRY_VERIFY(!m_unlock->until(path()));
    QTRY_VERIFY(m_known->keyringEntries().isEmpty());
    QVERIFY(keyringIsEmpty());
}

void TestKeyringUnlock::keyIsRemovedByTheNextStartIfItHasExpired()
{
    QVERIFY(keep(2s));
    m_unlock.reset();
    QTRY_VERIFY(m_known->keyringEntries().value(path()) <= QDateTime::currentDateTimeUtc());
    m_unlock = std::make_unique<KeyringUnlock>(*m_known, *m_keyring);
    QVERIFY(!m_unlock->until(path()));
    QVERIFY(!outcomeOf(m_unlock->read(path())));
    m_unlock->removeExpired();
    QTRY_VERIFY(m_known->keyringEntries().isEmpty());
    QVERIFY(keyringIsEmpty());
}

void TestKeyringUnlock::forgottenKeyIsRemoved()
{
    QVERIFY(keep());
    m_unlock->forgetAll();
    QVERIFY(!m_unlock->until(path()));
    QTRY_VERIFY(m_known->keyringEntries().isEmpty());
    QVERIFY(keyringIsEmpty());
}

void TestKeyringUnlock::keyThatIsForgottenBeforeItIsWrittenIsRemoved()
{
    auto key = outcomeOf(m_library->derivedKey());
    Outcome keeping(m_unlock->keep(path(), std::move(*key)));
    QVERIFY(!m_known->keyringEntries().isEmpty());
    m_unlock->forget(path());
    const auto &kept = keeping.wait();
    QVERIFY(!kept && kept.error().kind == ErrorKind::Canceled);
    QTRY_VERIFY(m_known->keyringEntries().isEmpty());
    QVERIFY(keyringIsEmpty());
}

void TestKeyringUnlock::keyForAnotherDayIsRefused()
{
    // As after the clock was set back by a day.
    m_known->setKeyringEntries({{path(), QDateTime::currentDateTimeUtc().addDays(1)}});
    QVERIFY(!m_unlock->until(path()));
    m_unlock->removeExpired();
    QTRY_VERIFY(m_known->keyringEntries().isEmpty());
}

void TestKeyringUnlock::newSaltEndsItsUse()
{
    QVERIFY(keep());
    QVERIFY(outcomeOf(m_library->changeKey(libraryKey(), libraryKey("new"))));
    m_library->lock();
    auto key = outcomeOf(m_unlock->read(path()));
    QVERIFY(key);
    const auto opened = outcomeOf(m_library->openWithDerivedKey(path(), std::move(*key)));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::LibraryKeyRequired);
    QCOMPARE(m_library->state(), Library::State::Locked);
}

void TestKeyringUnlock::changeOfAnotherProgramNeedsThePassphrase()
{
    QVERIFY(keep());
    m_library->lock();
    auto key = outcomeOf(m_unlock->read(path()));
    QVERIFY(outcomeOf(m_library->openWithDerivedKey(path(), std::move(*key))));
    // With a new salt, as KeePassXC does.
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadWrite));
    const auto database = openKdbx(file.readAll(), keyOf("violet kettle harbour seven"));
    QVERIFY(database);
    file.close();
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(*writeKdbx(*database, keyOf("violet kettle harbour seven")));
    file.close();
    const auto saved = outcomeOf(m_library->put(googleEntry()));
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::LibraryKeyRequired);
    QCOMPARE(m_library->entries().size(), 1);
    QVERIFY(outcomeOf(m_library->open(path(), libraryKey())));
}

void TestKeyringUnlock::unavailableKeyringKeepsNothing()
{
    Keyring none({});
    KeyringUnlock unlock(*m_known, none);
    const auto kept = outcomeOf(unlock.keep(path(), SecureBuffer::copyOf("key")));
    QVERIFY(!kept);
    QCOMPARE(kept.error().kind, ErrorKind::KeyringUnavailable);
    QVERIFY(m_known->keyringEntries().isEmpty());
}

QTEST_GUILESS_MAIN(TestKeyringUnlock)
#include "tst_keyringunlock.moc"
