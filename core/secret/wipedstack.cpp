// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/secret/wipedstack.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <new>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

namespace Sparekey {

namespace {

constexpr std::size_t stackSize = std::size_t{1024} * 1024;

thread_local bool onWipedStack = false;

std::size_t pageSize()
{
    return static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

// Pages of our own for one thread; glibc puts the thread's control block there as well.
class Stack
{
public:
    Stack()
        : m_guard(pageSize())
    {
        m_pages = mmap(nullptr, m_guard + stackSize, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
        if (m_pages == MAP_FAILED)
            throw std::bad_alloc();
        // An overflow ends the program instead of writing into the memory below.
        (void)mprotect(m_pages, m_guard, PROT_NONE);
        // Both may be refused; the stack is overwritten anyway.
        (void)mlock2(begin(), stackSize, MLOCK_ONFAULT);
        (void)madvise(begin(), stackSize, MADV_DONTDUMP);
    }
    ~Stack()
    {
        explicit_bzero(begin(), stackSize);
        munmap(m_pages, m_guard + stackSize);
    }
    Stack(const Stack &) = delete;
    Stack &operator=(const Stack &) = delete;

    [[nodiscard]] void *begin() const { return static_cast<char *>(m_pages) + m_guard; }

private:
    std::size_t m_guard;
    void *m_pages;
};

// The part directly below the frame of the caller, with which it shares a page.
constexpr std::size_t overwritten = std::size_t{16} * 1024;

[[gnu::noinline]] void overwriteStackBelow() noexcept
{
    char room[overwritten];
    explicit_bzero(room, sizeof room);
}

struct Call
{
    const std::function<void()> &work;
    std::exception_ptr thrown;
};

void *run(void *argument)
{
    auto *call = static_cast<Call *>(argument);
    onWipedStack = true;
    try {
        call->work();
    } catch (...) {
        call->thrown = std::current_exception();
    }
    return nullptr;
}

} // namespace

void callOnWipedStack(const std::function<void()> &work)
{
    if (onWipedStack) {
        work();
        return;
    }
    Call call{work, nullptr};
    {
        const Stack stack;
        pthread_attr_t attributes;
        pthread_attr_init(&attributes);
        pthread_attr_setstack(&attributes, stack.begin(), stackSize);
        pthread_t thread{};
        const bool started = pthread_create(&thread, &attributes, run, &call) == 0;
        pthread_attr_destroy(&attributes);
        if (!started)
            throw std::bad_alloc();
        pthread_join(thread, nullptr);
    }
    if (call.thrown)
        std::rethrow_exception(call.thrown);
}

void releaseUnusedStack() noexcept
{
    overwriteStackBelow();
    pthread_attr_t attributes;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0)
        return;
    void *begin = nullptr;
    std::size_t size = 0;
    pthread_attr_getstack(&attributes, &begin, &size);
    pthread_attr_destroy(&attributes);
    // Below that, whole pages are released.
    const auto page = pageSize();
    const auto low = reinterpret_cast<std::uintptr_t>(begin);
    const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
    const auto high = (here - overwritten / 2) / page * page;
    if (high > low)
        (void)madvise(begin, high - low, MADV_DONTNEED);
}

} // namespace Sparekey
