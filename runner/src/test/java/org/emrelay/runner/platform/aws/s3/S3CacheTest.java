package org.emrelay.runner.platform.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content is downloaded once, stays inside the cache and keeps a name that readers understand. */
final class S3CacheTest {
    @TempDir
    Path folder;

    private final BucketFixture fixture = new BucketFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private S3Download download() {
        return new S3Download(fixture.aws, (label, doneBytes, totalBytes) -> {});
    }

    private Path cached(String uri) throws IOException {
        return new S3Cache(download(), folder.resolve("cache"))
                .get(download().find(uri).orElseThrow());
    }

    private int downloads() {
        return fixture.fake.calls().named("GetObject").size();
    }

    @Test
    void downloadsAnObjectOnceUntilItChanges() throws IOException {
        fixture.put("in/titles.csv", "first");
        Path first = cached("s3://mine/in/titles.csv");
        assertThat(cached("s3a://mine/in/titles.csv")).isEqualTo(first).hasContent("first");
        assertThat(first).hasFileName("titles.csv").startsWith(folder.resolve("cache"));
        assertThat(downloads()).isEqualTo(1);

        fixture.put("in/titles.csv", "other");
        assertThat(cached("s3://mine/in/titles.csv")).isNotEqualTo(first).hasContent("other");
        assertThat(first).hasContent("first");
        assertThat(downloads()).isEqualTo(2);
    }

    @Test
    void downloadsAFolderOnceUntilAnObjectInItChanges() throws IOException {
        fixture.put("in/titles.parquet/part-0", "zero");
        fixture.put("in/titles.parquet/year=1813/part-1", "one");
        Path first = cached("s3://mine/in/titles.parquet/");
        assertThat(cached("s3://mine/in/titles.parquet")).isEqualTo(first).hasFileName("titles.parquet");
        assertThat(first.resolve("year=1813/part-1")).hasContent("one");
        assertThat(downloads()).isEqualTo(2);

        fixture.put("in/titles.parquet/part-2", "two");
        assertThat(cached("s3://mine/in/titles.parquet").resolve("part-2")).hasContent("two");
        assertThat(first.resolve("part-2")).doesNotExist();
    }

    @Test
    void sanitizesFolderNamesThatAReaderMayTakeForAGlobPattern() throws IOException {
        for (String key : List.of("..", "a[1]*", ".hidden", "_private", "{x}", "é", "year=1813")) {
            fixture.put("in/" + key + "/part-0", "x");
        }

        assertThat(Stream.of("..", "a[1]*", ".hidden", "_private", "{x}", "é", "year=1813")
                        .map(key -> {
                            try {
                                Path copy = cached("s3://mine/in/" + key);
                                assertThat(copy.resolve("part-0")).hasContent("x");
                                assertThat(copy.getParent().getParent()).isEqualTo(folder.resolve("cache"));
                                return copy.getFileName().toString();
                            } catch (IOException exception) {
                                throw new AssertionError(exception);
                            }
                        }))
                .containsExactly("input", "a_1__", "hidden", "private", "x_", "input", "year=1813");
    }

    @Test
    void cachesAWholeBucketUnderItsName() throws IOException {
        fixture.put("part-0", "x");

        assertThat(cached("s3://mine")).hasFileName("mine");
    }

    @Test
    void noKeyEscapesTheCache() throws IOException {
        fixture.put("in/../../../evil", "x");

        assertThatThrownBy(() -> cached("s3://mine/in")).hasMessageContaining("because of the keys '../../../evil'");
        assertThat(cached("s3://mine/in/../../..").resolve("evil").toRealPath())
                .startsWith(folder.resolve("cache").toRealPath());
        try (Stream<Path> children = Files.list(folder)) {
            assertThat(children).containsExactly(folder.resolve("cache"));
        }
    }
}
