package org.emrelay.runner.platform.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.platform.OutputContents;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.local.LocalWorkspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class S3WorkspaceTest {
    private static final String OUT = "s3://mine/data/out";

    private final BucketFixture fixture = new BucketFixture();
    private final S3Workspace workspace = fixture.workspace();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void putObjects(String... keys) {
        for (String key : keys) {
            fixture.put(key, key);
        }
    }

    @Test
    void urisContainBucketAndPrefix() {
        assertThat(workspace.uri("output/x")).isEqualTo("s3://mine/output/x");
        assertThat(workspace.name()).isEqualTo("mine");
        assertThat(fixture.workspace("team/a/").uri("output/x")).isEqualTo("s3://mine/team/a/output/x");
        assertThat(fixture.workspace("team/a/").name()).isEqualTo("mine/team/a");
        assertThatThrownBy(() -> workspace.uri("runs/../../x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("runs/../../x is outside the workspace s3://mine/");
    }

    @Test
    void readsWhatWasWritten() {
        S3Workspace prefixed = fixture.workspace("team/");
        prefixed.write("runs/1/run.json", "one".getBytes(UTF_8));
        prefixed.write("runs/1/run.json", "zwölf".getBytes(UTF_8));
        assertThat(prefixed.read("runs/1/run.json")).hasValue("zwölf".getBytes(UTF_8));
        assertThat(prefixed.read("runs/1/none.json")).isEmpty();
        assertThat(fixture.keys()).containsExactly("team/runs/1/run.json");
    }

    @Test
    void aMissingBucketIsNotAMissingFile() {
        S3Workspace missing =
                new S3Workspace(fixture.aws, "gone", "", (label, doneBytes, totalBytes) -> {}, text -> {});
        assertThatThrownBy(() -> missing.read("runs/1/run.json"))
                .isInstanceOf(AwsException.class)
                .hasMessage(
                        "Could not read s3://gone/runs/1/run.json. NoSuchBucket: The specified bucket does not exist.");
    }

    @Test
    void listsAllNamesDirectlyBelowAPath() {
        putObjects("runs/", "runs/b/run.json", "runs/b/events/1", "runs/a", "runsc/x");
        assertThat(workspace.list("runs")).containsExactly("a", "b");
        assertThat(workspace.list("runs/none")).isEmpty();
        IntStream.range(0, 2500).forEach(number -> fixture.put("many/" + number + "/x", ""));
        assertThat(workspace.list("many")).hasSize(2500);
    }

    @Test
    void summarizesWhatSparkWouldRead() throws IOException {
        putObjects(
                "data/out/part-0",
                "data/out/year=1813/part-1",
                "data/out/_year=1/part-2",
                "data/out/_SUCCESS",
                "data/out/.part-0.crc",
                "data/out/_log/entry",
                "data/out/_log/_temporary",
                "data/out/",
                "data/out/_temporary_$folder$",
                "data/out/year=1813_$folder$",
                "data/out_$folder$",
                "data/outer/part-9");
        OutputSummary summary = workspace.summary("s3a://mine/data/out/").orElseThrow();
        assertThat(summary.files()).isEqualTo(3);
        assertThat(summary.bytes())
                .isEqualTo("data/out/part-0data/out/year=1813/part-1data/out/_year=1/part-2".length());
    }

    @Test
    void summarizesTheSameAsALocalWorkspace(@TempDir Path folder) throws IOException {
        LocalWorkspace local = LocalWorkspace.open(folder);
        for (String file : List.of("part-0", "year=1/part-1", "_SUCCESS", "_log/x")) {
            fixture.put("data/out/" + file, file);
            local.write("data/out/" + file, file.getBytes(UTF_8));
        }
        fixture.put("data/one.png", "12345");
        local.write("data/one.png", "12345".getBytes(UTF_8));
        assertThat(workspace.summary(OUT)).isPresent().isEqualTo(local.summary(local.uri("data/out")));
        assertThat(workspace.summary("s3://mine/data/one.png"))
                .isPresent()
                .isEqualTo(local.summary(local.uri("data/one.png")));
    }

    @Test
    void anUncommittedOutputHasContentButNoSummary() throws IOException {
        putObjects("data/out/part-0", "data/out/year=1/_temporary/0/part-1");
        assertThat(workspace.summary(OUT)).isEmpty();
        assertThat(workspace.contents(OUT).names()).containsExactly("part-0", "year=1/_temporary/0/part-1");
        assertThat(workspace.summary("s3://mine/data/ou")).isEmpty();
        assertThat(workspace.contents("s3://mine/data/ou").isEmpty()).isTrue();
    }

    @Test
    void anOutputWithOnlyMarkersIsEmpty() throws IOException {
        putObjects("data/out/_SUCCESS");
        assertThat(workspace.summary(OUT).orElseThrow().files()).isZero();
    }

    @Test
    void marksADirectoryInsideAndAFileBeside(@TempDir Path target) throws IOException {
        putObjects("data/out/part-0", "data/out/_SUCCESS", "data/one.png");
        for (String uri : List.of(OUT, "s3://mine/data/one.png")) {
            OutputContents before = workspace.contents(uri);
            workspace.mark(uri, "ours");

            OutputContents marked = workspace.contents(uri);
            assertThat(marked.digest()).isEqualTo(before.digest());
            assertThat(marked.marker()).isEqualTo("ours");
            workspace.fetch(uri, target.resolve("copy"));
        }
        assertThat(workspace.contents(OUT).names()).containsExactly("_SUCCESS", "part-0");
        assertThat(fixture.keys())
                .containsExactly(
                        "data/_emrelay.one.png.json",
                        "data/one.png",
                        "data/out/_SUCCESS",
                        "data/out/_emrelay.json",
                        "data/out/part-0");
        workspace.fetch(OUT, target.resolve("copy"));
        assertThat(target.resolve("copy")).isDirectoryNotContaining(file -> file.endsWith("_emrelay.json"));

        fixture.put("data/out/part-0", "changed");
        assertThat(workspace.contents(OUT).digest())
                .isNotEqualTo(workspace.contents("s3://mine/data/one.png").digest());

        workspace.clear(OUT);
        workspace.clear("s3://mine/data/one.png");
        assertThat(fixture.keys()).isEmpty();
    }

    @Test
    void waitsForAllParallelTasks() throws IOException {
        putObjects("data/out/part-0", "data/other/part-0");
        Map<String, Boolean> results = new ConcurrentHashMap<>();

        workspace.inParallel(Stream.of(OUT, "s3://mine/data/other", "s3://mine/data/none")
                .<Workspace.IoTask>map(uri -> () -> results.put(uri, hasContent(uri)))
                .toList());

        assertThat(results).isEqualTo(Map.of(OUT, true, "s3://mine/data/other", true, "s3://mine/data/none", false));
    }

    private boolean hasContent(String uri) throws IOException {
        return !workspace.contents(uri).isEmpty();
    }

    @Test
    void clearsAnOutputButNotOtherKeysWithTheSamePrefix() throws IOException {
        putObjects("data/out", "data/out/part-0", "data/out/_temporary/0/x", "data/outer/part-0", "data/out.txt");
        IntStream.range(0, 2100).forEach(number -> fixture.put("data/out/many/" + number, ""));
        workspace.clear(OUT);
        workspace.clear(OUT);
        assertThat(fixture.keys()).containsExactly("data/out.txt", "data/outer/part-0");
        assertThat(fixture.fake.calls().named("DeleteObjects")).hasSize(3);
    }

    @Test
    void clearsOutputsInOtherBuckets() throws IOException {
        fixture.fake.account().bucket("theirs");
        fixture.fake.account().object("theirs", "results/part-0", "x");
        workspace.clear("s3://theirs/results");
        assertThat(workspace.contents("s3://theirs/results").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://mine",
                "s3://mine/",
                "s3://theirs",
                "s3://mine/team",
                "s3://mine/team/a",
                "s3://mine/team/a/runs"
            })
    void refusesToClearMoreThanAnOutput(String uri) throws IOException {
        putObjects("team/a/runs/1/run.json");
        assertThatThrownBy(() -> fixture.workspace("team/a/").clear(uri))
                .isInstanceOf(IOException.class)
                .hasMessage(S3Uri.of(uri)
                        + " cannot be used as an output: it would be cleared with everything else in it. Use a folder of its own"
                        + " for the output.");
        assertThat(fixture.keys()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tmp/out", "hdfs:///out", "s3:/x", ""})
    void rejectsNonS3Uris(String uri) {
        assertThatThrownBy(() -> workspace.summary(uri))
                .isInstanceOf(IOException.class)
                .hasMessage(uri + " is not an S3 URI: use s3://bucket/key.");
    }

    @Test
    void reportsAccessDeniedAsAnIoExceptionOfTheUri() {
        fixture.fake.s3().addForeignName("theirs");
        assertThatThrownBy(() -> workspace.summary("s3://theirs/out"))
                .isInstanceOf(IOException.class)
                .hasMessage("Could not list s3://theirs/out. AccessDenied: Access Denied. Ask your AWS administrator"
                        + " for this permission.");
    }

    @Test
    void expiredCredentialsAreNotAnIoExceptionOfTheUri() {
        fixture.fake.faults().add(Fault.expiredCredentials(), Calls.of("s3"));
        assertThatThrownBy(() -> workspace.summary(OUT)).isInstanceOf(AwsException.class);
    }

    @Test
    void retriesTransientFaults() throws IOException {
        putObjects("data/out/part-0");
        fixture.fake.faults().add(Fault.throttled(), Calls.of("s3").everyNth(2));
        fixture.fake.faults().add(Fault.responseLost(), Calls.of("s3").everyNth(3));
        assertThat(workspace.summary(OUT)).isPresent();
        workspace.clear(OUT);
        assertThat(fixture.keys()).isEqualTo(List.of());
    }
}
