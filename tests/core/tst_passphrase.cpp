// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/passphrase/passphrase.h"

#include <QHash>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace Sparekey;
using namespace Qt::StringLiterals;

namespace {

QList<QByteArray> words()
{
    QList<QByteArray> all;
    for (const QByteArrayView word : passphraseWordList())
        all.append(word.toByteArray());
    return all;
}

// "MapleRiver" as "maple" and "river".
QList<QByteArray> wordsOf(const SecureBuffer &phrase)
{
    QList<QByteArray> parts;
    for (const char c : phrase.view()) {
        if (c >= 'A' && c <= 'Z')
            parts.append(QByteArray());
        if (!parts.isEmpty())
            parts.last() += static_cast<char>(c | 0x20);
    }
    return parts;
}

} // namespace

class TestPassphrase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasElevenBitsAWord();
    void listsShortPlainWordsInOrder();
    void tellsWordsApartByFourLetters();
    void hasNoTwoWordsOneSlipApart();
    void joinsSixWordsOfTheList();
    void isShortEnoughForAllPrograms();
    void choosesEachWordEqually();
    void neverRepeatsAPhrase();
    void acceptsOwnPassphrases_data();
    void acceptsOwnPassphrases();
};

void TestPassphrase::hasElevenBitsAWord()
{
    QCOMPARE(passphraseWordList().size(), std::size_t(2048));
}

void TestPassphrase::listsShortPlainWordsInOrder()
{
    const QList<QByteArray> all = words();
    QVERIFY(std::is_sorted(all.cbegin(), all.cend()));
    for (const QByteArray &word : all) {
        QVERIFY2(word.size() >= 4 && word.size() <= 7, word.constData());
        QVERIFY2(std::all_of(word.cbegin(), word.cend(),
                             [](char c) { return c >= 'a' && c <= 'z'; }),
                 word.constData());
    }
}

void TestPassphrase::tellsWordsApartByFourLetters()
{
    QSet<QByteArray> beginnings;
    for (const QByteArray &word : words())
        beginnings.insert(word.first(4));
    QCOMPARE(beginnings.size(), 2048);
}

void TestPassphrase::hasNoTwoWordsOneSlipApart()
{
    const QList<QByteArray> all = words();
    const QSet<QByteArray> set(all.cbegin(), all.cend());
    QHash<QByteArray, QByteArray> withOneWrong;
    for (const QByteArray &word : all) {
        for (qsizetype i = 0; i < word.size(); ++i) {
            QByteArray wrong = word;
            wrong[i] = '?';
            QVERIFY2(!withOneWrong.contains(wrong),
                     QByteArray(word + " and " + withOneWrong.value(wrong)).constData());
            withOneWrong.insert(wrong, word);
            QByteArray lost = word;
            lost.remove(i, 1);
            QVERIFY2(!set.contains(lost), QByteArray(word + " and " + lost).constData());
        }
    }
}

void TestPassphrase::joinsSixWordsOfTheList()
{
    const QList<QByteArray> all = words();
    const auto phrase = generatePassphrase();
    QVERIFY(phrase.has_value());
    const QList<QByteArray> parts = wordsOf(*phrase);
    QCOMPARE(parts.size(), 6);
    for (const QByteArray &part : parts)
        QVERIFY2(all.contains(part), part.constData());
    QVERIFY(checkOwnPassphrase(*phrase).has_value());
}

void TestPassphrase::isShortEnoughForAllPrograms()
{
    for (int i = 0; i < 1000; ++i)
        QVERIFY(generatePassphrase()->size() <= 32);
}

void TestPassphrase::choosesEachWordEqually()
{
    constexpr int phrases = 20000;
    QHash<QByteArray, int> counts;
    for (int i = 0; i < phrases; ++i) {
        const auto phrase = generatePassphrase();
        QVERIFY(phrase.has_value());
        for (const QByteArray &part : wordsOf(*phrase))
            ++counts[part];
    }
    QCOMPARE(counts.size(), 2048);
    // Short words are in more of the phrases that are short enough; words of one length are equal.
    QHash<qsizetype, double> sums;
    QHash<qsizetype, int> words;
    for (auto count = counts.cbegin(); count != counts.cend(); ++count) {
        sums[count.key().size()] += count.value();
        ++words[count.key().size()];
    }
    // Chi-squared with 2 044 degrees of freedom: mean 2 044, standard deviation 64. Six of them
    // on either side are passed by chance once in hundreds of millions of runs.
    double sum = 0;
    for (auto count = counts.cbegin(); count != counts.cend(); ++count) {
        const qsizetype length = count.key().size();
        const double expected = sums[length] / words[length];
        sum += (count.value() - expected) * (count.value() - expected) / expected;
    }
    QVERIFY2(sum > 2044 - 6 * 64 && sum < 2044 + 6 * 64, qPrintable(QString::number(sum)));
}

void TestPassphrase::neverRepeatsAPhrase()
{
    QSet<QByteArray> phrases;
    for (int i = 0; i < 1000; ++i)
        phrases.insert(generatePassphrase()->view().toByteArray());
    QCOMPARE(phrases.size(), 1000);
}

void TestPassphrase::acceptsOwnPassphrases_data()
{
    QTest::addColumn<QString>("passphrase");
    QTest::addColumn<int>("kind"); // -1: accepted
    QTest::newRow("nothing") << QString() << int(ErrorKind::PassphraseTooShort);
    QTest::newRow("11 characters") << QString(11, u'x') << int(ErrorKind::PassphraseTooShort);
    QTest::newRow("12 characters") << QString(12, u'x') << -1;
    QTest::newRow("11 of 2 bytes") << QString(11, u'ä') << int(ErrorKind::PassphraseTooShort);
    QTest::newRow("12 of 2 bytes") << QString(12, u'ä') << -1;
    QTest::newRow("127 bytes") << QString(127, u'x') << -1;
    QTest::newRow("128 bytes") << QString(128, u'x') << int(ErrorKind::PassphraseTooLong);
    QTest::newRow("64 of 2 bytes") << QString(64, u'ä') << int(ErrorKind::PassphraseTooLong);
}

void TestPassphrase::acceptsOwnPassphrases()
{
    QFETCH(QString, passphrase);
    QFETCH(int, kind);
    const auto checked = checkOwnPassphrase(SecureBuffer::fromText(passphrase));
    QCOMPARE(checked.has_value() ? -1 : int(checked.error().kind), kind);
}

QTEST_GUILESS_MAIN(TestPassphrase)
#include "tst_passphrase.moc"
