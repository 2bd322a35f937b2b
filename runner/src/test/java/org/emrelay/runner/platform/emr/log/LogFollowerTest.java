package org.emrelay.runner.platform.emr.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.runner.platform.emr.log.StepLogsFixture.APPLICATION;
import static org.emrelay.runner.platform.emr.log.StepLogsFixture.DRIVER;
import static org.emrelay.runner.platform.emr.log.StepLogsFixture.STEP;
import static org.emrelay.runner.platform.emr.log.StepLogsFixture.URI;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The log follower prints each line once, soon after its upload. */
final class LogFollowerTest {
    private static final Duration SIX_MINUTES = Duration.ofMinutes(6);
    private static final String SUBMITTED =
            "26/11/21 03:44:40 INFO YarnClientImpl: Submitted application " + APPLICATION + "\n";
    private static final String SHUT_DOWN = "26/11/21 03:45:14 INFO ShutdownHookManager: Shutdown hook called\n";

    private final StepLogsFixture fixture = new StepLogsFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private BooleanSupplier endsAfter(Duration duration) {
        return () -> fixture.time().elapsed().compareTo(duration) >= 0;
    }

    private void succeedAfter(Duration delay) {
        fixture.shipAfter(
                delay, STEP + "controller.gz", "2026-11-21T03:45:12.001Z INFO Step succeeded with exitCode 0\n");
    }

    @Test
    void printsOnlyTheNewLinesOfALogUploadedAgain() {
        fixture.shipAfter(Duration.ofMinutes(1), STEP + "stdout.gz", "one\ntwo\n");
        fixture.shipAfter(Duration.ofMinutes(6), STEP + "stdout.gz", "one\ntwo\nthree\n");
        succeedAfter(Duration.ofMinutes(8));

        fixture.follow(SIX_MINUTES, endsAfter(Duration.ofMinutes(7)));

        assertThat(fixture.printed)
                .containsExactly(
                        "1 " + STEP + "stdout.gz: one",
                        "1 " + STEP + "stdout.gz: two",
                        "6 " + STEP + "stdout.gz: three");
    }

    @Test
    void printsAPartialLineOnceItIsComplete() {
        fixture.shipAfter(Duration.ofMinutes(1), STEP + "stdout.gz", "one\ntw");
        fixture.shipAfter(Duration.ofMinutes(6), STEP + "stdout.gz", "one\ntwo\nthe last line, unterminated");
        succeedAfter(Duration.ofMinutes(6));

        fixture.follow(SIX_MINUTES, endsAfter(Duration.ofMinutes(6)));

        assertThat(fixture.printed)
                .map(line -> line.replaceFirst("^\\d+ ", ""))
                .containsExactly(
                        STEP + "stdout.gz: one",
                        STEP + "stdout.gz: two",
                        STEP + "stdout.gz: the last line, unterminated");
    }

    @Test
    void followsTheDriversLogOnceTheStepNamesItsApplication() {
        fixture.shipAfter(Duration.ofMinutes(1), STEP + "stderr.gz", SUBMITTED);
        fixture.shipAfter(Duration.ofMinutes(2), DRIVER + "stdout.gz", "300 titles\n");
        fixture.shipAfter(
                Duration.ofMinutes(2),
                DRIVER.replace("000001", "000002") + "stdout.gz",
                "an executor's output is not printed\n");
        fixture.shipAfter(Duration.ofMinutes(5), DRIVER + "stderr.gz", SHUT_DOWN);
        succeedAfter(Duration.ofMinutes(4));

        fixture.follow(SIX_MINUTES, endsAfter(Duration.ofMinutes(3)));

        assertThat(fixture.printed)
                .containsExactly(
                        "1 " + STEP + "stderr.gz: " + SUBMITTED.strip(),
                        "2 " + DRIVER + "stdout.gz: 300 titles",
                        "5 " + DRIVER + "stderr.gz: " + SHUT_DOWN.strip());
    }

    @Test
    void waitsForTheFinalLogsWithACountdown() {
        fixture.shipAfter(Duration.ofMinutes(2), STEP + "stdout.gz", "done\n");
        succeedAfter(Duration.ofMinutes(2));

        fixture.follow(SIX_MINUTES, () -> true);

        assertThat(fixture.waits.get(0))
                .isEqualTo(new LogWaitPolicy.WaitProgress("the final logs of step s-2ABC", SIX_MINUTES));
        assertThat(fixture.waits.get(1).remaining()).isEqualTo(SIX_MINUTES.minusSeconds(5));
        assertThat(fixture.printed).containsExactly("2 " + STEP + "stdout.gz: done");
        assertThat(fixture.time().elapsed()).isEqualTo(Duration.ofMinutes(2).plusSeconds(30));
    }

    @Test
    void stopsWaitingForMissingLogsAfterTheMaximumWait() {
        fixture.follow(Duration.ofSeconds(42), () -> true);

        assertThat(fixture.printed).isEmpty();
        assertThat(fixture.time().elapsed()).isEqualTo(Duration.ofSeconds(42));
    }

    @Test
    void doesNotPrintARotatedLogAgain() {
        fixture.shipAfter(Duration.ofMinutes(1), STEP + "stderr.gz", "one of the first hour\ntwo\n");
        fixture.time()
                .schedule(
                        Duration.ofMinutes(3),
                        () -> fixture.ship(STEP + "stderr-2026-11-21-03.gz", "one of the first hour\ntwo\nthree\n")
                                .ship(STEP + "stderr.gz", "four of the second hour\n"));
        succeedAfter(Duration.ofMinutes(4));

        fixture.follow(SIX_MINUTES, endsAfter(Duration.ofMinutes(4)));

        assertThat(fixture.printed)
                .containsExactly(
                        "1 " + STEP + "stderr.gz: one of the first hour",
                        "1 " + STEP + "stderr.gz: two",
                        "3 " + STEP + "stderr-2026-11-21-03.gz: three",
                        "3 " + STEP + "stderr.gz: four of the second hour");
    }

    @Test
    void neitherLosesNorRepeatsLinesWhenAConnectionBreaks() {
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < 20_000; line++) {
            text.append("title ").append(line * 7919L % 10_007).append('\n');
        }
        fixture.ship(STEP + "stdout.gz", text.toString());
        succeedAfter(Duration.ZERO);
        fixture.aws
                .faults()
                .add(Fault.responseTruncated(), Calls.named("GetObject").first(2));

        fixture.print();

        assertThat(fixture.printed)
                .map(line -> line.replaceFirst("^.*: ", ""))
                .containsExactly(text.toString().split("\n"));
    }

    @Test
    void splitsAnOverlongLineBetweenCharacters() {
        String line = "é".repeat(50_000);
        fixture.ship(STEP + "stdout.gz", line + "\nnext\n");

        fixture.print();

        assertThat(fixture.printed).hasSize(3);
        String parts = fixture.printed.get(0).replaceFirst("^.*: ", "")
                + fixture.printed.get(1).replaceFirst("^.*: ", "");
        assertThat(parts).isEqualTo(line);
        assertThat(fixture.printed.get(2)).endsWith(": next");
    }

    @Test
    void printsBinaryBytesAndATruncatedGzipFileAsFarAsPossible() {
        fixture.shipBytes(STEP + "stdout.txt", "a\u0000\r\nb".getBytes(UTF_8));
        byte[] gzipped = StepLogsFixture.gzip("one\ntwo\n" + "x".repeat(100_000));
        fixture.shipBytes(STEP + "stderr.gz", Arrays.copyOf(gzipped, gzipped.length - 12));

        fixture.print();

        assertThat(fixture.printed.subList(0, 4))
                .containsExactly(
                        "0 " + STEP + "stdout.txt: a\u0000",
                        "0 " + STEP + "stdout.txt: b",
                        "0 " + STEP + "stderr.gz: one",
                        "0 " + STEP + "stderr.gz: two");
    }

    @Test
    void printReturnsWhetherThereIsALog() {
        assertThat(fixture.print()).isFalse();

        fixture.stepFailed();
        assertThat(fixture.print()).isFalse();

        fixture.ship(STEP + "stdout.gz", "");
        assertThat(fixture.print()).isTrue();
        assertThat(fixture.printed).isEmpty();
        assertThat(fixture.time().elapsed()).isZero();
    }

    @Test
    void reportsATransientOutageOnceAndContinues() {
        fixture.shipAfter(Duration.ofMinutes(1), STEP + "stdout.gz", "one\n");
        succeedAfter(Duration.ofMinutes(1));
        fixture.aws
                .faults()
                .add(Fault.unavailable(), Calls.named("ListObjectsV2").first(9));

        fixture.follow(SIX_MINUTES, endsAfter(Duration.ofMinutes(2)));

        assertThat(fixture.printed).hasSize(1);
        assertThat(fixture.errors).hasSize(1);
        assertThat(fixture.errors.get(0)).startsWith("Could not list the logs under " + URI + STEP + ". ");
    }

    @Test
    void stopsFollowingWhenAccessIsDenied() {
        fixture.aws.faults().deny("s3", "ListObjectsV2");

        assertThatThrownBy(() -> fixture.follow(SIX_MINUTES, () -> false))
                .isInstanceOf(AwsException.class)
                .hasMessageStartingWith("Could not list the logs under " + URI + STEP + ". AccessDenied");
        assertThat(fixture.time().elapsed()).isZero();
    }
}
