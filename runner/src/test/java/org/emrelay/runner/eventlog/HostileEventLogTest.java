package org.emrelay.runner.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.runner.eventlog.EventLogFixture.applicationEnd;
import static org.emrelay.runner.eventlog.EventLogFixture.applicationStart;
import static org.emrelay.runner.eventlog.EventLogFixture.event;
import static org.emrelay.runner.eventlog.EventLogFixture.executorAdded;
import static org.emrelay.runner.eventlog.EventLogFixture.profile;
import static org.emrelay.runner.eventlog.EventLogFixture.profiled;
import static org.emrelay.runner.eventlog.EventLogFixture.read;
import static org.emrelay.runner.eventlog.EventLogFixture.reason;
import static org.emrelay.runner.eventlog.EventLogFixture.resource;
import static org.emrelay.runner.eventlog.EventLogFixture.single;
import static org.emrelay.runner.eventlog.EventLogFixture.stageSubmitted;
import static org.emrelay.runner.eventlog.EventLogFixture.taskEnd;
import static org.emrelay.runner.eventlog.EventLogFixture.taskStart;
import static org.emrelay.runner.eventlog.EventLogFixture.utf8;

import io.airlift.compress.zstd.ZstdCompressor;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.emrelay.runner.profile.ProfileReading;
import org.emrelay.runner.profile.SparkProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a log contains, the result is a profile that names the gaps, or the reason why there is none. */
final class HostileEventLogTest {
    private static final String START = applicationStart(1_000);
    private static final String SMALL = "local-1796083009054";
    private static final EventLogLimits LIMITS = new EventLogLimits(4 << 20, 256 << 10);

    @Test
    void anEmptyFileHasNoApplication() {
        assertThat(reason(read("app-1", new byte[0]))).isEqualTo("The event log contains no events of an application.");
        assertThat(reason(read(Map.of(), LIMITS))).isEqualTo("There is no event log.");
    }

    @Test
    void skipsGarbage() {
        SparkProfile profile = profile(
                "garbage",
                "",
                "\u0000\u0001\u0002",
                "[]",
                "{\"Event\":7}",
                "{\"Other\":\"SparkListenerApplicationStart\"}",
                "\r",
                START,
                "{\"Event\":\"SparkListenerApplicationEnd\",\"Timestamp\":}",
                applicationEnd(2_000));

        assertThat(profile.complete()).isTrue();
        assertThat(profile.gaps()).containsExactly("6 lines could not be read.");
    }

    @Test
    void readsUpToATornLine() {
        String last = applicationEnd(2_000);

        SparkProfile profile = profile("app-1", utf8(START + "\n" + last.substring(0, last.length() - 3)));

        assertThat(profile.complete()).isFalse();
        assertThat(profile.gaps()).containsExactly("app-1 ends in the middle of an event.");
    }

    @Test
    void readsALastLineWithoutNewline() {
        SparkProfile profile = profile("app-1", utf8(START + "\n" + applicationEnd(2_000)));

        assertThat(profile.complete()).isTrue();
        assertThat(profile.gaps()).isEmpty();
    }

    @Test
    void skipsALineThatIsTooLong() {
        String[] lines = {START, event("x", "\"long\":\"" + "x".repeat(300 << 10) + "\""), applicationEnd(2_000)};
        byte[] log = utf8(String.join("\n", lines));

        SparkProfile profile = profiled(read(Map.of("app-1", log), LIMITS));

        assertThat(profile.complete()).isTrue();
        assertThat(profile.gaps()).containsExactly("1 line longer than 256 kB could not be read.");
    }

    @Test
    void skipsALineOfAGigabyte() {
        InputStream log = joined(utf8(START + "\n"), repeated("x", 1 << 30), utf8("\n" + applicationEnd(2_000)));

        SparkProfile profile = profiled(read(single("app-1"), path -> log, EventLogLimits.DEFAULT));

        assertThat(profile.complete()).isTrue();
        assertThat(profile.gaps()).containsExactly("1 line longer than 16 MB could not be read.");
    }

    @Test
    void stopsAtTheLimitOfABomb() {
        byte[] spaces = new byte[64 << 20];
        Arrays.fill(spaces, 0, spaces.length, (byte) ' ');
        byte[] start = utf8(START + "\n");
        System.arraycopy(start, 0, spaces, 0, start.length);
        byte[] bomb = zstd(spaces);
        assertThat(bomb).hasSizeLessThan(20_000);

        SparkProfile profile = profiled(read(Map.of("app-1.zstd", bomb), LIMITS));

        assertThat(profile.gaps())
                .containsExactly(
                        "Only the first 4 MB of the event log was read.",
                        "1 line longer than 256 kB could not be read.");
    }

    @Test
    void readsNoMoreThanTheLimit() {
        byte[] log = utf8(START + "\n" + applicationEnd(2_000) + "\n");
        EventLogLimits exact = new EventLogLimits(START.length() + 1, 1_000);

        SparkProfile profile = profiled(read(Map.of("app-1", log), exact));

        assertThat(profile.complete()).isFalse();
        assertThat(profile.gaps()).containsExactly("Only the first 0 kB of the event log was read.");
    }

    @Test
    void stopsOnRequest() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        InputStream endless = joined(utf8(START + "\n"), repeated(event("x", "") + "\n", Integer.MAX_VALUE));

        ProfileReading result = EventLogReader.read(
                single("app-1"), path -> endless, EventLogLimits.DEFAULT, () -> asked.incrementAndGet() > 20);

        assertThat(profiled(result).gaps())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("Reading the event log was stopped after ");
    }

    @Test
    void survivesNestingBombs() {
        String deep = "[".repeat(100_000);

        SparkProfile profile = profile(
                START,
                event("SparkListenerTaskEnd", "\"Task Info\":" + deep),
                event("org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart", "\"sparkPlanInfo\":" + deep),
                event("SparkListenerEnvironmentUpdate", "\"Spark Properties\":{\"a\":".repeat(50_000)));

        assertThat(profile.gaps()).containsExactly("3 lines could not be read.");
    }

    @Test
    void numbersOutOfRangeCountAsZero() {
        SparkProfile profile = profile(
                START,
                stageSubmitted(0, 1_100),
                taskEnd(0, 0, 1_200, 1_300, "Success", "\"Executor Run Time\":" + "9".repeat(30)),
                taskEnd(0, 0, 1_200, 1_300, "Success", "\"JVM GC Time\":1.5e300"),
                taskEnd(0, 0, 1_200, 1_300, "Success", "\"Executor CPU Time\":\"12\""),
                taskEnd(0, 0, 1_200, 1_300, "Success", "\"Memory Bytes Spilled\":-1,\"Disk Bytes Spilled\":null"),
                executorAdded("1", Long.MAX_VALUE, 4),
                applicationEnd(2_000));

        assertThat(profile.totals().runTime()).isZero();
        assertThat(profile.totals().tasks()).isEqualTo(4);
        assertThat(profile.gaps()).containsExactly("4 numbers out of range counted as 0.");
    }

    @Test
    void sumsDoNotOverflow() {
        String huge = "\"Executor CPU Time\":" + Long.MAX_VALUE + ",\"Executor Run Time\":" + Long.MAX_VALUE
                + ",\"Input Metrics\":{\"Bytes Read\":" + Long.MAX_VALUE
                + "},\"Shuffle Read Metrics\":{\"Remote Bytes Read\":" + Long.MAX_VALUE + ",\"Local Bytes Read\":"
                + Long.MAX_VALUE + "}";
        SparkProfile profile = profile(
                START,
                executorAdded("1", 1_000, Integer.MAX_VALUE),
                stageSubmitted(0, 1_100),
                taskEnd(0, 0, 1_200, 4_102_444_800_000L, "Success", huge),
                taskEnd(0, 1, 1_200, 4_102_444_800_000L, "Success", huge));

        assertThat(profile.totals().inputBytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(profile.totals().shuffleReadBytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(profile.stages().get(0).reads().max()).isEqualTo(Long.MAX_VALUE);
        assertThat(profile.activity().busy()).allMatch(busy -> busy >= 0);
        assertThat(profile.executors().coreTime()).isEqualTo(Duration.ofMillis(100_000 * (4_102_444_800_000L - 1_000)));
        assertThat(profile.gaps()).isEmpty();
    }

    @Test
    void countsAHundredThousandStages() {
        SparkProfile profile = generated(
                100_000,
                i -> i == 0 ? START : i == 99_999 ? taskEnd(1, 0, 1_200, 1_300) : stageSubmitted((int) i, 1_100));

        assertThat(profile.stageCount()).isEqualTo(99_998);
        assertThat(profile.stages()).hasSize(SparkProfile.MAX_STAGES);
        // At most 1,000 run at the same time.
        assertThat(profile.gaps()).containsExactly("1 task could not be assigned to a stage.");
    }

    @Test
    void countsAMillionTasksAndExecutors() {
        SparkProfile profile = generated(
                1_000_000,
                i -> i == 0
                        ? START + "\n" + stageSubmitted(0, 1_100)
                        : i % 2 == 0 ? taskEnd(0, i, i, 2 * i) : executorAdded("executor-" + i, 2_000, 1));

        assertThat(profile.totals().tasks()).isEqualTo(499_999);
        assertThat(profile.executors().count()).isEqualTo(500_000);
        assertThat(profile.executors().mostAtOnce()).isEqualTo(100_000);
        assertThat(profile.gaps())
                .containsExactly(
                        "400,000 executors could not be tracked, because too many were running: their cores are not counted.");
    }

    @Test
    void tracksAHundredThousandRunningTasks() {
        SparkProfile profile =
                generated(150_000, i -> i == 0 ? START : i == 149_999 ? applicationEnd(2_000) : taskStart(0, i, 1_200));

        assertThat(profile.phases().busy()).isEqualTo(Duration.ofMillis(800));
        assertThat(profile.gaps()).containsExactly("100,000 tasks did not end before the application.");
    }

    @ParameterizedTest
    @ValueSource(strings = {".lz4", ".lzf", ".snappy", ".zstd"})
    void readsATornFrameUntilItsEnd(String suffix) {
        byte[] log = resource(SMALL + suffix);

        SparkProfile profile = profile(SMALL + suffix, Arrays.copyOf(log, log.length - 100));

        assertThat(profile.application()).isEqualTo(SMALL);
        assertThat(profile.complete()).isFalse();
        assertThat(profile.gaps()).containsExactly("The end of " + SMALL + suffix + " is missing or damaged.");
    }

    @ParameterizedTest
    @ValueSource(strings = {".lz4", ".lzf", ".snappy"})
    void reportsATornHeader(String suffix) {
        byte[] log = resource(SMALL + suffix);
        byte[] torn = Arrays.copyOf(log, log.length + 3);
        System.arraycopy(log, 0, torn, log.length, 3);

        SparkProfile profile = profile(SMALL + suffix, torn);

        assertThat(profile.complete()).isTrue();
        assertThat(profile.gaps()).containsExactly("The end of " + SMALL + suffix + " is missing or damaged.");
    }

    @Property(tries = 300)
    void readsDamagedFiles(
            @ForAll @IntRange(max = 3) int codec,
            @ForAll @IntRange(max = 5_000) int position,
            @ForAll byte value,
            @ForAll @IntRange(max = 5_000) int cut) {
        String name = SMALL + List.of(".lz4", ".lzf", ".snappy", ".zstd").get(codec);
        byte[] log = resource(name);
        log[position] = value;

        ProfileReading whole = read(Map.of(name, log), LIMITS);
        ProfileReading part = read(Map.of(name, Arrays.copyOf(log, cut)), LIMITS);

        assertThat(List.of(whole, part)).doesNotContainNull();
    }

    @Property(tries = 300)
    void readsAnyBytes(@ForAll @IntRange(max = 4) int codec, @ForAll byte[] bytes) {
        String name = "app-1" + List.of("", ".lz4", ".lzf", ".snappy", ".zstd").get(codec);

        assertThat(reason(read(name, bytes))).isNotBlank();
    }

    @Test
    void reportsAnUnsupportedCodec() {
        assertThat(reason(read("app-1.gz", utf8(START))))
                .isEqualTo("The compression gz of app-1.gz is not supported. "
                        + "The event log contains no events of an application.");
    }

    @Test
    void failsOnlyIfTheStoreFails() {
        InputStream broken = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw new IOException("connection reset");
            }
        };

        for (String name : List.of(SMALL, SMALL + ".lz4", SMALL + ".snappy", SMALL + ".lzf", SMALL + ".zstd")) {
            assertThatThrownBy(() -> EventLogReader.read(
                            single(name), path -> joined(resource(name), broken), LIMITS, () -> false))
                    .isInstanceOf(IOException.class)
                    .hasMessage("connection reset");
        }
    }

    private static SparkProfile generated(int count, LongFunction<String> line) {
        InputStream log = new InputStream() {
            private byte[] current = new byte[0];
            private int position;
            private int next;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                if (position == current.length) {
                    if (next == count) {
                        return -1;
                    }
                    current = utf8(line.apply(next++) + "\n");
                    position = 0;
                }
                int copied = Math.min(length, current.length - position);
                System.arraycopy(current, position, target, offset, copied);
                position += copied;
                return copied;
            }
        };
        return profiled(EventLogFixture.read(single("app-1"), path -> log, EventLogLimits.DEFAULT));
    }

    private static InputStream repeated(String text, int length) {
        byte[] block = text.repeat(Math.max(1, (64 << 10) / text.length())).getBytes(StandardCharsets.UTF_8);
        return new InputStream() {
            private int left = length;
            private int position;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] target, int offset, int wanted) {
                if (left == 0) {
                    return -1;
                }
                int count = Math.min(Math.min(wanted, left), block.length - position);
                System.arraycopy(block, position, target, offset, count);
                position = (position + count) % block.length;
                left -= count;
                return count;
            }
        };
    }

    private static InputStream joined(byte[] first, InputStream second) {
        return new SequenceInputStream(new ByteArrayInputStream(first), second);
    }

    private static InputStream joined(byte[] first, InputStream second, byte[] third) {
        return joined(first, new SequenceInputStream(second, new ByteArrayInputStream(third)));
    }

    private static byte[] zstd(byte[] content) {
        ZstdCompressor compressor = new ZstdCompressor();
        byte[] compressed = new byte[compressor.maxCompressedLength(content.length)];
        int length = compressor.compress(content, 0, content.length, compressed, 0, compressed.length);
        return Arrays.copyOf(compressed, length);
    }
}
