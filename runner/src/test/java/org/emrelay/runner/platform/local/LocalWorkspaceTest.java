package org.emrelay.runner.platform.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalWorkspaceTest {
    private Path root;
    private Path outside;
    private LocalWorkspace workspace;

    @BeforeEach
    void openWorkspace(@TempDir Path directory) throws IOException {
        root = directory.toRealPath().resolve("wörk späce");
        outside = Files.createDirectory(directory.toRealPath().resolve("outside"));
        workspace = LocalWorkspace.open(root);
    }

    @Test
    void urisArePlainAbsolutePaths() {
        assertThat(workspace.name()).isEqualTo("wörk späce");
        assertThat(workspace.uri("output/clouds/run/words")).isEqualTo(root + "/output/clouds/run/words");
    }

    @Test
    void nothingLeadsOutOfTheWorkspace() {
        assertThatThrownBy(() -> workspace.uri("../elsewhere"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("../elsewhere leads out of the workspace " + root);
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        workspace.write("runs/1/plan.json", "one".getBytes(UTF_8));
        workspace.write("runs/1/plan.json", "two".getBytes(UTF_8));
        assertThat(workspace.read("runs/1/plan.json")).hasValue("two".getBytes(UTF_8));
        assertThat(workspace.read("runs/1/none.json")).isEmpty();
        assertThat(workspace.children("runs/1")).containsExactly("plan.json");
        assertThat(workspace.children("runs/2")).isEmpty();
        assertThat(workspace.children("runs/1/plan.json")).isEmpty();
    }

    @Test
    void whatTheRunnerWritesOnlyItsOwnerCanRead() throws IOException {
        workspace.write("runs/1/plan.json", new byte[0]);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("runs/1/plan.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aScriptIsCopiedOnceForItsPathNamesItsContent() throws IOException {
        Path script = Files.writeString(outside.resolve("job.py"), "first");
        workspace.upload(script, "scripts/abc/job.py");
        Files.writeString(script, "second");
        workspace.upload(script, "scripts/abc/job.py");
        assertThat(root.resolve("scripts/abc/job.py")).hasContent("first");
        assertThat(workspace.children("scripts/abc")).containsExactly("job.py");
    }

    @Test
    void aDirectoryIsCopiedWithAllThatIsInIt() throws IOException {
        tree("lib", "a.jar", "deep/b.jar");
        workspace.upload(outside.resolve("lib"), "scripts/abc");
        assertThat(root.resolve("scripts/abc/deep/b.jar")).hasContent("deep/b.jar");
    }

    @Test
    void aCopyThatBreaksOffLeavesNothing() {
        assertThatThrownBy(() -> workspace.upload(outside.resolve("none"), "scripts/abc/none"))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(root.resolve("scripts/abc")).isEmptyDirectory();
    }

    @Test
    void anOutputIsWhatSparkWouldReadOfIt() throws IOException {
        tree(
                "out",
                "part-0",
                "year=1813/part-1",
                "_year=1/part-2",
                "_SUCCESS",
                ".part-0.crc",
                "x.crc",
                "_log/entry",
                ".hidden/file");
        assertThat(workspace.summary(outside + "/out")).hasValueSatisfying(summary -> {
            assertThat(summary.files()).isEqualTo(3);
            assertThat(summary.bytes()).isEqualTo("part-0year=1813/part-1_year=1/part-2".length());
        });
    }

    @Test
    void theDigestTellsNamesAndSizesButNotTheirPlace() throws IOException {
        tree("one", "a", "b/c");
        tree("two", "a", "b/c");
        tree("other", "a", "b/d");
        assertThat(digest("one")).isEqualTo(digest("two")).isNotEqualTo(digest("other"));
        Files.writeString(outside.resolve("two/a"), "longer");
        assertThat(digest("two")).isNotEqualTo(digest("one"));
    }

    @Test
    void anUnfinishedOutputIsNone() throws IOException {
        tree("out", "part-0", "year=1/_temporary/0/part-1");
        assertThat(workspace.summary(outside + "/out")).isEmpty();
        assertThat(workspace.holdsSomething(outside + "/out")).isTrue();
        assertThat(workspace.summary(outside + "/none")).isEmpty();
        assertThat(workspace.holdsSomething(outside + "/none")).isFalse();
    }

    @Test
    void anOutputMayBeOneFile() throws IOException {
        tree("out", "cloud.png");
        assertThat(workspace.summary(outside + "/out/cloud.png"))
                .hasValueSatisfying(summary -> assertThat(summary.bytes()).isEqualTo(9));
    }

    @Test
    void urisOfFilesAreUnderstoodAsSparkWritesThem() throws IOException {
        tree("o ü", "part-0");
        assertThat(workspace.summary("file:" + outside + "/o ü")).isPresent();
        assertThat(workspace.summary("file://" + outside + "/o ü")).isPresent();
        assertThat(workspace.summary(outside.resolve("o ü").toUri().toString())).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://bucket/out", "out", "hdfs:///out", ""})
    void whatIsNoPlaceOnThisMachineIsSaidToBeNone(String uri) {
        assertThatThrownBy(() -> workspace.summary(uri))
                .isInstanceOf(IOException.class)
                .hasMessage(uri + " is no place on this machine: local steps write to an absolute path.");
    }

    @Test
    void clearingRemovesAllOfAnOutputAndNothingElse() throws IOException {
        tree("out", "part-0", "_SUCCESS", "deep/er/part-1");
        tree("beside", "part-0");
        Files.createSymbolicLink(outside.resolve("out/link"), outside.resolve("beside"));
        workspace.clear(outside + "/out");
        workspace.clear(outside + "/out");
        assertThat(outside.resolve("out")).doesNotExist();
        assertThat(outside.resolve("beside/part-0")).exists();
    }

    @Test
    void clearingRefusesWhatHoldsMoreThanAnOutput() throws IOException {
        Files.createSymbolicLink(outside.resolve("link"), root.getParent());
        Stream.of(
                        "/",
                        "/tmp",
                        System.getProperty("user.home"),
                        Path.of("").toAbsolutePath().toString(),
                        Path.of("").toAbsolutePath().getParent().toString(),
                        root.toString(),
                        root.getParent().toString(),
                        root + "/output",
                        root + "/output/../runs",
                        outside + "/link/" + root.getFileName())
                .forEach(place -> assertThatThrownBy(() -> workspace.clear(place))
                        .as(place)
                        .isInstanceOf(IOException.class)
                        .hasMessageEndingWith(
                                " is not removed to make room for an output, for much else may be there. Name a"
                                        + " folder of its own for the output."));
        assertThat(root).exists();
    }

    @Test
    void aResultIsFetchedWholeInPlaceOfAnOlderOne() throws IOException {
        tree("out", "part-0", "deep/part-1");
        tree("results/words", "old");
        workspace.fetch(outside + "/out", outside.resolve("results/words"));
        assertThat(outside.resolve("results/words/deep/part-1")).hasContent("deep/part-1");
        assertThat(outside.resolve("results/words/old")).doesNotExist();
        assertThat(children("results")).containsExactly("words");
    }

    @Test
    void aFetchThatFailsLeavesTheOlderResult() throws IOException {
        tree("results/words", "old");
        assertThatThrownBy(() -> workspace.fetch(outside + "/none", outside.resolve("results/words")))
                .hasMessage(outside + "/none is not there, so it cannot be fetched");
        assertThat(outside.resolve("results/words/old")).exists();
    }

    @Test
    void aResultOfOneFileIsFetchedIntoTheFolder() throws IOException {
        tree("out", "cloud.png");
        workspace.fetch(outside + "/out/cloud.png", outside.resolve("results/clouds"));
        assertThat(outside.resolve("results/clouds/cloud.png")).hasContent("cloud.png");
    }

    @Test
    void leavesHadoopsChecksumsBehind() throws IOException {
        Path output = Files.createDirectories(outside.resolve("out/year=1999"));
        for (String name : List.of("part.parquet", ".part.parquet.crc", ".mine.crc", ".mine")) {
            Files.writeString(output.resolve(name), name);
        }
        Files.writeString(outside.resolve("out/.only.crc"), "");

        workspace.fetch(outside + "/out", outside.resolve("results"));

        assertThat(outside.resolve("results/year=1999").toFile().list())
                .containsExactlyInAnyOrder("part.parquet", ".mine", ".mine.crc");
        assertThat(outside.resolve("results").toFile().list()).containsExactlyInAnyOrder("year=1999", ".only.crc");
    }

    @Test
    void aResultIsNotFetchedOntoItself() throws IOException {
        tree("out", "deep/part-0");
        assertThatThrownBy(() -> workspace.fetch(outside + "/out", outside.resolve("out")))
                .hasMessage(outside + "/out cannot be fetched to " + outside
                        + "/out: one lies in the other. Name another place.");
        assertThatThrownBy(() -> workspace.fetch(outside + "/out/deep", outside.resolve("out")))
                .isInstanceOf(IOException.class);
        assertThat(outside.resolve("out/deep/part-0")).exists();
    }

    private String digest(String output) throws IOException {
        return workspace.summary(outside + "/" + output).orElseThrow().digest();
    }

    private Stream<String> children(String directory) throws IOException {
        try (Stream<Path> files = Files.list(outside.resolve(directory))) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    /** Makes files whose content is their path. */
    private void tree(String directory, String... files) throws IOException {
        for (String file : files) {
            Path path = outside.resolve(directory).resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, file);
        }
    }
}
