// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/library/librarybench.h"

#include <QSignalSpy>

using namespace Sparekey;
using namespace Qt::StringLiterals;

using Stage = AddCodesViewModel::Stage;

namespace {

constexpr auto googleText = "SAVE YOUR BACKUP CODES\n"
                            "Keep these backup codes somewhere safe but accessible.\n\n"
                            "1. 1234 5678\n2. 2234 5678\n3. 3234 5678\n4. 4234 5678\n5. 5234 5678\n"
                            "6. 6234 5678\n7. 7234 5678\n8. 8234 5678\n9. 9234 5678\n"
                            "10. 1034 5678\n\n"
                            "(me@example.org)\n"
                            "* You can only use each backup code once.\n"
                            "* Need more? Visit https://g.co/2sv\n";

} // namespace

/// How codes get into the library, and what is asked before they do.
class TestAddingCodes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void showsWhatWasFoundBeforeItIsSaved();
    void savesOnlyTickedCodes();
    void readsTheCodesAgainForAnotherService();
    void saysWhenNothingIsFound();
    void checksACodeWhileItIsEntered();
    void recognizesAnEnteredCode();
    void asksForAReusableKeyAgain();
    void keepsAKeyApartFromAList();
    void makesTheOldSetVoid();
    void offersTheNewSetOfAKnownAccount();
    void knowsCodesThatAreThereAlready();
    void showsEachAccountOfATextInTurn();
    void wipesWhatWasFound();

private:
    [[nodiscard]] AddCodesViewModel &adding() { return *m_bench->page->adding(); }
    [[nodiscard]] LibraryEntryViewModel &entry() { return *m_bench->page->entry(); }
    void take(const char *text)
    {
        adding().takeText(SecureBuffer::copyOf(text), {}, CodeSource::File);
    }
    void choose(const QString &name)
    {
        adding().setService(static_cast<int>(adding().services().indexOf(name)));
    }
    [[nodiscard]] bool save()
    {
        QSignalSpy saved(&adding(), &AddCodesViewModel::saved);
        adding().save();
        return !saved.isEmpty() || saved.wait();
    }

    std::unique_ptr<LibraryBench> m_bench;
};

void TestAddingCodes::init()
{
    m_bench = std::make_unique<LibraryBench>();
    QVERIFY(m_bench->create());
    adding().open();
    QCOMPARE(adding().stage(), Stage::Choose);
}

void TestAddingCodes::showsWhatWasFoundBeforeItIsSaved()
{
    take(googleText);
    QCOMPARE(adding().stage(), Stage::Preview);
    QCOMPARE(adding().serviceText(), u"Google"_s);
    QCOMPARE(adding().title(), u"Google"_s);
    QCOMPARE(adding().account(), u"me@example.org"_s);
    QCOMPARE(adding().codes()->count(), 10);
    QCOMPARE(adding().remarkText(), QString());
    QVERIFY(m_bench->library->entries().isEmpty());
    QVERIFY(save());
    QCOMPARE(adding().stage(), Stage::Closed);
    QVERIFY(entry().isOpen());
    QCOMPARE(entry().title(), u"Google"_s);
    QCOMPARE(entry().leftText(), u"10 of 10 left"_s);
    QVERIFY(entry().isHidden());
}

void TestAddingCodes::savesOnlyTickedCodes()
{
    take(googleText);
    adding().codes()->setChosen(2, false);
    QCOMPARE(adding().codes()->chosenCount(), 9);
    QVERIFY(save());
    QCOMPARE(entry().leftText(), u"9 of 9 left"_s);
    QVERIFY(entry().codes()->shownCode(2).equals("4234 5678"));
}

void TestAddingCodes::readsTheCodesAgainForAnotherService()
{
    take(googleText);
    choose(u"GitHub"_s);
    QCOMPARE(adding().title(), u"GitHub"_s);
    QVERIFY(!adding().blockedReason().isEmpty() || adding().codes()->count() > 0);
    choose(u"Google"_s);
    QCOMPARE(adding().codes()->count(), 10);
}

void TestAddingCodes::saysWhenNothingIsFound()
{
    take("");
    QCOMPARE(adding().stage(), Stage::Choose);
    QVERIFY(!adding().errorText().isEmpty());
}

void TestAddingCodes::checksACodeWhileItIsEntered()
{
    choose(u"Microsoft"_s);
    SecretEntry *typed = m_bench->typed(u"ABCDE-FGHIJ-KLMNO-PQRST-UVWX"_s);
    adding().checkTyped(typed);
    QCOMPARE(adding().typedNote(), u"24 of 25 characters"_s);
    adding().addTyped(typed);
    QCOMPARE(adding().stage(), Stage::Choose);
    QVERIFY(!adding().typedErrorText().isEmpty());
    QVERIFY(!m_bench->fieldIsEmpty());

    adding().addTyped(m_bench->typed(u"abcde-fghij-klmno-pqrst-uvwxy"_s));
    QCOMPARE(adding().stage(), Stage::Preview);
    QVERIFY(m_bench->fieldIsEmpty());
    QVERIFY(adding().isSingle());
    QVERIFY(save());
    QCOMPARE(entry().title(), u"Microsoft"_s);
    QCOMPARE(entry().leftText(), u"1 code"_s);
    QVERIFY(entry().codes()->shownCode(0).equals("ABCDE-FGHIJ-KLMNO-PQRST-UVWXY"));
}

void TestAddingCodes::recognizesAnEnteredCode()
{
    adding().addTyped(m_bench->typed(u"https://example.org is no code"_s));
    const bool kept = adding().stage() == Stage::Choose;
    QVERIFY(kept || adding().codes()->count() == 1);
    adding().startOver();
    adding().addTyped(m_bench->typed({}));
    QCOMPARE(adding().stage(), Stage::Choose);
    QVERIFY(!adding().typedErrorText().isEmpty());
}

void TestAddingCodes::asksForAReusableKeyAgain()
{
    const QString key = u"ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23"_s;
    choose(u"Apple Account"_s);
    adding().addTyped(m_bench->typed(key));
    adding().save();
    QCOMPARE(adding().stage(), Stage::Confirm);
    adding().confirm(m_bench->typed(u"ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ32"_s));
    QCOMPARE(adding().stage(), Stage::Confirm);
    QVERIFY(!adding().typedErrorText().isEmpty());
    QVERIFY(m_bench->library->entries().isEmpty());
    QSignalSpy saved(&adding(), &AddCodesViewModel::saved);
    adding().confirm(m_bench->typed(key.toLower()));
    QVERIFY(saved.wait());
    QCOMPARE(entry().leftText(), u"1 code"_s);
}

void TestAddingCodes::keepsAKeyApartFromAList()
{
    take("otpauth://totp/1Password:me%40example.org?secret=JBSWY3DPEHPK3PXP&issuer=1Password");
    QCOMPARE(adding().stage(), Stage::Preview);
    QVERIFY(adding().isSetupKey());
    QCOMPARE(adding().account(), u"me@example.org"_s);
    QVERIFY(save());
    QVERIFY(entry().isSetupKey());
    QVERIFY(entry().hintText().contains(u"Emergency Kit"_s));
    QVERIFY(entry().qr()->isEmpty());
    entry().setHidden(false);
    QVERIFY(entry().qr()->text().view().startsWith("otpauth://totp/"));
    entry().setHidden(true);
    QVERIFY(entry().qr()->isEmpty());
}

void TestAddingCodes::makesTheOldSetVoid()
{
    take(googleText);
    QVERIFY(save());
    m_bench->page->startNewSet();
    QCOMPARE(adding().stage(), Stage::Choose);
    QCOMPARE(adding().entryTitle(), u"Google"_s);
    take("1111 2222\n3333 4444\n");
    QCOMPARE(adding().codes()->count(), 2);
    QVERIFY(!adding().remarkText().isEmpty()); // Google gives ten
    QVERIFY(save());
    QCOMPARE(entry().leftText(), u"2 of 2 left"_s);
    QCOMPARE(m_bench->library->entries().size(), 1);
    const LibraryEntry &saved = m_bench->library->entries().first();
    QCOMPARE(saved.sets.size(), 2);
    QCOMPARE(saved.sets.first().state, SetState::Void);
    QCOMPARE(saved.sets.first().reason, VoidReason::NewSet);
}

void TestAddingCodes::offersTheNewSetOfAKnownAccount()
{
    take(googleText);
    QVERIFY(save());
    adding().open();
    take("1111 2222\n3333 4444\n5555 6666 google ME@example.org");
    adding().describe(u"Google"_s, u"ME@example.org"_s);
    QVERIFY(!adding().matchText().isEmpty());
    adding().setReplaces(false);
    QVERIFY(save());
    QCOMPARE(m_bench->library->entries().size(), 2);
}

void TestAddingCodes::knowsCodesThatAreThereAlready()
{
    take(googleText);
    QVERIFY(save());
    adding().open();
    take(googleText);
    QVERIFY(adding().blockedReason().startsWith(u"Nothing new"_s));
    adding().save();
    QCOMPARE(adding().stage(), Stage::Preview);
}

void TestAddingCodes::showsEachAccountOfATextInTurn()
{
    take("otpauth://totp/A:one?secret=JBSWY3DPEHPK3PXP&issuer=A\n"
         "otpauth://totp/B:two?secret=JBSWY3DPEHPK3PXQ&issuer=B\n");
    QCOMPARE(adding().placeText(), u"1 of 2"_s);
    QCOMPARE(adding().account(), u"one"_s);
    adding().skip();
    QCOMPARE(adding().placeText(), u"2 of 2"_s);
    QCOMPARE(adding().account(), u"two"_s);
    QVERIFY(save());
    QCOMPARE(m_bench->library->entries().size(), 1);
    QCOMPARE(m_bench->library->entries().first().account, u"two"_s);
}

void TestAddingCodes::wipesWhatWasFound()
{
    take(googleText);
    auto *text = adding()
                     .codes()
                     ->data(adding().codes()->index(0), FoundCodesModel::CodeRole)
                     .value<SecretText *>();
    QVERIFY(!text->isEmpty());
    QPointer<SecretText> shown = text;
    m_bench->page->lock();
    QVERIFY(!shown || shown->isEmpty());
    QCOMPARE(adding().codes()->count(), 0);
    QCOMPARE(adding().stage(), Stage::Closed);
}

QTEST_MAIN(TestAddingCodes)
#include "tst_addingcodes.moc"
