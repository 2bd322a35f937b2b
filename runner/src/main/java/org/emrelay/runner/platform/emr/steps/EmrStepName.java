package org.emrelay.runner.platform.emr.steps;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.Sha256;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.AttemptId;
import org.jspecify.annotations.Nullable;

/**
 * The unique name of a step in EMR. It identifies the step again after a lost response or a crash.
 *
 * @param cleanupNumber 0 for the attempt itself; n for its n-th YARN cleanup step
 */
record EmrStepName(RunId run, AttemptId attempt, int cleanupNumber) {
    private static final String CLEANUP_SUFFIX = "end";
    private static final String YARN_TAG_PREFIX = "emrelay-";
    private static final int YARN_TAG_DIGITS = 40;
    private static final Pattern PATTERN =
            Pattern.compile("([^/]+)/([^/]+)/([1-9][0-9]{0,8})(/end(/[1-9][0-9]{0,8})?)?");

    EmrStepName {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(attempt, "attempt");
        if (cleanupNumber < 0) {
            throw new IllegalArgumentException("cleanup number " + cleanupNumber);
        }
    }

    static EmrStepName of(RunId run, AttemptId attempt) {
        return new EmrStepName(run, attempt, 0);
    }

    EmrStepName cleanupStep(int number) {
        return new EmrStepName(run, attempt, number);
    }

    /** Returns empty if the name is not that of a step submitted by this program. */
    static Optional<EmrStepName> parse(String text) {
        Matcher matcher = PATTERN.matcher(text);
        if (!matcher.matches() || !RunId.isValid(matcher.group(1)) || !StepName.isValid(matcher.group(2))) {
            return Optional.empty();
        }
        AttemptId attempt = new AttemptId(new StepName(matcher.group(2)), Integer.parseInt(matcher.group(3)));
        EmrStepName name = new EmrStepName(
                new RunId(matcher.group(1)), attempt, parseCleanupNumber(matcher.group(4), matcher.group(5)));
        return Optional.of(name).filter(parsed -> parsed.text().equals(text));
    }

    private static int parseCleanupNumber(@Nullable String suffix, @Nullable String number) {
        if (suffix == null) {
            return 0;
        }
        return number == null ? 1 : Integer.parseInt(number.substring(1));
    }

    String text() {
        String attemptName = run + "/" + attempt;
        return switch (cleanupNumber) {
            case 0 -> attemptName;
            case 1 -> attemptName + "/" + CLEANUP_SUFFIX;
            default -> attemptName + "/" + CLEANUP_SUFFIX + "/" + cleanupNumber;
        };
    }

    /** The YARN tag of the attempt's application. YARN tags are in lower case and have at most 100 characters. */
    String yarnTag() {
        return YARN_TAG_PREFIX + new Sha256().add(cleanupStep(0).text()).hex(YARN_TAG_DIGITS);
    }
}
