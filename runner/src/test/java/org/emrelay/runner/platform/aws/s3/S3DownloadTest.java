package org.emrelay.runner.platform.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.emrelay.runner.fakeaws.Call;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in a bucket arrives here whole or not at all, and nothing of it is fetched twice. */
final class S3DownloadTest {
    private static final String OUT = "s3://mine/data/out";
    private static final int SLICE = 16 << 20;

    @TempDir
    Path folder;

    private final BucketRoom room = new BucketRoom();

    @AfterEach
    void close() {
        room.close();
    }

    private S3Download fetch() {
        return new S3Download(room.aws, (what, done, all) -> room.moved.add(what + ": " + done + " of " + all));
    }

    private S3Content look(String uri) throws IOException {
        return fetch().look(uri).orElseThrow();
    }

    private Path target() {
        return folder.resolve("results/out");
    }

    private Path fetched(String uri) throws IOException {
        return fetch().fetch(uri, target());
    }

    private byte[] putLarge(String key, int size, int seed) {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        return room.fake.look(() -> {
            room.fake.s3().write(BucketRoom.BUCKET, key, content);
            return content;
        });
    }

    /** Everything on the disk, hidden or not. */
    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    private List<String> ranges() {
        return room.fake.calls().named("GetObject").stream()
                .map(call -> call.text().replaceFirst("(?s).*range=bytes=(\\d+-\\d+).*", "$1"))
                .sorted(Comparator.comparing(range -> Long.parseLong(range.replaceFirst("-.*", ""))))
                .toList();
    }

    @Test
    void aFolderArrivesWithAllThatSparkWouldReadOfItAndNothingElse() throws IOException {
        for (String key : List.of("part-0", "year=1813/part 1.csv", "year=1813/.part 1.csv.crc", "_SUCCESS", "empty")) {
            room.put("data/out/" + key, key.equals("empty") ? "" : key);
        }
        room.put("data/out/", "");
        room.put("data/out/year=1813_$folder$", "");
        room.put("data/outer", "no part of it");

        assertThat(fetched(OUT)).isEqualTo(target());
        assertThat(files())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "results/out/part-0", "part-0",
                        "results/out/year=1813/part 1.csv", "year=1813/part 1.csv",
                        "results/out/_SUCCESS", "_SUCCESS",
                        "results/out/empty", ""));
        assertThat(room.moved).hasSize(3).last().isEqualTo("fetch of out: 34 of 34");
    }

    @Test
    void aSingleObjectArrivesInTheDirectoryUnderItsOwnName() throws IOException {
        room.put("data/titles.csv", "id,title\n");
        room.put("data/titles.csv.old", "x");

        assertThat(fetched("s3a://mine/data/titles.csv")).isEqualTo(target().resolve("titles.csv"));
        assertThat(files()).containsExactly(Map.entry("results/out/titles.csv", "id,title\n"));
    }

    @Test
    void whatIsNotThereIsSaidToBeMissing() throws IOException {
        room.put("data/outer", "x");
        room.put("data/out/", "");

        assertThat(fetch().look(OUT)).isEmpty();
        assertThatThrownBy(() -> fetched(OUT))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        OUT + " cannot be fetched: no object has this key, or one that begins with it and a slash.");
    }

    @Test
    void whatWasFetchedBeforeIsReplacedWhole() throws IOException {
        room.put("data/out/part-0", "new");
        Files.createDirectories(target().resolve("part-0"));
        Files.writeString(target().resolve("part-0/old"), "old");
        Files.writeString(target().resolve("old"), "old");

        fetched(OUT);

        assertThat(files()).containsExactly(Map.entry("results/out/part-0", "new"));
    }

    @Test
    void aLargeObjectIsFetchedInSlicesSideBySide() throws IOException {
        byte[] content = putLarge("data/out/big", 2 * SLICE + 5, 7);

        fetched(OUT);

        assertThat(Files.readAllBytes(target().resolve("big"))).isEqualTo(content);
        assertThat(ranges()).containsExactly("0-16777215", "16777216-33554431", "33554432-33554436");
        assertThat(room.moved).last().isEqualTo("fetch of out: 33554437 of 33554437");
    }

    @Test
    void aConnectionThatBreaksWithinABodyIsGoneOnWithWhereItBroke() throws IOException {
        byte[] content = putLarge("data/out/big", 1_000_000, 7);
        room.fake.faults().add(Fault.answerCut(), Calls.named("GetObject").first(5));

        fetched(OUT);

        assertThat(Files.readAllBytes(target().resolve("big"))).isEqualTo(content);
        assertThat(ranges().subList(0, 3)).containsExactly("0-999999", "500000-999999", "750000-999999");
        assertThat(room.moved).last().isEqualTo("fetch of out: 1000000 of 1000000");
    }

    @Test
    void onlyWhatIsMissingIsFetchedAfterAFailure() throws IOException {
        byte[] content = putLarge("data/out/big", 2 * SLICE + 5, 7);
        room.put("data/out/small", "small");
        room.fake.faults().add(Fault.denied(), Calls.named("GetObject").only(4));
        assertThatThrownBy(() -> fetched(OUT))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Could not fetch s3://mine/data/out/")
                .hasMessageEndingWith("Ask whoever administers the account for this permission.");
        assertThat(target()).doesNotExist();
        room.fake.calls().forget();

        fetched(OUT);

        assertThat(room.fake.calls().named("GetObject")).hasSize(1);
        assertThat(Files.readAllBytes(target().resolve("big"))).isEqualTo(content);
        assertThat(target().resolve("small")).hasContent("small");
        assertThat(room.moved).last().isEqualTo("fetch of out: 33554442 of 33554442");
        assertThat(folder.resolve("results")).isDirectoryNotContaining("glob:**.fetch");
    }

    @Test
    void ofAnObjectThatWasReplacedMeanwhileNothingOldIsLeft() throws IOException {
        putLarge("data/out/big", 2 * SLICE + 5, 7);
        room.put("data/out/gone/x", "gone");
        room.fake.faults().add(Fault.denied(), Calls.named("GetObject").only(4));
        assertThatThrownBy(() -> fetched(OUT)).isInstanceOf(IOException.class);
        byte[] content = putLarge("data/out/big", 2 * SLICE + 4, 8);
        room.aws.clients().s3().deleteObject(request -> request.bucket("mine").key("data/out/gone/x"));
        room.put("data/out/gone", "a file now");

        fetched(OUT);

        assertThat(Files.readAllBytes(target().resolve("big"))).isEqualTo(content);
        assertThat(target().resolve("gone")).hasContent("a file now");
    }

    @Test
    void anObjectThatChangesWhileItIsFetchedIsNamedAndNothingAppears() throws IOException {
        room.put("data/out/part-0", "first");
        S3Content before = look(OUT);
        room.put("data/out/part-0", "other");

        assertThatThrownBy(() -> fetch().fetch(before, target()))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "s3://mine/data/out/part-0 was changed or removed while it was being fetched. Fetch it again once nobody writes there.");
        assertThat(target()).doesNotExist();
        assertThat(fetched(OUT).resolve("part-0")).hasContent("other");
    }

    @Test
    void aLedgerThatACrashCutOffCountsAsFarAsItIsWhole() throws IOException {
        byte[] content = putLarge("data/out/big", 2 * SLICE + 5, 7);
        room.fake.faults().add(Fault.denied(), Calls.named("GetObject").only(3));
        assertThatThrownBy(() -> fetched(OUT)).isInstanceOf(IOException.class);
        Path ledger = ledger();
        List<String> here = Files.readAllLines(ledger);
        String missing = List.of("0", "" + SLICE, "" + 2 * SLICE).stream()
                .filter(slice -> !here.contains(slice))
                .findFirst()
                .orElseThrow();
        Files.writeString(ledger, missing, StandardOpenOption.APPEND);
        room.fake.calls().forget();

        fetched(OUT);

        assertThat(room.fake.calls().named("GetObject")).hasSize(1);
        assertThat(Files.readAllBytes(target().resolve("big"))).isEqualTo(content);
    }

    private Path ledger() throws IOException {
        try (Stream<Path> parts = Files.list(folder.resolve("results/.out.fetch/parts"))) {
            return parts.filter(path -> path.toString().endsWith(".etag"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void keysThatNoDirectoryCanHoldAreNamedAndNothingIsFetched() throws IOException {
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
            room.fake.s3().add("one", "us-east-1");
            room.fake.s3().write("one", "in/fine", "fine".getBytes(UTF_8));
            room.fake.s3().write("one", "in/" + key, "evil".getBytes(UTF_8));
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
            room.fake.s3().write("one", "in/" + partner, "partner".getBytes(UTF_8));

            assertThatThrownBy(() -> fetch().fetch("s3://one/in", fresh))
                    .as(key)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(
                            "s3://one/in cannot be copied to a directory, which has no room for the keys '")
                    .hasMessageEndingWith(
                            ": they would lead out of it, or are no names of files, or differ from another's only by capitals. Give the objects other names.");
            assertThat(files()).as(key).isEmpty();
        }
        assertThat(room.fake.calls().named("GetObject")).isEmpty();
    }

    @Test
    void manyBadKeysAreNotAllSaid() {
        for (String key : List.of("a//1", "a//2", "a//3\u0007", "a//4", "a//5")) {
            room.put("data/out/" + key, "x");
        }

        assertThatThrownBy(() -> fetched(OUT))
                .hasMessageContaining("the keys 'a//1', 'a//2', 'a//3?' and 2 more: they would");
    }

    @Test
    void aSingleObjectWithNoNameForAFileIsRefusedToo() {
        room.put("data/..", "x");

        assertThatThrownBy(() -> fetched("s3://mine/data/..")).hasMessageContaining("the keys '..'");
    }

    @Test
    void aLinkInTheWayOfTheStagingIsNotFollowed() throws IOException {
        room.put("data/out/part-0", "x");
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Path results = Files.createDirectories(folder.resolve("results"));
        Files.createSymbolicLink(results.resolve(".out.fetch"), elsewhere);

        assertThatThrownBy(() -> fetched(OUT))
                .hasMessage(results.resolve(".out.fetch") + " is in the way: it is no directory. Remove it.");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aLinkAtTheTargetIsReplacedAndNotFollowed() throws IOException {
        room.put("data/out/part-0", "x");
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("mine"), "mine");
        Files.createSymbolicLink(
                Files.createDirectories(folder.resolve("results")).resolve("out"), elsewhere);

        fetched(OUT);

        assertThat(files())
                .containsExactlyInAnyOrderEntriesOf(Map.of("elsewhere/mine", "mine", "results/out/part-0", "x"));
    }

    @Test
    void twoAtOnceToOnePlaceGetNotInOneAnothersWay() throws IOException {
        room.put("data/out/part-0", "x");
        Path staging = Files.createDirectories(folder.resolve("results/.out.fetch"));
        try (FileChannel lock =
                FileChannel.open(staging.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();

            assertThatThrownBy(() -> fetched(OUT))
                    .hasMessage(
                            "Something else is being fetched to " + target() + " on this machine. Wait for its end.");
        }
        fetched(OUT);
    }

    @Test
    void homesAreNotReplaced() {
        room.put("data/out/part-0", "x");
        Path home = Path.of(System.getProperty("user.home"));

        assertThatThrownBy(() -> fetch().fetch(OUT, home))
                .hasMessage(home
                        + " is not replaced by what is fetched, for much else may be there. Name a folder of its own.");
    }

    @Test
    void stormsAreBorneAndCredentialsThatEndAreTold() throws IOException {
        for (int number = 0; number < 40; number++) {
            room.put("data/out/part-" + number, "content of " + number);
        }
        room.fake.faults().add(Fault.throttled(), Calls.of("s3").every(3));
        room.fake.faults().add(Fault.answerCut(), Calls.named("GetObject").every(4));
        room.fake.faults().add(Fault.answerLost(), Calls.named("GetObject").every(5));
        fetched(OUT);
        assertThat(files()).hasSize(40);

        room.fake.faults().clear();
        room.fake.faults().add(Fault.expiredCredentials(), Calls.named("GetObject"));
        assertThatThrownBy(() -> fetched(OUT))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("Renew your credentials");
        assertThat(files()).hasSizeGreaterThan(39);
        assertThat(target().resolve("part-39")).hasContent("content of 39");
    }

    @Test
    void afterADeathAtAnyCallTheSameFetchIsComplete() throws IOException {
        byte[] content = putLarge("data/out/big", SLICE + 5, 7);
        room.put("data/out/a/part-0", "zero");
        room.put("data/out/empty", "");
        int points = 0;
        for (boolean before : new boolean[] {true, false}) {
            for (int call = 1; ; call++, points++) {
                Path target = folder.resolve(before + "-" + call);
                if (before) {
                    room.fake.dieBefore(call);
                } else {
                    room.fake.dieAfter(call);
                }
                boolean died = dies(target);
                room.fake.revive();
                if (!died) {
                    break;
                }
                assertThat(target).as("call %s", call).doesNotExist();
                fetch().fetch(OUT, target);
                assertThat(Files.readAllBytes(target.resolve("big")))
                        .as("call %s", call)
                        .isEqualTo(content);
                assertThat(target.resolve("a/part-0")).hasContent("zero");
                assertThat(target.resolve("empty")).isEmptyFile();
            }
        }
        assertThat(points).isEqualTo(8);
        assertThat(room.fake.calls().all()).extracting(Call::mutates).doesNotContain(true);
    }

    private boolean dies(Path target) throws IOException {
        try {
            fetch().fetch(OUT, target);
            return room.fake.isDead();
        } catch (Error | RuntimeException death) {
            return true;
        }
    }

    @Test
    void theVersionTellsContentsAndPlacesApart() throws IOException {
        room.put("data/out/part-0", "first");
        room.put("data/other/part-0", "first");
        String first = look(OUT).version();
        assertThat(first).matches("[0-9a-f]{16}").isEqualTo(look(OUT + "/").version());
        assertThat(look("s3://mine/data/other").version()).isNotEqualTo(first);
        room.put("data/out/part-0", "other");
        assertThat(look(OUT).version()).isNotEqualTo(first);
        assertThat(look(OUT).bytes()).isEqualTo(5);
        assertThat(look(OUT).files()).isEqualTo(1);
    }
}
