package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.emrelay.runner.Sampling;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Corrupt cluster files yield problems, never an exception. */
final class ClusterFileFuzzTest {
    private static final Pattern VALUE = Pattern.compile("\"[^\"]*\"|-?[0-9]+|true|false");
    private static final List<String> ODD_VALUES = List.of(
            "null",
            "-1",
            "0",
            "999999999",
            "9999999999999999999",
            "1e400",
            "1e99999999999",
            "0.5",
            "true",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"$x`|<>\"",
            "\"../../..\"",
            "\"s3://\"",
            "\"MASTER\"",
            "\"TASK\"",
            "\"m6g.xlarge\"",
            "\"InstanceFleets\"",
            "\"Configurations\"",
            "[]",
            "{}",
            "[null]",
            "[[[]]]",
            "{\"a\": {\"a\": 1}, \"a\": 2}");

    @RegisterExtension
    static final Sampling MUTANTS = Sampling.of("mutants");

    @TempDir
    Path directory;

    @Test
    void readerNeverThrowsOnReplacedValues() throws IOException {
        Random random = new Random(1);
        for (String text : originals()) {
            List<MatchResult> values = VALUE.matcher(text).results().toList();
            List<String> mutants = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                StringBuilder mutant = new StringBuilder(text);
                MatchResult value = values.get(random.nextInt(values.size()));
                mutant.replace(value.start(), value.end(), ODD_VALUES.get(random.nextInt(ODD_VALUES.size())));
                mutants.add(mutant.toString());
            }
            MUTANTS.choose(120, mutants).forEach(this::check);
        }
    }

    @Test
    void readerNeverThrowsOnCutOrShuffledText() throws IOException {
        Random random = new Random(2);
        for (String text : originals()) {
            List<String> mutants = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                int from = random.nextInt(text.length());
                int to = Math.min(text.length(), from + random.nextInt(40));
                int at = random.nextInt(text.length() - (to - from) + 1);
                String piece = text.substring(from, to);
                String rest = text.substring(0, from) + text.substring(to);
                mutants.add(random.nextBoolean() ? rest : rest.substring(0, at) + piece + piece + rest.substring(at));
            }
            MUTANTS.choose(120, mutants).forEach(this::check);
        }
    }

    private List<String> originals() throws IOException {
        return List.of(
                Files.readString(Path.of("..", "cluster-ec2-spot-fleet.json")),
                Files.readString(Path.of("src", "test", "resources", "cluster-legacy-form.json")),
                Files.readString(Path.of("src", "test", "resources", "cluster-with-every-key.json")));
    }

    private void check(String text) {
        ParseResult<Cluster> result = new ClusterFileFixture(directory).read(text);
        assertThat(result.problems()).allSatisfy(problem -> {
            assertThat(problem.message()).as(text).isNotBlank().doesNotContain("Exception");
            assertThat(problem.toLine().length()).as(problem.toLine()).isLessThan(4_000);
        });
        assertThat(result.usable().isEmpty())
                .isEqualTo(result.problems().stream().anyMatch(Problem::isError));
    }
}
