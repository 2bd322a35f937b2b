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

/** Uploads are atomic and happen once per content. Incomplete multipart uploads incur costs, so none remains. */
final class S3UploadTest {
    @TempDir
    Path folder;

    private final BucketFixture fixture = new BucketFixture();
    private final S3Workspace workspace = fixture.workspace();

    @AfterEach
    void close() {
        fixture.close();
    }

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Path largeFile(int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(7).nextBytes(content);
        return Files.write(folder.resolve("big.jar"), content);
    }

    @Test
    void uploadsAContentAddressedFileOnce() throws IOException {
        workspace.upload(file("job.py", "first"), "scripts/abc/job.py");
        workspace.upload(file("job.py", "second"), "scripts/abc/job.py");

        assertThat(fixture.text("scripts/abc/job.py")).isEqualTo("first");
        assertThat(fixture.fake.calls().named("PutObject")).hasSize(1);
        assertThat(fixture.progress).containsExactly("upload of job.py: 5 of 5");
    }

    @Test
    void uploadsAFileWithAFixedNameAgainWhenItChanges() throws IOException {
        workspace.upload(file("in.csv", "first"), "input/in.csv");
        workspace.upload(file("in.csv", "first"), "input/in.csv");
        assertThat(fixture.fake.calls().named("PutObject")).hasSize(1);
        workspace.upload(file("in.csv", "other"), "input/in.csv");
        assertThat(fixture.text("input/in.csv")).isEqualTo("other");
    }

    @Test
    void uploadsOnlyTheMissingFilesOfADirectory() throws IOException {
        file("lib/a.jar", "a");
        file("lib/deep/b c.jar", "b");
        file("lib/empty", "");
        fixture.put("input/abc/lib/a.jar", "a");
        workspace.upload(folder.resolve("lib"), "input/abc/lib");

        assertThat(fixture.keys())
                .containsExactly("input/abc/lib/a.jar", "input/abc/lib/deep/b c.jar", "input/abc/lib/empty");
        assertThat(fixture.fake.calls().named("PutObject")).hasSize(2);
    }

    @Test
    void reportsAMissingFile() {
        assertThatThrownBy(() -> workspace.upload(folder.resolve("none"), "scripts/abc/none"))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(folder.resolve("none").toString());
    }

    @Test
    void uploadsALargeFileInParts() throws IOException {
        Path file = largeFile((32 << 20) + 5);
        workspace.upload(file, "scripts/abc/big.jar");

        assertThat(fixture.content("scripts/abc/big.jar")).isEqualTo(Files.readAllBytes(file));
        assertThat(fixture.fake.calls().named("UploadPart")).hasSize(3);
        assertThat(fixture.uploadsInProgress()).isZero();
        assertThat(fixture.progress).hasSize(3).last().isEqualTo("upload of big.jar: 33554437 of 33554437");
        workspace.upload(file, "input/big.jar");
        workspace.upload(file, "input/big.jar");
        assertThat(fixture.fake.calls().named("UploadPart")).hasSize(6);
    }

    @Test
    void abortsAFailedUpload() throws IOException {
        Path file = largeFile(40 << 20);
        fixture.fake.faults().add(Fault.denied(), Calls.named("UploadPart").nth(2));

        assertThatThrownBy(() -> workspace.upload(file, "scripts/abc/big.jar")).isInstanceOf(AwsException.class);
        assertThat(fixture.uploadsInProgress()).isZero();
        assertThat(fixture.keys()).isEmpty();
    }

    @Test
    void survivesLostRequestsAndResponses() throws IOException {
        Path file = largeFile(40 << 20);
        fixture.fake
                .faults()
                .add(Fault.responseLost(), Calls.named("UploadPart").nth(1));
        fixture.fake.faults().add(Fault.requestLost(), Calls.named("UploadPart").nth(3));
        fixture.fake
                .faults()
                .add(
                        Fault.responseLost(),
                        Calls.named("CompleteMultipartUpload").first(1));
        fixture.fake.faults().add(Fault.responseLost(), Calls.named("PutObject").first(1));
        workspace.upload(file, "scripts/abc/big.jar");
        workspace.upload(file("job.py", "x"), "scripts/abc/job.py");

        assertThat(fixture.content("scripts/abc/big.jar")).isEqualTo(Files.readAllBytes(file));
        assertThat(fixture.text("scripts/abc/job.py")).isEqualTo("x");
        assertThat(fixture.uploadsInProgress()).isZero();
    }

    @Test
    void abortsTheUploadThatAnotherRunnerHasCompletedFirst() throws IOException {
        Path file = largeFile(20 << 20);
        fixture.fake
                .faults()
                .add(
                        Fault.requestDelayed(Duration.ofSeconds(30)),
                        Calls.named("CompleteMultipartUpload").first(1));
        fixture.fake
                .clock()
                .schedule(
                        Duration.ofSeconds(10),
                        () -> fixture.fake.s3().write(BucketFixture.BUCKET, "scripts/abc/big.jar", new byte[] {1}));
        workspace.upload(file, "scripts/abc/big.jar");

        assertThat(fixture.content("scripts/abc/big.jar")).containsExactly(1);
        assertThat(fixture.uploadsInProgress()).isZero();
    }

    @Test
    void completesAfterACrashAtAnyCall() throws IOException {
        Path file = largeFile(20 << 20);
        int crashPoints = 0;
        for (boolean before : new boolean[] {true, false}) {
            for (int call = 1; ; call++, crashPoints++) {
                String path = "scripts/" + before + call + "/big.jar";
                if (before) {
                    fixture.fake.crashBefore(call);
                } else {
                    fixture.fake.crashAfter(call);
                }
                boolean crashed = crashes(file, path);
                fixture.fake.restartProcess();
                if (!crashed) {
                    break;
                }
                workspace.upload(file, path);
                assertThat(fixture.content(path)).as("call %s", call).isEqualTo(Files.readAllBytes(file));
            }
        }
        assertThat(crashPoints).isGreaterThanOrEqualTo(8);
        assertThat(fixture.fake.calls().all()).extracting(Call::operation).doesNotContain("DeleteObjects");
    }

    private boolean crashes(Path file, String path) throws IOException {
        try {
            workspace.upload(file, path);
            return fixture.fake.isCrashed();
        } catch (Error | RuntimeException crash) {
            return true;
        }
    }
}
