// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/core/providerflows.h"
#include "tests/core/signinflows.h"

#include <QTest>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

std::vector<Flow> allFlows()
{
    std::vector<Flow> flows = signInFlows();
    std::ranges::move(providerFlows(), std::back_inserter(flows));
    return flows;
}

} // namespace

// Every flow, on every generation of server, in every trouble: what comes of it, and that a failure
// leaves everything as it was and the way open to try again.
class TestFlows : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void endsAsTheTableSays_data();
    void endsAsTheTableSays();
    void saysWhyACombinationHasNoMeaning();

private:
    const std::vector<Flow> m_flows = allFlows();
};

void TestFlows::initTestCase()
{
    fido_init(FIDO_DISABLE_U2F_FALLBACK);
    startServer();
}

void TestFlows::endsAsTheTableSays_data()
{
    QTest::addColumn<std::size_t>("flow");
    QTest::addColumn<int>("generation");
    QTest::addColumn<int>("trouble");
    for (std::size_t flow = 0; flow < m_flows.size(); ++flow) {
        for (const auto &[generation, generationName] : generations) {
            for (const auto &[trouble, troubleName] : troubles) {
                if (cellOf(m_flows[flow], generation, trouble).meaningless)
                    continue;
                QTest::addRow("%s, %s, %s", m_flows[flow].name.constData(), generationName.data(),
                              troubleName.data())
                    << flow << static_cast<int>(generation) << static_cast<int>(trouble);
            }
        }
    }
}

void TestFlows::endsAsTheTableSays()
{
    QFETCH(const std::size_t, flow);
    QFETCH(const int, generation);
    QFETCH(const int, trouble);
    const Flow &it = m_flows[flow];
    World world{m_server, static_cast<Generation>(generation)};
    const auto in = static_cast<Trouble>(trouble);
    const Cell expected = cellOf(it, world.generation, in);

    QVERIFY(m_server.reset());
    QVERIFY(m_server.changeSettings(settingsOf(world.generation)));
    QVERIFY(m_server.editAccount(role, {{u"premium"_s, true}}));
    it.begin(world);
    const QJsonObject before = world.state();

    const auto strike = [&](const QString &fault) {
        return m_server.setFault(it.path(world), fault, {{u"times"_s, 1}});
    };
    switch (in) {
    case Trouble::Unauthorized: QVERIFY(strike(u"unauthorized"_s)); break;
    case Trouble::RateLimit: QVERIFY(strike(u"rate-limit"_s)); break;
    case Trouble::ServerError: QVERIFY(strike(u"server-error"_s)); break;
    case Trouble::Cut: QVERIFY(strike(u"drop"_s)); break;
    case Trouble::None:
    case Trouble::WrongCode:
    case Trouble::Expired: break;
    }
    auto outcome = it.act(world, in);
    QVERIFY(m_server.clearFaults());
    if (expected.error) {
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, *expected.error);
        QCOMPARE(world.state(), before);
        if (!expected.canBeRepeated)
            return;
        outcome = it.act(world, Trouble::None);
    }
    if (!outcome)
        qWarning("%s", qPrintable(outcome.error().serverText.text()));
    QVERIFY(outcome);
    QCOMPARE(world.state() != before, it.changes);
}

void TestFlows::saysWhyACombinationHasNoMeaning()
{
    std::size_t meant = 0;
    std::size_t without = 0;
    std::size_t asMiddle = 0;
    for (const Flow &flow : m_flows) {
        for (const auto &[generation, generationName] : generations) {
            for (const auto &[trouble, troubleName] : troubles) {
                const char *why = cellOf(flow, generation, trouble).meaningless;
                if (generation == Generation::Secret && !flow.proves)
                    ++asMiddle;
                else
                    ++(why ? without : meant);
                if (why) {
                    QVERIFY(*why);
                    qInfo("%s, %s, %s: %s", flow.name.constData(), generationName.data(),
                          troubleName.data(), why);
                }
            }
            // A success is meant everywhere but where the whole flow is not there.
            if (cellOf(flow, generation, Trouble::None).meaningless)
                QVERIFY(cellOf(flow, generation, Trouble::Cut).meaningless);
        }
    }
    QCOMPARE(meant + without + asMiddle, m_flows.size() * generations.size() * troubles.size());
    QVERIFY2(without * 3 < meant, "most combinations have a meaning");
}

QTEST_GUILESS_MAIN(TestFlows)
#include "tst_flows.moc"
