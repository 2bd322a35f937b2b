package org.sparkpipelines.jobs.wordclouds;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A small result as text: aligned for people, or comma-separated (RFC 4180) for other programs. */
record TextTable(List<String> header, List<Boolean> numeric, List<List<String>> lines) {

    TextTable {
        header = List.copyOf(header);
        numeric = List.copyOf(numeric);
        lines = lines.stream().map(List::copyOf).toList();
    }

    static TextTable of(StructType schema, List<Row> rows) {
        List<StructField> fields = List.of(schema.fields());
        List<List<String>> lines = new ArrayList<>();
        for (Row row : rows) {
            lines.add(IntStream.range(0, fields.size())
                    .mapToObj(column -> row.isNullAt(column) ? "" : String.valueOf(row.get(column)))
                    .toList());
        }
        return new TextTable(
                fields.stream().map(StructField::name).toList(),
                fields.stream()
                        .map(field -> field.dataType() instanceof NumericType)
                        .toList(),
                lines);
    }

    String aligned() {
        int[] widths = new int[header.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = width(column);
        }
        StringBuilder text = new StringBuilder();
        appendAligned(text, header, widths);
        appendAligned(text, IntStream.of(widths).mapToObj("-"::repeat).toList(), widths);
        lines.forEach(line -> appendAligned(text, line, widths));
        return text.toString();
    }

    String commaSeparated() {
        StringBuilder text = new StringBuilder();
        appendCommaSeparated(text, header);
        lines.forEach(line -> appendCommaSeparated(text, line));
        return text.toString();
    }

    private int width(int column) {
        int width = length(header.get(column));
        for (List<String> line : lines) {
            width = Math.max(width, length(onOneLine(line.get(column))));
        }
        return width;
    }

    private void appendAligned(StringBuilder text, List<String> line, int[] widths) {
        StringBuilder aligned = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String value = onOneLine(line.get(column));
            String padding = " ".repeat(widths[column] - length(value));
            aligned.append(column == 0 ? "" : "  ").append(numeric.get(column) ? padding + value : value + padding);
        }
        text.append(aligned.toString().stripTrailing()).append('\n');
    }

    private static void appendCommaSeparated(StringBuilder text, List<String> line) {
        text.append(line.stream().map(TextTable::quotedIfNeeded).collect(Collectors.joining(",")))
                .append('\n');
    }

    private static String quotedIfNeeded(String value) {
        boolean plain = value.chars().noneMatch(letter -> ",\"\r\n".indexOf(letter) >= 0);
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    private static String onOneLine(String value) {
        return value.replaceAll("\\R", " ");
    }

    private static int length(String value) {
        return value.codePointCount(0, value.length());
    }
}
