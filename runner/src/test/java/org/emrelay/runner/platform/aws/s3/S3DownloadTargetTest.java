package org.emrelay.runner.platform.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads neither escape nor replace anything but their target directory. */
final class S3DownloadTargetTest {
    private static final String OUT = "s3://mine/data/out";

    @TempDir
    Path folder;

    private final BucketFixture fixture = new BucketFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private Path target() {
        return folder.resolve("results/out");
    }

    private Path fetch(String uri) throws IOException {
        return fixture.download().fetch(uri, target());
    }

    private Map<String, String> files() throws IOException {
        return BucketFixture.files(folder);
    }

    @Test
    void rejectsKeysThatAreNotValidPathsBeforeDownloading() throws IOException {
        for (String key : List.of(
                "../../evil",
                "a/../b",
                "/absolute",
                "a\\b",
                "nul\u0000",
                "new\nline",
                "./x",
                "a//b",
                "Titles",
                "titles",
                "file",
                "file/below",
                "Dir/x",
                "dir/y",
                "e\u0301",
                "\u00e9",
                "n".repeat(300))) {
            Path fresh = folder.resolve("case");
            fixture.fake.s3().addBucket("one", "us-east-1");
            fixture.fake.s3().write("one", "in/fine", "fine".getBytes(UTF_8));
            fixture.fake.s3().write("one", "in/" + key, "evil".getBytes(UTF_8));
            String partner = Map.of(
                            "Titles",
                            "tITLES",
                            "titles",
                            "TITLES",
                            "file",
                            "file/x",
                            "file/below",
                            "FILE",
                            "Dir/x",
                            "dIR/z",
                            "dir/y",
                            "DIR/y",
                            "e\u0301",
                            "\u00e9",
                            "\u00e9",
                            "e\u0301")
                    .getOrDefault(key, "other");
            fixture.fake.s3().write("one", "in/" + partner, "partner".getBytes(UTF_8));

            assertThatThrownBy(() -> fixture.download().fetch("s3://one/in", fresh))
                    .as(key)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("s3://one/in cannot be copied to a directory because of the keys '")
                    .hasMessageEndingWith(
                            ": they escape the directory, are not valid file names, or differ from another key only in"
                                    + " case. Rename the objects.");
            assertThat(files()).as(key).isEmpty();
        }
        assertThat(fixture.fake.calls().named("GetObject")).isEmpty();
    }

    @Test
    void listsOnlyTheFirstInvalidKeys() {
        for (String key : List.of("a//1", "a//2", "a//3\u0007", "a//4", "a//5")) {
            fixture.put("data/out/" + key, "x");
        }

        assertThatThrownBy(() -> fetch(OUT))
                .hasMessageContaining("the keys 'a//1', 'a//2', 'a//3?' and 2 more: they escape");
    }

    @Test
    void rejectsASingleObjectWithAnInvalidName() {
        fixture.put("data/..", "x");

        assertThatThrownBy(() -> fetch("s3://mine/data/..")).hasMessageContaining("the keys '..'");
    }

    @Test
    void doesNotFollowALinkAtTheStagingDirectory() throws IOException {
        fixture.put("data/out/part-0", "x");
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Path results = Files.createDirectories(folder.resolve("results"));
        Files.createSymbolicLink(results.resolve(".out.fetch"), elsewhere);

        assertThatThrownBy(() -> fetch(OUT))
                .hasMessage(results.resolve(".out.fetch") + " exists and is not a directory. Delete it.");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void replacesALinkAtTheTargetWithoutFollowingIt() throws IOException {
        fixture.put("data/out/part-0", "x");
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("mine"), "mine");
        Files.createSymbolicLink(
                Files.createDirectories(folder.resolve("results")).resolve("out"), elsewhere);

        fetch(OUT);

        assertThat(files())
                .containsExactlyInAnyOrderEntriesOf(Map.of("elsewhere/mine", "mine", "results/out/part-0", "x"));
    }

    @Test
    void rejectsAConcurrentDownloadToTheSameTarget() throws IOException {
        fixture.put("data/out/part-0", "x");
        Path staging = Files.createDirectories(folder.resolve("results/.out.fetch"));
        try (FileChannel lock =
                FileChannel.open(staging.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();

            assertThatThrownBy(() -> fetch(OUT))
                    .hasMessage("Another download to " + target() + " is running on this machine. Wait until it ends.");
        }
        fetch(OUT);
    }

    @Test
    void neverReplacesTheHomeDirectory() {
        fixture.put("data/out/part-0", "x");
        Path home = Path.of(System.getProperty("user.home"));

        assertThatThrownBy(() -> fixture.download().fetch(OUT, home))
                .hasMessage(home
                        + " cannot be a download target: it would be replaced with everything else in it. Use"
                        + " a directory of its own.");
    }
}
