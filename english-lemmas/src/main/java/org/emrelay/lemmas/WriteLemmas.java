package org.emrelay.lemmas;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;

/**
 * Writes the lemma dictionary and the WordNet license during the build.
 *
 * <p>The format is that of Spark NLP's Lemmatizer.
 */
public final class WriteLemmas {
    static final String DICTIONARY = "english-lemmas.txt";
    static final String LICENSE = "WORDNET-LICENSE.txt";

    private WriteLemmas() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        WordNet wordNet = WordNet.read();
        List<String> lines = new LemmaDictionary(wordNet, functionWords())
                .formsByLemma().entrySet().stream()
                        .map(entry -> line(entry.getKey(), entry.getValue()))
                        .toList();
        Files.writeString(folder.resolve(DICTIONARY), String.join("\n", lines) + "\n");
        Files.writeString(folder.resolve(LICENSE), wordNet.license());
    }

    private static String line(String lemma, SortedSet<String> forms) {
        return lemma + "->" + String.join("\t", forms);
    }

    private static Set<String> functionWords() throws IOException {
        try (InputStream stream = Objects.requireNonNull(WriteLemmas.class.getResourceAsStream("function-words.txt"))) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return Set.of(text.strip().split("\\s+"));
        }
    }
}
