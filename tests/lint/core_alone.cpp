// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Links all of core and nothing else, so that the linker reports any symbol that core uses without
// linking its library, and `no_gui.cmake` can check which libraries core loads.
int main()
{
    return 0;
}
