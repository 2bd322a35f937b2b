package org.emrelay.runner.platform.emr.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.runner.platform.emr.log.LogRoom.APPLICATION;
import static org.emrelay.runner.platform.emr.log.LogRoom.DRIVER;
import static org.emrelay.runner.platform.emr.log.LogRoom.STEP;
import static org.emrelay.runner.platform.emr.log.LogRoom.URI;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever follows a step reads each line once, soon after it was shipped. */
final class FollowerTest {
    private static final Duration SIX_MINUTES = Duration.ofMinutes(6);
    private static final String SUBMITTED =
            "26/11/21 03:44:40 INFO YarnClientImpl: Submitted application " + APPLICATION + "\n";
    private static final String STOPPED = "26/11/21 03:45:14 INFO ShutdownHookManager: Shutdown hook called\n";

    private final LogRoom room = new LogRoom();

    @AfterEach
    void close() {
        room.close();
    }

    private BooleanSupplier endsAfter(Duration duration) {
        return () -> room.time().elapsed().compareTo(duration) >= 0;
    }

    private void succeedAfter(Duration delay) {
        room.shipAfter(delay, STEP + "controller.gz", "2026-11-21T03:45:12.001Z INFO Step succeeded with exitCode 0\n");
    }

    @Test
    void whatIsShippedAnewIsPrintedFromWhereItEndedBefore() {
        room.shipAfter(Duration.ofMinutes(1), STEP + "stdout.gz", "one\ntwo\n");
        room.shipAfter(Duration.ofMinutes(6), STEP + "stdout.gz", "one\ntwo\nthree\n");
        succeedAfter(Duration.ofMinutes(8));

        room.follow(SIX_MINUTES, endsAfter(Duration.ofMinutes(7)));

        assertThat(room.printed)
                .containsExactly(
                        "1 " + STEP + "stdout.gz: one",
                        "1 " + STEP + "stdout.gz: two",
                        "6 " + STEP + "stdout.gz: three");
    }

    @Test
    void aLineThatIsCutOffIsPrintedOnceItIsWhole() {
        room.shipAfter(Duration.ofMinutes(1), STEP + "stdout.gz", "one\ntw");
        room.shipAfter(Duration.ofMinutes(6), STEP + "stdout.gz", "one\ntwo\nthe last, without an end");
        succeedAfter(Duration.ofMinutes(6));

        room.follow(SIX_MINUTES, endsAfter(Duration.ofMinutes(6)));

        assertThat(room.printed)
                .map(line -> line.replaceFirst("^\\d+ ", ""))
                .containsExactly(
                        STEP + "stdout.gz: one", STEP + "stdout.gz: two", STEP + "stdout.gz: the last, without an end");
    }

    @Test
    void theDriversLogIsFollowedOnceTheStepNamesItsApplication() {
        room.shipAfter(Duration.ofMinutes(1), STEP + "stderr.gz", SUBMITTED);
        room.shipAfter(Duration.ofMinutes(2), DRIVER + "stdout.gz", "300 titles\n");
        room.shipAfter(
                Duration.ofMinutes(2),
                DRIVER.replace("000001", "000002") + "stdout.gz",
                "what an executor prints is for its own log\n");
        room.shipAfter(Duration.ofMinutes(5), DRIVER + "stderr.gz", STOPPED);
        succeedAfter(Duration.ofMinutes(4));

        room.follow(SIX_MINUTES, endsAfter(Duration.ofMinutes(3)));

        assertThat(room.printed)
                .containsExactly(
                        "1 " + STEP + "stderr.gz: " + SUBMITTED.strip(),
                        "2 " + DRIVER + "stdout.gz: 300 titles",
                        "5 " + DRIVER + "stderr.gz: " + STOPPED.strip());
    }

    @Test
    void theLastLogsAreWaitedForWithACountdownUntilTheyHaveCome() {
        room.shipAfter(Duration.ofMinutes(2), STEP + "stdout.gz", "done\n");
        succeedAfter(Duration.ofMinutes(2));

        room.follow(SIX_MINUTES, () -> true);

        assertThat(room.waited.get(0))
                .isEqualTo(new LogWaitPolicy.Waiting("the last logs of step s-2ABC", SIX_MINUTES));
        assertThat(room.waited.get(1).left()).isEqualTo(SIX_MINUTES.minusSeconds(5));
        assertThat(room.printed).containsExactly("2 " + STEP + "stdout.gz: done");
        assertThat(room.time().elapsed()).isEqualTo(Duration.ofMinutes(2).plusSeconds(30));
    }

    @Test
    void logsThatNeverComeAreWaitedForNoLongerThanAsked() {
        room.follow(Duration.ofSeconds(42), () -> true);

        assertThat(room.printed).isEmpty();
        assertThat(room.time().elapsed()).isEqualTo(Duration.ofSeconds(42));
    }

    @Test
    void aLogThatTurnsIntoAnHourlyPieceIsNotPrintedAgain() {
        room.shipAfter(Duration.ofMinutes(1), STEP + "stderr.gz", "one of the first hour\ntwo\n");
        room.time()
                .after(
                        Duration.ofMinutes(3),
                        () -> room.ship(STEP + "stderr-2026-11-21-03.gz", "one of the first hour\ntwo\nthree\n")
                                .ship(STEP + "stderr.gz", "four of the second hour\n"));
        succeedAfter(Duration.ofMinutes(4));

        room.follow(SIX_MINUTES, endsAfter(Duration.ofMinutes(4)));

        assertThat(room.printed)
                .containsExactly(
                        "1 " + STEP + "stderr.gz: one of the first hour",
                        "1 " + STEP + "stderr.gz: two",
                        "3 " + STEP + "stderr-2026-11-21-03.gz: three",
                        "3 " + STEP + "stderr.gz: four of the second hour");
    }

    @Test
    void aConnectionThatBreaksWithinALogLosesAndDoublesNoLine() {
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < 20_000; line++) {
            text.append("title ").append(line * 7919L % 10_007).append('\n');
        }
        room.ship(STEP + "stdout.gz", text.toString());
        succeedAfter(Duration.ZERO);
        room.fake.faults().add(Fault.answerCut(), Calls.named("GetObject").first(2));

        room.print();

        assertThat(room.printed)
                .map(line -> line.replaceFirst("^.*: ", ""))
                .containsExactly(text.toString().split("\n"));
    }

    @Test
    void aLineAsLongAsALogIsPrintedInPiecesThatEndBetweenCharacters() {
        String line = "é".repeat(50_000);
        room.ship(STEP + "stdout.gz", line + "\nnext\n");

        room.print();

        assertThat(room.printed).hasSize(3);
        String pieces = room.printed.get(0).replaceFirst("^.*: ", "")
                + room.printed.get(1).replaceFirst("^.*: ", "");
        assertThat(pieces).isEqualTo(line);
        assertThat(room.printed.get(2)).endsWith(": next");
    }

    @Test
    void bytesThatAreNoTextArePrintedAsMarksAndACutArchiveAsFarAsItGoes() {
        room.shipBytes(STEP + "stdout.txt", "a\u0000\r\nb".getBytes(UTF_8));
        byte[] zipped = LogRoom.zipped("one\ntwo\n" + "x".repeat(100_000));
        room.shipBytes(STEP + "stderr.gz", Arrays.copyOf(zipped, zipped.length - 12));

        room.print();

        assertThat(room.printed.subList(0, 4))
                .containsExactly(
                        "0 " + STEP + "stdout.txt: a\u0000",
                        "0 " + STEP + "stdout.txt: b",
                        "0 " + STEP + "stderr.gz: one",
                        "0 " + STEP + "stderr.gz: two");
    }

    @Test
    void whoPrintsWithoutFollowingLearnsWhetherThereIsALog() {
        assertThat(room.print()).isFalse();

        room.stepFailed();
        assertThat(room.print()).isFalse();

        room.ship(STEP + "stdout.gz", "");
        assertThat(room.print()).isTrue();
        assertThat(room.printed).isEmpty();
        assertThat(room.time().elapsed()).isZero();
    }

    @Test
    void aStormIsToldOnceAndBorne() {
        room.shipAfter(Duration.ofMinutes(1), STEP + "stdout.gz", "one\n");
        succeedAfter(Duration.ofMinutes(1));
        room.fake.faults().add(Fault.unavailable(), Calls.named("ListObjectsV2").first(9));

        room.follow(SIX_MINUTES, endsAfter(Duration.ofMinutes(2)));

        assertThat(room.printed).hasSize(1);
        assertThat(room.troubles).hasSize(1);
        assertThat(room.troubles.get(0)).startsWith("Could not list the logs below " + URI + STEP + ". ");
    }

    @Test
    void aRefusalEndsTheFollowing() {
        room.fake.faults().deny("s3", "ListObjectsV2");

        assertThatThrownBy(() -> room.follow(SIX_MINUTES, () -> false))
                .isInstanceOf(AwsException.class)
                .hasMessageStartingWith("Could not list the logs below " + URI + STEP + ". AccessDenied");
        assertThat(room.time().elapsed()).isZero();
    }
}
