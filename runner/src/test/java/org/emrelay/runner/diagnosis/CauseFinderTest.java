package org.emrelay.runner.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.SequenceInputStream;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Line separators, colors, sizes and logs without a cause. */
final class CauseFinderTest {
    private static final Cause COLUMN = SampleLog.cause("missing-column.log").orElseThrow();

    @Test
    void aLogWithoutAFailureHasNoCause() {
        assertThat(SampleLog.cause("healthy.log")).isEmpty();
    }

    @Test
    void errorsDuringShutdownAreNoCause() {
        assertThat(SampleLog.cause("only-noise.log")).isEmpty();
    }

    @Test
    void anEmptyLogHasNoCause() throws IOException {
        assertThat(SampleLog.find(SampleLog.utf8(""))).isEmpty();
        assertThat(SampleLog.find(Stream.of())).isEmpty();
        assertThat(SampleLog.find(SampleLog.utf8("\n\n\r\n"))).isEmpty();
    }

    @Test
    void anApplicationStatusPointsToTheDriverLog() {
        Finding status = SampleLog.finding(SampleLog.text("yarn-client-only-status.log"));

        assertThat(status.mayBeInAnotherLog()).isTrue();
        assertThat(status.cause().message()).isEqualTo("User application exited with status 1");
        assertThat(SampleLog.finding(SampleLog.text("yarn-client-report.log")).mayBeInAnotherLog())
                .isFalse();
    }

    @Test
    void windowsLineSeparatorsAreSupported() throws IOException {
        String windows = SampleLog.text("missing-column.log").replace("\n", "\r\n");

        assertThat(SampleLog.find(SampleLog.utf8(windows))).contains(COLUMN);
        assertThat(SampleLog.find(Stream.of(windows.split("\n")))).contains(COLUMN);
    }

    @Test
    void ansiColorsAreRemoved() {
        Stream<String> colored =
                SampleLog.text("missing-column.log").lines().map(line -> "\u001b[1;31m" + line + "\u001b[0m");

        assertThat(SampleLog.find(colored)).contains(COLUMN);
    }

    @Test
    void aProgressBarIsOverwrittenByTheLineThatFollows() throws IOException {
        String bar = "[Stage 0:=====>          (1 + 2) / 4]\r";
        String log = bar.repeat(1000) + SampleLog.text("java-main.log");

        assertThat(SampleLog.find(SampleLog.utf8(log))).isEqualTo(SampleLog.cause("java-main.log"));
        assertThat(SampleLog.find(Stream.of(log.split("\n"))
                        .map(line -> line.substring(Math.max(0, line.length() - 300)))))
                .isEqualTo(SampleLog.cause("java-main.log"));
    }

    @Test
    void aMessageOfAMegabyteIsTruncated() throws IOException {
        String log = "Exception in thread \"main\" java.lang.IllegalStateException: " + "x".repeat(1 << 20)
                + "\n\tat a.B.main(B.java:1)\n";

        assertThat(SampleLog.find(SampleLog.utf8(log)))
                .contains(new Cause("java.lang.IllegalStateException: " + "x".repeat(500) + "…", 1, 2, ""));
    }

    @Test
    void unprintableCharactersAreRemovedFromTheMessage() {
        assertThat(SampleLog.find(Stream.of("Error: a\u0000\u0007title\u0008is\tbad")))
                .contains(new Cause("a title is bad", 1, 1, ""));
    }

    @Test
    void binaryDataIsNoCause() {
        Random random = new Random(7);
        Stream<String> binary = IntStream.range(0, 2000)
                .mapToObj(line -> random.ints(200, 0, 0x250)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());

        assertThat(SampleLog.find(binary)).isEmpty();
    }

    @Test
    void aLineOfSixtyMegabytesIsNotKeptInMemory() throws IOException {
        assertThat(SampleLog.find(new SequenceInputStream(
                        SampleLog.utf8("Exception in thread \"main\" java.lang.StackOverflowError: "),
                        new RepeatedText("x", 60_000_000))))
                .contains(new Cause("java.lang.StackOverflowError: " + "x".repeat(500) + "…", 1, 1, ""));
    }

    @Test
    void jvmLogLinesWithinATracebackDoNotEndIt() {
        String log = """
                Traceback (most recent call last):
                  File "/home/ada/titles/count_words.py", line 3, in <module>
                26/11/20 17:50:01 INFO SparkContext: Invoking stop() from shutdown hook
                    main()
                KeyError: 'language'
                """;

        assertThat(SampleLog.find(log.lines())).contains(new Cause("KeyError: 'language'", 1, 5, ""));
    }

    @Test
    void aStackTraceBelowAStartupWarningIsSeparateFromIt() {
        String log = """
                26/11/20 17:50:01 WARN NativeCodeLoader: Unable to load native-hadoop library for your platform
                java.lang.IllegalStateException: no titles
                \tat com.example.titles.ExtractWords.main(ExtractWords.java:38)
                26/11/20 17:50:02 WARN FileStreamSink: Assume no metadata directory.
                java.net.UnknownHostException: namenode
                \tat org.apache.hadoop.security.SecurityUtil.buildTokenService(SecurityUtil.java:466)
                """;

        assertThat(SampleLog.find(log.lines()))
                .contains(new Cause("java.lang.IllegalStateException: no titles", 2, 3, ""));
    }

    @Test
    void aChainOfThousandsOfExceptionsIsReadToTheEnd() {
        Stream<String> trace = Stream.concat(
                Stream.of("Exception in thread \"main\" a.FirstException: 0"),
                IntStream.range(1, 20_000).mapToObj(depth -> "Caused by: a.NextException: number " + depth + "."));

        assertThat(SampleLog.find(trace))
                .contains(new Cause("a.NextException: number 19999.\nwhich led to a.FirstException: 0", 1, 20_000, ""));
    }
}
