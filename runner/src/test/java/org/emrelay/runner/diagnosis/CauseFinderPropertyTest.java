package org.emrelay.runner.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Any log can be read, and the lines of the cause are within the log. */
final class CauseFinderPropertyTest {
    private static final List<String> SAMPLE_LINES = Stream.of(
                    "java-task-write.log",
                    "java-udf.log",
                    "python-udf.log",
                    "python-jvm-died.log",
                    "python-during-handling.log",
                    "container-killed-137.log",
                    "yarn-client-report.log",
                    "no-space.log",
                    "application-master.log")
            .flatMap(name -> SampleLog.text(name).lines())
            .toList();

    @Property(tries = 300)
    void readsAnyBytes(@ForAll byte[] bytes) throws IOException {
        String log = new String(bytes, StandardCharsets.ISO_8859_1);
        long lines = log.chars().filter(character -> character == '\n').count() + 1;

        assertWithin(SampleLog.find(SampleLog.utf8(log)), lines);
    }

    @Property(tries = 500)
    void readsAnyMixOfLinesFromRealLogs(@ForAll("shuffled") List<String> lines) {
        assertWithin(SampleLog.find(lines.stream()), lines.size());
    }

    @Property(tries = 200)
    void aReaderAndLinesGiveTheSameCause(@ForAll("shuffled") List<String> lines) throws IOException {
        assertThat(SampleLog.find(SampleLog.utf8(String.join("\n", lines)))).isEqualTo(SampleLog.find(lines.stream()));
    }

    @Provide
    Arbitrary<List<String>> shuffled() {
        Arbitrary<String> line = Arbitraries.of(SAMPLE_LINES);
        Arbitrary<String> truncated = line.flatMap(
                text -> Arbitraries.integers().between(0, text.length()).map(end -> text.substring(0, end)));
        Arbitrary<String> random = Arbitraries.strings()
                .ofMaxLength(40)
                .map(text -> text.replace("\n", "").replace("\r", ""));
        return Arbitraries.frequencyOf(Tuple.of(6, line), Tuple.of(2, truncated), Tuple.of(1, random))
                .list()
                .ofMaxSize(60);
    }

    private static void assertWithin(Optional<Cause> cause, long lines) {
        cause.ifPresent(found -> {
            assertThat(found.message()).isNotBlank().hasSizeLessThan(4000);
            assertThat(found.firstLine()).isBetween(1, (int) lines);
            assertThat(found.lastLine()).isBetween(found.firstLine(), (int) lines);
        });
    }
}
