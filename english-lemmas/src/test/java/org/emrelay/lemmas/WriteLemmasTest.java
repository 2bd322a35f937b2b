package org.emrelay.lemmas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the dictionary that the build has generated. */
class WriteLemmasTest {
    private static List<String> lines;
    private static Map<String, String> lemmas;

    @BeforeAll
    static void readDictionary() throws IOException {
        lines = resource("english-lemmas.txt").lines().toList();
        lemmas = new HashMap<>();
        for (String line : lines) {
            int arrow = line.indexOf("->");
            for (String form : line.substring(arrow + 2).split("\t", -1)) {
                lemmas.put(form, line.substring(0, arrow));
            }
        }
    }

    @Test
    void mapsFormsToTheirLemmas() {
        assertThat(lemmas)
                .containsEntry("wings", "wing")
                .containsEntry("men", "man")
                .containsEntry("women", "woman")
                .containsEntry("children", "child")
                .containsEntry("leaves", "leaf")
                .containsEntry("wrote", "write")
                .containsEntry("found", "find")
                .containsEntry("killed", "kill")
                .containsEntry("stories", "story")
                .containsEntry("wolves", "wolf")
                .containsEntry("stopped", "stop")
                .containsEntry("happiest", "happy")
                .containsEntry("older", "old")
                .containsEntry("ladys", "lady");
    }

    @Test
    void keepsFormsThatReadWell() {
        assertThat(lemmas)
                .doesNotContainKeys("rose", "saw", "building", "wedding", "lost", "broken")
                .doesNotContainKeys("news", "paris", "jesus", "wales", "series", "species", "physics", "politics");
    }

    @Test
    void omitsFunctionWords() {
        assertThat(lemmas).doesNotContainKeys("this", "his", "its", "was", "is", "as", "does", "has", "us", "during");
    }

    @Test
    void writesSortedLinesWithoutIdentityMappings() {
        assertThat(lines)
                .isSorted()
                .allMatch(line -> line.matches("[a-z]+->[a-z]+(\t[a-z]+)*"))
                .contains("wing->winging\twings")
                .hasSizeBetween(40_000, 60_000);
        assertThat(lemmas)
                .hasSizeGreaterThan(60_000)
                .noneSatisfy((form, lemma) -> assertThat(form).isEqualTo(lemma));
        long forms =
                lines.stream().mapToLong(line -> line.split("\t", -1).length).sum();
        assertThat(lemmas).as("each form has one lemma").hasSize((int) forms);
    }

    @Test
    void isDeterministic(@TempDir Path folder) throws IOException {
        WriteLemmas.main(new String[] {folder.toString()});

        assertThat(folder.resolve(WriteLemmas.DICTIONARY)).hasContent(resource("english-lemmas.txt"));
        assertThat(Files.size(folder.resolve(WriteLemmas.DICTIONARY))).isLessThan(2_000_000);
    }

    @Test
    void includesTheLicense() throws IOException {
        assertThat(resource("WORDNET-LICENSE.txt"))
                .startsWith(
                        "This software and database is being provided to you, the LICENSEE, by\nPrinceton University")
                .contains("\n\nWordNet 3.1 Copyright 2011 by Princeton University.  All rights reserved.\n\n")
                .endsWith("\nPrinceton University and LICENSEE agrees to preserve same.\n");
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = WriteLemmasTest.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
