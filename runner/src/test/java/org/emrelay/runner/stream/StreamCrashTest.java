package org.emrelay.runner.stream;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.emrelay.runner.Sampling;
import org.emrelay.runner.model.StreamDefinition.Compression;
import org.emrelay.runner.model.StreamDefinition.Limits;
import org.emrelay.runner.model.StreamDefinition.Sink;
import org.emrelay.runner.platform.ProcessLiveness.Identity;
import org.emrelay.runner.stream.sink.HourlyFileSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Kills the process at each call of the sink and the store, and starts it again: each post is in the files exactly once. */
final class StreamCrashTest {
    @RegisterExtension
    static final Sampling SAMPLING = Sampling.of("kills of streams");

    private static final int NEVER = Integer.MAX_VALUE;

    private TickingClock clock = clock();

    @TempDir
    Path temporary;

    /** The process is gone: nothing runs after it. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Counts calls, and fails at one of them and all later ones. */
    private static final class KillSwitch {
        private final int last;
        private final List<String> calls = new ArrayList<>();

        private KillSwitch(int last) {
            this.last = last;
        }

        void call(String name) {
            calls.add(name);
            if (calls.size() >= last) {
                throw new Killed();
            }
        }
    }

    /** What a case varies. */
    private record Variation(int posts, BatchLimits limits, Compression compression, PostFilter filter, String kept) {}

    private final class KillableSink implements PostSink {
        private final PostSink files;
        private final BatchLimits limits;
        private final KillSwitch killSwitch;

        private KillableSink(PostSink files, BatchLimits limits, KillSwitch killSwitch) {
            this.files = files;
            this.limits = limits;
            this.killSwitch = killSwitch;
        }

        @Override
        public BatchLimits limits() {
            return limits;
        }

        @Override
        public SinkState open(SinkState saved) throws InterruptedException {
            killSwitch.call("before open");
            return files.open(saved);
        }

        @Override
        public SinkState write(List<Post> posts) throws InterruptedException {
            killSwitch.call("before write");
            SinkState state = files.write(posts);
            clock.jump(Duration.ofMinutes(25));
            killSwitch.call("after write");
            return state;
        }

        @Override
        public Optional<SinkState> publishDue() throws InterruptedException {
            Optional<SinkState> state = files.publishDue();
            killSwitch.call("after publish");
            return state;
        }

        @Override
        public SinkState finish() throws InterruptedException {
            SinkState state = files.finish();
            killSwitch.call("after finish");
            return state;
        }

        @Override
        public void close() {
            files.close();
        }
    }

    private record KillableStore(StreamStore files, KillSwitch killSwitch) implements StreamStore {
        @Override
        public void save(Checkpoint checkpoint) {
            killSwitch.call("before save");
            files.save(checkpoint);
            killSwitch.call("after save");
        }

        @Override
        public long keepDeadLetters(List<Post> posts, long length) {
            long newLength = files.keepDeadLetters(posts, length);
            killSwitch.call("after dead letters");
            return newLength;
        }

        @Override
        public boolean isStopRequested() {
            return false;
        }
    }

    private static List<String> input(int posts) {
        return IntStream.range(0, posts)
                .mapToObj(i -> "{\"n\":" + i + ",\"text\":\"" + (i % 3 == 0 ? "rocket" : "snow") + "\"}"
                        + " ".repeat(i % 7 == 0 ? 60 : 0))
                .collect(toList());
    }

    /** Returns whether the stream came to its end. */
    private boolean run(Path workspace, Variation variation, KillSwitch killSwitch)
            throws IOException, InterruptedException {
        StreamFolder folder = StreamFolder.of(workspace, "launches");
        folder.writeDefinition("{}".getBytes(StandardCharsets.UTF_8));
        Sink settings = new Sink(null, null, "", "", 1_000, Duration.ofHours(1), variation.compression());
        try (LockedStream locked = folder.lock(new Identity("laptop", 1, ""), clock.instant());
                PostSink files = new HourlyFileSink("launches", folder.posts(), settings, clock, new Random(1))) {
            Checkpoint checkpoint = folder.readCheckpoint();
            ScriptedSource source = new ScriptedSource().posts(input(variation.posts()));
            if (checkpoint.position() != null) {
                source.from(checkpoint.position());
            }
            Pump pump = new Pump(
                    new Pump.Stages(
                            source,
                            variation.filter(),
                            new KillableSink(files, variation.limits(), killSwitch),
                            new KillableStore(locked, killSwitch)),
                    checkpoint,
                    Limits.NONE,
                    null,
                    status -> {},
                    clock,
                    clock);
            return pump.run() == StreamEnd.EXHAUSTED;
        } catch (Killed killed) {
            return false;
        }
    }

    private static TickingClock clock() {
        return new TickingClock("2026-12-01T10:00:00Z");
    }

    /** What a kill in the middle of a write leaves. */
    private static void tear(Path workspace) throws IOException {
        for (String tail : List.of("posts", "dead-letter")) {
            Path directory = workspace.resolve("streams/launches").resolve(tail);
            for (Path file : files(directory)) {
                if (file.toString().matches(".*(\\.part|jsonl)")) {
                    Files.writeString(file, "\u001f{torn", StandardOpenOption.APPEND);
                }
            }
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(Files::isRegularFile).sorted().collect(toList());
        }
    }

    private static List<String> lines(Path directory) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : files(directory)) {
            byte[] content = Files.readAllBytes(file);
            if (file.toString().endsWith(".gz")) {
                try (GZIPInputStream stream = new GZIPInputStream(Files.newInputStream(file))) {
                    content = stream.readAllBytes();
                }
            }
            new String(content, StandardCharsets.UTF_8).lines().forEach(lines::add);
        }
        return lines;
    }

    private static void assertEachPostExactlyOnce(Path workspace, Variation variation, String description)
            throws IOException {
        Path folder = workspace.resolve("streams/launches");
        List<String> matching = input(variation.posts()).stream()
                .filter(line -> line.contains(variation.kept()))
                .collect(toList());
        int max = variation.limits().postBytes() - 1;

        assertThat(lines(folder.resolve("posts")))
                .as(description)
                .containsExactlyInAnyOrderElementsOf(
                        matching.stream().filter(line -> line.length() <= max).collect(toList()));
        assertThat(lines(folder.resolve("dead-letter")))
                .as(description)
                .containsExactlyElementsOf(
                        matching.stream().filter(line -> line.length() > max).collect(toList()));
        Checkpoint last = StreamFolder.of(workspace, "launches").readCheckpoint();
        assertThat(last.counts().read()).as(description).isEqualTo(variation.posts());
        assertThat(last.counts().kept() + last.counts().deadLetters())
                .as(description)
                .isEqualTo(matching.size());
    }

    @Test
    void aKillAtAnyCallLosesAndRepeatsNothing() throws IOException, InterruptedException {
        Variation variation = new Variation(
                24, new BatchLimits(4, 1_000, 60), Compression.GZIP, PostFilter.of(List.of(), List.of()), "");
        KillSwitch unused = new KillSwitch(NEVER);
        run(temporary.resolve("without"), variation, unused);
        List<Integer> points =
                IntStream.rangeClosed(1, unused.calls.size()).boxed().collect(toList());
        assertThat(points).hasSizeGreaterThan(25);

        for (int point : SAMPLING.choose(16, points, number -> unused.calls.get(number - 1))) {
            Path workspace = temporary.resolve("at-" + point);
            clock = clock();
            assertThat(run(workspace, variation, new KillSwitch(point))).isFalse();
            tear(workspace);

            assertThat(run(workspace, variation, new KillSwitch(NEVER))).isTrue();
            assertEachPostExactlyOnce(
                    workspace, variation, "killed " + unused.calls.get(point - 1) + ", call " + point);
        }
    }

    @Test
    void manyKillsLoseAndRepeatNothing() throws IOException, InterruptedException {
        List<Integer> seeds = IntStream.range(0, 100).boxed().collect(toList());
        for (int seed : SAMPLING.choose(8, seeds)) {
            Random random = new Random(seed);
            boolean all = random.nextBoolean();
            Variation variation = new Variation(
                    random.nextInt(60),
                    new BatchLimits(1 + random.nextInt(9), 80 + random.nextInt(400), 60 + random.nextInt(20)),
                    random.nextBoolean() ? Compression.GZIP : Compression.NONE,
                    PostFilter.of(all ? List.of() : List.of("rocket"), List.of()),
                    all ? "" : "rocket");
            Path workspace = temporary.resolve("seed-" + seed);

            while (!run(workspace, variation, new KillSwitch(6 + random.nextInt(40)))) {
                tear(workspace);
            }

            assertEachPostExactlyOnce(workspace, variation, "seed " + seed);
        }
    }
}
