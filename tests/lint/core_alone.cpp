// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Links the whole of core and nothing else, so that the linker itself reports any symbol that
// core takes from a library it does not name, and `no_gui.cmake` can read what it needs.
int main()
{
    return 0;
}
