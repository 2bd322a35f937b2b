package org.emrelay.runner.run;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.emrelay.runner.model.RunId;
import org.jspecify.annotations.Nullable;

/** Generates run ids, such as {@code 20261121-034512-ab3f}, that sort by creation. */
public final class RunIdGenerator {
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
    private static final int SECOND_LENGTH = "yyyyMMdd-HHmmss".length();

    private RunIdGenerator() {}

    /**
     * Returns an id for a run created now.
     *
     * @param newest the newest existing run, or null. The new id sorts after it, even within the same second or
     *     after the clock was set back
     */
    public static RunId next(Instant now, RandomGenerator random, @Nullable RunId newest) {
        LocalDateTime second = LocalDateTime.ofInstant(now, ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
        LocalDateTime newestSecond = newest == null ? null : second(newest);
        if (newestSecond != null && !second.isAfter(newestSecond)) {
            second = newestSecond.plusSeconds(1);
        }
        return new RunId(SECOND.format(second) + "-" + String.format(Locale.ROOT, "%04x", random.nextInt(1 << 16)));
    }

    /** When a run was created; empty for an id that this class did not generate. */
    static Optional<Instant> created(RunId run) {
        return Optional.ofNullable(second(run)).map(second -> second.toInstant(ZoneOffset.UTC));
    }

    /** Null for an id that this class did not generate. */
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
