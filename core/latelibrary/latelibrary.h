// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <atomic>

namespace Sparekey {

class LateFunctionBase;

/// A shared library that is loaded at first use. For libraries that most runs of the program never
/// need: loading one, with its dependencies, costs time and memory.
///
/// Objects are constants at namespace scope. Any thread.
class LateLibrary
{
public:
    /// `name` and `version` as in `lib<name>.so.<version>`; `name` must live as long as the
    /// program.
    constexpr LateLibrary(const char *name, int version)
        : m_name(name)
        , m_version(version)
    {
    }

    /// Loads it and finds all its functions. False if this computer does not have it, or has one
    /// that lacks a function; its functions must not be called then.
    [[nodiscard]] bool load() const;

private:
    friend LateFunctionBase;

    const char *m_name;
    int m_version;
    mutable const LateFunctionBase *m_functions = nullptr; ///< The head of a list.
};

/// What all `LateFunction`s share: the address, and a place in the list of their library.
class LateFunctionBase
{
public:
    LateFunctionBase(const LateFunctionBase &) = delete;
    LateFunctionBase &operator=(const LateFunctionBase &) = delete;

protected:
    using Address = void (*)();

    /// Both must live as long as the program. Called before `main`, or before the first `load`.
    LateFunctionBase(const LateLibrary &library, const char *name);
    ~LateFunctionBase() = default;

    /// Loads the library if that has not been done. Without it, ends the program, as the dynamic
    /// linker does where a library is missing that the program cannot do without.
    [[nodiscard]] Address address() const;

private:
    friend LateLibrary;

    const LateLibrary &m_library;
    const char *m_name;
    const LateFunctionBase *m_next;
    mutable std::atomic<Address> m_address = nullptr;
};

template<class Function>
class LateFunction;

/// One C function of a `LateLibrary`, called like the function itself. With the function's own name
/// inside a namespace, it hides the declaration in the library's header.
template<class Return, class... Arguments>
class LateFunction<Return(Arguments...)> : public LateFunctionBase
{
public:
    LateFunction(const LateLibrary &library, const char *name)
        : LateFunctionBase(library, name)
    {
    }

    Return operator()(Arguments... arguments) const
    {
        return reinterpret_cast<Return (*)(Arguments...)>(address())(arguments...);
    }
};

} // namespace Sparekey
