package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.abbreviate;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Replaces <code>${run.date}</code>, and leaves <code>${run.id}</code> in output URIs for the run, which is created later.
 */
final class RunReferences {
    static final String PREFIX = "run.";
    static final String DATE = Pipeline.RUN_DATE;
    private static final String ID = "run.id";

    private final LocalDate date;
    private final Problems problems;
    private boolean usesDate;

    private RunReferences(LocalDate date, Problems problems) {
        this.date = Objects.requireNonNull(date, "date");
        this.problems = problems;
    }

    /** @param commandLine the values of {@code -p} */
    static RunReferences of(Map<String, String> commandLine, LocalDate today, Problems problems) {
        String text = commandLine.get(DATE);
        if (commandLine.containsKey(ID)) {
            problems.add(Problem.error("-p " + ID, "", "the id of a run cannot be set.", ""));
        }
        if (text == null) {
            return new RunReferences(today, problems);
        }
        try {
            return new RunReferences(LocalDate.parse(text), problems);
        } catch (DateTimeParseException exception) {
            problems.add(Problem.error(
                    "-p " + DATE,
                    "",
                    "'" + abbreviate(text) + "' is not a date.",
                    "Example: -p " + DATE + "=" + today + "."));
            return new RunReferences(today, problems);
        }
    }

    /** The values of {@code -p} that are parameters of the file. */
    static Map<String, String> without(Map<String, String> commandLine) {
        Map<String, String> parameters = new LinkedHashMap<>(commandLine);
        parameters.keySet().removeIf(name -> name.startsWith(PREFIX));
        return parameters;
    }

    /** The part of a string that replaces the reference, or null after a problem. */
    Argument.@Nullable Part replace(String reference, LocatedValue located) {
        if (reference.equals(DATE)) {
            usesDate = true;
            return located.literal(date.toString());
        } else if (!reference.equals(ID)) {
            problems.error(
                    located.reportPath(),
                    "unknown reference ${" + abbreviate(reference) + "}.",
                    "Known references: ${" + DATE + "} and, in output.uri, ${" + ID + "}.");
            return null;
        } else if (!TreeSubstitution.OUTPUT_URIS.matcher(located.path()).matches()) {
            problems.error(
                    located.reportPath(),
                    "${" + ID + "} is only allowed in output.uri.",
                    "Elsewhere, it would change the fingerprint with every run.");
            return null;
        }
        return new Argument.Literal(Output.RUN_ID);
    }

    /** The date of the run if the file depends on it. */
    Optional<LocalDate> usedDate() {
        return usesDate ? Optional.of(date) : Optional.empty();
    }
}
