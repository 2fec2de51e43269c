// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desktop/xclipboard.h"

#include <QByteArray>
#include <QDeadlineTimer>

#include <xcb/xcb.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <poll.h>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey {

namespace {

constexpr auto mostWaiting = 5s;
// In units of four bytes, as the protocol counts.
constexpr uint32_t largestPart = 256 * 1024;

struct Disconnect
{
    void operator()(xcb_connection_t *connection) const { xcb_disconnect(connection); }
};
struct Free
{
    void operator()(void *memory) const { std::free(memory); }
};
template<class T>
using Reply = std::unique_ptr<T, Free>;

struct Property
{
    xcb_atom_t type = XCB_ATOM_NONE;
    SecureBuffer bytes = {};
};

class Reader
{
public:
    explicit Reader(qsizetype largest)
        : m_largest(largest)
        , m_connection(xcb_connect(nullptr, nullptr))
    {
    }

    [[nodiscard]] bool isConnected() const
    {
        return xcb_connection_has_error(m_connection.get()) == 0;
    }
    [[nodiscard]] bool timedOut() const { return m_timedOut; }

    void makeWindow()
    {
        xcb_connection_t *connection = m_connection.get();
        const xcb_screen_t *screen = xcb_setup_roots_iterator(xcb_get_setup(connection)).data;
        m_window = xcb_generate_id(connection);
        const uint32_t events = XCB_EVENT_MASK_PROPERTY_CHANGE;
        xcb_create_window(connection, XCB_COPY_FROM_PARENT, m_window, screen->root, 0, 0, 1, 1, 0,
                          XCB_WINDOW_CLASS_INPUT_ONLY, XCB_COPY_FROM_PARENT, XCB_CW_EVENT_MASK,
                          &events);
        m_clipboard = atom("CLIPBOARD");
        m_incremental = atom("INCR");
        m_property = atom("SPAREKEY_CLIPBOARD");
    }

    [[nodiscard]] xcb_atom_t atom(QByteArrayView name)
    {
        const auto cookie = xcb_intern_atom(m_connection.get(), 0,
                                            static_cast<uint16_t>(name.size()), name.data());
        const Reply<xcb_intern_atom_reply_t> reply(
            xcb_intern_atom_reply(m_connection.get(), cookie, nullptr));
        return reply ? reply->atom : xcb_atom_t{XCB_ATOM_NONE};
    }

    /// Nothing if the owner does not offer it, sends too much, or does not answer.
    [[nodiscard]] std::optional<SecureBuffer> content(xcb_atom_t target)
    {
        xcb_convert_selection(m_connection.get(), m_window, m_clipboard, target, m_property,
                              XCB_CURRENT_TIME);
        const auto answer = next(XCB_SELECTION_NOTIFY);
        if (!answer
            || reinterpret_cast<const xcb_selection_notify_event_t *>(answer.get())->property
                == XCB_ATOM_NONE)
            return {};
        Property whole = takeProperty();
        if (whole.type != m_incremental) {
            if (whole.bytes.size() > m_largest)
                return {};
            return std::move(whole.bytes);
        }
        // ICCCM 2.7.2: part after part, the last one empty.
        SecureBuffer all;
        for (;;) {
            if (!nextValue())
                return {};
            const Property part = takeProperty();
            if (part.bytes.isEmpty())
                return all;
            if (all.size() + part.bytes.size() > m_largest)
                return {};
            all.append(part.bytes.view());
        }
    }

    /// The targets that the owner offers.
    [[nodiscard]] QList<xcb_atom_t> targets()
    {
        const auto bytes = content(atom("TARGETS"));
        QList<xcb_atom_t> found;
        for (qsizetype i = 0; bytes && i + 4 <= bytes->size(); i += 4) {
            xcb_atom_t target = XCB_ATOM_NONE;
            memcpy(&target, bytes->view().data() + i, sizeof target);
            found.append(target);
        }
        return found;
    }

private:
    using Event = Reply<xcb_generic_event_t>;

    [[nodiscard]] Event next(uint8_t type)
    {
        xcb_flush(m_connection.get());
        for (;;) {
            while (Event event{xcb_poll_for_event(m_connection.get())}) {
                if ((event->response_type & 0x7f) == type)
                    return event;
            }
            pollfd state{.fd = xcb_get_file_descriptor(m_connection.get()),
                         .events = POLLIN,
                         .revents = 0};
            const int left = static_cast<int>(m_deadline.remainingTime());
            if (left == 0 || !isConnected() || poll(&state, 1, left) < 0) {
                m_timedOut = true;
                return {};
            }
        }
    }

    [[nodiscard]] bool nextValue()
    {
        while (const auto event = next(XCB_PROPERTY_NOTIFY)) {
            const auto *changed = reinterpret_cast<const xcb_property_notify_event_t *>(
                event.get());
            if (changed->atom == m_property && changed->state == XCB_PROPERTY_NEW_VALUE)
                return true;
        }
        return false;
    }

    // Deletes it too, by which the owner of an incremental transfer knows that it may go on.
    [[nodiscard]] Property takeProperty()
    {
        Property taken;
        for (uint32_t offset = 0;; offset += largestPart) {
            const auto cookie = xcb_get_property(m_connection.get(), 1, m_window, m_property,
                                                 XCB_GET_PROPERTY_TYPE_ANY, offset, largestPart);
            const Reply<xcb_get_property_reply_t> reply(
                xcb_get_property_reply(m_connection.get(), cookie, nullptr));
            if (!reply)
                return taken;
            taken.type = reply->type;
            taken.bytes.append({static_cast<const char *>(xcb_get_property_value(reply.get())),
                                xcb_get_property_value_length(reply.get())});
            if (reply->bytes_after == 0 || taken.bytes.size() > m_largest)
                return taken;
        }
    }

    const qsizetype m_largest;
    std::unique_ptr<xcb_connection_t, Disconnect> m_connection;
    xcb_window_t m_window = XCB_WINDOW_NONE;
    xcb_atom_t m_clipboard = XCB_ATOM_NONE;
    xcb_atom_t m_incremental = XCB_ATOM_NONE;
    xcb_atom_t m_property = XCB_ATOM_NONE;
    QDeadlineTimer m_deadline{mostWaiting};
    bool m_timedOut = false;
};

QList<QUrl> addressesIn(const SecureBuffer &uriList)
{
    QList<QUrl> addresses;
    const QByteArray lines = QByteArray::fromRawData(uriList.view().data(), uriList.size());
    const auto parts = lines.split('\n');
    for (const QByteArray &line : parts) {
        const QUrl address = QUrl::fromEncoded(line.trimmed());
        if (!line.startsWith('#') && address.isValid() && !address.isEmpty())
            addresses.append(address);
    }
    return addresses;
}

} // namespace

ClipboardContent readXClipboard(qsizetype largest)
{
    Reader reader(largest);
    ClipboardContent content;
    if (!reader.isConnected())
        return content;
    reader.makeWindow();
    const QList<xcb_atom_t> offered = reader.targets();
    const auto read = [&](QByteArrayView name) {
        const xcb_atom_t target = reader.atom(name);
        if (!offered.contains(target))
            return SecureBuffer();
        auto bytes = reader.content(target);
        return bytes ? std::move(*bytes) : SecureBuffer();
    };
    content.addresses = addressesIn(read("text/uri-list"));
    if (content.addresses.isEmpty())
        content.text = read("UTF8_STRING");
    for (const char *format : {"image/png", "image/jpeg", "image/webp", "image/gif"}) {
        if (content.addresses.isEmpty() && content.text.isEmpty() && content.picture.isEmpty())
            content.picture = read(format);
    }
    content.timedOut = reader.timedOut();
    return content;
}

} // namespace Sparekey
