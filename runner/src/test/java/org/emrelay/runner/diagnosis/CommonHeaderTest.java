package org.emrelay.runner.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class CommonHeaderTest {
    @Test
    void parsesTheCommonLayouts() {
        for (String line : List.of(
                "26/11/29 03:45:12 INFO SparkContext: Running",
                "2026-11-29 03:45:12,123 WARN  org.example.Words: empty",
                "2026-11-29T03:45:12.123Z ERROR Words: text: more",
                "03:45:12 INFO text without a logger",
                "26/11/29 03:45:12 INFO  ApplicationMaster:54 - text")) {
            assertThat(CommonHeader.parse(line)).isPresent().isEqualTo(LogHeader.parseSlowly(line));
        }
    }

    @Test
    void leavesOtherLayoutsToThePatterns() {
        for (String line :
                List.of("[2026-11-29 03:45:12] INFO a: b", "26/11/29 03:45:12 [main] INFO a: b", "26/11/29", "")) {
            assertThat(CommonHeader.parse(line)).isEmpty();
        }
    }

    @Property(tries = 3000)
    void agreesWithThePatterns(@ForAll("headers") String line) {
        CommonHeader.parse(line)
                .ifPresent(header -> assertThat(LogHeader.parseSlowly(line)).contains(header));
    }

    @Provide
    Arbitrary<String> headers() {
        Arbitrary<String> part = Arbitraries.of(
                "26/11/29",
                "2026-11-29",
                "1/1/1",
                " ",
                "  ",
                "T",
                "\t",
                "03:45:12",
                "03:45",
                ",123",
                ".1234567890",
                "Z",
                "+01:00",
                "INFO",
                "WARN",
                "WARNING",
                "ERROR",
                "INFORM",
                "main",
                "[main]",
                ":",
                ": ",
                " - ",
                "-",
                "a.B$c",
                "Words",
                "\r",
                "\u0085",
                "\u2028",
                "a\"b",
                "x".repeat(201),
                "ü");
        return Combinators.combine(
                        Arbitraries.of("26/11/29 ", "2026-11-29T", "03", "", "2026-1-29 "),
                        Arbitraries.of("03:45:12", "03:45:12.5", "03:45:12,123Z", "3:4:5"),
                        Arbitraries.of(" INFO ", "  WARN  ", " ERROR", " WARNING: ", " INFO] ", " main INFO "),
                        part.list().ofMaxSize(6).map(parts -> String.join("", parts)))
                .as((date, time, level, rest) -> date + time + level + rest);
    }
}
