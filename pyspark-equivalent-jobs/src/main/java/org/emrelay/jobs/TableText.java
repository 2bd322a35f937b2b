package org.emrelay.jobs;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.emrelay.jobs.TableFiles.Head;

/**
 * How Spark has to read a table, told from the way in which its first file begins.
 *
 * @param options Spark's own, by their names
 */
record TableText(TableFormat format, Map<String, String> options) {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String NO_TEXT =
            " is neither parquet nor text in UTF-8; if it is text, convert it" + " (iconv -f WINDOWS-1252 -t UTF-8).";
    // What files that are often taken for tables begin with.
    private static final Map<String, String> FOREIGN = Map.of(
            "ORC", "ORC",
            "Obj\u0001", "Avro",
            "PK\u0003\u0004", "a zip archive (or a spreadsheet)",
            "%PDF", "PDF",
            "SQLite format 3", "an SQLite database");

    TableText {
        options = Map.copyOf(options);
    }

    /** What the head shows; a format that was said is taken as said, and only its details are looked for. */
    static TableText of(Head head, Optional<TableFormat> said) {
        if (said.isEmpty() ? isParquet(head) : said.get() == TableFormat.PARQUET) {
            return new TableText(TableFormat.PARQUET, Map.of());
        }
        String text = text(head);
        TableFormat format = said.orElseGet(() -> guess(text));
        Map<String, String> options = new HashMap<>(head.settings());
        options.putAll(format == TableFormat.JSON ? json(text) : separated(format, headerOf(text)));
        return new TableText(format, options);
    }

    static boolean isParquet(Head head) {
        return startsWith(head, "PAR1");
    }

    private static TableFormat guess(String text) {
        String start = text.stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            return TableFormat.JSON;
        }
        String header = headerOf(text);
        return occurrences(header, '\t') > occurrences(header, ',') ? TableFormat.TSV : TableFormat.CSV;
    }

    private static Map<String, String> json(String text) {
        String start = text.stripLeading();
        String firstLine = headerOf(start).strip();
        // A list, or an object over several lines, is one document; else every line is one.
        boolean oneDocument = start.startsWith("[") || !firstLine.endsWith("}");
        return Map.of("multiLine", String.valueOf(oneDocument));
    }

    private static Map<String, String> separated(TableFormat format, String header) {
        if (format == TableFormat.TSV) {
            // By custom a quotation mark in TSV is one, and no value contains a line's end; unless the header itself is
            // quoted.
            boolean quoted = header.startsWith("\"");
            return Map.of(
                    "header", "true", "sep", "\t", "quote", quoted ? "\"" : "", "escape", quoted ? "\"" : "\u0000");
        }
        boolean semicolons = occurrences(header, ';') > occurrences(header, ',');
        // A title may contain a line's end, so that no file can be read in parts.
        return Map.of(
                "header", "true",
                "sep", semicolons ? ";" : ",",
                "quote", "\"",
                "escape", "\"",
                "multiLine", "true");
    }

    private static String text(Head head) {
        FOREIGN.forEach((start, name) -> {
            if (startsWith(head, start)) {
                throw new UserFault(head.place() + " is " + name + "; give parquet, CSV, TSV or JSON.");
            }
        });
        if (startsWith(head, "\u00FF\u00FE") || startsWith(head, "\u00FE\u00FF")) {
            throw new UserFault(head.place() + " is text in UTF-16; convert it to UTF-8 (iconv -f UTF-16 -t UTF-8).");
        }
        String text = utf8(head).orElseThrow(() -> new UserFault(head.place() + NO_TEXT));
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    private static Optional<String> utf8(Head head) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer characters = CharBuffer.allocate(head.bytes().remaining());
        // Where the head ends within a file it may end within a letter too.
        CoderResult result = decoder.decode(head.bytes().duplicate(), characters, head.whole());
        String text = characters.flip().toString();
        return result.isError() || text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(text);
    }

    private static String headerOf(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static long occurrences(String text, char wanted) {
        return text.chars().filter(letter -> letter == wanted).count();
    }

    private static boolean startsWith(Head head, String start) {
        ByteBuffer expected = ByteBuffer.wrap(start.getBytes(StandardCharsets.ISO_8859_1));
        int length = expected.remaining();
        return head.bytes().remaining() >= length
                && head.bytes().slice(0, length).equals(expected);
    }
}
