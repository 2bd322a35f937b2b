package org.emrelay.runner.platform.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.emrelay.runner.fakeaws.Call;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        workspace.upload(file("job.py", "first"), "scripts/abc/job.py");

        assertThat(fixture.fake.calls().all())
                .extracting(Call::operation)
                .containsExactly("HeadObject", "PutObject", "HeadObject");
        assertThat(fixture.notices).isEmpty();
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
        fixture.putWithChecksum("input/abc/lib/a.jar", "a".getBytes(UTF_8));
        fixture.put("input/abc/lib/deep/", "");
        fixture.put("input/abc/lib/deep_$folder$", "");
        workspace.upload(folder.resolve("lib"), "input/abc/lib");

        assertThat(fixture.keys())
                .containsExactly(
                        "input/abc/lib/a.jar",
                        "input/abc/lib/deep/",
                        "input/abc/lib/deep/b c.jar",
                        "input/abc/lib/deep_$folder$",
                        "input/abc/lib/empty");
        assertThat(fixture.fake.calls().all())
                .extracting(Call::operation)
                .containsExactlyInAnyOrder("ListObjectsV2", "HeadObject", "PutObject", "PutObject");
    }

    @Test
    void uploadsAgainWhatSomeoneElseChanged() throws IOException {
        Path file = file("job.py", "mine");
        workspace.upload(file, "scripts/abc/job.py");
        fixture.put("scripts/abc/job.py", "evil");
        workspace.upload(file, "scripts/abc/job.py");
        assertThat(fixture.text("scripts/abc/job.py")).isEqualTo("mine");
        fixture.putWithChecksum("scripts/abc/job.py", "evil".getBytes(UTF_8));
        workspace.upload(file, "scripts/abc/job.py");
        assertThat(fixture.text("scripts/abc/job.py")).isEqualTo("mine");
        workspace.upload(file, "scripts/abc/job.py");

        assertThat(fixture.fake.calls().named("PutObject")).hasSize(3);
        String warning =
                "warning: Someone other than Emrelay changed s3://mine/scripts/abc/job.py. It is uploaded again."
                        + " Check who can write to the bucket.";
        assertThat(fixture.notices).containsExactly(warning, warning);
    }

    @Test
    void uploadsAgainWhatSomeoneElseChangedInADirectory() throws IOException {
        file("lib/a.jar", "aaa");
        file("lib/b.jar", "bbb");
        workspace.upload(folder.resolve("lib"), "input/abc/lib");
        fixture.put("input/abc/lib/a.jar", "longer");
        fixture.put("input/abc/lib/b.jar", "new");
        workspace.upload(folder.resolve("lib"), "input/abc/lib");

        assertThat(fixture.text("input/abc/lib/a.jar")).isEqualTo("aaa");
        assertThat(fixture.text("input/abc/lib/b.jar")).isEqualTo("bbb");
        assertThat(fixture.fake.calls().named("HeadObject")).hasSize(1);
        assertThat(fixture.notices)
                .containsExactly(
                        "warning: Someone other than Emrelay changed s3://mine/input/abc/lib/a.jar and 1 more objects."
                                + " They are uploaded again. Check who can write to the bucket.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void uploadsAgainWhatAnEarlierVersionUploadedWithoutAChecksum(boolean encryptedWithKms) throws IOException {
        if (encryptedWithKms) {
            fixture.encryptWithKms();
        }
        fixture.put("scripts/abc/job.py", "mine");
        workspace.upload(file("job.py", "mine"), "scripts/abc/job.py");
        workspace.upload(file("job.py", "mine"), "scripts/abc/job.py");

        assertThat(fixture.fake.calls().named("PutObject")).hasSize(1);
        assertThat(fixture.notices).isEmpty();
    }

    @Test
    void refusesADirectoryWithObjectsOfOthers() throws IOException {
        file("lib/a.jar", "a");
        fixture.put("input/abc/lib/evil.jar", "x");
        assertThatThrownBy(() -> workspace.upload(folder.resolve("lib"), "input/abc/lib"))
                .hasMessage("s3://mine/input/abc/lib/evil.jar was not uploaded by Emrelay, but a step would read it."
                        + " Delete it, then retry.");
        fixture.put("input/abc/lib/more/evil.jar", "x");
        assertThatThrownBy(() -> workspace.upload(folder.resolve("lib"), "input/abc/lib"))
                .hasMessage(
                        "s3://mine/input/abc/lib/evil.jar and 1 more objects were not uploaded by Emrelay, but a step"
                                + " would read them. Delete them, then retry.");
        assertThat(fixture.keys()).containsExactly("input/abc/lib/evil.jar", "input/abc/lib/more/evil.jar");
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
        workspace.upload(file, "scripts/abc/big.jar");
        assertThat(fixture.fake.calls().named("UploadPart")).hasSize(3);
    }

    @Test
    void uploadsALargeFileAgainThatSomeoneElseChanged() throws IOException {
        Path file = largeFile((16 << 20) + 5);
        byte[] content = Files.readAllBytes(file);
        byte[] firstPart = Arrays.copyOf(content, 16 << 20);
        fixture.putWithChecksum("scripts/abc/big.jar", firstPart, "evil!".getBytes(UTF_8));
        workspace.upload(file, "scripts/abc/big.jar");
        workspace.upload(file, "scripts/abc/big.jar");

        assertThat(fixture.content("scripts/abc/big.jar")).isEqualTo(content);
        assertThat(fixture.fake.calls().named("UploadPart")).hasSize(2);
        assertThat(fixture.notices)
                .containsExactly(
                        "warning: Someone other than Emrelay changed s3://mine/scripts/abc/big.jar. It is uploaded again."
                                + " Check who can write to the bucket.");
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

    /** Uploads a file of two parts, and lets another one write the object just before the upload is completed. */
    private Path uploadWhileAnotherWrites(boolean theSame) throws IOException {
        Path file = largeFile((16 << 20) + 5);
        byte[] content = Files.readAllBytes(file);
        byte[] end = Arrays.copyOfRange(content, 16 << 20, content.length);
        fixture.fake
                .faults()
                .add(
                        Fault.requestDelayed(Duration.ofSeconds(30)),
                        Calls.named("CompleteMultipartUpload").first(1));
        fixture.fake
                .clock()
                .schedule(
                        Duration.ofSeconds(10),
                        () -> fixture.fake
                                .s3()
                                .writeWithChecksum(
                                        BucketFixture.BUCKET,
                                        "scripts/abc/big.jar",
                                        Arrays.copyOf(content, 16 << 20),
                                        theSame ? end : "evil!".getBytes(UTF_8)));
        workspace.upload(file, "scripts/abc/big.jar");
        return file;
    }

    @Test
    void abortsTheUploadThatAnotherRunnerHasCompletedFirst() throws IOException {
        uploadWhileAnotherWrites(true);

        assertThat(fixture.fake.calls().named("CompleteMultipartUpload")).hasSize(1);
        assertThat(fixture.uploadsInProgress()).isZero();
        assertThat(fixture.notices).isEmpty();
    }

    @Test
    void replacesWhatSomeoneElseWritesDuringTheUpload() throws IOException {
        Path file = uploadWhileAnotherWrites(false);

        assertThat(fixture.content("scripts/abc/big.jar")).isEqualTo(Files.readAllBytes(file));
        assertThat(fixture.uploadsInProgress()).isZero();
        assertThat(fixture.notices)
                .containsExactly(
                        "warning: Someone other than Emrelay changed s3://mine/scripts/abc/big.jar. It is uploaded again."
                                + " Check who can write to the bucket.");
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
