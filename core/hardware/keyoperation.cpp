// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/keyoperation.h"

#include <utility>

namespace Sparekey {

KeyOperation::KeyOperation(QObject *parent)
    : QObject(parent)
{
}

KeyOperation::~KeyOperation()
{
    blockSignals(true);
    cancel();
}

void KeyOperation::cancel()
{
    if (const auto stop = std::exchange(m_stop, nullptr))
        stop();
}

void KeyOperation::set(Stage stage, const KeyDevice &device)
{
    if (m_stage == stage && m_device == device)
        return;
    m_stage = stage;
    m_device = device;
    Q_EMIT stageChanged();
}

} // namespace Sparekey
