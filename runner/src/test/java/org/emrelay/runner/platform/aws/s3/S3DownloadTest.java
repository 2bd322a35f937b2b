package org.emrelay.runner.platform.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.emrelay.runner.fakeaws.Call;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads are atomic and never transfer the same bytes twice. */
final class S3DownloadTest {
    private static final String OUT = "s3://mine/data/out";
    private static final int SLICE = 16 << 20;

    @TempDir
    Path folder;

    private final BucketFixture fixture = new BucketFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private S3Download download() {
        return fixture.download();
    }

    private S3Content find(String uri) throws IOException {
        return download().find(uri).orElseThrow();
    }

    private Path target() {
        return folder.resolve("results/out");
    }

    private Path fetch(String uri) throws IOException {
        return download().fetch(uri, target());
    }

    private byte[] putLarge(String key, int size, int seed) {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        return fixture.fake.inspect(() -> {
            fixture.fake.s3().write(BucketFixture.BUCKET, key, content);
            return content;
        });
    }

    private Map<String, String> files() throws IOException {
        return BucketFixture.files(folder);
    }

    private List<String> ranges() {
        return fixture.fake.calls().named("GetObject").stream()
                .map(call -> call.text().replaceFirst("(?s).*range=bytes=(\\d+-\\d+).*", "$1"))
                .sorted(Comparator.comparing(range -> Long.parseLong(range.replaceFirst("-.*", ""))))
                .toList();
    }

    @Test
    void downloadsWhatSparkWouldReadOfAFolder() throws IOException {
        for (String key : List.of("part-0", "year=1813/part 1.csv", "year=1813/.part 1.csv.crc", "_SUCCESS", "empty")) {
            fixture.put("data/out/" + key, key.equals("empty") ? "" : key);
        }
        fixture.put("data/out/", "");
        fixture.put("data/out/year=1813_$folder$", "");
        fixture.put("data/outer", "not in the folder");

        assertThat(fetch(OUT)).isEqualTo(target());
        assertThat(files())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "results/out/part-0", "part-0",
                        "results/out/year=1813/part 1.csv", "year=1813/part 1.csv",
                        "results/out/_SUCCESS", "_SUCCESS",
                        "results/out/empty", ""));
        assertThat(fixture.progress).hasSize(3).last().isEqualTo("fetch of out: 34 of 34");
    }

    @Test
    void downloadsASingleObjectUnderItsOwnName() throws IOException {
        fixture.put("data/titles.csv", "id,title\n");
        fixture.put("data/titles.csv.old", "x");

        assertThat(fetch("s3a://mine/data/titles.csv")).isEqualTo(target().resolve("titles.csv"));
        assertThat(files()).containsExactly(Map.entry("results/out/titles.csv", "id,title\n"));
    }

    @Test
    void reportsAMissingUri() throws IOException {
        fixture.put("data/outer", "x");
        fixture.put("data/out/", "");

        assertThat(download().find(OUT)).isEmpty();
        assertThatThrownBy(() -> fetch(OUT))
                .isInstanceOf(IOException.class)
                .hasMessage(OUT + " does not exist: there is no object with this key or below it.");
    }

    @Test
    void replacesAPreviousDownload() throws IOException {
        fixture.put("data/out/part-0", "new");
        Files.createDirectories(target().resolve("part-0"));
        Files.writeString(target().resolve("part-0/old"), "old");
        Files.writeString(target().resolve("old"), "old");

        fetch(OUT);

        assertThat(files()).containsExactly(Map.entry("results/out/part-0", "new"));
    }

    @Test
    void downloadsALargeObjectInParallelSlices() throws IOException {
        byte[] content = putLarge("data/out/big", 2 * SLICE + 5, 7);

        fetch(OUT);

        assertThat(Files.readAllBytes(target().resolve("big"))).isEqualTo(content);
        assertThat(ranges()).containsExactly("0-16777215", "16777216-33554431", "33554432-33554436");
        assertThat(fixture.progress).last().isEqualTo("fetch of out: 33554437 of 33554437");
    }

    @Test
    void resumesWhereTheConnectionBroke() throws IOException {
        byte[] content = putLarge("data/out/big", 1_000_000, 7);
        fixture.fake
                .faults()
                .add(Fault.responseTruncated(), Calls.named("GetObject").first(5));

        fetch(OUT);

        assertThat(Files.readAllBytes(target().resolve("big"))).isEqualTo(content);
        assertThat(ranges().subList(0, 3)).containsExactly("0-999999", "500000-999999", "750000-999999");
        assertThat(fixture.progress).last().isEqualTo("fetch of out: 1000000 of 1000000");
    }

    @Test
    void downloadsOnlyMissingSlicesAfterAFailure() throws IOException {
        byte[] content = putLarge("data/out/big", 2 * SLICE + 5, 7);
        fixture.put("data/out/small", "small");
        fixture.fake.faults().add(Fault.denied(), Calls.named("GetObject").nth(4));
        assertThatThrownBy(() -> fetch(OUT))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Could not fetch s3://mine/data/out/")
                .hasMessageEndingWith("Ask your AWS administrator for this permission.");
        assertThat(target()).doesNotExist();
        fixture.fake.calls().clear();

        fetch(OUT);

        assertThat(fixture.fake.calls().named("GetObject")).hasSize(1);
        assertThat(Files.readAllBytes(target().resolve("big"))).isEqualTo(content);
        assertThat(target().resolve("small")).hasContent("small");
        assertThat(fixture.progress).last().isEqualTo("fetch of out: 33554442 of 33554442");
        assertThat(folder.resolve("results")).isDirectoryNotContaining("glob:**.fetch");
    }

    @Test
    void discardsThePartialDownloadOfAReplacedObject() throws IOException {
        putLarge("data/out/big", 2 * SLICE + 5, 7);
        fixture.put("data/out/gone/x", "gone");
        fixture.fake.faults().add(Fault.denied(), Calls.named("GetObject").nth(4));
        assertThatThrownBy(() -> fetch(OUT)).isInstanceOf(IOException.class);
        byte[] content = putLarge("data/out/big", 2 * SLICE + 4, 8);
        fixture.aws
                .clients()
                .s3()
                .deleteObject(request -> request.bucket("mine").key("data/out/gone/x"));
        fixture.put("data/out/gone", "now a file");

        fetch(OUT);

        assertThat(Files.readAllBytes(target().resolve("big"))).isEqualTo(content);
        assertThat(target().resolve("gone")).hasContent("now a file");
    }

    @Test
    void failsWhenAnObjectChangesDuringTheDownload() throws IOException {
        fixture.put("data/out/part-0", "first");
        S3Content before = find(OUT);
        fixture.put("data/out/part-0", "other");

        assertThatThrownBy(() -> download().fetch(before, target()))
                .isInstanceOf(IOException.class)
                .hasMessage("s3://mine/data/out/part-0 changed or was deleted during the download. Retry once no other"
                        + " process writes to it.");
        assertThat(target()).doesNotExist();
        assertThat(fetch(OUT).resolve("part-0")).hasContent("other");
    }

    @Test
    void ignoresATruncatedLineOfTheProgressFile() throws IOException {
        byte[] content = putLarge("data/out/big", 2 * SLICE + 5, 7);
        fixture.fake.faults().add(Fault.denied(), Calls.named("GetObject").nth(3));
        assertThatThrownBy(() -> fetch(OUT)).isInstanceOf(IOException.class);
        Path progressFile = progressFile();
        List<String> completed = Files.readAllLines(progressFile);
        String missing = List.of("0", "" + SLICE, "" + 2 * SLICE).stream()
                .filter(slice -> !completed.contains(slice))
                .findFirst()
                .orElseThrow();
        Files.writeString(progressFile, missing, StandardOpenOption.APPEND);
        fixture.fake.calls().clear();

        fetch(OUT);

        assertThat(fixture.fake.calls().named("GetObject")).hasSize(1);
        assertThat(Files.readAllBytes(target().resolve("big"))).isEqualTo(content);
    }

    private Path progressFile() throws IOException {
        try (Stream<Path> parts = Files.list(folder.resolve("results/.out.fetch/parts"))) {
            return parts.filter(path -> path.toString().endsWith(".etag"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void retriesThrottlingAndReportsExpiredCredentials() throws IOException {
        for (int number = 0; number < 40; number++) {
            fixture.put("data/out/part-" + number, "content of " + number);
        }
        fixture.fake.faults().add(Fault.throttled(), Calls.of("s3").everyNth(3));
        fixture.fake
                .faults()
                .add(Fault.responseTruncated(), Calls.named("GetObject").everyNth(4));
        fixture.fake.faults().add(Fault.responseLost(), Calls.named("GetObject").everyNth(5));
        fetch(OUT);
        assertThat(files()).hasSize(40);

        fixture.fake.faults().clear();
        fixture.fake.faults().add(Fault.expiredCredentials(), Calls.named("GetObject"));
        assertThatThrownBy(() -> fetch(OUT))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("Refresh your credentials");
        assertThat(files()).hasSizeGreaterThan(39);
        assertThat(target().resolve("part-39")).hasContent("content of 39");
    }

    @Test
    void completesAfterACrashAtAnyCall() throws IOException {
        byte[] content = putLarge("data/out/big", SLICE + 5, 7);
        fixture.put("data/out/a/part-0", "zero");
        fixture.put("data/out/empty", "");
        int crashPoints = 0;
        for (boolean before : new boolean[] {true, false}) {
            for (int call = 1; ; call++, crashPoints++) {
                Path target = folder.resolve(before + "-" + call);
                if (before) {
                    fixture.fake.crashBefore(call);
                } else {
                    fixture.fake.crashAfter(call);
                }
                boolean crashed = crashes(target);
                fixture.fake.restartProcess();
                if (!crashed) {
                    break;
                }
                assertThat(target).as("call %s", call).doesNotExist();
                download().fetch(OUT, target);
                assertThat(Files.readAllBytes(target.resolve("big")))
                        .as("call %s", call)
                        .isEqualTo(content);
                assertThat(target.resolve("a/part-0")).hasContent("zero");
                assertThat(target.resolve("empty")).isEmptyFile();
            }
        }
        assertThat(crashPoints).isEqualTo(8);
        assertThat(fixture.fake.calls().all()).extracting(Call::mutates).doesNotContain(true);
    }

    private boolean crashes(Path target) throws IOException {
        try {
            download().fetch(OUT, target);
            return fixture.fake.isCrashed();
        } catch (Error | RuntimeException crash) {
            return true;
        }
    }

    @Test
    void versionDependsOnContentAndUri() throws IOException {
        fixture.put("data/out/part-0", "first");
        fixture.put("data/other/part-0", "first");
        String first = find(OUT).version();
        assertThat(first).matches("[0-9a-f]{32}").isEqualTo(find(OUT + "/").version());
        assertThat(find("s3://mine/data/other").version()).isNotEqualTo(first);
        fixture.put("data/out/part-0", "other");
        assertThat(find(OUT).version()).isNotEqualTo(first);
        assertThat(find(OUT).bytes()).isEqualTo(5);
        assertThat(find(OUT).files()).isEqualTo(1);
    }
}
