// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Overwrites every block of heap memory that is freed, in the whole program. Text fields, the JSON
// parser and the network stack keep copies of what passes through them in ordinary memory, and
// glibc's own means (M_PERTURB) leaves small blocks as they are.
//
// These replace glibc's functions of the same name (see "Replacing malloc" in its manual); the
// blocks still come from glibc.

#include <cstddef>
#include <cstring>
#include <malloc.h>

extern "C" {

void __libc_free(void *block);
void *__libc_malloc(std::size_t size);
void *__libc_realloc(void *block, std::size_t size);

[[gnu::visibility("default")]] void free(void *block) noexcept;
[[gnu::visibility("default")]] void *realloc(void *block, std::size_t size) noexcept;
}

namespace {

// Larger blocks are pictures and Argon2's memory, which the library wipes itself; they go back to
// the kernel as whole pages.
constexpr std::size_t LargestWiped = std::size_t{4} * 1024 * 1024;

/// Overwrites `block` from byte `from` on.
void wipe(void *block, std::size_t from = 0)
{
    const std::size_t size = malloc_usable_size(block);
    if (size <= LargestWiped)
        explicit_bzero(static_cast<char *>(block) + from, size - from);
}

} // namespace

void free(void *block) noexcept
{
    if (!block)
        return;
    wipe(block);
    __libc_free(block);
}

void *realloc(void *block, std::size_t size) noexcept
{
    if (!block)
        return __libc_malloc(size);
    if (size == 0) {
        free(block);
        return nullptr;
    }
    const std::size_t before = malloc_usable_size(block);
    if (before > LargestWiped)
        return __libc_realloc(block, size);
    if (size <= before) {
        // glibc reuses the rest.
        wipe(block, size);
        return __libc_realloc(block, size);
    }
    // glibc would move the bytes and leave the old ones behind.
    void *moved = __libc_malloc(size);
    if (!moved)
        return nullptr;
    std::memcpy(moved, block, before);
    free(block);
    return moved;
}
