package org.emrelay.runner.platform.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.emrelay.runner.fakeaws.Call;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files come into the bucket whole, once per content, and nothing is left behind that costs money unseen. */
final class S3UploadTest {
    @TempDir
    Path folder;

    private final BucketRoom room = new BucketRoom();
    private final S3Workspace workspace = room.workspace();

    @AfterEach
    void close() {
        room.close();
    }

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Path large(int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(7).nextBytes(content);
        return Files.write(folder.resolve("big.jar"), content);
    }

    @Test
    void aFileIsSentOnceForItsPathNamesItsContent() throws IOException {
        workspace.upload(file("job.py", "first"), "scripts/abc/job.py");
        workspace.upload(file("job.py", "second"), "scripts/abc/job.py");

        assertThat(room.text("scripts/abc/job.py")).isEqualTo("first");
        assertThat(room.fake.calls().named("PutObject")).hasSize(1);
        assertThat(room.moved).containsExactly("upload of job.py: 5 of 5");
    }

    @Test
    void aFileThatKeepsItsNameIsSentAgainWhenItsContentHasChanged() throws IOException {
        workspace.upload(file("in.csv", "first"), "input/in.csv");
        workspace.upload(file("in.csv", "first"), "input/in.csv");
        assertThat(room.fake.calls().named("PutObject")).hasSize(1);
        workspace.upload(file("in.csv", "other"), "input/in.csv");
        assertThat(room.text("input/in.csv")).isEqualTo("other");
    }

    @Test
    void aDirectoryIsSentFileByFileAndOnlyWhatIsMissing() throws IOException {
        file("lib/a.jar", "a");
        file("lib/deep/b c.jar", "b");
        file("lib/empty", "");
        room.put("input/abc/lib/a.jar", "a");
        workspace.upload(folder.resolve("lib"), "input/abc/lib");

        assertThat(room.keys())
                .containsExactly("input/abc/lib/a.jar", "input/abc/lib/deep/b c.jar", "input/abc/lib/empty");
        assertThat(room.fake.calls().named("PutObject")).hasSize(2);
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> workspace.upload(folder.resolve("none"), "scripts/abc/none"))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(folder.resolve("none").toString());
    }

    @Test
    void aLargeFileGoesInPartsAndArrivesByteForByte() throws IOException {
        Path file = large((32 << 20) + 5);
        workspace.upload(file, "scripts/abc/big.jar");

        assertThat(room.content("scripts/abc/big.jar")).isEqualTo(Files.readAllBytes(file));
        assertThat(room.fake.calls().named("UploadPart")).hasSize(3);
        assertThat(room.uploadsInProgress()).isZero();
        assertThat(room.moved).hasSize(3).last().isEqualTo("upload of big.jar: 33554437 of 33554437");
        workspace.upload(file, "input/big.jar");
        workspace.upload(file, "input/big.jar");
        assertThat(room.fake.calls().named("UploadPart")).hasSize(6);
    }

    @Test
    void anUploadThatFailsIsTakenBack() throws IOException {
        Path file = large(40 << 20);
        room.fake.faults().add(Fault.denied(), Calls.named("UploadPart").only(2));

        assertThatThrownBy(() -> workspace.upload(file, "scripts/abc/big.jar")).isInstanceOf(AwsException.class);
        assertThat(room.uploadsInProgress()).isZero();
        assertThat(room.keys()).isEmpty();
    }

    @Test
    void lostRequestsAndAnswersDoNotHurt() throws IOException {
        Path file = large(40 << 20);
        room.fake.faults().add(Fault.answerLost(), Calls.named("UploadPart").only(1));
        room.fake.faults().add(Fault.requestLost(), Calls.named("UploadPart").only(3));
        room.fake
                .faults()
                .add(Fault.answerLost(), Calls.named("CompleteMultipartUpload").first(1));
        room.fake.faults().add(Fault.answerLost(), Calls.named("PutObject").first(1));
        workspace.upload(file, "scripts/abc/big.jar");
        workspace.upload(file("job.py", "x"), "scripts/abc/job.py");

        assertThat(room.content("scripts/abc/big.jar")).isEqualTo(Files.readAllBytes(file));
        assertThat(room.text("scripts/abc/job.py")).isEqualTo("x");
        assertThat(room.uploadsInProgress()).isZero();
    }

    @Test
    void ofTwoWhoBringTheSameTheSecondTakesItsPartsBack() throws IOException {
        Path file = large(20 << 20);
        room.fake
                .faults()
                .add(
                        Fault.slow(Duration.ofSeconds(30)),
                        Calls.named("CompleteMultipartUpload").first(1));
        room.fake
                .time()
                .after(
                        Duration.ofSeconds(10),
                        () -> room.fake.s3().write(BucketRoom.BUCKET, "scripts/abc/big.jar", new byte[] {1}));
        workspace.upload(file, "scripts/abc/big.jar");

        assertThat(room.content("scripts/abc/big.jar")).containsExactly(1);
        assertThat(room.uploadsInProgress()).isZero();
    }

    @Test
    void afterADeathAtAnyCallTheSameUploadIsComplete() throws IOException {
        Path file = large(20 << 20);
        int points = 0;
        for (boolean before : new boolean[] {true, false}) {
            for (int call = 1; ; call++, points++) {
                String path = "scripts/" + before + call + "/big.jar";
                if (before) {
                    room.fake.dieBefore(call);
                } else {
                    room.fake.dieAfter(call);
                }
                boolean died = dies(file, path);
                room.fake.revive();
                if (!died) {
                    break;
                }
                workspace.upload(file, path);
                assertThat(room.content(path)).as("call %s", call).isEqualTo(Files.readAllBytes(file));
            }
        }
        assertThat(points).isGreaterThanOrEqualTo(8);
        assertThat(room.fake.calls().all()).extracting(Call::operation).doesNotContain("DeleteObjects");
    }

    private boolean dies(Path file, String path) throws IOException {
        try {
            workspace.upload(file, path);
            return room.fake.isDead();
        } catch (Error | RuntimeException death) {
            return true;
        }
    }
}
