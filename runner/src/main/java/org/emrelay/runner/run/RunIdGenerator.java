package org.emrelay.runner.run;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.emrelay.runner.model.RunId;
import org.jspecify.annotations.Nullable;

/** Names runs such as {@code 20261121-034512-ab3f}, each later in the alphabet than the ones before it. */
public final class RunIdGenerator {
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
    private static final int SECOND_LENGTH = "yyyyMMdd-HHmmss".length();

    private RunIdGenerator() {}

    /**
     * A name for a run that begins now.
     *
     * @param newest the newest run that there is; null when there is none. The new one sorts behind it, also when both began within a
     *     second or the clock was put back
     */
    public static RunId next(Instant now, RandomGenerator random, @Nullable RunId newest) {
        LocalDateTime second = LocalDateTime.ofInstant(now, ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
        LocalDateTime taken = newest == null ? null : second(newest);
        if (taken != null && !second.isAfter(taken)) {
            second = taken.plusSeconds(1);
        }
        return new RunId(SECOND.format(second) + "-" + String.format(Locale.ROOT, "%04x", random.nextInt(1 << 16)));
    }

    /** Null for a name that was not given here. */
    private static @Nullable LocalDateTime second(RunId run) {
        String name = run.value();
        if (name.length() < SECOND_LENGTH) {
            return null;
        }
        try {
            return LocalDateTime.parse(name.substring(0, SECOND_LENGTH), SECOND);
        } catch (DateTimeException exception) {
            return null;
        }
    }
}
