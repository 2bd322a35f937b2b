package org.emrelay.runner.platform.emr.steps;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.AttemptId;
import org.jspecify.annotations.Nullable;

/**
 * The name under which EMR keeps a step of ours. Whatever is forgotten, by a lost answer or with a dead runner, is found again by it: no two steps
 * ever have the same.
 *
 * @param ending 0 for the attempt itself; n for the n-th step that ends what the attempt left on YARN
 */
record EmrStepName(RunId run, AttemptId attempt, int ending) {
    private static final String END = "end";
    private static final Pattern FORM = Pattern.compile("([^/]+)/([^/]+)/([1-9][0-9]{0,8})(/end(/[1-9][0-9]{0,8})?)?");

    EmrStepName {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(attempt, "attempt");
        if (ending < 0) {
            throw new IllegalArgumentException("ending " + ending);
        }
    }

    static EmrStepName of(RunId run, AttemptId attempt) {
        return new EmrStepName(run, attempt, 0);
    }

    EmrStepName ending(int number) {
        return new EmrStepName(run, attempt, number);
    }

    /** Empty for a step that is none of ours. */
    static Optional<EmrStepName> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || !RunId.isUsable(matcher.group(1)) || !StepName.isUsable(matcher.group(2))) {
            return Optional.empty();
        }
        AttemptId attempt = new AttemptId(new StepName(matcher.group(2)), Integer.parseInt(matcher.group(3)));
        EmrStepName name =
                new EmrStepName(new RunId(matcher.group(1)), attempt, ending(matcher.group(4), matcher.group(5)));
        return Optional.of(name).filter(parsed -> parsed.text().equals(text));
    }

    private static int ending(@Nullable String end, @Nullable String number) {
        if (end == null) {
            return 0;
        }
        return number == null ? 1 : Integer.parseInt(number.substring(1));
    }

    String text() {
        String own = run + "/" + attempt;
        return switch (ending) {
            case 0 -> own;
            case 1 -> own + "/" + END;
            default -> own + "/" + END + "/" + ending;
        };
    }
}
