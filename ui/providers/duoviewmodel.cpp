// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/providers/duoviewmodel.h"

namespace Sparekey {

DuoViewModel::DuoViewModel(std::shared_ptr<ProviderApi> api, ProviderType type, QObject *parent)
    : ProviderViewModel(type, std::move(api), parent)
{
    connect(&m_form, &DuoFormViewModel::submitted, this, &DuoViewModel::turnOn);
}

DuoViewModel::~DuoViewModel() = default;

QCoro::Task<Result<void>> DuoViewModel::read(SharedProof proof)
{
    const auto ticket = this->ticket();
    const auto opened = co_await api().openDuo(proof);
    if (!ticket)
        co_return fail(ErrorKind::Canceled);
    if (!opened) {
        if (openLapsed(proof, opened.error()))
            co_return Result<void>();
        co_return fail(opened.error());
    }
    m_details = opened->details;
    if (m_details.setUpForAll)
        m_form.allowEmpty();
    keep(opened->proof, m_details.enabled);
    co_return Result<void>();
}

void DuoViewModel::forget()
{
    m_details = {};
    m_form.reset();
}

void DuoViewModel::turnOn(const DuoFormViewModel::Settings &settings)
{
    if (mayChange() && !isOn())
        save(settings);
}

QCoro::Task<void> DuoViewModel::save(DuoFormViewModel::Settings settings)
{
    const auto ticket = this->ticket();
    const std::function<void()> again = [this, settings] {
        save(settings);
    };
    if (!co_await beginChange(again)) {
        if (ticket && stage() == Stage::Open)
            m_form.askForSecret();
        co_return;
    }
    const SharedProof proof = this->proof();
    recordTurningOn();
    const auto done = co_await api().turnOnDuo(proof, settings);
    if (!ticket.ownerExists())
        co_return;
    if (!ticket) {
        endAfterClosing(done, true, proof);
        co_return;
    }
    if (done) {
        succeed(true);
        co_return;
    }
    end(done, again);
    if (stage() == Stage::Open)
        m_form.askForSecret();
}

} // namespace Sparekey
