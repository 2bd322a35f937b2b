package org.emrelay.tables;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.emrelay.tables.TableFiles.Head;

/** The format and Spark reader options of a table, detected from its first file. */
record DetectedFormat(TableFormat format, Map<String, String> options) {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String NOT_TEXT =
            " is neither Parquet nor UTF-8 text; convert text files with iconv -f WINDOWS-1252 -t UTF-8.";
    // Magic bytes of file types that users mistake for supported tables.
    private static final Map<String, String> UNSUPPORTED_SIGNATURES = Map.of(
            "ORC", "ORC",
            "Obj\u0001", "Avro",
            "PK\u0003\u0004", "a zip archive (or a spreadsheet)",
            "%PDF", "PDF",
            "SQLite format 3", "an SQLite database");

    DetectedFormat {
        options = Map.copyOf(options);
    }

    /** Detects the format unless it is declared, then the reader options for it. */
    static DetectedFormat of(Head head, Optional<TableFormat> declared) {
        if (declared.isEmpty() ? isParquet(head) : declared.get() == TableFormat.PARQUET) {
            return new DetectedFormat(TableFormat.PARQUET, Map.of());
        }
        String text = text(head);
        TableFormat format = declared.orElseGet(() -> detect(text));
        Map<String, String> options = new HashMap<>(head.hadoopSettings());
        options.putAll(format == TableFormat.JSON ? json(text) : separated(format, headerOf(text)));
        return new DetectedFormat(format, options);
    }

    static boolean isParquet(Head head) {
        return startsWith(head, "PAR1");
    }

    private static TableFormat detect(String text) {
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
        // An array, or an object that spans several lines, is one document; otherwise each line is one.
        boolean oneDocument = start.startsWith("[") || !firstLine.endsWith("}");
        return Map.of("multiLine", String.valueOf(oneDocument));
    }

    private static Map<String, String> separated(TableFormat format, String header) {
        if (format == TableFormat.TSV) {
            // TSV has no quoting by convention, and no line breaks in values; a quoted header shows that this file
            // does.
            boolean quoted = header.startsWith("\"");
            return Map.of(
                    "header", "true", "sep", "\t", "quote", quoted ? "\"" : "", "escape", quoted ? "\"" : "\u0000");
        }
        boolean semicolons = occurrences(header, ';') > occurrences(header, ',');
        // Values may contain line breaks, so Spark cannot split the files.
        return Map.of(
                "header", "true",
                "sep", semicolons ? ";" : ",",
                "quote", "\"",
                "escape", "\"",
                "multiLine", "true");
    }

    private static String text(Head head) {
        UNSUPPORTED_SIGNATURES.forEach((start, name) -> {
            if (startsWith(head, start)) {
                throw new UserFault(head.label() + " is " + name + ". Supported formats: Parquet, CSV, TSV, JSON.");
            }
        });
        if (startsWith(head, "\u00FF\u00FE") || startsWith(head, "\u00FE\u00FF")) {
            throw new UserFault(head.label() + " is UTF-16 text; convert it with iconv -f UTF-16 -t UTF-8.");
        }
        String text = utf8(head).orElseThrow(() -> new UserFault(head.label() + NOT_TEXT));
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    private static Optional<String> utf8(Head head) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer characters = CharBuffer.allocate(head.bytes().remaining());
        // The head of a longer file may end within a multi-byte character.
        CoderResult result = decoder.decode(head.bytes().duplicate(), characters, head.isWhole());
        String text = characters.flip().toString();
        return result.isError() || text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(text);
    }

    private static String headerOf(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static long occurrences(String text, char character) {
        return text.chars().filter(letter -> letter == character).count();
    }

    private static boolean startsWith(Head head, String start) {
        ByteBuffer expected = ByteBuffer.wrap(start.getBytes(StandardCharsets.ISO_8859_1));
        int length = expected.remaining();
        return head.bytes().remaining() >= length
                && head.bytes().slice(0, length).equals(expected);
    }
}
