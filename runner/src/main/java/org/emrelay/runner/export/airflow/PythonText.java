package org.emrelay.runner.export.airflow;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.emrelay.runner.export.Reference;
import org.emrelay.runner.export.ReferenceText;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as Python, in fields that Airflow renders with Jinja: what Jinja would take for its own is escaped, and references are
 * variables of the module.
 */
final class PythonText {
    private static final int INDENT = 4;
    private static final int MAX_LINE = 110;

    private PythonText() {}

    /** A JSON value with references as a Python expression. Objects and lists get a line for each element. */
    static String of(@Nullable Object value, int indent) {
        if (value instanceof Map<?, ?> map) {
            return block(
                    "{",
                    "}",
                    map.entrySet().stream()
                            .map(entry -> string(String.valueOf(entry.getKey()), false) + ": "
                                    + of(entry.getValue(), indent + INDENT))
                            .toList(),
                    indent);
        } else if (value instanceof List<?> list) {
            if (list.size() == 1
                    && list.get(0) instanceof String only
                    && ReferenceText.of(only)
                            .onlyReference()
                            .filter(Reference::isList)
                            .isPresent()) {
                return ReferenceText.of(only).onlyReference().orElseThrow().name();
            }
            return block(
                    "[",
                    "]",
                    list.stream().map(element -> of(element, indent + INDENT)).toList(),
                    indent);
        } else if (value instanceof String text) {
            return text(ReferenceText.of(text));
        } else if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        return value == null ? "None" : value.toString();
    }

    /** On one line if it fits. */
    private static String block(String open, String close, List<String> elements, int indent) {
        String line = open + String.join(", ", elements) + close;
        if (indent + line.length() <= MAX_LINE && !line.contains("\n")) {
            return line;
        }
        String start = "\n" + " ".repeat(indent + INDENT);
        return open + elements.stream().map(element -> start + element + ",").collect(Collectors.joining()) + "\n"
                + " ".repeat(indent) + close;
    }

    private static String text(ReferenceText text) {
        if (text.onlyReference().isPresent()) {
            return text.onlyReference().get().name();
        } else if (text.isLiteral()) {
            return string(text.render(PythonText::escapedForJinja, Reference::name), false);
        }
        // The tokens stay until the text around them is quoted.
        return string(text.render(PythonText::escapedForJinja, Reference::token), true);
    }

    /** Jinja joins lines that end in another way than {@code \n}, and drops a last one. */
    private static String escapedForJinja(String literal) {
        String escaped = literal.replaceAll("\\{[{%#]", "{{ '$0' }}").replace("\r", "{{ '\\r' }}");
        return escaped.endsWith("\n") ? escaped.substring(0, escaped.length() - 1) + "{{ '\\n' }}" : escaped;
    }

    /** A string literal for people, such as documentation, which Airflow does not render. */
    static String string(String text) {
        return string(text, false);
    }

    private static String string(String text, boolean isFormatted) {
        return (isFormatted ? "f\"" : "\"")
                + ReferenceText.of(text)
                        .render(
                                literal -> quoted(isFormatted ? literal.replaceAll("[{}]", "$0$0") : literal),
                                reference -> "{" + reference.name() + "}")
                + "\"";
    }

    private static String quoted(String literal) {
        StringBuilder quoted = new StringBuilder();
        literal.codePoints().forEach(character -> {
            switch (character) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (character < ' ' || character == 0x7f || character == 0x2028 || character == 0x2029) {
                        quoted.append(String.format(Locale.ROOT, "\\u%04x", character));
                    } else {
                        quoted.appendCodePoint(character);
                    }
                }
            }
        });
        return quoted.toString();
    }
}
