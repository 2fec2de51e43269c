// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/hardwarekeys.h"
#include "core/task/taskguard.h"
#include "ui/keys/keypromptviewmodel.h"
#include "ui/secret/secretentry.h"

#include <QCoroTask>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// Sets the first PIN of a key, or changes it.
class KeyPinViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by HardwareKeysViewModel")
    Q_PROPERTY(bool open READ isOpen NOTIFY changed FINAL)
    Q_PROPERTY(QString keyName READ keyName NOTIFY changed FINAL)
    /// The key has a PIN, which has to be entered as well.
    Q_PROPERTY(bool changes READ changes NOTIFY changed FINAL)
    Q_PROPERTY(QString ruleText READ ruleText NOTIFY changed FINAL)
    /// How many PIN retries are left; empty if that is not known.
    Q_PROPERTY(QString retriesText READ retriesText NOTIFY changed FINAL)
    Q_PROPERTY(bool retriesFew READ areRetriesFew NOTIFY changed FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)
    /// Errors to show at the fields.
    Q_PROPERTY(QString currentErrorText READ currentErrorText NOTIFY changed FINAL)
    Q_PROPERTY(QString newErrorText READ newErrorText NOTIFY changed FINAL)
    Q_PROPERTY(Sparekey::KeyPromptViewModel *prompt READ prompt CONSTANT FINAL)

public:
    enum class Field { Current, New };
    Q_ENUM(Field)

    /// `keys` must outlive this object.
    explicit KeyPinViewModel(HardwareKeys &keys, QObject *parent = nullptr);
    ~KeyPinViewModel() override;

    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] QString keyName() const { return m_keyName; }
    [[nodiscard]] bool changes() const { return m_info.pin == KeyInfo::Pin::Set; }
    [[nodiscard]] QString ruleText() const;
    [[nodiscard]] QString retriesText() const;
    [[nodiscard]] bool areRetriesFew() const;
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] QString currentErrorText() const { return m_fieldErrors.value(Field::Current); }
    [[nodiscard]] QString newErrorText() const { return m_fieldErrors.value(Field::New); }
    [[nodiscard]] KeyPromptViewModel *prompt() { return &m_prompt; }

    void begin(const KeyDevice &device, const KeyInfo &info, const QString &keyName);
    /// Takes the PINs out of the fields. The current PIN stays in its field if the new ones are
    /// refused.
    Q_INVOKABLE void submit(Sparekey::SecretEntry *current, Sparekey::SecretEntry *newPin,
                            Sparekey::SecretEntry *again);
    /// `current` is empty if the key has no PIN yet.
    void submit(SecureBuffer current, SecureBuffer newPin);
    /// Stops what is under way and forgets it.
    Q_INVOKABLE void close();

Q_SIGNALS:
    void changed();
    /// This field should be focused: it has an error.
    void fieldWanted(Sparekey::KeyPinViewModel::Field field);
    /// It is done. `message` is for a toast.
    void done(const QString &message);

private:
    QCoro::Task<void> run(SecureBuffer current, SecureBuffer newPin);
    [[nodiscard]] bool check(const SecureBuffer &newPin, const SecureBuffer &again);
    void refuse(Field field, const QString &text);
    void fail(const Error &error);

    HardwareKeys &m_keys;
    KeyPromptViewModel m_prompt;
    KeyDevice m_device;
    KeyInfo m_info;
    QString m_keyName;
    QString m_errorText;
    QMap<Field, QString> m_fieldErrors;
    TaskGuard m_opening;
    bool m_open = false;
};

} // namespace Sparekey
