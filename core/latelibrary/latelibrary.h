// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <atomic>

namespace Sparekey {

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

    /// Loads it. False if this computer does not have it; its functions must not be called then.
    [[nodiscard]] bool load() const;

    using Address = void (*)();
    [[nodiscard]] Address resolve(const char *function) const;

private:
    const char *m_name;
    int m_version;
};

template<class Function>
class LateFunction;

/// One C function of a `LateLibrary`, called like the function itself. With the function's own name
/// inside a namespace, it hides the declaration in the library's header.
template<class Return, class... Arguments>
class LateFunction<Return(Arguments...)>
{
public:
    constexpr LateFunction(const LateLibrary &library, const char *name)
        : m_library(library)
        , m_name(name)
    {
    }

    Return operator()(Arguments... arguments) const
    {
        using Pointer = Return (*)(Arguments...);
        auto address = m_address.load(std::memory_order_acquire);
        if (!address) {
            address = m_library.resolve(m_name);
            m_address.store(address, std::memory_order_release);
        }
        return reinterpret_cast<Pointer>(address)(arguments...);
    }

private:
    const LateLibrary &m_library;
    const char *m_name;
    mutable std::atomic<LateLibrary::Address> m_address = nullptr;
};

} // namespace Sparekey
