// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/inventory/keyinventory.h"
#include "core/task/taskguard.h"
#include "core/twofactor/providerapi.h"
#include "ui/keys/keylistmodel.h"
#include "ui/keys/keypromptviewmodel.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <memory>
#include <optional>

namespace Sparekey {

/// Adds a passkey: it gets a name, a security key makes it, `PasskeyViewModel`, which has the
/// proof, saves it on the server, and it can be tested here. Nothing is stored before it is saved.
class NewPasskeyViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by PasskeyViewModel")
    Q_PROPERTY(Step step READ step NOTIFY stepChanged FINAL)
    Q_PROPERTY(Sparekey::KeyListModel *devices READ devices CONSTANT FINAL)
    Q_PROPERTY(Sparekey::KeyPromptViewModel *prompt READ prompt CONSTANT FINAL)
    /// At most 50 characters. Initially the name of the chosen key.
    Q_PROPERTY(QString name READ name WRITE setName NOTIFY changed FINAL)
    Q_PROPERTY(QString nameErrorText READ nameErrorText NOTIFY changed FINAL)
    /// Why the key could not be read.
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)
    /// The ID of the relying party that the passkey is for.
    Q_PROPERTY(QString site READ site NOTIFY changed FINAL)
    /// Which key was read, what there is to know about it, and what to do next.
    Q_PROPERTY(QString readText READ readText NOTIFY changed FINAL)
    /// The result of the test; empty before it.
    Q_PROPERTY(QString testText READ testText NOTIFY changed FINAL)
    Q_PROPERTY(bool testFailed READ isTestFailed NOTIFY changed FINAL)

public:
    enum class Step {
        Closed,
        Describing, ///< Name and key are being chosen.
        Asking,     ///< The server is asked what the key should sign.
        Reading,    ///< The key is in use; see `prompt`.
        Choosing,   ///< All keys blink; the one that is touched is chosen.
        Read,       ///< The key has made the passkey, which can be saved.
        Saving,
        Saved,   ///< It can be tested.
        Testing, ///< The key is in use; see `prompt`.
    };
    Q_ENUM(Step)

    /// Both services must outlive this object.
    NewPasskeyViewModel(std::shared_ptr<ProviderApi> api, HardwareKeys &keys,
                        KeyInventory &inventory, QObject *parent = nullptr);
    ~NewPasskeyViewModel() override;

    [[nodiscard]] Step step() const { return m_step; }
    [[nodiscard]] KeyListModel *devices() { return &m_devices; }
    [[nodiscard]] KeyPromptViewModel *prompt() { return &m_prompt; }
    [[nodiscard]] QString name() const { return m_name; }
    void setName(const QString &name);
    [[nodiscard]] QString nameErrorText() const { return m_nameErrorText; }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] QString site() const;
    [[nodiscard]] QString readText() const;
    [[nodiscard]] QString testText() const { return m_testText; }
    [[nodiscard]] bool isTestFailed() const { return m_testFailed; }

    /// Begins. `others` are the passkeys that are already registered.
    void open(const QList<Passkey> &others);
    /// Stops what is under way and forgets it.
    void close();
    /// The registered passkeys were changed elsewhere.
    void setOthers(const QList<Passkey> &others);

    /// Exactly one key is plugged in, not counting readers, and it can be used.
    [[nodiscard]] bool hasSoleKey() const;
    /// False if the name cannot be used; the error is then shown at the field.
    [[nodiscard]] bool checkName();
    /// Makes a passkey with the chosen key. Errors: those of `ProviderApi::beginPasskey`, which the
    /// caller shows. Problems with the key are shown here and are not errors of the task.
    [[nodiscard]] QCoro::Task<Result<void>> read(SharedProof proof);
    /// After `read`.
    [[nodiscard]] Result<QJsonObject> deviceResponse() const;
    [[nodiscard]] const MakeCredentialReply &reply() const { return m_reply; }
    [[nodiscard]] const PasskeyRegistration &registration() const { return m_registration; }
    /// The key that made the passkey.
    [[nodiscard]] KeyObservation seenKey() const;
    void beginSaving();
    /// Nothing was sent: the passkey can still be saved.
    void returnToRead();
    /// The server has saved the passkey or, with `false`, has not. It cannot be sent again: the
    /// challenge is used up.
    void endSaving(bool saved);

    /// The user chooses a key by touching it.
    Q_INVOKABLE void chooseByTouch();
    Q_INVOKABLE void test();

Q_SIGNALS:
    void changed();
    void stepChanged();
    /// The name is wrong: its field should be focused.
    void nameWanted();
    /// `hasSoleKey` has become true: the key can be read without further questions.
    void soleKeyFound();

private:
    QCoro::Task<void> runChoosing();
    QCoro::Task<void> runTest();
    [[nodiscard]] bool isTaken(const QString &name) const;
    void suggestName();
    void setStep(Step step);
    void fail(const QString &text);
    QCoro::Task<void> nameRegisteredKey();
    void forgetKey();

    std::shared_ptr<ProviderApi> m_api;
    HardwareKeys &m_keys;
    KeyInventory &m_inventory;
    KeyListModel m_devices;
    KeyPromptViewModel m_prompt;
    KeyOperation m_naming; ///< Finds out which key of the inventory is already registered.
    QList<Passkey> m_others;
    PasskeyRegistration m_registration;
    MakeCredentialReply m_reply;
    KeyDevice m_device;
    QString m_name;
    QString m_nameErrorText;
    QString m_errorText;
    QString m_testText;
    TaskGuard m_opening;
    Step m_step = Step::Closed;
    bool m_nameEntered = false;
    bool m_testFailed = false;
};

} // namespace Sparekey
