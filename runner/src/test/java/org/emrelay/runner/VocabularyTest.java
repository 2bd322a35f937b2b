package org.emrelay.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps translated words out of main sources, messages, help texts, schemas and documents. */
final class VocabularyTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern TRANSLATED = Pattern.compile(
            "(?<!\\.)\\b(mended|reckon\\w*|nobody|somebody|handed over|goes on|carried out|takes up|takes back|anew|dealt out|by lot)\\b",
            Pattern.CASE_INSENSITIVE);

    /** A line break within a sentence: in a comment, in a text or between concatenated string literals. */
    private static final Pattern LINE_BREAK = Pattern.compile("\"\\s*\\+\\s*\"|\\s*\\R\\s*(?:\\*(?!/)|//|#)?\\s*");

    private static final Set<String> SKIPPED = Set.of("target", ".git", ".runner", "results", "node_modules");

    @Test
    void textUsesTheFieldsWords() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            String text = joined(Files.readString(file));
            Matcher matcher = TRANSLATED.matcher(text);
            while (matcher.find()) {
                int from = Math.max(0, matcher.start() - 30);
                int to = Math.min(text.length(), matcher.end() + 30);
                found.add(ROOT.relativize(file) + ": …" + text.substring(from, to) + "…");
            }
        }

        assertThat(found).isEmpty();
    }

    @Test
    void findsAWordAcrossALineBreak() {
        for (String text :
                List.of("is handed\n     * over to", "handed\" + \" over", "handed\n    // over", "Handed over")) {
            assertThat(TRANSLATED.matcher(joined(text)).find()).as(text).isTrue();
        }
    }

    private static String joined(String text) {
        return LINE_BREAK.matcher(text).replaceAll(" ").replaceAll(" +", " ");
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.find(ROOT, 20, (path, attributes) -> attributes.isRegularFile())) {
            return all.filter(VocabularyTest::isText).sorted().toList();
        }
    }

    /** Main sources, and every document, schema and script; word lists are data. */
    private static boolean isText(Path file) {
        Path path = ROOT.relativize(file);
        for (Path part : path) {
            if (SKIPPED.contains(part.toString())) {
                return false;
            }
        }
        String name = path.toString();
        return !name.contains("src/test") && name.matches(".*\\.(java|md|json|sh|xml|html|js|css|py|scala)");
    }
}
