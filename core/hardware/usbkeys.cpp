// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/usbkeys.h"

#include "core/hardware/hidreportdescriptor.h"
#include "core/hardware/keytext.h"
#include "core/hardware/udevlibrary.h"

#include <QDir>
#include <QFile>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr auto idPrefix = "usb:"_L1;
// A key adds several devices at once; they are handled together.
constexpr int quietMilliseconds = 30;
constexpr int mostRounds = 5;

class Descriptor
{
public:
    explicit Descriptor(int fd = -1)
        : m_fd(fd)
    {
    }
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;

    [[nodiscard]] int get() const { return m_fd; }
    [[nodiscard]] bool isOpen() const { return m_fd >= 0; }

private:
    int m_fd;
};

struct FreeUdev
{
    void operator()(udev *context) const { udev_unref(context); }
    void operator()(udev_monitor *monitor) const { udev_monitor_unref(monitor); }
    void operator()(udev_device *device) const { udev_device_unref(device); }
};

QByteArray contentOf(const QString &path)
{
    // HID_MAX_DESCRIPTOR_SIZE of Linux
    constexpr qint64 largest = 4096;
    QFile file(path);
    return file.open(QIODevice::ReadOnly | QIODevice::Unbuffered) ? file.read(largest)
                                                                  : QByteArray();
}

QString nameIn(const QByteArray &uevent)
{
    const QList<QByteArray> lines = uevent.split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("HID_NAME=")) {
            QByteArrayView value(line);
            return shownKeyText(value.sliced(value.indexOf('=') + 1));
        }
    }
    return {};
}

QList<KeyDevice> keysIn(const UsbKeys::Places &places)
{
    QList<KeyDevice> keys;
    const QDir folder(places.classFolder);
    const QStringList nodes = folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &node : nodes) {
        const QString description = folder.filePath(node) + u"/device/"_s;
        if (!describesSecurityKey(contentOf(description + u"report_descriptor"_s)))
            continue;
        const QString path = places.deviceFolder + u'/' + node;
        const bool usable = ::access(QFile::encodeName(path).constData(), R_OK | W_OK) == 0;
        keys.append(KeyDevice{
            .id = idPrefix + path,
            .name = nameIn(contentOf(description + u"uevent"_s)),
            .connection = KeyDevice::Connection::Usb,
            .state = usable ? KeyDevice::State::Ready : KeyDevice::State::NoPermission,
        });
    }
    return keys;
}

/// What wakes the thread when devices are added or removed.
class DeviceEvents
{
public:
    explicit DeviceEvents(const UsbKeys::Places &places)
        : m_inotify(QFile::exists(places.udevControl) && openMonitor()
                        ? -1
                        : ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK))
    {
        // Permissions may be granted after the device has appeared, hence IN_ATTRIB.
        if (m_inotify.isOpen()) {
            ::inotify_add_watch(m_inotify.get(), QFile::encodeName(places.deviceFolder).constData(),
                                IN_CREATE | IN_DELETE | IN_MOVE | IN_ATTRIB);
        }
    }

    /// -1 if there is nothing to wait for.
    [[nodiscard]] int descriptor() const
    {
        return m_monitor ? udev_monitor_get_fd(m_monitor.get()) : m_inotify.get();
    }

    /// Reads all pending events. False if none is about a hidraw device.
    bool takeAll() { return m_monitor ? takeFromMonitor() : takeFromInotify(); }

private:
    bool openMonitor()
    {
        if (!udevLibrary.load())
            return false;
        m_udev.reset(udev_new());
        if (!m_udev)
            return false;
        // Events of udev, not of the kernel: they come after the rules have set the permissions.
        m_monitor.reset(udev_monitor_new_from_netlink(m_udev.get(), "udev"));
        if (m_monitor
            && (udev_monitor_filter_add_match_subsystem_devtype(m_monitor.get(), "hidraw", nullptr)
                    < 0
                || udev_monitor_enable_receiving(m_monitor.get()) < 0))
            m_monitor.reset();
        return m_monitor != nullptr;
    }

    bool takeFromMonitor()
    {
        bool any = false;
        while (const auto device = std::unique_ptr<udev_device, FreeUdev>(
                   udev_monitor_receive_device(m_monitor.get())))
            any = true;
        return any;
    }

    bool takeFromInotify()
    {
        bool any = false;
        alignas(inotify_event) std::array<char, 4096> buffer;
        ssize_t size = 0;
        while ((size = ::read(m_inotify.get(), buffer.data(), buffer.size())) > 0) {
            for (ssize_t at = 0; at < size;) {
                const auto *event = reinterpret_cast<const inotify_event *>(buffer.data() + at);
                const char *name = event->name;
                any = any || event->len == 0 || QByteArrayView(name).startsWith("hidraw");
                at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
            }
        }
        return any;
    }

    std::unique_ptr<udev, FreeUdev> m_udev;
    std::unique_ptr<udev_monitor, FreeUdev> m_monitor;
    Descriptor m_inotify;
};

} // namespace

class UsbKeys::Watch
{
public:
    Watch(Places places, Listener listener)
        : m_places(std::move(places))
        , m_listener(std::move(listener))
        , m_stop(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    {
    }

    void run()
    {
        DeviceEvents events(m_places);
        std::optional<KeyTransportReport> told;
        do {
            KeyTransportReport report{.devices = keysIn(m_places)};
            if (told != report) {
                told = report;
                m_listener(std::move(report));
            }
        } while (waitForChange(events));
    }

    void stop() const { (void)::eventfd_write(m_stop.get(), 1); }

private:
    // False if watching has to stop.
    bool waitForChange(DeviceEvents &events) const
    {
        std::array<pollfd, 2> waited{pollfd{m_stop.get(), POLLIN, 0},
                                     pollfd{events.descriptor(), POLLIN, 0}};
        bool changed = false;
        for (int round = 0; round < mostRounds;) {
            const int ready = ::poll(waited.data(), waited.size(),
                                     changed ? quietMilliseconds : -1);
            if (waited[0].revents != 0)
                return false;
            if (ready < 0 && errno != EINTR)
                return false;
            if (ready == 0)
                return true;
            if (ready > 0 && events.takeAll())
                changed = true;
            if (changed)
                ++round;
        }
        return true;
    }

    Places m_places;
    Listener m_listener;
    Descriptor m_stop;
};

UsbKeys::Places UsbKeys::systemPlaces()
{
    return {.classFolder = u"/sys/class/hidraw"_s,
            .deviceFolder = u"/dev"_s,
            .udevControl = u"/run/udev/control"_s};
}

UsbKeys::UsbKeys(Places places)
    : m_places(std::move(places))
{
}

UsbKeys::~UsbKeys()
{
    stopWatching();
}

void UsbKeys::startWatching(Listener listener)
{
    m_watch = std::make_shared<Watch>(m_places, std::move(listener));
    m_thread = std::thread([watch = m_watch] { watch->run(); });
}

void UsbKeys::stopWatching()
{
    if (!m_thread.joinable())
        return;
    m_watch->stop();
    m_thread.join(); // it waits for nothing else
    m_watch.reset();
}

Result<KeyConnection> UsbKeys::connect(const KeyDevice &device)
{
    const auto refused = [&device](ErrorKind kind) {
        return fail(Error{.kind = kind, .subject = device.name});
    };
    const QByteArray path = QFile::encodeName(device.id.sliced(idPrefix.size()));
    // libfido2 does not say why it cannot open a device, and retries for many seconds if another
    // program uses it.
    const Descriptor probe(::open(path.constData(), O_RDWR | O_CLOEXEC | O_NONBLOCK));
    if (!probe.isOpen()) {
        const int reason = errno;
        const bool forbidden = reason == EACCES || reason == EPERM;
        return refused(forbidden ? ErrorKind::KeyNoPermission : ErrorKind::KeyRemoved);
    }
    if (::flock(probe.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return refused(ErrorKind::KeyInUse);
    return HidPath{path};
}

} // namespace Sparekey
