// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kdbx/kdbxxml.h"

#include "core/kdbx/kdbxvalues.h"

#include <QBuffer>
#include <QSet>
#include <QXmlStreamReader>
#include <QXmlStreamWriter>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

const QString protectedAttribute = u"Protected"_s;

bool isTrue(QStringView value)
{
    return value.compare(u"True"_s, Qt::CaseInsensitive) == 0;
}

bool isBlank(QStringView text)
{
    return text.trimmed().isEmpty();
}

class TreeReader
{
public:
    TreeReader(QIODevice *device, ChaCha20 *innerStream, const KdbxLimits &limits)
        : m_reader(device)
        , m_innerStream(innerStream)
        , m_limits(limits)
    {
        m_reader.setNamespaceProcessing(false);
    }

    KdbxResult<XmlElement> read()
    {
        while (!m_reader.atEnd()) {
            switch (m_reader.readNext()) {
            case QXmlStreamReader::DTD: return damaged(u"there is a DTD"_s);
            case QXmlStreamReader::EntityReference: return damaged(u"there is an entity"_s);
            case QXmlStreamReader::StartElement:
                if (m_open.size() >= static_cast<size_t>(m_limits.depth)
                    || ++m_elements > m_limits.elements)
                    return kdbxFailure(KdbxErrorKind::TooLarge, u"too many levels or elements"_s);
                begin();
                break;
            case QXmlStreamReader::Characters: m_text += m_reader.text(); break;
            case QXmlStreamReader::EndElement:
                if (auto ended = end(); !ended)
                    return tl::unexpected(ended.error());
                break;
            default: break;
            }
        }
        if (m_reader.hasError())
            return damaged(m_reader.errorString());
        return std::move(m_root);
    }

private:
    struct Open
    {
        XmlElement *element;
        bool isProtected;
    };

    static KdbxFailure damaged(const QString &detail)
    {
        return kdbxFailure(KdbxErrorKind::Damaged, detail);
    }

    void begin()
    {
        keepTextBetween();
        XmlElement &element = m_open.empty() ? m_root : m_open.back().element->append({});
        element.name = shared(m_reader.qualifiedName());
        bool isProtected = false;
        const auto attributes = m_reader.attributes();
        for (const QXmlStreamAttribute &attribute : attributes) {
            if (m_innerStream && attribute.qualifiedName() == protectedAttribute
                && isTrue(attribute.value())) {
                isProtected = true;
            } else {
                element.attributes.append({.name = shared(attribute.qualifiedName()),
                                           .value = attribute.value().toString()});
            }
        }
        m_open.push_back({&element, isProtected});
    }

    KdbxResult<void> end()
    {
        const auto [element, isProtected] = m_open.back();
        if (isProtected) {
            const auto ciphertext = octetsFromBase64(m_text);
            if (!element->children.empty() || !ciphertext)
                return damaged(u"a protected value is no base64"_s);
            element->secret = m_pool.make(ciphertext->size(), [&](unsigned char *value) {
                m_innerStream->apply(*ciphertext, value);
            });
            m_text.clear();
        } else if (element->children.empty()) {
            element->text = std::exchange(m_text, {});
        } else {
            keepTextBetween();
        }
        m_open.pop_back();
        return {};
    }

    // Drops indentation; any other text becomes a child without a name.
    void keepTextBetween()
    {
        if (!isBlank(m_text) && !m_open.empty())
            m_open.back().element->append({}, m_text);
        m_text.clear();
    }

    // A file may repeat a few dozen names millions of times, so equal names share memory.
    QString shared(QStringView name) { return *m_names.insert(name.toString()); }

    QXmlStreamReader m_reader;
    ChaCha20 *m_innerStream;
    const KdbxLimits &m_limits;
    SecretBytesPool m_pool;
    XmlElement m_root;
    std::vector<Open> m_open;
    QString m_text;
    qsizetype m_elements = 0;
    QSet<QString> m_names;
};

// Lets QXmlStreamWriter write into memory that is wiped.
class SecureDevice : public QIODevice
{
public:
    explicit SecureDevice(SecureBuffer &buffer)
        : m_buffer(buffer)
    {
        open(QIODevice::WriteOnly | QIODevice::Unbuffered);
    }

protected:
    qint64 readData(char * /*data*/, qint64 /*size*/) override { return -1; }
    qint64 writeData(const char *data, qint64 size) override
    {
        m_buffer.append({data, size});
        return size;
    }

private:
    SecureBuffer &m_buffer;
};

// XML parsers turn a literal carriage return into a line feed, so it is written as a reference.
void writeText(QXmlStreamWriter &writer, QStringView text)
{
    for (;;) {
        const qsizetype carriageReturn = text.indexOf(u'\r');
        if (carriageReturn < 0)
            break;
        writer.writeCharacters(text.first(carriageReturn).toString());
        writer.writeEntityReference(u"#13"_s);
        text = text.sliced(carriageReturn + 1);
    }
    writer.writeCharacters(text.toString());
}

void writeElement(QXmlStreamWriter &writer, const XmlElement &element, ChaCha20 &innerStream)
{
    if (element.name.isEmpty()) {
        writeText(writer, element.text);
        return;
    }
    writer.writeStartElement(element.name);
    for (const XmlAttribute &attribute : element.attributes)
        writer.writeAttribute(attribute.name, attribute.value);
    if (element.secret) {
        writer.writeAttribute(protectedAttribute, u"True"_s);
        const QByteArrayView value = element.secret->view();
        QByteArray ciphertext(value.size(), Qt::Uninitialized);
        innerStream.apply(value, reinterpret_cast<unsigned char *>(ciphertext.data()));
        writer.writeCharacters(QString::fromLatin1(ciphertext.toBase64()));
    } else if (element.children.empty()) {
        writeText(writer, element.text);
    }
    for (const XmlElement &child : element.children)
        writeElement(writer, child, innerStream);
    writer.writeEndElement();
}

} // namespace

KdbxResult<XmlElement> readXml(QByteArrayView xml, ChaCha20 *innerStream, const KdbxLimits &limits)
{
    if (xml.size() > limits.xml)
        return kdbxFailure(KdbxErrorKind::TooLarge, u"XML of %1 bytes"_s.arg(xml.size()));
    // The reader reads a device in small pieces. It would convert a QByteArray to one long QString.
    QByteArray octets = QByteArray::fromRawData(xml.data(), xml.size());
    QBuffer device(&octets);
    device.open(QIODevice::ReadOnly);
    return TreeReader(&device, innerStream, limits).read();
}

KdbxResult<void> writeXml(const XmlElement &root, ChaCha20 &innerStream, SecureBuffer &output)
{
    SecureDevice device(output);
    QXmlStreamWriter writer(&device);
    writer.writeStartDocument();
    writeElement(writer, root, innerStream);
    writer.writeEndDocument();
    if (writer.hasError())
        return kdbxFailure(KdbxErrorKind::NotWritable, u"a text that XML cannot hold"_s);
    return {};
}

} // namespace Sparekey
