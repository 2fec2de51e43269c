// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/hidreportdescriptor.h"

namespace Sparekey {

namespace {

constexpr unsigned char longItem = 0xFE;
constexpr unsigned char sizeBits = 0x03;
constexpr unsigned char usagePageTag = 0x04; // global item
constexpr unsigned char usageTag = 0x08;     // local item
constexpr quint32 fidoPage = 0xF1D0;
constexpr quint32 ctapHid = 0x01;

} // namespace

bool describesSecurityKey(QByteArrayView reportDescriptor)
{
    quint32 page = 0;
    qsizetype at = 0;
    while (at < reportDescriptor.size()) {
        const auto prefix = static_cast<unsigned char>(reportDescriptor[at]);
        if (prefix == longItem)
            return false; // the specification defines no long items
        const qsizetype size = (prefix & sizeBits) == 3 ? 4 : (prefix & sizeBits);
        if (reportDescriptor.size() - at - 1 < size)
            return false;
        quint32 value = 0;
        for (qsizetype i = 0; i < size; ++i) {
            const auto byte = static_cast<unsigned char>(reportDescriptor[at + 1 + i]);
            value |= quint32{byte} << (8 * i);
        }
        const auto tag = static_cast<unsigned char>(prefix & ~sizeBits);
        if (tag == usagePageTag)
            page = value;
        else if (tag == usageTag)
            return page == fidoPage && value == ctapHid;
        at += 1 + size;
    }
    return false;
}

} // namespace Sparekey
