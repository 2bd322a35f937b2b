package org.emrelay.runner.platform.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.emrelay.runner.platform.OutputContents;
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
    void rejectsPathsOutsideTheWorkspace() {
        assertThatThrownBy(() -> workspace.uri("../elsewhere"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("../elsewhere is outside the workspace " + root);
    }

    @Test
    void readsWhatWasWritten() throws IOException {
        workspace.write("runs/1/plan.json", "one".getBytes(UTF_8));
        workspace.write("runs/1/plan.json", "two".getBytes(UTF_8));
        assertThat(workspace.read("runs/1/plan.json")).hasValue("two".getBytes(UTF_8));
        assertThat(workspace.read("runs/1/none.json")).isEmpty();
        assertThat(workspace.list("runs/1")).containsExactly("plan.json");
        assertThat(workspace.list("runs/2")).isEmpty();
        assertThat(workspace.list("runs/1/plan.json")).isEmpty();
    }

    @Test
    void filesAreReadableOnlyByTheirOwner() throws IOException {
        workspace.write("runs/1/plan.json", new byte[0]);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("runs/1/plan.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void withdrawsTheRightsOfOthersFromAnExistingWorkspace() throws IOException {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxr-x"));

        LocalWorkspace.open(root);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                .isEqualTo("rwx------");
    }

    @Test
    void refusesTheWorkspaceOfAnotherUserUnlessItIsNamed() throws IOException {
        long owner = ((Number) Files.getAttribute(root, "unix:uid")).longValue();
        if (owner == 0) {
            owner = 12345;
            Files.setAttribute(root, "unix:uid", 12345);
        }
        long another = owner + 1;

        assertThatThrownBy(() -> WorkspaceOwner.check(root, false, another))
                .hasMessage("Workspace " + root + " belongs to user "
                        + Files.getOwner(root).getName()
                        + ", who can change what runs in it. To use it anyway, pass --workspace " + root + ".");
        WorkspaceOwner.check(root, true, another);
        WorkspaceOwner.check(root, false, owner);
    }

    @Test
    void copiesAScriptOnlyOnce() throws IOException {
        Path script = Files.writeString(outside.resolve("job.py"), "first");
        workspace.upload(script, "scripts/abc/job.py");
        Files.writeString(script, "second");
        workspace.upload(script, "scripts/abc/job.py");
        assertThat(root.resolve("scripts/abc/job.py")).hasContent("first");
        assertThat(workspace.list("scripts/abc")).containsExactly("job.py");
    }

    /** Tracebacks name the copy, so users edit it. Its hash would then stand for another program. */
    @Test
    void refusesACopyThatWasEditedOrLeadsElsewhere() throws IOException {
        Path script = Files.writeString(outside.resolve("job.py"), "first");
        workspace.upload(script, "scripts/abc/job.py");
        Path copy = root.resolve("scripts/abc/job.py");
        Files.writeString(copy, "edited");

        assertThatThrownBy(() -> workspace.upload(script, "scripts/abc/job.py"))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(copy + ": was changed, but it is a copy of " + script
                        + ". Make the change there, and delete the copy");

        Files.writeString(copy, "first");
        workspace.upload(script, "scripts/abc/job.py");
        Path elsewhere = Files.createDirectory(outside.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("job.py"), "first");
        Files.delete(copy);
        Files.delete(copy.getParent());
        Files.createSymbolicLink(copy.getParent(), elsewhere);
        assertThatThrownBy(() -> workspace.upload(script, "scripts/abc/job.py"))
                .hasMessage(copy + ": leads to " + elsewhere.resolve("job.py")
                        + ", outside the workspace. Delete the link");
    }

    @Test
    void copiesDirectoryTrees() throws IOException {
        tree("lib", "a.jar", "deep/b.jar");
        workspace.upload(outside.resolve("lib"), "scripts/abc");
        assertThat(root.resolve("scripts/abc/deep/b.jar")).hasContent("deep/b.jar");
    }

    @Test
    void aFailedCopyLeavesNothing() {
        assertThatThrownBy(() -> workspace.upload(outside.resolve("none"), "scripts/abc/none"))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(root.resolve("scripts/abc")).isEmptyDirectory();
    }

    @Test
    void summarizesTheFilesThatSparkReads() throws IOException {
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
    void theDigestDependsOnNamesAndSizesButNotOnTheLocation() throws IOException {
        tree("one", "a", "b/c");
        tree("two", "a", "b/c");
        tree("other", "a", "b/d");
        assertThat(digest("one")).isEqualTo(digest("two")).isNotEqualTo(digest("other"));
        Files.writeString(outside.resolve("two/a"), "longer");
        assertThat(digest("two")).isNotEqualTo(digest("one"));
    }

    @Test
    void anUnfinishedOutputHasNoSummary() throws IOException {
        tree("out", "part-0", "year=1/_temporary/0/part-1");
        assertThat(workspace.summary(outside + "/out")).isEmpty();
        assertThat(workspace.contents(outside + "/out").names())
                .containsExactly("part-0", "year=1/_temporary/0/part-1");
        assertThat(workspace.summary(outside + "/none")).isEmpty();
        assertThat(workspace.contents(outside + "/none").isEmpty()).isTrue();
    }

    @Test
    void marksADirectoryInsideAndAFileBeside() throws IOException {
        tree("out", "part-0", "_SUCCESS");
        tree("", "one.png");
        Files.createSymbolicLink(outside.resolve("out/link"), outside.resolve("elsewhere"));
        for (String uri : List.of(outside + "/out", outside + "/one.png")) {
            OutputContents before = workspace.contents(uri);
            workspace.mark(uri, "ours");

            OutputContents marked = workspace.contents(uri);
            assertThat(marked.digest()).isEqualTo(before.digest());
            assertThat(marked.marker()).isEqualTo("ours");
        }
        assertThat(outside.resolve("out/_emrelay.json")).hasContent("ours");
        assertThat(outside.resolve("_emrelay.one.png.json")).hasContent("ours");
        assertThat(workspace.contents(outside + "/out").names()).containsExactly("_SUCCESS", "link", "part-0");

        // The same size at another time: an edited file.
        String digest = workspace.contents(outside + "/out").digest();
        Files.setLastModifiedTime(outside.resolve("out/part-0"), FileTime.fromMillis(1));
        assertThat(workspace.contents(outside + "/out").digest()).isNotEqualTo(digest);

        Files.delete(outside.resolve("out/link"));
        workspace.fetch(outside + "/out", outside.resolve("copy"));
        assertThat(outside.resolve("copy")).isDirectoryNotContaining(file -> file.endsWith("_emrelay.json"));

        workspace.clear(outside + "/out");
        workspace.clear(outside + "/one.png");
        assertThat(outside)
                .isDirectoryContaining(file -> file.endsWith("copy"))
                .isDirectoryNotContaining(file -> !file.endsWith("copy"));
    }

    @Test
    void anOutputMayBeASingleFile() throws IOException {
        tree("out", "cloud.png");
        assertThat(workspace.summary(outside + "/out/cloud.png"))
                .hasValueSatisfying(summary -> assertThat(summary.bytes()).isEqualTo(9));
    }

    @Test
    void acceptsFileUrisAsSparkWritesThem() throws IOException {
        tree("o ü", "part-0");
        assertThat(workspace.summary("file:" + outside + "/o ü")).isPresent();
        assertThat(workspace.summary("file://" + outside + "/o ü")).isPresent();
        assertThat(workspace.summary(outside.resolve("o ü").toUri().toString())).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://bucket/out", "out", "hdfs:///out", ""})
    void rejectsUrisThatAreNotLocal(String uri) {
        assertThatThrownBy(() -> workspace.summary(uri))
                .isInstanceOf(IOException.class)
                .hasMessage(uri + " is not a local path: local steps need an absolute path or a file: URI.");
    }

    @Test
    void clearDeletesTheWholeOutputAndNothingElse() throws IOException {
        tree("out", "part-0", "_SUCCESS", "nested/deep/part-1");
        tree("other", "part-0");
        Files.createSymbolicLink(outside.resolve("out/link"), outside.resolve("other"));
        workspace.clear(outside + "/out");
        workspace.clear(outside + "/out");
        assertThat(outside.resolve("out")).doesNotExist();
        assertThat(outside.resolve("other/part-0")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b/.git/HEAD", ".git", "deep/.emrelay-workspace"})
    void clearRefusesToDeleteRepositoriesAndWorkspaces(String file) throws IOException {
        tree("out", "part-0", file);

        assertThatThrownBy(() -> workspace.clear(outside + "/out"))
                .isInstanceOf(IOException.class)
                .hasMessage("Refusing to delete " + outside + "/out: it contains "
                        + outside.resolve("out").resolve(file.replace("/HEAD", ""))
                        + ". Use a dedicated directory for the output.");
        assertThat(outside.resolve("out").resolve(file)).exists();
    }

    @Test
    void aMarkerNeverReplacesWhatALinkLeadsTo() throws IOException {
        tree("out", "part-0");
        tree("", "mine");
        Files.createSymbolicLink(outside.resolve("out/_emrelay.json"), outside.resolve("mine"));

        workspace.mark(outside + "/out", "ours");

        assertThat(outside.resolve("mine")).hasContent("mine");
        assertThat(outside.resolve("out/_emrelay.json")).hasContent("ours").isRegularFile();
    }

    @Test
    void clearRefusesToDeleteMoreThanAnOutput() throws IOException {
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
                .forEach(path -> assertThatThrownBy(() -> workspace.clear(path))
                        .as(path)
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith("Refusing to delete ")
                        .hasMessageEndingWith(
                                ": it may contain more than an output. Use a dedicated directory for the output."));
        assertThat(root).exists();
    }

    @Test
    void fetchReplacesAnOlderResult() throws IOException {
        tree("out", "part-0", "deep/part-1");
        tree("results/words", "old");
        workspace.fetch(outside + "/out", outside.resolve("results/words"));
        assertThat(outside.resolve("results/words/deep/part-1")).hasContent("deep/part-1");
        assertThat(outside.resolve("results/words/old")).doesNotExist();
        assertThat(children("results")).containsExactly("words");
    }

    @Test
    void aFailedFetchKeepsTheOlderResult() throws IOException {
        tree("results/words", "old");
        assertThatThrownBy(() -> workspace.fetch(outside + "/none", outside.resolve("results/words")))
                .hasMessage(outside + "/none");
        assertThat(outside.resolve("results/words/old")).exists();
    }

    @Test
    void fetchesASingleFileIntoTheDirectory() throws IOException {
        tree("out", "cloud.png");
        workspace.fetch(outside + "/out/cloud.png", outside.resolve("results/clouds"));
        assertThat(outside.resolve("results/clouds/cloud.png")).hasContent("cloud.png");
    }

    @Test
    void doesNotFetchHadoopChecksums() throws IOException {
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
    void doesNotFetchAResultOntoItself() throws IOException {
        tree("out", "deep/part-0");
        assertThatThrownBy(() -> workspace.fetch(outside + "/out", outside.resolve("out")))
                .hasMessage("Cannot fetch " + outside + "/out to " + outside
                        + "/out: one contains the other. Choose another directory.");
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

    /** Creates files whose content is their path. */
    private void tree(String directory, String... files) throws IOException {
        for (String file : files) {
            Path path = outside.resolve(directory).resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, file);
        }
    }
}
