package org.emrelay.runner.platform;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.plan.SparkSubmit;

/** Masks the secrets of steps in texts that quote them: a failed step's error message can contain its password. */
public record SecretMask(List<String> secrets) {
    /** Shorter secrets would mask parts of ordinary words. */
    private static final int MIN_LENGTH = 4;

    /** A shorter line, such as a bracket, would do so too, and reveals little. */
    private static final int MIN_LINE_LENGTH = 6;

    /** An environment variable often has the line breaks of a key as backslash and n. */
    private static final Pattern LINE_BREAK = Pattern.compile("\\R|\\\\n");

    public SecretMask {
        secrets = List.copyOf(secrets);
    }

    public static SecretMask of(ExecutionPlan plan) {
        return of(plan.steps().stream().map(PlannedStep::sparkSubmit));
    }

    public static SecretMask of(SparkSubmit step) {
        return of(Stream.of(step));
    }

    private static SecretMask of(Stream<SparkSubmit> steps) {
        return new SecretMask(steps.flatMap(SecretMask::secrets)
                .filter(secret -> secret.length() >= MIN_LENGTH)
                .flatMap(SecretMask::withLines)
                .flatMap(SecretSpellings::of)
                .distinct()
                // A secret can contain another one.
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    private static Stream<String> secrets(SparkSubmit step) {
        return Stream.of(
                        step.arguments(),
                        step.settings().conf().values(),
                        step.settings().env().values())
                .flatMap(Collection::stream)
                .flatMap(argument -> argument.parts().stream())
                .filter(Argument.Secret.class::isInstance)
                .map(part -> ((Argument.Secret) part).text());
    }

    /** A text may quote some lines of a key, or indent them. */
    private static Stream<String> withLines(String secret) {
        Stream<String> lines =
                LINE_BREAK.splitAsStream(secret).map(String::strip).filter(line -> line.length() >= MIN_LINE_LENGTH);
        return Stream.concat(Stream.of(secret), lines);
    }

    public String mask(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, Argument.MASK);
        }
        return masked;
    }
}
