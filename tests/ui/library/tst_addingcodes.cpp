// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/qr/qrmatrix.h"
#include "tests/support/privatebus.h"
#include "tests/ui/desktop/screenshotportal.h"
#include "tests/ui/library/librarybench.h"
#include "ui/library/codedroparea.h"

#include <QClipboard>
#include <QDropEvent>
#include <QFile>
#include <QGuiApplication>
#include <QImage>
#include <QMimeData>
#include <QSignalSpy>
#include <QUrl>

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

constexpr QByteArrayView setupUri =
    "otpauth://totp/1Password:me%40example.org?secret=JBSWY3DPEHPK3PXP&issuer=1Password";

// A picture of a QR code, as a screenshot has it: dark on what is transparent.
QImage qrPicture(QByteArrayView content)
{
    constexpr int module = 6;
    const auto matrix = QrMatrix::encode(content);
    if (!matrix)
        qFatal("no QR code");
    const int side = (matrix->size() + 2 * QrMatrix::quietZone) * module;
    QImage picture(side, side, QImage::Format_ARGB32);
    picture.fill(Qt::transparent);
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            const int row = y / module - QrMatrix::quietZone;
            const int column = x / module - QrMatrix::quietZone;
            if (row >= 0 && column >= 0 && row < matrix->size() && column < matrix->size()
                && matrix->isDark(row, column))
                picture.setPixel(x, y, qRgb(20, 20, 60));
        }
    }
    return picture;
}

// A GIF of one pixel that shows `frames` pictures.
QByteArray gif(int frames)
{
    QByteArray bytes("GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff", 19);
    for (int i = 0; i < frames; ++i)
        bytes.append(QByteArray("\x21\xf9\4\0\1\0\0\0\x2c\0\0\0\0\1\0\1\0\0\2\2\x44\1\0", 23));
    return bytes + ';';
}

} // namespace

/// How codes get into the library, and what is asked before they do.
class TestAddingCodes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
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
    void savesWithoutAnAccountAsASeparateEntry();
    void saysWhatOfAFileWasLeftOut();
    void endsWithASkipAsWithASave();
    void tellsOfSkippedItems();
    void namesOtherServicesWithSuchCodes();
    void wipesWhatWasFound();
    void readsTheQrCodeOfAPicture();
    void refusesPicturesThatHoldNoCode_data();
    void refusesPicturesThatHoldNoCode();
    void opensAnEncryptedFile();
    void takesAFileForTheChosenServiceOnly();
    void pastesAPicture();
    void readsTheQrCodeOfAPartOfTheScreen();
    void takesWhatIsDropped();

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
    QString fileWith(const QString &name, const QByteArray &content)
    {
        QFile file(m_bench->path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("no file");
        return file.fileName();
    }
    QString pictureFile(QByteArrayView content)
    {
        const QString path = m_bench->path(u"screenshot.png"_s);
        if (!qrPicture(content).save(path))
            qFatal("no picture");
        return path;
    }
    void open(const QString &path)
    {
        adding().openFile(path);
        QVERIFY(QTest::qWaitFor([this] { return !adding().isBusy(); }));
    }
    void enterPassphrase(const QString &passphrase)
    {
        adding().submitPassphrase(m_bench->entered(passphrase));
        QVERIFY(QTest::qWaitFor([this] { return !adding().isBusy(); }));
    }
    [[nodiscard]] bool save()
    {
        QSignalSpy saved(&adding(), &AddCodesViewModel::saved);
        adding().save();
        return !saved.isEmpty() || saved.wait();
    }

    PrivateBus m_bus;
    std::unique_ptr<LibraryBench> m_bench;
};

void TestAddingCodes::initTestCase()
{
    QVERIFY(m_bus.start());
    // Before anybody has looked for a bus.
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.address().toUtf8());
}

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
    // No code of Google fits.
    QCOMPARE(adding().codes()->count(), 0);
    QCOMPARE(adding().blockedReason(), u"Select at least one code."_s);
    choose(u"Google"_s);
    QCOMPARE(adding().codes()->count(), 10);
    // A finding has a service.
    adding().setService(-1);
    QCOMPARE(adding().serviceText(), u"Google"_s);
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
    SecretEntry *entered = m_bench->entered(u"ABCDE-FGHIJ-KLMNO-PQRST-UVWX"_s);
    adding().checkEntered(entered);
    QCOMPARE(adding().enteredNote(), u"24 of 25 characters"_s);
    adding().addEntered(entered);
    QCOMPARE(adding().stage(), Stage::Choose);
    QVERIFY(!adding().enteredErrorText().isEmpty());
    QVERIFY(!m_bench->fieldIsEmpty());

    adding().addEntered(m_bench->entered(u"abcde-fghij-klmno-pqrst-uvwxy"_s));
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
    adding().addEntered(m_bench->entered(u"https://example.org is no code"_s));
    const bool kept = adding().stage() == Stage::Choose;
    QVERIFY(kept || adding().codes()->count() == 1);
    adding().startOver();
    adding().addEntered(m_bench->entered({}));
    QCOMPARE(adding().stage(), Stage::Choose);
    QVERIFY(!adding().enteredErrorText().isEmpty());
}

void TestAddingCodes::asksForAReusableKeyAgain()
{
    const QString key = u"ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23"_s;
    choose(u"Apple Account"_s);
    adding().addEntered(m_bench->entered(key));
    adding().save();
    QCOMPARE(adding().stage(), Stage::Confirm);
    adding().confirm(m_bench->entered(u"ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ32"_s));
    QCOMPARE(adding().stage(), Stage::Confirm);
    QVERIFY(!adding().enteredErrorText().isEmpty());
    QVERIFY(m_bench->library->entries().isEmpty());
    QSignalSpy saved(&adding(), &AddCodesViewModel::saved);
    adding().confirm(m_bench->entered(key.toLower()));
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

void TestAddingCodes::savesWithoutAnAccountAsASeparateEntry()
{
    choose(u"Google"_s);
    take("1234 5678\n2234 5678\n");
    QVERIFY(save());
    adding().open();
    choose(u"Google"_s);
    take("1234 5678\n2234 5678\n");
    QVERIFY(adding().blockedReason().startsWith(u"Nothing new"_s));
    adding().startOver();
    choose(u"Google"_s);
    take("3234 5678\n4234 5678\n");
    QVERIFY(!adding().matchText().isEmpty());
    QVERIFY(!adding().replaces());
    QVERIFY(save());
    QCOMPARE(m_bench->library->entries().size(), 2);
}

void TestAddingCodes::saysWhatOfAFileWasLeftOut()
{
    const QString path = fileWith(u"codes.txt"_s, googleText);
    open(path);
    adding().codes()->setChosen(0, false);
    adding().codes()->setChosen(1, false);
    adding().save();
    QTRY_COMPARE(adding().stage(), Stage::Kept);
    QVERIFY(!adding().isFileComplete());
    QVERIFY2(adding().plainFileText().contains(u"2 codes that you left out"_s),
             qPrintable(adding().plainFileText()));
    adding().keepPlainFile();

    adding().open();
    open(path);
    adding().save();
    QTRY_COMPARE(adding().stage(), Stage::Kept);
    QVERIFY(adding().isFileComplete());
    adding().keepPlainFile();

    // What else a picture shows is not known.
    adding().open();
    open(pictureFile(setupUri));
    adding().save();
    QTRY_COMPARE(adding().stage(), Stage::Kept);
    QVERIFY(!adding().isFileComplete());
}

void TestAddingCodes::endsWithASkipAsWithASave()
{
    const QString path = fileWith(u"codes.txt"_s,
                                  "otpauth://totp/A:one?secret=JBSWY3DPEHPK3PXP&issuer=A\n"
                                  "otpauth://totp/B:two?secret=JBSWY3DPEHPK3PXQ&issuer=B\n");
    open(path);
    adding().save();
    QTRY_COMPARE(adding().placeText(), u"2 of 2"_s);
    adding().skip();
    QCOMPARE(adding().stage(), Stage::Kept);
    QVERIFY(!adding().isFileComplete());
    QSignalSpy saved(&adding(), &AddCodesViewModel::saved);
    adding().keepPlainFile();
    QCOMPARE(saved.size(), 1);
    QCOMPARE(entry().account(), u"one"_s);

    // Nothing is saved.
    adding().open();
    open(path);
    adding().skip();
    adding().skip();
    QCOMPARE(adding().stage(), Stage::Closed);
    QCOMPARE(saved.size(), 1);
}

void TestAddingCodes::tellsOfSkippedItems()
{
    open(fileWith(u"aegis.json"_s, R"({"version": 1, "header": {"slots": null, "params": null},
        "db": {"version": 2, "entries": [
            {"type": "totp", "name": "me@example.org", "issuer": "1Password",
             "info": {"secret": "JBSWY3DPEHPK3PXP", "algo": "SHA1", "digits": 6, "period": 30}},
            {"type": "unknown", "name": "other", "issuer": "Bank",
             "info": {"secret": "JBSWY3DPEHPK3PXP", "algo": "SHA1", "digits": 6, "counter": 1}}
        ]}})"));
    QCOMPARE(adding().stage(), Stage::Preview);
    QVERIFY2(adding().skippedText().startsWith(u"1 other item"_s),
             qPrintable(adding().skippedText()));
}

void TestAddingCodes::namesOtherServicesWithSuchCodes()
{
    take("0f3a9c51b7d2e864\n1e4b8d62c9f3a075\n2d5c7e73daf4b186\n3c6d6f84ebf5c297\n"
         "4b7e5a95fc06d3a8\n5a8f4ba60d17e4b9\n6990ac71e28f5bca\n78a1bd82f390c6db\n"
         "87b2ce930fa1d7ec\n96c3dfa41eb2e8fd\n");
    QVERIFY2(adding().remarkText().contains(u"could also be of"_s),
             qPrintable(adding().remarkText()));
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

void TestAddingCodes::readsTheQrCodeOfAPicture()
{
    const QString path = pictureFile(setupUri);
    open(path);
    QCOMPARE(adding().fileErrorText(), QString());
    QCOMPARE(adding().stage(), Stage::Preview);
    QCOMPARE(adding().serviceText(), u"1Password"_s);
    QCOMPARE(adding().account(), u"me@example.org"_s);
    adding().save();
    QTRY_COMPARE(adding().stage(), Stage::Kept);
    QCOMPARE(adding().plainFile(), path);
    QCOMPARE(m_bench->library->entries().first().sets.first().source, CodeSource::QrCode);
    adding().deletePlainFile();
    QTRY_COMPARE(adding().stage(), Stage::Closed);
    QVERIFY(!QFile::exists(path));
}

void TestAddingCodes::refusesPicturesThatHoldNoCode_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("says");
    m_bench = std::make_unique<LibraryBench>();
    const auto png = [this](const QImage &picture) {
        const QString path = m_bench->path(u"drawn.png"_s);
        QFile file(path);
        return picture.save(path) && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QImage blank(300, 200, QImage::Format_RGB32);
    blank.fill(Qt::white);
    QImage huge(8000, 8000, QImage::Format_Mono);
    huge.fill(1);
    QTest::newRow("without a code") << png(blank) << u"No QR code"_s;
    QTest::newRow("code of something else") << png(qrPicture("hello")) << u"No recovery codes"_s;
    QTest::newRow("huge") << png(huge) << u"too large"_s;
    QTest::newRow("cut off") << png(qrPicture(setupUri)).first(20) << u"damaged"_s;
    QTest::newRow("still GIF") << gif(1) << u"No QR code"_s;
    QTest::newRow("animated GIF") << gif(2) << u"do not move"_s;
}

void TestAddingCodes::refusesPicturesThatHoldNoCode()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, says);
    QVERIFY(!content.isEmpty());
    open(fileWith(u"picture"_s, content));
    QCOMPARE(adding().stage(), Stage::Choose);
    QVERIFY2(adding().fileErrorText().contains(says), qPrintable(adding().fileErrorText()));
}

void TestAddingCodes::opensAnEncryptedFile()
{
    QVERIFY(m_bench->put(LibraryBench::entry(u"google"_s, u"Google"_s, {"12345678", "22345678"})));
    QVERIFY(m_bench->put(LibraryBench::entry(u"github"_s, u"GitHub"_s, {"a1b2c3d4e5"})));
    const QString path = m_bench->path(u"old.kdbx"_s);
    QVERIFY(QFile::copy(m_bench->file(), path));
    open(path);
    QCOMPARE(adding().stage(), Stage::Passphrase);
    QCOMPARE(adding().encryptedFile(), u"old.kdbx"_s);

    enterPassphrase({});
    QVERIFY(!adding().passphraseErrorText().isEmpty());
    enterPassphrase(u"not these words"_s);
    QCOMPARE(adding().stage(), Stage::Passphrase);
    QVERIFY(adding().passphraseErrorText().contains(u"does not open"_s));
    QVERIFY(m_bench->fieldIsEmpty());

    enterPassphrase(m_bench->passphrase);
    QCOMPARE(adding().stage(), Stage::Preview);
    QCOMPARE(adding().passphraseErrorText(), QString());
    QCOMPARE(adding().placeText(), u"1 of 2"_s);
    adding().skip();
    adding().setReplaces(false);
    QVERIFY(save());
    // Nothing in it is plain, so there is no offer to delete it.
    QCOMPARE(adding().stage(), Stage::Closed);
    QVERIFY(QFile::exists(path));
    QCOMPARE(m_bench->library->entries().size(), 3);
}

void TestAddingCodes::takesAFileForTheChosenServiceOnly()
{
    const QString path = pictureFile(setupUri);
    choose(u"Google"_s);
    open(path);
    QCOMPARE(adding().stage(), Stage::Choose);
    QVERIFY(adding().fileErrorText().contains(u"Google"_s));
    choose(u"1Password"_s);
    open(path);
    QCOMPARE(adding().stage(), Stage::Preview);
}

void TestAddingCodes::pastesAPicture()
{
    QFile file(pictureFile(setupUri));
    QVERIFY(file.open(QIODevice::ReadOnly));
    auto *data = new QMimeData;
    data->setData(u"image/png"_s, file.readAll());
    QGuiApplication::clipboard()->setMimeData(data);
    adding().paste();
    QTRY_COMPARE(adding().stage(), Stage::Preview);
    QCOMPARE(adding().serviceText(), u"1Password"_s);
    QVERIFY(save());
    QCOMPARE(adding().stage(), Stage::Closed);

    QGuiApplication::clipboard()->setMimeData(new QMimeData);
    adding().open();
    adding().paste();
    QVERIFY(!adding().errorText().isEmpty());
}

void TestAddingCodes::readsTheQrCodeOfAPartOfTheScreen()
{
    QVERIFY(!adding().isScreenOffered());
    ScreenshotPortal portal;
    QVERIFY(portal.start(m_bus.address()));
    m_bench->restart();
    QVERIFY(m_bench->unlock(m_bench->passphrase));
    adding().open();
    QTRY_VERIFY(adding().isScreenOffered());
    adding().readScreen();
    QVERIFY(adding().isChoosingRegion());
    QVERIFY(!adding().isBusy());
    QTRY_VERIFY(!portal.request.isEmpty());
    const QString nothing = m_bench->path(u"nothing.png"_s);
    QImage blank(300, 200, QImage::Format_RGB32);
    blank.fill(Qt::white);
    QVERIFY(blank.save(nothing));
    portal.choose(nothing);
    QTRY_VERIFY2(adding().errorText().contains(u"No QR code"_s), qPrintable(adding().errorText()));
    QVERIFY(!QFile::exists(nothing));

    adding().readScreen();
    QVERIFY(adding().errorText().isEmpty());
    const QString first = portal.request;
    QTRY_VERIFY(portal.request != first);
    const QString picture = pictureFile(setupUri);
    portal.choose(picture);
    QTRY_COMPARE(adding().stage(), Stage::Preview);
    QCOMPARE(adding().serviceText(), u"1Password"_s);
    QVERIFY(!QFile::exists(picture));
    QVERIFY(adding().plainFile().isEmpty());
    QVERIFY(save());
    QCOMPARE(adding().stage(), Stage::Closed);
    QCOMPARE(m_bench->library->entries().first().sets.first().source, CodeSource::QrCode);

    // A picture that is no longer wanted is deleted too.
    adding().open();
    adding().readScreen();
    const QString second = portal.request;
    QTRY_VERIFY(portal.request != second);
    adding().takeText(SecureBuffer::copyOf(googleText), {}, CodeSource::Entered);
    QCOMPARE(adding().stage(), Stage::Preview);
    const QString late = pictureFile(setupUri);
    portal.choose(late);
    QTRY_VERIFY(!QFile::exists(late));
    QCOMPARE(adding().serviceText(), u"Google"_s);
    portal.stop();
}

void TestAddingCodes::takesWhatIsDropped()
{
    CodeDropArea area;
    area.setProperty("viewModel", QVariant::fromValue(m_bench->page.get()));
    const auto drop = [&area](const QMimeData &data) {
        QDropEvent event({}, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, {});
        event.setAccepted(false);
        QCoreApplication::sendEvent(&area, &event);
        return event.isAccepted() && event.dropAction() == Qt::CopyAction;
    };
    adding().close();
    for (const auto &format : {u"image/png"_s, u"image/jpeg"_s, u"image/webp"_s, u"image/gif"_s}) {
        QMimeData picture;
        picture.setData(format, "picture");
        QDragEnterEvent enter({}, Qt::CopyAction, &picture, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&area, &enter);
        QVERIFY2(enter.isAccepted(), qPrintable(format));
    }
    QMimeData text;
    text.setText(QString::fromUtf8(googleText));
    QVERIFY(drop(text));
    QCOMPARE(adding().stage(), Stage::Preview);
    QCOMPARE(adding().serviceText(), u"Google"_s);
    // What is being looked at is not replaced.
    QVERIFY(!drop(text));

    adding().close();
    QMimeData file;
    file.setUrls({QUrl::fromLocalFile(pictureFile(setupUri))});
    QVERIFY(drop(file));
    QTRY_COMPARE(adding().stage(), Stage::Preview);
    QCOMPARE(adding().serviceText(), u"1Password"_s);

    m_bench->page->lock();
    QVERIFY(!drop(file));
    QCOMPARE(adding().stage(), Stage::Closed);
}

QTEST_MAIN(TestAddingCodes)
#include "tst_addingcodes.moc"
