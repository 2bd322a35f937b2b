package org.emrelay.runner.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
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

/** Whatever a log holds, it is read without an exception and the lines that are named lie in it. */
final class CauseFinderPropertyTest {
    private static final List<String> SAMPLES = Stream.of(
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
    void anyBytesAreRead(@ForAll byte[] bytes) throws IOException {
        String log = new String(bytes, StandardCharsets.ISO_8859_1);
        long lines = log.chars().filter(character -> character == '\n').count() + 1;

        liesWithin(CauseFinder.find(new StringReader(log)), lines);
    }

    @Property(tries = 500)
    void anyMixOfLinesThatRealLogsHoldIsRead(@ForAll("shuffled") List<String> lines) {
        liesWithin(CauseFinder.find(lines.iterator()), lines.size());
    }

    @Property(tries = 200)
    void readerAndLinesFindTheSame(@ForAll("shuffled") List<String> lines) throws IOException {
        assertThat(CauseFinder.find(new StringReader(String.join("\n", lines))))
                .isEqualTo(CauseFinder.find(lines.stream()));
    }

    @Provide
    Arbitrary<List<String>> shuffled() {
        Arbitrary<String> real = Arbitraries.of(SAMPLES);
        Arbitrary<String> cut = real.flatMap(
                line -> Arbitraries.integers().between(0, line.length()).map(end -> line.substring(0, end)));
        Arbitrary<String> any = Arbitraries.strings()
                .ofMaxLength(40)
                .map(text -> text.replace("\n", "").replace("\r", ""));
        return Arbitraries.frequencyOf(Tuple.of(6, real), Tuple.of(2, cut), Tuple.of(1, any))
                .list()
                .ofMaxSize(60);
    }

    private static void liesWithin(Optional<Cause> cause, long lines) {
        cause.ifPresent(found -> {
            assertThat(found.message()).isNotBlank().hasSizeLessThan(4000);
            assertThat(found.firstLine()).isBetween(1, (int) lines);
            assertThat(found.lastLine()).isBetween(found.firstLine(), (int) lines);
        });
    }
}
