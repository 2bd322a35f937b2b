package org.emrelay.runner.platform.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.local.LocalWorkspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class S3WorkspaceTest {
    private static final String OUT = "s3://mine/data/out";

    private final BucketRoom room = new BucketRoom();
    private final S3Workspace workspace = room.workspace();

    @AfterEach
    void close() {
        room.close();
    }

    private void objects(String... keys) {
        for (String key : keys) {
            room.put(key, key);
        }
    }

    @Test
    void itsUrisNameTheBucketAndThePrefix() {
        assertThat(workspace.uri("output/x")).isEqualTo("s3://mine/output/x");
        assertThat(workspace.name()).isEqualTo("mine");
        assertThat(room.workspace("team/a/").uri("output/x")).isEqualTo("s3://mine/team/a/output/x");
        assertThat(room.workspace("team/a/").name()).isEqualTo("mine/team/a");
        assertThatThrownBy(() -> workspace.uri("runs/../../x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("runs/../../x leads out of the workspace s3://mine/");
    }

    @Test
    void whatWasWrittenIsRead() {
        S3Workspace below = room.workspace("team/");
        below.write("runs/1/run.json", "one".getBytes(UTF_8));
        below.write("runs/1/run.json", "zwölf".getBytes(UTF_8));
        assertThat(below.read("runs/1/run.json")).hasValue("zwölf".getBytes(UTF_8));
        assertThat(below.read("runs/1/none.json")).isEmpty();
        assertThat(room.keys()).containsExactly("team/runs/1/run.json");
    }

    @Test
    void aBucketThatIsGoneIsNoAbsentFile() {
        S3Workspace gone = new S3Workspace(room.aws, "gone", "", (what, done, all) -> {});
        assertThatThrownBy(() -> gone.read("runs/1/run.json"))
                .isInstanceOf(AwsException.class)
                .hasMessage(
                        "Could not read s3://gone/runs/1/run.json. NoSuchBucket: The specified bucket does not exist.");
    }

    @Test
    void childrenAreTheNamesDirectlyBelowHoweverManyThereAre() {
        objects("runs/", "runs/b/run.json", "runs/b/events/1", "runs/a", "runsc/x");
        assertThat(workspace.children("runs")).containsExactly("a", "b");
        assertThat(workspace.children("runs/none")).isEmpty();
        IntStream.range(0, 2500).forEach(number -> room.put("many/" + number + "/x", ""));
        assertThat(workspace.children("many")).hasSize(2500);
    }

    @Test
    void anOutputIsWhatSparkWouldReadOfIt() throws IOException {
        objects(
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
    void itIsTheSameOutputAsTheSameFilesInADirectory(@TempDir Path folder) throws IOException {
        LocalWorkspace local = LocalWorkspace.open(folder);
        for (String file : List.of("part-0", "year=1/part-1", "_SUCCESS", "_log/x")) {
            room.put("data/out/" + file, file);
            local.write("data/out/" + file, file.getBytes(UTF_8));
        }
        room.put("data/one.png", "12345");
        local.write("data/one.png", "12345".getBytes(UTF_8));
        assertThat(workspace.summary(OUT)).isPresent().isEqualTo(local.summary(local.uri("data/out")));
        assertThat(workspace.summary("s3://mine/data/one.png"))
                .isPresent()
                .isEqualTo(local.summary(local.uri("data/one.png")));
    }

    @Test
    void anUnfinishedOutputIsNoneButHoldsSomething() throws IOException {
        objects("data/out/part-0", "data/out/year=1/_temporary/0/part-1");
        assertThat(workspace.summary(OUT)).isEmpty();
        assertThat(workspace.holdsSomething(OUT)).isTrue();
        assertThat(workspace.summary("s3://mine/data/ou")).isEmpty();
        assertThat(workspace.holdsSomething("s3://mine/data/ou")).isFalse();
    }

    @Test
    void anOutputWithNothingButMarkersIsThereAndEmpty() throws IOException {
        objects("data/out/_SUCCESS");
        assertThat(workspace.summary(OUT).orElseThrow().files()).isZero();
    }

    @Test
    void looksAtSeveralThingsBeforeItGoesOn() throws IOException {
        objects("data/out/part-0", "data/other/part-0");
        Map<String, Boolean> seen = new ConcurrentHashMap<>();

        workspace.sideBySide(Stream.of(OUT, "s3://mine/data/other", "s3://mine/data/none")
                .<Runnable>map(uri -> () -> seen.put(uri, holdsSomething(uri)))
                .toList());

        assertThat(seen).isEqualTo(Map.of(OUT, true, "s3://mine/data/other", true, "s3://mine/data/none", false));
    }

    private boolean holdsSomething(String uri) {
        try {
            return workspace.holdsSomething(uri);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    @Test
    void clearingTakesAllOfAnOutputAndNothingThatOnlyBeginsLikeIt() throws IOException {
        objects("data/out", "data/out/part-0", "data/out/_temporary/0/x", "data/outer/part-0", "data/out.txt");
        IntStream.range(0, 2100).forEach(number -> room.put("data/out/many/" + number, ""));
        workspace.clear(OUT);
        workspace.clear(OUT);
        assertThat(room.keys()).containsExactly("data/out.txt", "data/outer/part-0");
        assertThat(room.fake.calls().named("DeleteObjects")).hasSize(3);
    }

    @Test
    void clearingReachesOtherBucketsToo() throws IOException {
        room.fake.account().bucket("theirs");
        room.fake.account().object("theirs", "results/part-0", "x");
        workspace.clear("s3://theirs/results");
        assertThat(workspace.holdsSomething("s3://theirs/results")).isFalse();
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
    void clearingRefusesWhatHoldsMoreThanAnOutput(String uri) throws IOException {
        objects("team/a/runs/1/run.json");
        assertThatThrownBy(() -> room.workspace("team/a/").clear(uri))
                .isInstanceOf(IOException.class)
                .hasMessage(S3Uri.of(uri)
                        + " is not emptied to make room for an output, for much else may be there. Name a folder of its own"
                        + " for the output.");
        assertThat(room.keys()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tmp/out", "hdfs:///out", "s3:/x", ""})
    void whatIsNoPlaceInABucketIsSaidToBeNone(String uri) {
        assertThatThrownBy(() -> workspace.summary(uri))
                .isInstanceOf(IOException.class)
                .hasMessage(uri + " is no place in a bucket: steps on EMR write to s3://bucket/key.");
    }

    @Test
    void whatAwsRefusesOfAPlaceIsAMatterOfThatPlace() {
        room.fake.s3().takenByOthers("theirs");
        assertThatThrownBy(() -> workspace.summary("s3://theirs/out"))
                .isInstanceOf(IOException.class)
                .hasMessage("Could not list s3://theirs/out. AccessDenied: Access Denied. Ask whoever administers the"
                        + " account for this permission.");
    }

    @Test
    void credentialsThatEndSayNothingAboutAPlace() {
        room.fake.faults().add(Fault.expiredCredentials(), Calls.of("s3"));
        assertThatThrownBy(() -> workspace.summary(OUT)).isInstanceOf(AwsException.class);
    }

    @Test
    void faultsThatPassAreBorne() throws IOException {
        objects("data/out/part-0");
        room.fake.faults().add(Fault.throttled(), Calls.of("s3").every(2));
        room.fake.faults().add(Fault.answerLost(), Calls.of("s3").every(3));
        assertThat(workspace.summary(OUT)).isPresent();
        workspace.clear(OUT);
        assertThat(room.keys()).isEqualTo(List.of());
    }
}
