package org.emrelay.runner.fakeaws.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Writes fields as XML. The services differ only in how they write lists. */
public final class XmlWriter {
    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    private final StringBuilder text = new StringBuilder(DECLARATION);
    /** The tag around each list element; empty for S3, which repeats the name of the list instead. */
    private final String elementTag;

    private XmlWriter(String elementTag) {
        this.elementTag = elementTag;
    }

    static String members(String root, String namespace, Map<String, Object> fields) {
        return new XmlWriter("member").document(root, namespace, fields);
    }

    static String items(String root, String namespace, Map<String, Object> fields) {
        return new XmlWriter("item").document(root, namespace, fields);
    }

    public static String flat(String root, String namespace, Map<String, Object> fields) {
        return new XmlWriter("").document(root, namespace, fields);
    }

    private String document(String root, String namespace, Map<String, Object> fields) {
        text.append('<').append(root);
        if (!namespace.isEmpty()) {
            text.append(" xmlns=\"").append(namespace).append('"');
        }
        text.append('>');
        fields.forEach(this::field);
        return text.append("</").append(root).append('>').toString();
    }

    private void field(Object name, Object value) {
        if (value instanceof Iterable<?> list && elementTag.isEmpty()) {
            list.forEach(each -> field(name, each));
            return;
        }
        text.append('<').append(name).append('>');
        if (value instanceof Map<?, ?> map) {
            map.forEach(this::field);
        } else if (value instanceof Iterable<?> list) {
            list.forEach(each -> field(elementTag, each));
        } else if (value instanceof Instant instant) {
            text.append(instant.truncatedTo(ChronoUnit.MILLIS));
        } else {
            text.append(escaped(String.valueOf(value)));
        }
        text.append("</").append(name).append('>');
    }

    private static String escaped(String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("\r", "&#13;");
    }
}
