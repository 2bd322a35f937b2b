package org.emrelay.jobs.topics.combine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DelimitedRecordsTest {
    private static List<List<String>> records(char delimiter, String text) throws IOException {
        LineReader lines = new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 0);
        String first = lines.next();
        DelimitedRecords records = new DelimitedRecords(lines, first == null ? "" : first, delimiter);
        List<List<String>> all = new ArrayList<>();
        for (List<String> cells = records.next(); cells != null; cells = records.next()) {
            all.add(cells);
        }
        return all;
    }

    @Test
    void readsQuotesDelimitersAndLineBreaksInCells() throws IOException {
        assertThat(records(',', "id,text,n\r\n1,\"a, \"\"b\"\"\nand c\",2\n\n3,,\n"))
                .containsExactly(
                        List.of("id", "text", "n"), List.of("1", "a, \"b\"\nand c", "2"), List.of("3", "", ""));
    }

    @Test
    void aQuoteWithinTextIsText() throws IOException {
        assertThat(records(',', "id,text\n1,5\" pipe\n2,\"a \"quoted\" word\"\n"))
                .containsExactly(List.of("id", "text"), List.of("1", "5\" pipe"), List.of("2", "a \"quoted\" word"));
    }

    @Test
    void anUnclosedQuoteCorruptsOnlyItsRecord() throws IOException {
        assertThat(records(',', "id,text\n1,\"never ends\n2,next\n3,last\n"))
                .containsExactly(
                        List.of("id", "text"),
                        List.of("1", "\"never ends"),
                        List.of("2", "next"),
                        List.of("3", "last"));
    }

    @Test
    void readsTsvWithoutQuoting() throws IOException {
        assertThat(records('\t', "1\t\"Hello\" he said\tx\n2\t\"open\tx\n3\t\"Mars\" ends\"\tx\n"))
                .containsExactly(
                        List.of("1", "\"Hello\" he said", "x"),
                        List.of("2", "\"open", "x"),
                        List.of("3", "\"Mars\" ends\"", "x"));
    }

    @Test
    void aQuotedTextWithoutDelimitersLosesItsQuotes() throws IOException {
        assertThat(records('\t', "id\ttext\n1\t\"Mars\"\n")).contains(List.of("1", "Mars"));
    }

    @Test
    void findsColumnsByNameOrPosition() {
        assertThat(DelimitedLayout.of(List.of("Created At", "Tweet ID", "Text"), PostColumns.KNOWN))
                .contains(new DelimitedLayout(true, 1, 0, 2, -1, -1));
        assertThat(DelimitedLayout.of(
                        List.of("7", "x", "2026-11-20 13:00:00", "Mars"), new PostColumns("0", "2", "3", "1", "")))
                .contains(new DelimitedLayout(false, 0, 2, 3, 1, -1));
        assertThat(DelimitedLayout.of(
                        List.of("7", "0", "2", "2026-11-20 13:00:00", "Mars"), new PostColumns("0", "3", "4", "", "2")))
                .as("cells like the numbers")
                .contains(new DelimitedLayout(false, 0, 3, 4, -1, 2));
        assertThat(DelimitedLayout.of(List.of("key", "x", "when", "what"), new PostColumns("0", "2", "3", "", "")))
                .contains(new DelimitedLayout(true, 0, 2, 3, -1, -1));
        assertThat(DelimitedLayout.of(List.of("a", "b"), PostColumns.KNOWN)).isEmpty();
    }
}
