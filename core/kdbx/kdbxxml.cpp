// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kdbx/kdbxxml.h"

#include "core/kdbx/kdbxvalues.h"

#include <QBuffer>
#include <QHash>
#include <QXmlStreamReader>

#include <algorithm>
#include <array>
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

// QXmlStreamReader takes names with control characters, which nothing can write as XML again.
bool isWritableName(QStringView name)
{
    return std::ranges::none_of(name, [](QChar character) {
        return character.unicode() < 0x20 || character.unicode() >= 0xFFFE;
    });
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
                if (!begin())
                    return damaged(u"a name has control characters"_s);
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

    // False if a name is not valid.
    [[nodiscard]] bool begin()
    {
        if (!isWritableName(m_reader.qualifiedName()))
            return false;
        keepTextBetween();
        XmlElement &element = m_open.empty() ? m_root : m_open.back().element->append({});
        element.name = shared(m_reader.qualifiedName());
        bool isProtected = false;
        const auto attributes = m_reader.attributes();
        for (const QXmlStreamAttribute &attribute : attributes) {
            if (!isWritableName(attribute.qualifiedName()))
                return false;
            if (m_innerStream && attribute.qualifiedName() == protectedAttribute
                && isTrue(attribute.value())) {
                isProtected = true;
            } else {
                element.attributes.append({.name = shared(attribute.qualifiedName()),
                                           .value = attribute.value().toString()});
            }
        }
        m_open.push_back({&element, isProtected});
        return true;
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
            m_text.resize(0);
        } else if (element->children.empty()) {
            element->text = shared(m_text);
            m_text.resize(0);
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
            m_open.back().element->append({}, shared(m_text));
        m_text.resize(0);
    }

    // A file repeats a few dozen names, keys and dates thousands of times, so equal ones share
    // memory.
    QString shared(QStringView text)
    {
        constexpr qsizetype LongestShared = 32;
        constexpr qsizetype MostShared = 10'000;
        if (text.size() > LongestShared)
            return text.toString();
        const auto known = m_shared.constFind(text);
        if (known != m_shared.cend())
            return *known;
        const QString added = text.toString();
        if (m_shared.size() < MostShared)
            m_shared.insert(added, added);
        return added;
    }

    QXmlStreamReader m_reader;
    ChaCha20 *m_innerStream;
    const KdbxLimits &m_limits;
    SecretBytesPool m_pool;
    XmlElement m_root;
    std::vector<Open> m_open;
    QString m_text; ///< Emptied by `resize`, which keeps its memory.
    qsizetype m_elements = 0;
    QHash<QStringView, QString> m_shared; ///< The keys are views of the values.
};

// Writes UTF-8 into memory that is wiped. On a wiped stack, where the octets are collected.
//
// Quotes in a text stay as they are, which QXmlStreamWriter would escape: the JSON of an entry
// would grow by half, and readers are slow at references.
class TreeWriter
{
public:
    TreeWriter(ChaCha20 &innerStream, SecureBuffer &output)
        : m_innerStream(innerStream)
        , m_output(output)
    {
    }

    /// Whether all of it can be written in XML.
    bool write(const XmlElement &root)
    {
        put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        writeElement(root);
        flush();
        return m_isWritable;
    }

private:
    enum class Place { Text, Attribute };

    void writeElement(const XmlElement &element)
    {
        if (element.name.isEmpty()) {
            putEscaped(element.text, Place::Text);
            return;
        }
        put("<");
        putEscaped(element.name, Place::Text);
        for (const XmlAttribute &attribute : element.attributes)
            writeAttribute(attribute.name, attribute.value);
        if (element.secret)
            writeAttribute(protectedAttribute, u"True"_s);
        put(">");
        if (element.secret)
            writeSecret(element.secret->view());
        else if (element.children.empty())
            putEscaped(element.text, Place::Text);
        for (const XmlElement &child : element.children)
            writeElement(child);
        put("</");
        putEscaped(element.name, Place::Text);
        put(">");
    }

    void writeAttribute(QStringView name, QStringView value)
    {
        put(" ");
        putEscaped(name, Place::Text);
        put("=\"");
        putEscaped(value, Place::Attribute);
        put("\"");
    }

    void writeSecret(QByteArrayView value)
    {
        QByteArray ciphertext(value.size(), Qt::Uninitialized);
        m_innerStream.apply(value, reinterpret_cast<unsigned char *>(ciphertext.data()));
        put(ciphertext.toBase64());
    }

    // XML 1.0, 2.2 (characters), 2.11 (a literal carriage return would become a line feed) and
    // 3.3.3 (other space in attributes would become blanks).
    void putEscaped(QStringView text, Place place)
    {
        for (qsizetype i = 0; i < text.size(); ++i) {
            char32_t character = text[i].unicode();
            if (isPlain(character)) {
                putOctet(character);
                continue;
            }
            if (QChar::isHighSurrogate(character) && i + 1 < text.size()
                && text[i + 1].isLowSurrogate()) {
                ++i;
                character = QChar::surrogateToUcs4(text[i - 1], text[i]);
            }
            const bool isAttribute = place == Place::Attribute;
            switch (character) {
            case U'<': put("&lt;"); break;
            case U'>': put("&gt;"); break;
            case U'&': put("&amp;"); break;
            case U'\r': put("&#13;"); break;
            case U'\n': put(isAttribute ? "&#10;" : "\n"); break;
            case U'\t': put(isAttribute ? "&#9;" : "\t"); break;
            case U'"': put(isAttribute ? "&quot;" : "\""); break;
            default: putCharacter(character);
            }
        }
    }

    // Most characters need no look at the others.
    static bool isPlain(char32_t character)
    {
        return (character >= U'?' && character < 0x7F) || (character >= U'\'' && character < U'<')
            || character == U' ';
    }

    void putCharacter(char32_t character)
    {
        if (character < 0x20 || QChar::isSurrogate(character) || character == 0xFFFE
            || character == 0xFFFF) {
            m_isWritable = false;
        } else if (character < 0x80) {
            putOctet(character);
        } else if (character < 0x800) {
            putOctet(0xC0U | character >> 6U);
            putOctet(0x80U | (character & 0x3FU));
        } else {
            if (character < 0x10000) {
                putOctet(0xE0U | character >> 12U);
            } else {
                putOctet(0xF0U | character >> 18U);
                putOctet(0x80U | (character >> 12U & 0x3FU));
            }
            putOctet(0x80U | (character >> 6U & 0x3FU));
            putOctet(0x80U | (character & 0x3FU));
        }
    }

    void put(QByteArrayView octets)
    {
        for (const char octet : octets)
            putOctet(static_cast<unsigned char>(octet));
    }

    void putOctet(char32_t octet)
    {
        if (m_size == m_collected.size())
            flush();
        m_collected[m_size++] = static_cast<char>(octet);
    }

    void flush()
    {
        m_output.append(QByteArrayView(m_collected.data(), static_cast<qsizetype>(m_size)));
        m_size = 0;
    }

    ChaCha20 &m_innerStream;
    SecureBuffer &m_output;
    std::array<char, 4096> m_collected;
    size_t m_size = 0;
    bool m_isWritable = true;
};

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
    if (!TreeWriter(innerStream, output).write(root))
        return kdbxFailure(KdbxErrorKind::NotWritable, u"a text that XML cannot hold"_s);
    return {};
}

} // namespace Sparekey
