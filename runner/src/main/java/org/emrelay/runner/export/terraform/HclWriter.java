package org.emrelay.runner.export.terraform;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.emrelay.runner.export.terraform.HclBlock.Attribute;
import org.emrelay.runner.export.terraform.HclBlock.Comment;
import org.emrelay.runner.export.terraform.HclBlock.Item;
import org.emrelay.runner.export.terraform.HclBlock.Nested;
import org.jspecify.annotations.Nullable;

/**
 * Writes HCL as {@code terraform fmt} does. Maps keep their order, and equal values give identical bytes.
 *
 * <p>The equals signs of adjacent lines are aligned. A value of several lines has none to align.
 */
final class HclWriter {
    private static final String INDENT = "  ";

    /** The longest list on one line. */
    private static final int MAX_LIST_LENGTH = 80;

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Set<String> KEYWORDS = Set.of("false", "for", "if", "in", "null", "true");
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    /** What precedes an equals sign, and what follows it. */
    private record Assignment(String name, String value) {
        boolean isOneLine() {
            return value.indexOf('\n') < 0;
        }

        int width() {
            return (int) CHARACTER.matcher(name).results().count();
        }
    }

    private HclWriter() {}

    /** Writes the blocks of a file. */
    static String write(List<HclBlock> blocks) {
        return blocks.stream().map(block -> block(block, "")).collect(Collectors.joining("\n"));
    }

    /** Writes a file of attributes only. */
    static String write(Map<String, Object> attributes) {
        List<Assignment> assignments = new ArrayList<>();
        attributes.forEach((name, value) -> assignments.add(new Assignment(name, value(value, ""))));
        return aligned(assignments, "");
    }

    private static String block(HclBlock block, String indent) {
        String body = body(block.items(), indent + INDENT);
        return indent + block.header() + (body.isEmpty() ? " {}\n" : " {\n" + body + indent + "}\n");
    }

    /** A blank line sets blocks and commented elements apart. */
    private static String body(List<Item> items, String indent) {
        StringBuilder body = new StringBuilder();
        List<Assignment> adjacent = new ArrayList<>();
        String comment = "";
        for (Item item : items) {
            if (item instanceof Comment line) {
                comment += indent + "# " + line.text() + "\n";
                continue;
            }
            if (adjacent.isEmpty() || item instanceof Nested || !comment.isEmpty()) {
                body.append(aligned(adjacent, indent));
                adjacent.clear();
                body.append(body.isEmpty() ? "" : "\n").append(comment);
                comment = "";
            }
            if (item instanceof Attribute attribute) {
                adjacent.add(new Assignment(attribute.name(), value(attribute.value(), indent)));
            } else if (item instanceof Nested nested) {
                body.append(block(nested.block(), indent));
            }
        }
        return body.append(aligned(adjacent, indent)).toString();
    }

    private static String aligned(List<Assignment> assignments, String indent) {
        StringBuilder lines = new StringBuilder();
        int width = 0;
        for (int i = 0; i < assignments.size(); i++) {
            Assignment assignment = assignments.get(i);
            boolean isFirst = i == 0 || !assignments.get(i - 1).isOneLine();
            if (isFirst || !assignment.isOneLine()) {
                width = assignments.stream()
                        .skip(i)
                        .takeWhile(Assignment::isOneLine)
                        .mapToInt(Assignment::width)
                        .max()
                        .orElse(0);
            }
            lines.append(indent)
                    .append(assignment.name())
                    .append(" ".repeat(Math.max(0, width - assignment.width())))
                    .append(" = ")
                    .append(assignment.value())
                    .append('\n');
        }
        return lines.toString();
    }

    /** A value whose first line has its indentation already. */
    private static String value(@Nullable Object value, String indent) {
        if (value instanceof HclExpression expression) {
            return expression.code();
        } else if (value instanceof HclCall call) {
            return call.function() + "(" + value(call.argument(), indent) + ")";
        } else if (value instanceof Map<?, ?> map) {
            return object(map, indent);
        } else if (value instanceof List<?> list) {
            return list(list, indent);
        } else if (value instanceof String text) {
            return HclExpression.string(text).code();
        } else if (value instanceof Number number) {
            return new BigDecimal(number.toString()).toPlainString();
        }
        return String.valueOf(value);
    }

    private static String object(Map<?, ?> map, String indent) {
        if (map.isEmpty()) {
            return "{}";
        }
        List<Assignment> assignments = new ArrayList<>();
        map.forEach((key, value) ->
                assignments.add(new Assignment(key(String.valueOf(key)), value(value, indent + INDENT))));
        return "{\n" + aligned(assignments, indent + INDENT) + indent + "}";
    }

    private static String key(String key) {
        return IDENTIFIER.matcher(key).matches() && !KEYWORDS.contains(key)
                ? key
                : HclExpression.string(key).code();
    }

    private static String list(List<?> list, String indent) {
        List<String> elements =
                list.stream().map(element -> value(element, indent + INDENT)).toList();
        String line = "[" + String.join(", ", elements) + "]";
        if (line.length() <= MAX_LIST_LENGTH && line.indexOf('\n') < 0) {
            return line;
        }
        return elements.stream()
                .map(element -> indent + INDENT + element + ",\n")
                .collect(Collectors.joining("", "[\n", indent + "]"));
    }
}
