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

/** Each content is fetched once, lies below the cache whatever its key is, and keeps a name that readers understand. */
final class S3CacheTest {
    @TempDir
    Path folder;

    private final BucketRoom room = new BucketRoom();

    @AfterEach
    void close() {
        room.close();
    }

    private S3Download fetch() {
        return new S3Download(room.aws, (what, done, all) -> {});
    }

    private Path brought(String uri) throws IOException {
        return new S3Cache(fetch(), folder.resolve("cache"))
                .bring(fetch().look(uri).orElseThrow());
    }

    private int fetches() {
        return room.fake.calls().named("GetObject").size();
    }

    @Test
    void anObjectIsFetchedOnceUntilItChanges() throws IOException {
        room.put("in/titles.csv", "first");
        Path first = brought("s3://mine/in/titles.csv");
        assertThat(brought("s3a://mine/in/titles.csv")).isEqualTo(first).hasContent("first");
        assertThat(first).hasFileName("titles.csv").startsWith(folder.resolve("cache"));
        assertThat(fetches()).isEqualTo(1);

        room.put("in/titles.csv", "other");
        assertThat(brought("s3://mine/in/titles.csv")).isNotEqualTo(first).hasContent("other");
        assertThat(first).hasContent("first");
        assertThat(fetches()).isEqualTo(2);
    }

    @Test
    void aFolderIsFetchedOnceUntilAnythingInItChanges() throws IOException {
        room.put("in/titles.parquet/part-0", "zero");
        room.put("in/titles.parquet/year=1813/part-1", "one");
        Path first = brought("s3://mine/in/titles.parquet/");
        assertThat(brought("s3://mine/in/titles.parquet")).isEqualTo(first).hasFileName("titles.parquet");
        assertThat(first.resolve("year=1813/part-1")).hasContent("one");
        assertThat(fetches()).isEqualTo(2);

        room.put("in/titles.parquet/part-2", "two");
        assertThat(brought("s3://mine/in/titles.parquet").resolve("part-2")).hasContent("two");
        assertThat(first.resolve("part-2")).doesNotExist();
    }

    @Test
    void aFoldersNameIsOneThatNoReaderTakesForAPattern() throws IOException {
        for (String key : List.of("..", "a[1]*", ".hidden", "_private", "{x}", "é", "year=1813")) {
            room.put("in/" + key + "/part-0", "x");
        }

        assertThat(Stream.of("..", "a[1]*", ".hidden", "_private", "{x}", "é", "year=1813")
                        .map(key -> {
                            try {
                                Path copy = brought("s3://mine/in/" + key);
                                assertThat(copy.resolve("part-0")).hasContent("x");
                                assertThat(copy.getParent().getParent()).isEqualTo(folder.resolve("cache"));
                                return copy.getFileName().toString();
                            } catch (IOException broken) {
                                throw new AssertionError(broken);
                            }
                        }))
                .containsExactly("input", "a_1__", "hidden", "private", "x_", "input", "year=1813");
    }

    @Test
    void aWholeBucketIsAFolderOfItsName() throws IOException {
        room.put("part-0", "x");

        assertThat(brought("s3://mine")).hasFileName("mine");
    }

    @Test
    void whateverAKeyIsNothingLandsOutsideTheCache() throws IOException {
        room.put("in/../../../evil", "x");

        assertThatThrownBy(() -> brought("s3://mine/in")).hasMessageContaining("no room for the keys '../../../evil'");
        assertThat(brought("s3://mine/in/../../..").resolve("evil").toRealPath())
                .startsWith(folder.resolve("cache").toRealPath());
        try (Stream<Path> children = Files.list(folder)) {
            assertThat(children).containsExactly(folder.resolve("cache"));
        }
    }
}
