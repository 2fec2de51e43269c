# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later

# cmake -DBINARY=… -P no_gui.cmake: fails if BINARY loads a GUI library of Qt, directly or
# indirectly.
execute_process(COMMAND ldd ${BINARY}
    OUTPUT_VARIABLE libraries COMMAND_ERROR_IS_FATAL ANY)
if(NOT libraries MATCHES "libQt6Core")
    message(FATAL_ERROR "${BINARY} does not even load Qt's core, so this proves nothing:\n${libraries}")
endif()
string(REGEX MATCHALL "libQt6(Gui|Widgets|Qml|Quick|Svg|OpenGL|PrintSupport)[A-Za-z0-9]*[.]so" found "${libraries}")
if(found)
    list(REMOVE_DUPLICATES found)
    list(JOIN found ", " found)
    message(FATAL_ERROR "${BINARY} loads ${found}")
endif()
