package org.emrelay.runner.parse.imported;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Finds the argument of each step that says where it writes its output. */
final class OutputFinder {
    /** The place of an output that the runner chooses: in a workspace, below the ID of the run. */
    private static final Pattern AUTOMATIC =
            Pattern.compile("s3://[^/]+/(?:.+/)?output/[^/]+/" + Pattern.quote(DeploymentValues.RUN) + "/[^/]+");

    private static final Pattern BELOW_OUTPUT = Pattern.compile("[^:]+://[^/]+/(?:.+/)?outputs?/.+");

    /**
     * The output of a step.
     *
     * @param argument the index of the argument with its location
     * @param location normalized
     */
    record Found(int argument, String location) {
        boolean isAutomatic() {
            return AUTOMATIC.matcher(location).matches() || !Locations.isS3(location);
        }
    }

    private final List<List<ProgramArgument>> steps;
    private final Predicate<String> isUploaded;

    /** For each location, and each one that contains it: the last step that names it, by the name of the flag. */
    private final Map<String, Map<String, Integer>> lastUses = new HashMap<>();

    private final Map<String, Integer> firstUses = new HashMap<>();
    private final Map<String, Integer> outputs = new HashMap<>();

    /** @param isUploaded whether a location is that of a file of the pipeline */
    OutputFinder(List<List<ProgramArgument>> steps, Predicate<String> isUploaded) {
        this.steps = steps;
        this.isUploaded = isUploaded;
    }

    /** The outputs of the steps, in their order. */
    List<Optional<Found>> find() {
        for (int step = 0; step < steps.size(); step++) {
            for (ProgramArgument argument : steps.get(step)) {
                recordUse(step, argument);
            }
        }
        List<Optional<Found>> found = new ArrayList<>();
        for (int step = 0; step < steps.size(); step++) {
            Optional<Found> output = best(step);
            int writer = step;
            output.ifPresent(each -> outputs.put(each.location(), writer));
            found.add(output);
        }
        return found;
    }

    private void recordUse(int step, ProgramArgument argument) {
        for (String part : argument.value().split(",", -1)) {
            if (Locations.isLocation(part)) {
                Locations.withParents(Locations.normalized(part)).forEach(location -> {
                    firstUses.putIfAbsent(location, step);
                    lastUses.computeIfAbsent(location, key -> new HashMap<>()).put(argument.name(), step);
                });
            }
        }
    }

    private Optional<Found> best(int step) {
        List<ProgramArgument> arguments = steps.get(step);
        Optional<Found> best = Optional.empty();
        int bestRank = 0;
        for (int i = 0; i < arguments.size(); i++) {
            ProgramArgument argument = arguments.get(i);
            if (argument.isLocation() && !isUploaded.test(argument.value())) {
                String location = Locations.normalized(argument.value());
                int rank = Locations.nearest(location, outputs).isPresent() ? 0 : rank(step, argument, location);
                if (rank > bestRank) {
                    best = Optional.of(new Found(i, location));
                    bestRank = rank;
                }
            }
        }
        return best;
    }

    private int rank(int step, ProgramArgument argument, String location) {
        boolean isNew = firstUses.getOrDefault(location, step) == step && !argument.namesInput();
        if (AUTOMATIC.matcher(location).matches()) {
            return 5;
        } else if (argument.name().equals("output")) {
            return 4;
        } else if (argument.namesOutput()) {
            return 3;
        }
        return DeploymentValues.isToken(location)
                ? 0
                : isNew && isReadLater(step, argument, location)
                        ? 2
                        : isNew && BELOW_OUTPUT.matcher(location).matches() ? 1 : 0;
    }

    /** Whether a later step names the location, by another flag: steps that share an input name it by the same one. */
    private boolean isReadLater(int step, ProgramArgument argument, String location) {
        return lastUses.getOrDefault(location, Map.of()).entrySet().stream()
                .anyMatch(use -> use.getValue() > step
                        && (argument.flag().isEmpty() || !use.getKey().equals(argument.name())));
    }
}
