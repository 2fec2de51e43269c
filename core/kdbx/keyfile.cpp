// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kdbx/keyfile.h"

#include "core/kdbx/digests.h"
#include "core/kdbx/guardedkdbx.h"
#include "core/kdbx/kdbxvalues.h"
#include "core/kdbx/kdbxxml.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr qsizetype KeySize = 32;
constexpr qsizetype CheckSize = 4;
// An XML key file has less than 1 KiB. Anything above this limit is not treated as one.
constexpr qsizetype LongestXml = qsizetype{64} * 1024;

int digitOf(char16_t character)
{
    if (character >= u'0' && character <= u'9')
        return character - u'0';
    if (character >= u'a' && character <= u'f')
        return character - u'a' + 10;
    if (character >= u'A' && character <= u'F')
        return character - u'A' + 10;
    return -1;
}

char16_t utf16(QChar character)
{
    return character.unicode();
}

char16_t utf16(char latin1)
{
    return static_cast<unsigned char>(latin1);
}

// Hexadecimal digits, with spaces anywhere. Nothing if there is anything else.
std::optional<SecureBuffer> hexDecoded(auto text)
{
    SecureBuffer key;
    int high = -1;
    for (const auto character : text) {
        if (QChar::isSpace(utf16(character)))
            continue;
        const int digit = digitOf(utf16(character));
        if (digit < 0)
            return std::nullopt;
        if (high < 0) {
            high = digit;
        } else {
            const char octet = static_cast<char>(high * 16 + digit);
            key.append({&octet, 1});
            high = -1;
        }
    }
    return high < 0 ? std::optional(std::move(key)) : std::nullopt;
}

KdbxFailure damaged(const QString &detail)
{
    return kdbxFailure(KdbxErrorKind::KeyFileDamaged, detail);
}

KdbxResult<SecureBuffer> keyOfXml(const XmlElement &keyFile)
{
    const XmlElement *meta = keyFile.child(u"Meta");
    const QString version = meta ? meta->childText(u"Version") : QString();
    const XmlElement *key = keyFile.child(u"Key");
    const XmlElement *data = key ? key->child(u"Data") : nullptr;
    if (!version.startsWith("1."_L1) && !version.startsWith("2."_L1)) {
        return version.isEmpty() ? damaged(u"no version"_s)
                                 : kdbxFailureOf(KdbxErrorKind::KeyFileNotReadable, version);
    }
    if (!data)
        return damaged(u"no key"_s);
    if (version.startsWith("1."_L1)) {
        auto decoded = octetsFromBase64(data->text);
        if (!decoded || decoded->isEmpty())
            return damaged(u"the key is no base64"_s);
        auto octets = SecureBuffer::copyOf(*decoded);
        wipe(*decoded);
        return octets;
    }
    auto octets = hexDecoded(QStringView(data->text));
    if (!octets || octets->size() != KeySize)
        return damaged(u"not 32 bytes of hexadecimal digits"_s);
    const auto check = hexDecoded(QStringView(data->attribute(u"Hash")));
    if (!check || check->size() != CheckSize
        || !check->equals(sha256({octets->view()}).view().first(CheckSize)))
        return damaged(u"the key fails its check"_s);
    return *std::move(octets);
}

// Whether this was meant to be an XML key file, even if it is damaged.
bool looksLikeXmlKeyFile(QByteArrayView content)
{
    constexpr QByteArrayView Begin = "<KeyFile";
    return content.size() <= LongestXml
        && std::search(content.begin(), content.end(), Begin.begin(), Begin.end()) != content.end();
}

} // namespace

KdbxResult<SecureBuffer> keyFromKeyFile(const SecureBuffer &content)
{
    return guardedKdbx([&]() -> KdbxResult<SecureBuffer> {
        if (content.isEmpty())
            return damaged(u"empty"_s);
        if (looksLikeXmlKeyFile(content.view())) {
            auto xml = readXml(content.view(), nullptr, {.depth = 10});
            if (!xml || xml->name != u"KeyFile")
                return damaged(u"not well-formed"_s);
            auto key = keyOfXml(*xml);
            for (XmlElement &part : xml->children) {
                for (XmlElement &value : part.children)
                    wipe(value.text);
            }
            return key;
        }
        if (content.size() == KeySize)
            return content.clone();
        if (content.size() == 2 * KeySize) {
            if (auto key = hexDecoded(content.view()); key && key->size() == KeySize)
                return *std::move(key);
        }
        return sha256({content.view()});
    });
}

KdbxResult<SecureBuffer> writeKeyFile(const SecureBuffer &key)
{
    return guardedKdbx([&]() -> KdbxResult<SecureBuffer> {
        if (key.size() != KeySize)
            return kdbxFailure(KdbxErrorKind::NotWritable, u"not 32 bytes"_s);
        SecureBuffer file;
        const auto appendHex = [&](QByteArrayView octets) {
            for (const char octet : octets) {
                constexpr QByteArrayView Digits = "0123456789ABCDEF";
                const auto value = static_cast<unsigned char>(octet);
                file.append(Digits.sliced(value >> 4U, 1));
                file.append(Digits.sliced(value & 15U, 1));
            }
        };
        file.append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<KeyFile>\n\t<Meta>\n"
                    "\t\t<Version>2.0</Version>\n\t</Meta>\n\t<Key>\n\t\t<Data Hash=\"");
        appendHex(sha256({key.view()}).view().first(CheckSize));
        file.append("\">");
        constexpr qsizetype GroupSize = 4; // in groups of eight digits, to be read from paper
        for (qsizetype i = 0; i < KeySize; i += GroupSize) {
            file.append(i % (4 * GroupSize) == 0 ? "\n\t\t\t" : " ");
            appendHex(key.view().sliced(i, GroupSize));
        }
        file.append("\n\t\t</Data>\n\t</Key>\n</KeyFile>\n");
        return file;
    });
}

KdbxResult<SecureBuffer> newKeyFile()
{
    return guardedKdbx([&]() -> KdbxResult<SecureBuffer> {
        SecureBuffer key(KeySize);
        requireOpenSsl(RAND_priv_bytes(key.data(), static_cast<int>(KeySize)));
        return writeKeyFile(key);
    });
}

} // namespace Sparekey
