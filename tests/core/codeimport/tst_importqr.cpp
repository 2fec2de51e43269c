// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "importsamples.h"

#include "core/codeimport/importqr.h"
#include "core/qr/qrmatrix.h"

#include <QTest>

#include <cmath>
#include <vector>

using namespace Sparekey;
using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView uri =
    "otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXP&issuer=Example";

/// A white page to draw on.
struct Page
{
    int width;
    int height;
    std::vector<unsigned char> pixels;

    Page(int w, int h)
        : width(w)
        , height(h)
        , pixels(static_cast<size_t>(w) * static_cast<size_t>(h), 255)
    {
    }
    unsigned char &at(int x, int y)
    {
        return pixels[static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x)];
    }
    [[nodiscard]] LuminancePlane plane() const
    {
        return {.pixels = pixels.data(), .width = width, .height = height, .stride = width};
    }
};

// Draws a QR code that libqrencode has made, turned around its center. A module of half a
// millimeter has 4 pixels at 200 dpi.
void draw(Page &page, QByteArrayView content, int centerX, int centerY, double degrees = 0,
          unsigned char dark = 0, double module = 4.3)
{
    const auto matrix = QrMatrix::encode(content);
    if (!matrix)
        qFatal("no QR code");
    const double half = matrix->size() * module / 2;
    const double angle = degrees * 3.14159265358979 / 180;
    for (int y = 0; y < page.height; ++y) {
        for (int x = 0; x < page.width; ++x) {
            const double dx = x - centerX;
            const double dy = y - centerY;
            const double column = (dx * std::cos(angle) + dy * std::sin(angle) + half) / module;
            const double row = (dy * std::cos(angle) - dx * std::sin(angle) + half) / module;
            if (column >= 0 && row >= 0 && column < matrix->size() && row < matrix->size()
                && matrix->isDark(static_cast<int>(row), static_cast<int>(column)))
                page.at(x, y) = dark;
        }
    }
}

// Black and white only, as a copier makes it of gray (Floyd-Steinberg).
void dither(Page &page)
{
    std::vector<int> row(static_cast<size_t>(page.width) + 2);
    std::vector<int> next(row.size());
    for (int y = 0; y < page.height; ++y) {
        for (int x = 0; x < page.width; ++x) {
            const auto i = static_cast<size_t>(x) + 1;
            const int wanted = page.at(x, y) + row[i] / 16;
            const int written = wanted < 128 ? 0 : 255;
            const int error = wanted - written;
            page.at(x, y) = static_cast<unsigned char>(written);
            row[i + 1] += error * 7;
            next[i - 1] += error * 3;
            next[i] += error * 5;
            next[i + 1] += error;
        }
        row.swap(next);
        next.assign(next.size(), 0);
    }
}

} // namespace

class TestImportQr : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsASetupKey_data();
    void readsASetupKey();
    void readsADitheredCode();
    void readsAllCodesOfAPicture();
    void readsTheCodesOfASheet();
    void readsAMigrationCode();
    void readsARowStride();
    void refusesWhatIsNoQrCode();
    void refusesAHugePicture();
};

void TestImportQr::readsASetupKey_data()
{
    QTest::addColumn<double>("degrees");
    for (const double degrees : {0.0, 3.0, -3.0, 45.0, 90.0, 180.0, 271.0})
        QTest::addRow("%g degrees", degrees) << degrees;
}

void TestImportQr::readsASetupKey()
{
    QFETCH(double, degrees);
    Page page(500, 400);
    draw(page, uri, 220, 200, degrees);
    const auto result = importQr(page.plane());
    QVERIFY(result);
    QCOMPARE(result->found.size(), 1);
    QCOMPARE(codesOf(result->found.constFirst()), QStringList(QString::fromLatin1(uri)));
}

void TestImportQr::readsADitheredCode()
{
    Page page(800, 800);
    draw(page, uri, 400, 400, 3, 20, 9);
    for (auto &pixel : page.pixels)
        pixel = static_cast<unsigned char>(pixel * 250 / 255);
    dither(page);
    QVERIFY(importQr(page.plane()));
}

void TestImportQr::readsAllCodesOfAPicture()
{
    Page page(900, 400);
    draw(page, uri, 200, 200);
    draw(page, "https://vault.example.org/#/recover-2fa", 650, 200);
    const auto result = importQr(page.plane());
    QVERIFY(result);
    QCOMPARE(result->found.size(), 1);
    QCOMPARE(result->skipped, 1);
}

void TestImportQr::readsTheCodesOfASheet()
{
    Page page(500, 500);
    draw(page, "12345678\n23456789\n34567890", 250, 250);
    const auto list = importQr(page.plane());
    QVERIFY(list);
    QCOMPARE(list->found.constFirst().service, u"google"_s);
    QCOMPARE(list->found.constFirst().codes.size(), 3);
    const auto single = importQrText("SMIPM3G5Y2F4YGVBB3PC2B5LZAXVF6OT");
    QVERIFY(single);
    QCOMPARE(single->found.constFirst().service, u"vaultwarden"_s);
}

void TestImportQr::readsAMigrationCode()
{
    Page page(500, 500);
    draw(page,
         "otpauth-migration://offline?data="
         "CjEKCkhlbGxvId6tvu8SGEV4YW1wbGU6YWxpY2VAZ29vZ2xlLmNvbRoHRXhhbXBsZTAC",
         250, 250);
    const auto result = importQr(page.plane());
    QVERIFY(result);
    QCOMPARE(result->found.constFirst().account, u"alice@google.com"_s);
}

void TestImportQr::readsARowStride()
{
    Page page(512, 400);
    draw(page, uri, 200, 200);
    LuminancePlane plane = page.plane();
    plane.width = 400;
    QVERIFY(importQr(plane));
}

void TestImportQr::refusesWhatIsNoQrCode()
{
    Page page(300, 300);
    const auto blank = importQr(page.plane());
    QVERIFY(!blank);
    QCOMPARE(blank.error().kind, ErrorKind::ImportNoQrCode);
    QCOMPARE(importQr({}).error().kind, ErrorKind::ImportNoQrCode);

    unsigned seed = 7;
    for (auto &pixel : page.pixels) {
        seed = seed * 1103515245 + 12345;
        pixel = static_cast<unsigned char>(seed >> 16U);
    }
    QCOMPARE(importQr(page.plane()).error().kind, ErrorKind::ImportNoQrCode);

    Page foreign(400, 400);
    draw(foreign, "BEGIN:VCARD\nFN:Alice\nEND:VCARD", 200, 200);
    QCOMPARE(importQr(foreign.plane()).error().kind, ErrorKind::ImportNothingFound);
}

void TestImportQr::refusesAHugePicture()
{
    const unsigned char pixel = 0;
    const LuminancePlane plane{.pixels = &pixel,
                               .width = 20'000,
                               .height = 20'000,
                               .stride = 20'000};
    const auto result = importQr(plane);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::ImportTooLarge);
}

QTEST_GUILESS_MAIN(TestImportQr)
#include "tst_importqr.moc"
