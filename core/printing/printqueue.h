// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/printing/cupsserver.h"
#include "core/printing/printjob.h"
#include "core/secret/securebuffer.h"
#include "core/sheet/papersize.h"

#include <functional>
#include <memory>

namespace Sparekey {

/// Sends a PDF to the printer, with a neutral title. `created` is called as soon as CUPS knows the
/// job, before it gets the document. Blocks. Errors: see `PrintService::print`.
[[nodiscard]] Result<PrintJob> submitJob(const CancelFlag &canceled, const QString &printer,
                                         const SecureBuffer &pdf, PaperSize paper, int copies,
                                         const std::function<void(const PrintJob &)> &created);

/// Blocks. Also `Gone` if the number belongs to a job that is not ours. Errors:
/// `PrintServiceUnavailable`, `PrintJobRefused`.
[[nodiscard]] Result<PrintJobStatus> jobStatus(const CancelFlag &canceled, const PrintJob &job);

/// Stops a job and deletes its document and history from CUPS; succeeds if there is none. Blocks.
/// Errors: `PrintServiceUnavailable`, `PrintJobRefused`.
[[nodiscard]] Result<void> purgeJob(const CancelFlag &canceled, const PrintJob &job);

} // namespace Sparekey
