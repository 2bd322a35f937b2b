package org.emrelay.runner.parse;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Source;

/** Finds steps that would write over one another, or over what is read: what a step writes is cleared before it starts. */
final class OutputConflictChecks {
    private final Problems problems;

    OutputConflictChecks(Problems problems) {
        this.problems = problems;
    }

    void check(List<ParsedStep> steps) {
        Map<String, ParsedStep> writers = new LinkedHashMap<>();
        for (ParsedStep step : steps) {
            place(step).ifPresent(place -> {
                ParsedStep other = writers.putIfAbsent(place, step);
                if (other != null) {
                    problems.error(
                            step.outputPath(),
                            "the step writes to the same place as " + named(other) + ".",
                            "Give each a place of its own.");
                }
            });
        }
        writers.forEach((place, step) -> checkInside(place, step, writers));
        steps.forEach(step -> step.inputs().forEach(input -> checkInput(step, input, writers)));
        checkKeptNames(steps);
    }

    private void checkInside(String place, ParsedStep step, Map<String, ParsedStep> writers) {
        for (String above = parent(place); !above.isEmpty(); above = parent(above)) {
            ParsedStep outer = writers.get(above);
            if (outer != null) {
                problems.error(
                        step.outputPath(),
                        "the step writes to a place inside that of " + named(outer) + ".",
                        "Give each a place of its own.");
                return;
            }
        }
    }

    private void checkInput(ParsedStep step, Input input, Map<String, ParsedStep> writers) {
        String place = place(input.source()).orElse("");
        for (String above = place; !above.isEmpty(); above = parent(above)) {
            ParsedStep writer = writers.get(above);
            if (writer == null) {
                continue;
            }
            boolean itself = writer.path().equals(step.path());
            String reader = itself ? "the step itself" : named(step);
            problems.error(
                    writer.outputPath(),
                    "the place is also read, by " + reader + " as '" + input.name() + "'.",
                    itself
                            ? "Write somewhere else."
                            : "Let that input name the step: {\"from_step\": \"" + writer.name() + "\"}.");
            return;
        }
    }

    /** Files of the original form keep their names in one folder. */
    private void checkKeptNames(List<ParsedStep> steps) {
        Map<String, Source.Local> kept = new HashMap<>();
        for (ParsedStep step : steps) {
            for (Input input : step.inputs()) {
                if (input.source() instanceof Source.Local local && local.keepName()) {
                    String name = LocalFiles.nameOf(local.path());
                    Source.Local other = kept.putIfAbsent(name, local);
                    if (other != null && !other.equals(local)) {
                        problems.error(
                                RecordBinder.child(RecordBinder.child(step.path(), "script_args"), "local_input"),
                                "the file would take the place of " + other.path() + ": both become input/" + name
                                        + ".",
                                "Rename one of the two.");
                    }
                }
            }
        }
    }

    private static String named(ParsedStep step) {
        return step.name().isEmpty() ? step.path() : "step '" + RecordBinder.shortened(step.name()) + "'";
    }

    private static Optional<String> place(ParsedStep step) {
        Output output = step.output();
        if (output != null && output.destination() instanceof Output.At at) {
            return Optional.of(normal(at.uri()));
        } else if (output != null && output.destination() instanceof Output.InWorkspace inside) {
            return Optional.of(normal("workspace:/" + inside.path()));
        }
        return Optional.empty();
    }

    private static Optional<String> place(Source source) {
        if (source instanceof Source.External external) {
            return Optional.of(normal(external.uri()));
        } else if (source instanceof Source.Local local) {
            return Optional.of(normal(local.path().toString()));
        }
        return Optional.empty();
    }

    /** One spelling for one place: S3's three schemes, a file with and without one, slashes that say nothing. */
    private static String normal(String uri) {
        int colon = LocalFiles.isUri(uri) ? uri.indexOf(':') : -1;
        String scheme = colon < 0 ? "file" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
        String place = uri.substring(colon + 1).replaceAll("/+", "/").replaceAll("/$", "");
        return (scheme.matches("s3[an]") ? "s3" : scheme) + ":" + place;
    }

    private static String parent(String place) {
        int slash = place.lastIndexOf('/');
        return slash < 0 ? "" : place.substring(0, slash);
    }
}
