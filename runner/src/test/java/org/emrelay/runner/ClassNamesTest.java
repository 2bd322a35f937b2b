package org.emrelay.runner;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A simple class name occurs once in a module, tests included: a search for it finds one file. */
final class ClassNamesTest {
    private static final Path ROOT = Path.of("..");

    @ParameterizedTest
    @ValueSource(
            strings = {"runner", "pyspark-equivalent-jobs", "step-process", "sql-step", "english-lemmas", "yarn-cluster"
            })
    void simpleNamesAreUniqueInAModule(String module) throws IOException {
        Map<String, List<Path>> files = new TreeMap<>();
        for (String sources : List.of("src/main/java", "src/test/java")) {
            Path directory = ROOT.resolve(module).resolve(sources);
            try (Stream<Path> tree = Files.exists(directory) ? Files.walk(directory) : Stream.empty()) {
                tree.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                        .collect(groupingBy(file -> file.getFileName().toString()))
                        .forEach((name, found) -> files.merge(
                                name,
                                found,
                                (one, other) -> Stream.concat(one.stream(), other.stream())
                                        .toList()));
            }
        }
        assertThat(files).isNotEmpty();
        files.values().removeIf(found -> found.size() == 1);

        assertThat(files).isEmpty();
    }
}
