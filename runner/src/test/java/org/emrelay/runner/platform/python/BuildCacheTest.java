package org.emrelay.runner.platform.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.emrelay.runner.platform.Sleeper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildCacheTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final String OTHER_KEY = "fedcba9876543210fedcba9876543210";

    private final List<String> notices = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger builds = new AtomicInteger();
    private Path directory;
    private BuildCache cache;

    @BeforeEach
    void createCache(@TempDir Path temporary) {
        directory = temporary.resolve("cache/python");
        cache = new BuildCache(directory, Clock.systemUTC(), Sleeper.system());
    }

    @Test
    void buildsOnce() throws IOException {
        Path built = get(KEY, this::build);

        assertThat(get(KEY, this::build)).isEqualTo(built);
        assertThat(built.resolve("file")).hasContent("built");
        assertThat(get(OTHER_KEY, this::build)).isNotEqualTo(built);
        assertThat(builds).hasValue(2);
    }

    @Test
    void anUnusableDirectoryIsReportedWithTheRemedy(@TempDir Path temporary) throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        cache = new BuildCache(file.resolve("python"), Clock.systemUTC(), Sleeper.system());

        assertThatThrownBy(() -> get(KEY, this::build))
                .hasMessageStartingWith(file.resolve("python") + ": cannot keep Python environments here (")
                .hasMessageEndingWith("); set XDG_CACHE_HOME to a directory that can be written");
    }

    @Test
    void anotherProcessThatBuildsTheSameIsAwaited() throws Exception {
        CountDownLatch building = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<Path> first = CompletableFuture.supplyAsync(() -> unchecked(() -> get(KEY, empty -> {
            building.countDown();
            await(waiting);
            build(empty);
        })));
        await(building);
        CompletableFuture<Path> second = CompletableFuture.supplyAsync(() -> unchecked(() -> cache.get(
                KEY,
                "file",
                this::build,
                notice -> {
                    notices.add(notice);
                    waiting.countDown();
                },
                () -> false)));

        assertThat(second.get()).isEqualTo(first.get());
        assertThat(builds).hasValue(1);
        assertThat(notices).containsExactly("Another run installs the same Python packages. Waiting for it.");
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        CountDownLatch building = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        CompletableFuture<Path> first = CompletableFuture.supplyAsync(() -> unchecked(() -> get(KEY, empty -> {
            building.countDown();
            await(interrupted);
            build(empty);
        })));
        await(building);

        assertThatThrownBy(() -> cache.get(KEY, "file", this::build, notices::add, () -> true))
                .isInstanceOf(CancellationException.class);
        interrupted.countDown();
        assertThat(first.get()).exists();
    }

    /** What a killed process leaves is deleted by the next one that builds the same. */
    @Test
    void anIncompleteBuildIsNeverUsed() throws IOException {
        Path left = Files.createDirectories(directory.resolve(KEY + "-1"));
        Files.writeString(left.resolve("file"), "half");

        assertThat(get(KEY, this::build)).isNotEqualTo(left);
        assertThat(left).doesNotExist();
    }

    @Test
    void aFailedBuildLeavesNothing() throws IOException {
        assertThatThrownBy(() -> get(KEY, empty -> {
                    build(empty);
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(directory.resolve(KEY + ".lock"));
        }
        assertThat(get(KEY, this::build)).exists();
    }

    /** The interpreter that an environment links to may have been removed. */
    @Test
    void aBuildWithoutTheRequiredFileIsRepeated() throws IOException {
        Path built = get(KEY, this::build);
        Files.delete(built.resolve("file"));

        assertThat(get(KEY, this::build).resolve("file")).hasContent("built");
        assertThat(built).doesNotExist();
    }

    @Test
    void whatWasNotUsedForAMonthIsDeleted() throws IOException {
        Path unused = get(KEY, this::build);
        Path used = get(OTHER_KEY, this::build);
        BuildCache later = new BuildCache(
                directory, Clock.fixed(Instant.now().plus(Duration.ofDays(29)), ZoneOffset.UTC), Sleeper.system());
        later.find(OTHER_KEY, "file");
        BuildCache monthLater = new BuildCache(
                directory, Clock.fixed(Instant.now().plus(Duration.ofDays(31)), ZoneOffset.UTC), Sleeper.system());

        monthLater.get("00".repeat(16), "file", this::build, notices::add, () -> false);

        assertThat(unused).doesNotExist();
        assertThat(used).exists();
    }

    private void build(Path empty) throws IOException {
        builds.incrementAndGet();
        Files.writeString(empty.resolve("file"), "built");
    }

    private Path get(String key, BuildCache.Build build) throws IOException {
        return cache.get(key, "file", build, notices::add, () -> false);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private interface IoSupplier {
        Path get() throws IOException;
    }

    private static Path unchecked(IoSupplier supplier) {
        try {
            return supplier.get();
        } catch (IOException exception) {
            throw new IllegalStateException(exception);
        }
    }
}
