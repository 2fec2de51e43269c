// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/files/secretfile.h"
#include "core/settings/settings.h"
#include "core/task/taskguard.h"
#include "ui/desktop/timedclipboard.h"
#include "ui/render/sheetsource.h"
#include "ui/secret/secretentry.h"
#include "ui/secret/secrettext.h"
#include "ui/sheet/printerlistmodel.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <memory>
#include <optional>

namespace Sparekey {

/// A sheet with one secret, and its outputs: preview, printer, PDF, protected PDF, text.
class SheetViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the view-model of the secret")
    // What is on the sheet
    Q_PROPERTY(Content content READ content NOTIFY sheetChanged FINAL)
    /// It is a setup sheet for an authenticator app, not one with recovery codes.
    Q_PROPERTY(bool setUp READ setUp NOTIFY sheetChanged FINAL)
    /// It belongs to another service, not to a Bitwarden account.
    Q_PROPERTY(bool ofService READ ofService NOTIFY sheetChanged FINAL)
    Q_PROPERTY(Paper paper READ paper WRITE setPaper NOTIFY optionsChanged FINAL)
    Q_PROPERTY(bool withQrCode READ withQrCode WRITE setWithQrCode NOTIFY optionsChanged FINAL)
    Q_PROPERTY(bool withEmail READ withEmail WRITE setWithEmail NOTIFY optionsChanged FINAL)
    Q_PROPERTY(int copies READ copies WRITE setCopies NOTIFY optionsChanged FINAL)
    /// Pages of the sheet, not counting copies; 0 if there is no sheet.
    Q_PROPERTY(int pages READ pages NOTIFY sheetChanged FINAL)
    /// Why there is no QR code although one is wished for; else empty.
    Q_PROPERTY(QString qrCodeNote READ qrCodeNote NOTIFY sheetChanged FINAL)
    /// What to do if no font has all letters of a name or code; empty if one has.
    Q_PROPERTY(QString fontWarning READ fontWarning NOTIFY optionsChanged FINAL)
    // Printing
    Q_PROPERTY(Sparekey::PrinterListModel *printers READ printers CONSTANT FINAL)
    /// Row of the chosen printer, -1 if there is none.
    Q_PROPERTY(
        int printerIndex READ printerIndex WRITE setPrinterIndex NOTIFY printersChanged FINAL)
    /// Why the chosen printer is less safe than one on a cable; empty if it is on a cable.
    Q_PROPERTY(QString printerWarning READ printerWarning NOTIFY printersChanged FINAL)
    /// Looking for printers, printing or saving.
    Q_PROPERTY(Work work READ work NOTIFY workChanged FINAL)
    /// The error of the last print or save; empty if there was none.
    Q_PROPERTY(QString errorText READ errorText NOTIFY workChanged FINAL)
    /// The print service's own message about that error; may be empty.
    Q_PROPERTY(QString errorDetail READ errorDetail NOTIFY workChanged FINAL)
    /// After success: "Saved and verified: …", "Sent to “…”.".
    Q_PROPERTY(QString doneText READ doneText NOTIFY workChanged FINAL)
    /// The last save failed only because the file exists; `save` may be called with `replace`.
    Q_PROPERTY(bool fileExists READ fileExists NOTIFY workChanged FINAL)
    /// A job was sent, and the user has not yet said whether the printed sheet is readable.
    Q_PROPERTY(bool asksPrintOutcome READ asksPrintOutcome NOTIFY workChanged FINAL)
    // Protected PDF
    /// The generated passphrase for the next protected PDF, for `SecretTextItem`; empty until
    /// `generatePassphrase()`.
    Q_PROPERTY(Sparekey::SecretText *passphrase READ passphrase CONSTANT FINAL)

public:
    enum class Content {
        Nothing,
        RecoveryCode,    ///< Of a Bitwarden account.
        AccountSetupKey, ///< The same.
        CodeList,        ///< Of another service, as the next two.
        ServiceCode,
        ServiceSetupKey,
    };
    Q_ENUM(Content)
    enum class Paper { A4, Letter };
    Q_ENUM(Paper)
    enum class Work { Idle, FindingPrinters, Printing, Saving };
    Q_ENUM(Work)
    enum class Format { Pdf, ProtectedPdf, Text };
    Q_ENUM(Format)

    /// Both must outlive this object.
    SheetViewModel(Settings &settings, PrintService &printing, QObject *parent = nullptr);
    ~SheetViewModel() override;

    /// Sets what is printed and saved, with the usual options.
    void setSource(std::unique_ptr<SheetSource> source);
    /// Wipes the secret, the sheet and the passphrases.
    void clear();
    /// Clears a copied passphrase from the clipboard at once.
    void clearClipboard() { m_clipboard.clear(); }
    /// For the preview; null while there is no secret.
    [[nodiscard]] const Sheet *sheet() const { return m_sheet.get(); }

    [[nodiscard]] Content content() const;
    [[nodiscard]] bool setUp() const;
    [[nodiscard]] bool ofService() const;
    [[nodiscard]] Paper paper() const;
    void setPaper(Paper paper)
    {
        change(m_options.paper, paper == Paper::Letter ? PaperSize::Letter : PaperSize::A4);
    }
    [[nodiscard]] bool withQrCode() const { return m_options.qrCodes; }
    void setWithQrCode(bool with) { change(m_options.qrCodes, with); }
    [[nodiscard]] bool withEmail() const { return m_options.email; }
    void setWithEmail(bool with) { change(m_options.email, with); }
    [[nodiscard]] int copies() const { return m_options.copies; }
    void setCopies(int copies) { change(m_options.copies, qBound(1, copies, 9)); }
    [[nodiscard]] int pages() const { return m_pages; }
    [[nodiscard]] QString qrCodeNote() const { return m_sheet ? m_sheet->qrNote : QString(); }
    [[nodiscard]] QString fontWarning() const;
    [[nodiscard]] PrinterListModel *printers() { return &m_printers; }
    [[nodiscard]] int printerIndex() const { return m_printerIndex; }
    void setPrinterIndex(int index);
    [[nodiscard]] QString printerWarning() const { return m_printers.warningText(m_printerIndex); }
    [[nodiscard]] Work work() const { return m_work; }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] QString errorDetail() const { return m_errorDetail; }
    [[nodiscard]] QString doneText() const { return m_doneText; }
    [[nodiscard]] bool fileExists() const { return m_fileExists; }
    [[nodiscard]] bool asksPrintOutcome() const { return m_job.has_value(); }
    [[nodiscard]] SecretText *passphrase() { return &m_passphrase; }

    /// Asks CUPS for its printers; the print dialog calls it when it opens.
    Q_INVOKABLE void findPrinters();
    Q_INVOKABLE void print();
    /// If `good`, notes a printed copy. Either way the job is removed from the print queue.
    Q_INVOKABLE void reportPrintOutcome(bool good);

    /// The initial path of the save dialog: in the documents folder, with a neutral file name.
    [[nodiscard]] Q_INVOKABLE QString suggestedPath(Sparekey::SheetViewModel::Format format) const;
    /// `path` as entered or chosen; "~" is expanded, and a missing extension is added.
    Q_INVOKABLE void save(Sparekey::SheetViewModel::Format format, const QString &path,
                          bool replace);
    /// A new passphrase of six random words for the next protected PDF.
    Q_INVOKABLE void generatePassphrase();
    /// Sets the user's own passphrase for the next protected PDF and clears both fields. Returns
    /// why the passphrase is not accepted, or an empty text.
    [[nodiscard]] Q_INVOKABLE QString useOwnPassphrase(Sparekey::SecretEntry *passphrase,
                                                       Sparekey::SecretEntry *repeated)
    {
        return useOwnPassphrase(passphrase->take(), repeated->take());
    }
    [[nodiscard]] QString useOwnPassphrase(SecureBuffer passphrase, const SecureBuffer &repeated);
    /// True if some programs refuse a passphrase of this length (`widelyReadPassphraseBytes`).
    [[nodiscard]] Q_INVOKABLE bool isLongPassphrase(Sparekey::SecretEntry *passphrase) const;
    /// Puts the generated passphrase on the clipboard, cleared after 30 s.
    Q_INVOKABLE void copyPassphrase();
    /// Opens the folder of the file that was saved last.
    Q_INVOKABLE void showInFolder() const;
    /// Clears messages and passphrases; dialogs call it when they open or close.
    Q_INVOKABLE void reset();

Q_SIGNALS:
    void optionsChanged();
    void printersChanged();
    void workChanged();
    void saved(const QString &path);
    /// The preview must be painted again.
    void sheetChanged();
    /// A copy of the secret has left the program. `path` is the saved file; empty for paper.
    void copyMade(const Sparekey::CopyRecord &copy, const QString &path);

private:
    QCoro::Task<void> loadPrinters();
    QCoro::Task<void> printSheet(QString printer);
    QCoro::Task<void> watchJob(PrintJob job);
    QCoro::Task<void> saveSheet(Format format, QString path, ExistingFile existing);
    void makeSheet();
    void recordCopy(CopyKind kind, const QString &path = {});
    /// Leaves the question about the printed sheet to `UnconfirmedPrintsViewModel`.
    void leavePrintOpen();
    // A running task uses the options, so they cannot change until it is done.
    template<typename Option>
    void change(Option &option, Option value)
    {
        if (m_work != Work::Idle || value == option)
            return;
        option = value;
        Q_EMIT optionsChanged();
        makeSheet();
    }
    void setWork(Work work, const QString &errorText = {}, const QString &doneText = {},
                 const QString &errorDetail = {});

    Settings &m_settings;
    PrintService &m_printing;
    PrinterListModel m_printers;
    SecretText m_passphrase;
    TimedClipboard m_clipboard;
    SecureBuffer m_ownPassphrase;
    std::unique_ptr<SheetSource> m_source;
    SheetOptions m_options;
    /// Shared with the worker thread that draws it.
    std::shared_ptr<const Sheet> m_sheet;
    int m_pages = 0;
    /// Sent, but not yet answered by `reportPrintOutcome`.
    std::optional<PrintJob> m_job;
    QString m_errorText;
    QString m_errorDetail;
    QString m_doneText;
    QString m_savedPath;
    int m_printerIndex = -1;
    Work m_work = Work::Idle;
    bool m_fileExists = false;
    TaskGuard m_tasks; ///< Tasks for the current secret.
};

} // namespace Sparekey
