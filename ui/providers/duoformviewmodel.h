// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/twofactor/providerdetails.h"
#include "ui/secret/secretentry.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <memory>

namespace Sparekey {

/// The three values of Duo, checked while they are entered. They are not saved here: the owner,
/// which is the Duo of an account or of an organization, listens to `submitted`.
class DuoFormViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the view-model of the dialog")
    /// "18 of 20 characters".
    Q_PROPERTY(QString clientIdHint READ clientIdHint NOTIFY changed FINAL)
    Q_PROPERTY(QString clientIdErrorText READ clientIdErrorText NOTIFY changed FINAL)
    Q_PROPERTY(QString clientSecretHint READ clientSecretHint NOTIFY changed FINAL)
    Q_PROPERTY(QString clientSecretErrorText READ clientSecretErrorText NOTIFY changed FINAL)
    Q_PROPERTY(QString hostErrorText READ hostErrorText NOTIFY changed FINAL)

public:
    enum class Field {
        ClientId,
        ClientSecret,
        Host,
    };
    Q_ENUM(Field)
    using Settings = std::shared_ptr<const DuoSettings>;

    explicit DuoFormViewModel(QObject *parent = nullptr);
    ~DuoFormViewModel() override;

    [[nodiscard]] QString clientIdHint() const;
    [[nodiscard]] QString clientIdErrorText() const { return m_clientIdErrorText; }
    [[nodiscard]] QString clientSecretHint() const;
    [[nodiscard]] QString clientSecretErrorText() const { return m_clientSecretErrorText; }
    [[nodiscard]] QString hostErrorText() const { return m_hostErrorText; }

    /// Forgets everything and empties the fields.
    void reset();
    /// Until `reset`, three empty fields are accepted as well.
    void allowEmpty() { m_mayBeEmpty = true; }
    /// The values were sent and refused: the secret has to be entered again, the rest stays.
    void askForSecret();

    // Called when a field was edited.
    Q_INVOKABLE void editClientId(const QString &text);
    Q_INVOKABLE void editHost(const QString &text);
    Q_INVOKABLE void editClientSecret(Sparekey::SecretEntry *secret);
    /// If all three values can be right, or are empty and may be, takes the secret out of its field
    /// and emits `submitted`. Otherwise takes nothing and emits `fieldWanted` for the first wrong
    /// field.
    Q_INVOKABLE void submit(Sparekey::SecretEntry *secret);

Q_SIGNALS:
    void changed();
    void submitted(const Sparekey::DuoFormViewModel::Settings &settings);
    void fieldWanted(Sparekey::DuoFormViewModel::Field field);
    void cleared();

private:
    void checkSecret(SecretEntry *secret);
    void checkClientId(bool finished);
    void checkClientSecret(bool finished);
    void checkHost(bool finished);

    QString m_clientId;
    QString m_host;
    qsizetype m_secretLength = 0;
    bool m_secretHasOddCharacters = false;
    bool m_secretWasSent = false;
    bool m_mayBeEmpty = false;
    QString m_clientIdErrorText;
    QString m_clientSecretErrorText;
    QString m_hostErrorText;
};

} // namespace Sparekey
