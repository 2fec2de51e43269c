// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Every thread of the program returns its stack to the system when it ends, including threads that
// libraries start: libargon2 computes each lane in a thread of its own, and the key can be derived
// from what the lanes leave behind. glibc would otherwise keep the used part for the next thread.
//
// This replaces glibc's function of the same name; threads still come from glibc.

#include "core/secret/wipedstack.h"

#include <cerrno>
#include <dlfcn.h>
#include <memory>
#include <new>
#include <pthread.h>

namespace {

using ThreadFunction = void *(*)(void *);
using Create = int (*)(pthread_t *, const pthread_attr_t *, ThreadFunction, void *);

struct Start
{
    ThreadFunction function;
    void *argument;
};

// A destructor, because a thread may also end by pthread_exit, which unwinds its stack.
struct ReleaseAtEnd
{
    ReleaseAtEnd() = default;
    ~ReleaseAtEnd() { Sparekey::releaseUnusedStack(); }
    ReleaseAtEnd(const ReleaseAtEnd &) = delete;
    ReleaseAtEnd &operator=(const ReleaseAtEnd &) = delete;
};

void *run(void *argument)
{
    auto *given = static_cast<Start *>(argument);
    const Start start = *given;
    delete given;
    const ReleaseAtEnd release;
    return start.function(start.argument);
}

} // namespace

extern "C" {

[[gnu::visibility("default")]] int pthread_create(pthread_t *thread,
                                                  const pthread_attr_t *attributes,
                                                  ThreadFunction function, void *argument) noexcept
{
    static const auto create = reinterpret_cast<Create>(dlsym(RTLD_NEXT, "pthread_create"));
    auto start = std::unique_ptr<Start>(new (std::nothrow) Start{function, argument});
    if (!create || !start)
        return EAGAIN;
    const int error = create(thread, attributes, run, start.get());
    if (error == 0)
        (void)start.release(); // now owned by the thread
    return error;
}
}
