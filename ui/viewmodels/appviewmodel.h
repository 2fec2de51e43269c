// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/viewmodels/accountviewmodel.h"
#include "ui/viewmodels/preferencesviewmodel.h"
#include "ui/viewmodels/signinviewmodel.h"
#include "ui/viewmodels/unlockviewmodel.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>
#include <memory>

namespace Sparekey {

/// The root of all view-models; `Main.qml` gets it as its one required property.
class AppViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the composition root")
    Q_PROPERTY(Place place READ place NOTIFY placeChanged FINAL)
    Q_PROPERTY(Sparekey::SignInViewModel *signIn READ signIn CONSTANT FINAL)
    Q_PROPERTY(Sparekey::UnlockViewModel *unlock READ unlock CONSTANT FINAL)
    Q_PROPERTY(Sparekey::PreferencesViewModel *preferences READ preferences CONSTANT FINAL)
    /// Null while nobody is signed in.
    Q_PROPERTY(Sparekey::AccountViewModel *account READ account NOTIFY accountChanged FINAL)

public:
    enum class Place {
        SignIn,
        Account, ///< The app frame with the account's pages.
        Locked,
    };
    Q_ENUM(Place)

    /// All three must outlive this object.
    AppViewModel(Settings &settings, ColorScheme &colorScheme, PrintService &printing,
                 QObject *parent = nullptr);
    ~AppViewModel() override;

    [[nodiscard]] Place place() const { return m_place; }
    [[nodiscard]] SignInViewModel *signIn() { return &m_signIn; }
    [[nodiscard]] UnlockViewModel *unlock() { return &m_unlock; }
    [[nodiscard]] PreferencesViewModel *preferences() { return &m_preferences; }
    [[nodiscard]] AccountViewModel *account() { return m_account.get(); }

    Q_INVOKABLE void lock();
    /// Ends the session and wipes it; the email stays on the sign-in page.
    Q_INVOKABLE void signOut();

Q_SIGNALS:
    void placeChanged();
    void accountChanged();

private:
    void enter();
    void setPlace(Place place);

    Settings &m_settings;
    PrintService &m_printing;
    PreferencesViewModel m_preferences;
    SignInViewModel m_signIn;
    UnlockViewModel m_unlock;
    std::unique_ptr<AccountViewModel> m_account;
    Place m_place = Place::SignIn;
};

} // namespace Sparekey
