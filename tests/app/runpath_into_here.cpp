// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A program with a RUNPATH whose parts are empty: the fault that shipped.py must find.
int main()
{
    return 0;
}
