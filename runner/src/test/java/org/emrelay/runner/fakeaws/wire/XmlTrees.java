package org.emrelay.runner.fakeaws.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Parses S3's XML bodies into trees. A repeated element becomes a list. */
public final class XmlTrees {
    private XmlTrees() {}

    /** The fields of the root element, which must be named {@code root}. */
    public static Tree read(byte[] body, String root) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            Element element = builder.parse(new ByteArrayInputStream(body)).getDocumentElement();
            if (!element.getTagName().equals(root)) {
                throw malformed();
            }
            return value(element) instanceof Map<?, ?> ? new Tree(fields(element)) : Tree.empty();
        } catch (SAXException exception) {
            throw malformed();
        } catch (IOException | ParserConfigurationException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private static AwsError malformed() {
        return new AwsError(
                400,
                "MalformedXML",
                "The XML you provided was not well-formed or did not validate against our published schema");
    }

    private static Object value(Element element) {
        Map<String, Object> fields = fields(element);
        return fields.isEmpty() ? element.getTextContent() : fields;
    }

    private static Map<String, Object> fields(Element element) {
        Map<String, List<Object>> valuesByName = new LinkedHashMap<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                valuesByName
                        .computeIfAbsent(child.getTagName(), missing -> new ArrayList<>())
                        .add(value(child));
            }
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        valuesByName.forEach((name, values) -> fields.put(name, values.size() == 1 ? values.get(0) : values));
        return fields;
    }
}
