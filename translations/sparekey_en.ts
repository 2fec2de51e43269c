<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>AddCodesDialog</name>
    <message numerus="yes">
        <source>%n code(s)</source>
        <translation>
            <numerusform>%n code</numerusform>
            <numerusform>%n codes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AuthenticatorDialog</name>
    <message numerus="yes">
        <source>Copied. Clipboard clears in %n second(s).</source>
        <translation>
            <numerusform>Copied. Clipboard clears in %n second.</numerusform>
            <numerusform>Copied. Clipboard clears in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClockText</name>
    <message numerus="yes">
        <source>Your computer’s clock is %n second(s) off. Codes may be refused.</source>
        <translation>
            <numerusform>Your computer’s clock is %n second off. Codes may be refused.</numerusform>
            <numerusform>Your computer’s clock is %n seconds off. Codes may be refused.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EmailDialog</name>
    <message numerus="yes">
        <source>You can send another code in %n second(s).</source>
        <translation>
            <numerusform>You can send another code in %n second.</numerusform>
            <numerusform>You can send another code in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EntryCodes</name>
    <message numerus="yes">
        <source>Copied. Clipboard clears in %n second(s).</source>
        <translation>
            <numerusform>Copied. Clipboard clears in %n second.</numerusform>
            <numerusform>Copied. Clipboard clears in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeyPrompt</name>
    <message numerus="yes">
        <source>It blinks. %n second(s) left.</source>
        <translation>
            <numerusform>It blinks. %n second left.</numerusform>
            <numerusform>It blinks. %n seconds left.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s) left</source>
        <translation>
            <numerusform>%n second left</numerusform>
            <numerusform>%n seconds left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeyResetDialog</name>
    <message numerus="yes">
        <source>%n second(s) left to touch it. Until you do, nothing is deleted.</source>
        <translation>
            <numerusform>%n second left to touch it. Until you do, nothing is deleted.</numerusform>
            <numerusform>%n seconds left to touch it. Until you do, nothing is deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PasskeyDialog</name>
    <message numerus="yes">
        <source>%n registered</source>
        <translation>
            <numerusform>%n registered</numerusform>
            <numerusform>%n registered</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecoveryCodeDialog</name>
    <message numerus="yes">
        <source>Copied. Clipboard clears in %n second(s).</source>
        <translation>
            <numerusform>Copied. Clipboard clears in %n second.</numerusform>
            <numerusform>Copied. Clipboard clears in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SecondsRing</name>
    <message numerus="yes">
        <source>%n second(s) until the next code</source>
        <translation>
            <numerusform>%n second until the next code</numerusform>
            <numerusform>%n seconds until the next code</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sparekey::AddCodesViewModel</name>
    <message numerus="yes">
        <source>The codes that you chose are in your library. The file still has them in plain text, and %n codes that you left out:</source>
        <translation>
            <numerusform>The codes that you chose are in your library. The file still has them in plain text, and %n code that you left out:</numerusform>
            <numerusform>The codes that you chose are in your library. The file still has them in plain text, and %n codes that you left out:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other items were skipped. They hold no recovery codes or cannot be read.</source>
        <translation>
            <numerusform>%n other item was skipped. It holds no recovery codes or cannot be read.</numerusform>
            <numerusform>%n other items were skipped. They hold no recovery codes or cannot be read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sparekey::ChangeKeyViewModel</name>
    <message numerus="yes">
        <source>%n older versions of the file lie beside it. They still open with the old passphrase and key file.</source>
        <translation>
            <numerusform>%n older version of the file lies beside it. It still opens with the old passphrase and key file.</numerusform>
            <numerusform>%n older versions of the file lie beside it. They still open with the old passphrase and key file.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files could not be deleted.</source>
        <translation>
            <numerusform>%n file could not be deleted.</numerusform>
            <numerusform>%n files could not be deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sparekey::EntryTexts</name>
    <message numerus="yes">
        <source>All %n used</source>
        <translation>
            <numerusform>Used</numerusform>
            <numerusform>All %n used</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sparekey::KeyDetailsViewModel</name>
    <message numerus="yes">
        <source>Set, %n try(s) left</source>
        <translation>
            <numerusform>Set, %n try left</numerusform>
            <numerusform>Set, %n tries left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Room for %n</source>
        <translation>
            <numerusform>Room for %n</numerusform>
            <numerusform>Room for %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sparekey::KeyEntriesViewModel</name>
    <message numerus="yes">
        <source>There is room for %n more.</source>
        <translation>
            <numerusform>There is room for %n more.</numerusform>
            <numerusform>There is room for %n more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>There is room for %n.</source>
        <translation>
            <numerusform>There is room for %n.</numerusform>
            <numerusform>There is room for %n.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sparekey::KeyInventoryModel</name>
    <message numerus="yes">
        <source>Emptied. Its passkeys are still listed by %n account(s).</source>
        <translation>
            <numerusform>Emptied. Its passkey is still listed by one account.</numerusform>
            <numerusform>Emptied. Its passkeys are still listed by %n accounts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Registered with %n account(s).</source>
        <translation>
            <numerusform>Registered with one account.</numerusform>
            <numerusform>Registered with %n accounts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Without it, %n account(s) cannot be opened any more, as far as Sparekey knows.</source>
        <translation>
            <numerusform>Without it, one account cannot be opened any more, as far as Sparekey knows.</numerusform>
            <numerusform>Without it, %n accounts cannot be opened any more, as far as Sparekey knows.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>If you lose it, your recovery code is the only way into %n account(s).</source>
        <translation>
            <numerusform>If you lose it, your recovery code is the only way into 1 account.</numerusform>
            <numerusform>If you lose it, your recovery code is the only way into %n accounts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n account(s) it is not known yet what is left.</source>
        <translation>
            <numerusform>Of one account it is not known yet what is left.</numerusform>
            <numerusform>Of %n accounts it is not known yet what is left.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sparekey::KeyPinViewModel</name>
    <message numerus="yes">
        <source>At least %n character(s). Letters and signs are as good as digits.</source>
        <translation>
            <numerusform>At least %n character. Letters and signs are as good as digits.</numerusform>
            <numerusform>At least %n characters. Letters and signs are as good as digits.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n try(s) left. When none is left the key has to be reset, which deletes everything on it. If you are not sure, stop and think first.</source>
        <translation>
            <numerusform>%n try left. When none is left the key has to be reset, which deletes everything on it. If you are not sure, stop and think first.</numerusform>
            <numerusform>%n tries left. When none is left the key has to be reset, which deletes everything on it. If you are not sure, stop and think first.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n try(s) left</source>
        <translation>
            <numerusform>%n try left</numerusform>
            <numerusform>%n tries left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sparekey::KeyPromptViewModel</name>
    <message numerus="yes">
        <source>%n tries left</source>
        <translation>
            <numerusform>%n try left</numerusform>
            <numerusform>%n tries left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tries left. When none is left the key has to be reset, which deletes everything on it. If you are not sure, stop and think first.</source>
        <translation>
            <numerusform>%n try left. When none is left the key has to be reset, which deletes everything on it. If you are not sure, stop and think first.</numerusform>
            <numerusform>%n tries left. When none is left the key has to be reset, which deletes everything on it. If you are not sure, stop and think first.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sparekey::LibraryListModel</name>
    <message numerus="yes">
        <source>%n entries</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n entries</source>
        <translation>
            <numerusform>%1 of %n entry</numerusform>
            <numerusform>%1 of %n entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sparekey::LibraryViewModel</name>
    <message numerus="yes">
        <source>Changes that another program made to %n entries were merged.</source>
        <translation>
            <numerusform>Changes that another program made to %n entry were merged.</numerusform>
            <numerusform>Changes that another program made to %n entries were merged.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The library is now %1. %n older versions could not be moved.</source>
        <translation>
            <numerusform>The library is now %1. %n older version could not be moved.</numerusform>
            <numerusform>The library is now %1. %n older versions could not be moved.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sparekey::PasskeyViewModel</name>
    <message numerus="yes">
        <source>This account has as many security keys as the server allows: %n. Remove one that you do not need, then add this one.</source>
        <translation>
            <numerusform>This account has as many security keys as the server allows: %n. Remove one that you do not need, then add this one.</numerusform>
            <numerusform>This account has as many security keys as the server allows: %n. Remove one that you do not need, then add this one.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sparekey::PreferencesViewModel</name>
    <message numerus="yes">
        <source>After %n minute(s)</source>
        <translation>
            <numerusform>After %n minute</numerusform>
            <numerusform>After %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n block(s) with secrets could not be locked in memory and may have been written to the swap space. Raise the limit for locked memory (ulimit -l), or encrypt the swap space.</source>
        <translation>
            <numerusform>%n block with secrets could not be locked in memory and may have been written to the swap space. Raise the limit for locked memory (ulimit -l), or encrypt the swap space.</numerusform>
            <numerusform>%n blocks with secrets could not be locked in memory and may have been written to the swap space. Raise the limit for locked memory (ulimit -l), or encrypt the swap space.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sparekey::RecoverySignInViewModel</name>
    <message numerus="yes">
        <source>A Bitwarden code has 32 characters; this one has %n.</source>
        <translation>
            <numerusform>A Bitwarden code has 32 characters; this one has %n.</numerusform>
            <numerusform>A Bitwarden code has 32 characters; this one has %n.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sparekey::ServerPickerViewModel</name>
    <message numerus="yes">
        <source>This server was asked too often. Try again in %n second(s).</source>
        <translation>
            <numerusform>This server was asked too often. Try again in %n second.</numerusform>
            <numerusform>This server was asked too often. Try again in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sparekey::TwoStepLoginViewModel</name>
    <message numerus="yes">
        <source>Providers loaded, %n turned on</source>
        <translation>
            <numerusform>Providers loaded, %n turned on</numerusform>
            <numerusform>Providers loaded, %n turned on</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sparekey::WaitTexts</name>
    <message numerus="yes">
        <source>You can continue in %n second(s).</source>
        <translation>
            <numerusform>You can continue in %n second.</numerusform>
            <numerusform>You can continue in %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Too many attempts. You can try again in %n second(s).</source>
        <translation>
            <numerusform>Too many attempts. You can try again in %n second.</numerusform>
            <numerusform>Too many attempts. You can try again in %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Resend code (in %n second(s))</source>
        <translation>
            <numerusform>Resend code (in %n second)</numerusform>
            <numerusform>Resend code (in %n seconds)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TurnOffDialog</name>
    <message numerus="yes">
        <source>This removes %n key(s):</source>
        <translation>
            <numerusform>This removes %n key:</numerusform>
            <numerusform>This removes %n keys:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UserMessage</name>
    <message numerus="yes">
        <source>Wrong PIN. %n tries are left.</source>
        <translation>
            <numerusform>Wrong PIN. %n try is left.</numerusform>
            <numerusform>Wrong PIN. %n tries are left.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The PIN needs at least %n characters.</source>
        <translation>
            <numerusform>The PIN needs at least %n character.</numerusform>
            <numerusform>The PIN needs at least %n characters.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 sent a list of %n entries, more than any account has. Nothing is shown. Ask who runs the server.</source>
        <translation>
            <numerusform>%1 sent a list of %n entry, more than any account has. Nothing is shown. Ask who runs the server.</numerusform>
            <numerusform>%1 sent a list of %n entries, more than any account has. Nothing is shown. Ask who runs the server.</numerusform>
        </translation>
    </message>
</context>
</TS>
