// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Measures a library of recovery codes: opening it compared with bare Argon2id of the same
// parameters, and what opening and saving 500 entries of ten codes take beside that. The library of
// these entries stays behind as the file that the argument names.

#include "core/files/secretfile.h"
#include "core/library/entryinkdbx.h"
#include "core/library/libraryfile.h"
#include "tests/bench/pairs.h"
#include "tests/core/library/librarysamples.h"

#include <QTemporaryDir>

#include <argon2.h>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <type_traits>
#include <utility>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

constexpr int entries = 500;
constexpr quint32 memoryKiB = 64 * 1024;

template<class T>
T required(Result<T> result, const char *what)
{
    if (!result) {
        std::fprintf(stderr, "%s failed.\n", what);
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

void measureUnlock(const QString &path)
{
    const auto kdf = argon2idParameters(quint64{memoryKiB} * 1024, 3, 4);
    (void)required(LibraryFile::create(path, libraryKey(), kdf), "Creating");
    const std::array<unsigned char, 32> salt{};
    std::array<unsigned char, 32> key{};
    comparePairs(
        u"library-unlock"_s,
        [&] { (void)required(LibraryFile::open(path, libraryKey()), "Opening"); },
        [&] {
            if (argon2id_hash_raw(3, memoryKiB, 4, salt.data(), salt.size(), salt.data(),
                                  salt.size(), key.data(), key.size())
                != ARGON2_OK)
                std::exit(1);
        });
}

void measureSize(const QString &path)
{
    LibraryEntry entry;
    KdbxDatabase database = smallDatabase();
    for (int i = 0; i < entries; ++i) {
        entry = googleEntry();
        entry.title = u"Google %1"_s.arg(i);
        addEntry(database.rootGroup(), entry, sampleTime);
    }
    const auto key = compositeKey(libraryKey());
    if (!key)
        std::exit(1);
    const auto bytes = writeKdbx(database, *key);
    if (!bytes)
        std::exit(1);
    (void)required(writeSecretFile(path, *bytes, ExistingFile::Keep), "Writing");
    const auto file = required(LibraryFile::open(path, libraryKey()), "Opening");
    QJsonArray opening;
    QJsonArray saving;
    for (int i = 0; i <= pairsPerBench; ++i) {
        const double saved = millisecondsOf(
            [&] { (void)required(file->put(entry, sampleTime.addSecs(i)), "Saving"); });
        const double opened = millisecondsOf([&] {
            if (required(LibraryFile::open(path, libraryKey()), "Opening")->entries().size()
                != entries)
                std::exit(1);
        });
        // The first round warms up.
        if (i == 0)
            continue;
        opening.append(opened);
        saving.append(saved);
    }
    printMeasured(u"library-open-500"_s, opening, {}, u"ms"_s);
    printMeasured(u"library-save-500"_s, saving, {}, u"ms"_s);
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc != 2)
        return 1;
    const QTemporaryDir folder;
    measureUnlock(folder.filePath(u"small.kdbx"_s));
    measureSize(QString::fromLocal8Bit(argv[1]));
    return 0;
}
