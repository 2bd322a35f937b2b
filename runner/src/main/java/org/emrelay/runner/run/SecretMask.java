package org.emrelay.runner.run;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.run.Event.AttemptDiagnosed;
import org.emrelay.runner.run.Event.AttemptFailed;
import org.emrelay.runner.run.Event.AttemptLost;
import org.emrelay.runner.run.Event.AttemptTimedOut;

/** Masks the secrets of a plan where events quote them: a failed step's error message can contain its password. */
record SecretMask(List<String> secrets) {
    /** Shorter secrets would mask parts of ordinary words. */
    private static final int MIN_LENGTH = 4;

    SecretMask {
        secrets = List.copyOf(secrets);
    }

    static SecretMask of(ExecutionPlan plan) {
        return new SecretMask(plan.steps().stream()
                .flatMap(SecretMask::secrets)
                .filter(secret -> secret.length() >= MIN_LENGTH)
                .flatMap(SecretMask::spellings)
                .distinct()
                // A secret can contain another one.
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    private static Stream<String> secrets(PlannedStep step) {
        return Stream.of(
                        step.sparkSubmit().arguments(),
                        step.sparkSubmit().settings().conf().values(),
                        step.sparkSubmit().settings().env().values())
                .flatMap(Collection::stream)
                .flatMap(argument -> argument.parts().stream())
                .filter(Argument.Secret.class::isInstance)
                .map(part -> ((Argument.Secret) part).text());
    }

    /** As it is, in a URI and in JSON. */
    private static Stream<String> spellings(String secret) {
        String json = JsonWriter.line(secret);
        return Stream.of(
                secret, URLEncoder.encode(secret, StandardCharsets.UTF_8), json.substring(1, json.length() - 1));
    }

    Event mask(Event event) {
        if (secrets.isEmpty()) {
            return event;
        } else if (event instanceof AttemptFailed failed) {
            return new AttemptFailed(failed.time(), failed.attempt(), mask(failed.failure()));
        } else if (event instanceof AttemptTimedOut timedOut) {
            return new AttemptTimedOut(timedOut.time(), timedOut.attempt(), mask(timedOut.failure()));
        } else if (event instanceof AttemptDiagnosed diagnosed) {
            Diagnosis diagnosis = diagnosed.diagnosis();
            return new AttemptDiagnosed(
                    diagnosed.time(),
                    diagnosed.attempt(),
                    new Diagnosis(mask(diagnosis.cause()), diagnosis.location(), mask(diagnosis.hint())));
        } else if (event instanceof AttemptLost lost) {
            return new AttemptLost(lost.time(), lost.attempt(), mask(lost.reason()));
        }
        return event;
    }

    private Failure mask(Failure failure) {
        return new Failure(
                mask(failure.reason()), mask(failure.cause()), failure.where(), mask(failure.hint()), failure.log());
    }

    String mask(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, Argument.MASK);
        }
        return masked;
    }
}
